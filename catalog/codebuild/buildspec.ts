import { stringify } from "yaml";
import { once } from "../once";
import { artifactSection, type Artifacts } from "./artifacts";
import { coverageCheck } from "./coverage";
import { coveragePath, reportGroups } from "./reports";
import type { BuildSettings } from "./settings";

/** What a buildspec says beside the settings. */
export interface BuildspecParts {
    /** What a build hands on; absent for suites and scripts. */
    readonly artifacts?: Artifacts;

    /** Commands before all others, in whichever phase is the first. */
    readonly logins?: readonly string[];

    /** What is set up before the commands and removed after them. */
    readonly around?: Around;

    /** Commands after the last of the build phase and its checks: a failure before them stops the build. */
    readonly after?: readonly string[];

    /** Variables that later actions read, beside those of the settings. */
    readonly exported?: readonly string[];

    readonly batch?: object;
}

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
export function buildspec(settings: BuildSettings, parts: BuildspecParts = {}): string {
    const { logins = [], after = [], exported = [], around, artifacts, batch } = parts;
    const adds = logins.length + after.length + exported.length > 0 || [around, artifacts, batch].some(Boolean);
    return settings.buildspec ?? (adds ? made(settings, parts) : plain(settings));
}

/** The buildspec of settings to which nothing is added: that of a suite, whichever environment it tests. */
const plain = once((settings: BuildSettings) => made(settings, {}));

function made(settings: BuildSettings, parts: BuildspecParts): string {
    const { logins = [], after = [], exported = [], around, artifacts, batch } = parts;
    const { coverage } = settings.reports;
    const check =
        coverage?.minimum === undefined
            ? []
            : [coverageCheck(coverage.format, coveragePath(coverage), coverage.minimum)];
    const reports = reportGroups(settings.reports);
    const variables = [...settings.exportedVariables, ...exported];
    const phases = {
        install: settings.install ?? [],
        pre_build: settings.preBuild ?? [],
        build: [...(around?.before ?? []), ...(settings.commands ?? []), ...check, ...after],
        post_build: settings.postBuild ?? [],
    };
    const first = phaseNames.find(name => phases[name].length > 0);
    // CodeBuild runs post_build after a failed build too, which would push an image whose tests failed.
    const stops = settings.postBuild === undefined ? {} : { "on-failure": "ABORT" };
    const phase = (name: keyof typeof phases) => {
        const commands = [...(name === first ? logins : []), ...phases[name]];
        const more = {
            ...(name !== "post_build" && stops),
            commands,
            ...(name === "build" && around && { finally: around.after }),
        };
        return commands.length === 0 ? [] : [[name, more] as const];
    };
    const paths = "paths" in settings.cache ? settings.cache.paths : undefined;
    return written({
        version: 0.2,
        ...(batch && { batch }),
        ...(variables.length > 0 && { env: { "exported-variables": variables } }),
        phases: Object.fromEntries(phaseNames.flatMap(phase)),
        ...(Object.keys(reports).length > 0 && { reports }),
        ...(artifacts !== undefined && { artifacts: artifactSection(artifacts) }),
        ...(paths !== undefined && { cache: { paths } }),
    });
}

/** So many buildspecs that differ are remembered: those of a fleet mostly repeat a few. */
const mostRemembered = 500;

const remembered = new Map<string, string>();

/** `buildspec` as YAML. */
function written(buildspec: object): string {
    const key = JSON.stringify(buildspec);
    const known = remembered.get(key);
    if (known !== undefined) {
        return known;
    }
    // A folded line would be read back with other white space, an alias would not be read at all,
    // and a reader of YAML 1.1 takes a bare `yes` for true.
    const text = stringify(buildspec, { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" });
    if (remembered.size >= mostRemembered) {
        remembered.clear();
    }
    remembered.set(key, text);
    return text;
}

/** The phases in the order in which CodeBuild runs them. */
const phaseNames = ["install", "pre_build", "build", "post_build"] as const;
