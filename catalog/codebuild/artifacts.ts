import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Problem } from "../problem";
import { key, text } from "../words";
import type { BuildSettings } from "./settings";

/** Most output artifacts of a CodeBuild action, the main one included. */
const mostArtifacts = 5;

const globs = z.array(z.string().min(1)).min(1);
const baseDirectory = text("Folder that the files are relative to. @default the root").optional();

/** What is handed on unless something is said. */
const everyFile = ["**/*"];

/** Keys that only a build has: what it hands on. */
export const artifactShape = {
    artifacts: z
        .union([globs, z.strictObject({ files: globs.describe("The files (globs)."), baseDirectory })])
        .default(everyFile)
        .describe("Files (globs) that are handed on, built once for all environments. @default every file"),
    furtherArtifacts: z
        .record(
            key("name of an artifact"),
            z.strictObject({
                files: globs
                    .optional()
                    .describe(
                        "Its files (globs); of a `buildspec`, which says them itself, none. @default none, of a `buildspec` alone",
                    ),
                baseDirectory,
            }),
        )
        .refine(
            all => Object.keys(all).length < mostArtifacts,
            `at most ${mostArtifacts - 1} further artifacts: an action makes ${mostArtifacts}, the main one included`,
        )
        .default({})
        .describe(
            "Further artifacts by name, beside the main one: suites, steps and deploys take them by `artifact`. @default none",
        ),
};

type ArtifactSettings = z.output<z.ZodObject<typeof artifactShape>>;

/** Files of one artifact. */
export type Files = readonly string[] | { readonly files: readonly string[]; readonly baseDirectory?: string };

/** What a build hands on: one artifact, or several by their names in the pipeline. */
export type Artifacts = Files | { readonly byName: Readonly<Record<string, Files>> };

const section = (files: Files) =>
    "files" in files
        ? { files: files.files, ...(files.baseDirectory !== undefined && { "base-directory": files.baseDirectory }) }
        : { files };

/**
 * The section `artifacts` of a buildspec: of a single artifact its files, of several each under its name in the pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html#action-reference-CodeBuild-output
 */
export const artifactSection = (artifacts: Artifacts): object =>
    "byName" in artifacts
        ? {
              "secondary-artifacts": Object.fromEntries(
                  Object.entries(artifacts.byName).map(([name, files]) => [name, section(files)]),
              ),
          }
        : section(artifacts);

/** What a build of `settings` hands on, its main artifact being called `main` and the others what `named` calls them. */
export function artifactsOf(
    { artifacts, furtherArtifacts }: ArtifactSettings,
    main: string,
    named: (name: string) => string,
): Artifacts {
    const further = Object.entries(furtherArtifacts);
    return further.length === 0
        ? artifacts
        : {
              byName: {
                  [main]: artifacts,
                  ...Object.fromEntries(
                      further.map(([name, { files = [], baseDirectory: folder }]) => [
                          named(name),
                          { files, ...(folder !== undefined && { baseDirectory: folder }) },
                      ]),
                  ),
              },
          };
}

/** What a buildspec of the service's own must name, in words: several artifacts it finds by their names in the pipeline. */
export const artifactPrerequisites = (
    buildspec: string | undefined,
    outputs: readonly { readonly name: string }[],
    service: string,
): string[] =>
    buildspec === undefined || outputs.length < 2
        ? []
        : [`${buildspec} of ${service} has the secondary-artifacts ${outputs.map(({ name }) => name).join(", ")}`];

/** What the schema of artifacts cannot say: a buildspec file says itself what is handed on, and nothing beside it is seen. */
export function checkArtifacts({
    artifacts,
    furtherArtifacts,
    buildspec,
}: ArtifactSettings & Pick<BuildSettings, "buildspec">): Problem[] {
    const main =
        buildspec === undefined || isDeepStrictEqual(artifacts, everyFile)
            ? []
            : [
                  {
                      path: ["artifacts"],
                      message:
                          "expected either `artifacts` or `buildspec`, found both: move the files into the buildspec",
                  },
              ];
    const further = Object.entries(furtherArtifacts).flatMap(([name, { files, baseDirectory: folder }]) => {
        const path = ["furtherArtifacts", name];
        if (buildspec === undefined) {
            return files === undefined ? [{ path, message: "missing; expected `files`" }] : [];
        }
        return files === undefined && folder === undefined
            ? []
            : [{ path, message: "expected no files beside `buildspec`: write {}, and let the buildspec name them" }];
    });
    return [...main, ...further];
}
