import { z } from "zod";
import type { Problem } from "../problem";
import { artifactName, templateValue, text } from "../words";

/** A value that is known when the pipeline runs: an attribute of an artifact, or an entry of a JSON file in it. */
const fromArtifact = z.strictObject({
    artifact: artifactName("The artifact. @default the one that the deploy works on").optional(),
    attribute: z
        .enum(["BucketName", "ObjectKey", "URL"])
        .optional()
        .describe(
            "Where the artifact is kept: the bucket, the key of its archive, or both as a URL. @default none: `file` and `key` name the value",
        ),
    file: text("JSON file in the artifact, for `key`. @default none: `attribute` names the value").optional(),
    key: text("Key of the value in `file`. @default none: `attribute` names the value").optional(),
});

/** Key of the values of a template's parameters. */
export const parameters = z
    .record(
        z.string().regex(/^[A-Za-z0-9]{1,255}$/, "the name of a parameter: letters and digits"),
        z.union([templateValue("The parameter's value."), fromArtifact]),
    )
    .default({})
    .describe(
        "Values of the template's parameters: texts, `{ attribute }` of an artifact, or `{ file, key }` in one; at most 1 KB in all.",
    );

export type ParameterValues = z.output<typeof parameters>;

/** Longest `ParameterOverrides`, in bytes: https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html. */
const longestOverrides = 1024;

/** The values that come from artifacts. */
export const artifactValues = (values: ParameterValues) =>
    Object.values(values).filter(value => typeof value !== "string");

/**
 * `values` as `ParameterOverrides`; `nameOf` gives the pipeline's name of an artifact.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-parameter-override-functions.html
 */
export const parameterOverrides = (values: ParameterValues, nameOf: (artifact: string | undefined) => string): string =>
    JSON.stringify(
        Object.fromEntries(
            Object.entries(values).map(([name, value]) => {
                if (typeof value === "string") {
                    return [name, value];
                }
                const artifact = nameOf(value.artifact);
                return [
                    name,
                    value.attribute === undefined
                        ? { "Fn::GetParam": [artifact, value.file, value.key] }
                        : { "Fn::GetArtifactAtt": [artifact, value.attribute] },
                ];
            }),
        ),
    );

/** Whether `value` says one thing: a text, an attribute, or where in which file it stands. */
const isClear = (value: ParameterValues[string]) =>
    typeof value === "string" ||
    (value.attribute === undefined
        ? value.file !== undefined && value.key !== undefined
        : value.file === undefined && value.key === undefined);

/** What the schema of parameters cannot say; paths are relative to the settings that have them. */
export function checkParameters(values: ParameterValues): Problem[] {
    const unclear = Object.keys(values).filter(name => !isClear(values[name]));
    // How long the artifacts' names are is known when the pipeline is planned.
    const size = Buffer.byteLength(parameterOverrides(values, () => ""));
    return [
        ...unclear.map(name => ({
            path: ["parameters", name],
            message: "expected a text, `attribute` of an artifact, or `file` and `key`",
        })),
        ...(size > longestOverrides
            ? [
                  {
                      path: ["parameters"],
                      message: `expected at most ${longestOverrides} bytes as JSON, found ${size}; put them into a \`templateConfiguration\` file`,
                  },
              ]
            : []),
    ];
}
