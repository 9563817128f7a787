import { z } from "zod";
import type { Place } from "../kind";
import type { Variable } from "../plan";
import type { Problem } from "../problem";
import { artifactPath } from "../words";
import { quoted } from "./coverage";
import { reservedVariables, type BuildSettings } from "./settings";

/** Formats of SBOMs in JSON: what they are called, how a file says that it is one (for `jq`), and how its name ends. */
const formats = {
    cyclonedx: {
        name: "CycloneDX",
        filter: '.bomFormat == "CycloneDX" and (.specVersion | type == "string" and test("^1\\\\.[0-9]+$")) and (.components | type == "array" and length > 0 and all(.[]; .name | type == "string"))',
        wants: 'bomFormat "CycloneDX", a specVersion of 1.x and components with names',
        ending: "cdx.json",
    },
    spdx: {
        name: "SPDX",
        filter: '(.spdxVersion | type == "string" and test("^SPDX-2\\\\.[0-9]+$")) and (.packages | type == "array" and length > 0 and all(.[]; .name | type == "string"))',
        wants: 'an spdxVersion of "SPDX-2.x" and packages with names',
        ending: "spdx.json",
    },
} as const;

/** The key `sbom` of builds. */
export const sbomShape = {
    sbom: z
        .strictObject({
            format: z
                .enum(Object.keys(formats) as [keyof typeof formats, ...(keyof typeof formats)[]])
                .describe("Its format, in JSON."),
            file: artifactPath("Its file, which the commands write."),
            commands: z
                .array(z.string().min(1))
                .min(1)
                .optional()
                .describe("Shell commands that write it, after all others of the build. @default the build's own do"),
        })
        .optional()
        .describe(
            "The software bill of materials: looked at, and kept beside the artifacts by the execution's id; a build without one fails. Needs `jq` and the AWS CLI in the image. @default none",
        ),
};

type WithSbom = z.output<z.ZodObject<typeof sbomShape>>;

/** Variable with the execution's id, which CodeBuild does not tell by itself. */
const execution = "PIPELINE_EXECUTION_ID";

/**
 * The variable that the action gives a build with an SBOM.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const sbomVariables = ({ sbom }: WithSbom): Variable[] =>
    sbom === undefined ? [] : [{ name: execution, value: "#{codepipeline.PipelineExecutionId}", type: "PLAINTEXT" }];

/** Where the SBOM of an execution is kept: below the pipeline's own folder, so that it expires as artifacts do. */
const placeOf = ({ format }: NonNullable<WithSbom["sbom"]>, { store, unit, environment }: Place) => ({
    folder: `s3://${store.bucket}/${store.folder}/sbom`,
    name: `${unit}${environment === undefined ? "" : `--${environment.name}`}.${formats[format].ending}`,
});

/**
 * The commands that write the SBOM, look whether it is one, and keep it; each stops the build when it fails. They need a POSIX
 * shell. The bucket encrypts with the artifact key by itself, and the build may write below its pipeline's folder anyway.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 * @see https://spdx.github.io/spdx-spec/v2.3/
 */
export function sbomCommands({ sbom }: WithSbom, at: Place): string[] {
    if (sbom === undefined) {
        return [];
    }
    const { name: called, filter, wants } = formats[sbom.format];
    const { folder, name } = placeOf(sbom, at);
    const file = quoted(sbom.file);
    const fail = (message: string) => `{ echo ${quoted(message)} >&2; false; }`;
    return [
        'cd "$CODEBUILD_SRC_DIR"',
        ...(sbom.commands ?? []),
        'cd "$CODEBUILD_SRC_DIR"',
        `[ -s ${file} ] || ${fail(`the SBOM ${sbom.file} is not there, or is empty: write it in the commands of the build or of its sbom`)}`,
        `jq -e -s ${quoted(`length == 1 and (.[0] | ${filter})`)} ${file} > /dev/null || ${fail(`${sbom.file} is no SBOM of ${called} in JSON: expected ${wants}`)}`,
        `[ -n "$${execution}" ] || ${fail("no pipeline runs this build: nothing is known to keep its SBOM by")}`,
        `aws s3 cp --only-show-errors ${file} "${folder}/$${execution}/${name}"`,
    ];
}

/** What is kept, for the preview. */
export function sbomText({ sbom }: WithSbom, at: Place): string {
    if (sbom === undefined) {
        return "";
    }
    const { folder, name } = placeOf(sbom, at);
    return `, SBOM in ${folder.replace("s3://", "")}/<execution>/${name}`;
}

/** What the schema of an SBOM cannot say. */
export function checkSbom(
    settings: WithSbom & Pick<BuildSettings, "buildspec" | "environment" | "secrets"> & { readonly batch?: unknown },
): Problem[] {
    const { sbom, buildspec, batch } = settings;
    if (sbom === undefined) {
        return [];
    }
    return [
        ...(buildspec === undefined
            ? []
            : [
                  {
                      path: ["sbom"],
                      message: "expected no `sbom` beside `buildspec`: write commands, to which its check is added",
                  },
              ]),
        ...(batch === undefined
            ? []
            : [
                  {
                      path: ["sbom"],
                      message: "expected no `sbom` beside `batch`: its builds would write over each other's",
                  },
              ]),
        ...reservedVariables(settings, [execution]),
    ];
}
