import { stringify } from "yaml";
import { coverageCheck } from "./coverage";
import { coveragePath, reportGroups } from "./reports";
import type { BuildSettings } from "./settings";

/** What a build hands on; absent for suites and scripts. */
export type Artifacts = readonly string[] | { readonly files: readonly string[]; readonly baseDirectory?: string };

/** Commands around those of the build phase: before them, and after them even when one of them fails. */
export interface Around {
    readonly before: readonly string[];
    readonly after: readonly string[];
}

/**
 * The buildspec of `settings`: the path of their own, or one made of their commands.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildspec(settings: BuildSettings, artifacts?: Artifacts, around?: Around): string {
    if (settings.buildspec !== undefined) {
        return settings.buildspec;
    }
    const { coverage } = settings.reports;
    const check =
        coverage?.minimum === undefined
            ? []
            : [coverageCheck(coverage.format, coveragePath(coverage), coverage.minimum)];
    const reports = reportGroups(settings.reports);
    const build = [...(around?.before ?? []), ...(settings.commands ?? []), ...check];
    const phase = (name: string, commands: readonly string[] | undefined, before: object = {}, after: object = {}) =>
        commands === undefined || commands.length === 0 ? {} : { [name]: { ...before, commands, ...after } };
    // CodeBuild runs post_build after a failed build too, which would push an image whose tests failed.
    const first = settings.postBuild === undefined ? {} : { "on-failure": "ABORT" };
    const paths = "paths" in settings.cache ? settings.cache.paths : undefined;
    return stringify(
        {
            version: 0.2,
            ...(settings.exportedVariables.length > 0 && {
                env: { "exported-variables": settings.exportedVariables },
            }),
            phases: {
                ...phase("install", settings.install, first),
                ...phase("pre_build", settings.preBuild, first),
                ...phase("build", build, first, around && { finally: around.after }),
                ...phase("post_build", settings.postBuild),
            },
            ...(Object.keys(reports).length > 0 && { reports }),
            ...(artifacts !== undefined && {
                artifacts:
                    "files" in artifacts
                        ? {
                              files: artifacts.files,
                              ...(artifacts.baseDirectory !== undefined && {
                                  "base-directory": artifacts.baseDirectory,
                              }),
                          }
                        : { files: artifacts },
            }),
            ...(paths !== undefined && { cache: { paths } }),
        },
        // A folded line would be read back with other white space, an alias would not be read at all,
        // and a reader of YAML 1.1 takes a bare `yes` for true.
        { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" },
    );
}
