import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import type { Place } from "../kind";
import type { BuildProjectPlan } from "../plan";
import type { Problem } from "../problem";
import { minutes } from "../words";
import { computeTypes, machines } from "./compute";
import { variableName, type BuildSettings } from "./settings";

/** The key `batch` of builds and suites: one action that runs many builds. */
export const batchShape = {
    batch: z
        .union([
            z.literal(true, { error: "true, or a map" }),
            z.strictObject({
                matrix: z
                    .record(variableName, z.array(z.string().min(1)).min(1))
                    .refine(matrix => Object.keys(matrix).length > 0, "at least one variable")
                    .optional()
                    .describe(
                        "Variables with their values: one build for each combination, all at once. @default what the batch section of `buildspec` says",
                    ),
                mostBuilds: z
                    .int()
                    .min(1)
                    .optional()
                    .describe("Most builds of one batch. @default those of the matrix"),
                compute: z
                    .array(z.enum(machines))
                    .min(1)
                    .optional()
                    .describe("Sizes of machines that the batch section may ask for. @default the project's own"),
                timeoutMinutes: minutes(
                    5,
                    2160,
                    "Until the batch as a whole is stopped. @default what CodeBuild takes",
                ).optional(),
            }),
        ])
        .optional()
        .describe(
            "Many builds as one: of a matrix of variables, or of the batch section of `buildspec` (`true`). @default one build",
        ),
};

/** Settings of what may run as a batch. */
export type BatchSettings = BuildSettings & z.output<z.ZodObject<typeof batchShape>>;

const said = ({ batch }: Pick<BatchSettings, "batch">) => (batch === true || batch === undefined ? {} : batch);

/** The batch section of a buildspec that is made of the stack file's words. */
export function batchSection(settings: Pick<BatchSettings, "batch">): object | undefined {
    const { matrix } = said(settings);
    return matrix && { "build-matrix": { dynamic: { env: { variables: matrix } } } };
}

/**
 * How the project runs batches. They have a role of their own: with it a build could start others, past the restrictions.
 * The sizes that the batch section may ask for are named, as it could ask for Lambda, which no network holds.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html
 */
export function batchPlan(
    settings: BatchSettings,
    at: Place,
    project: string,
    suffix: readonly string[],
): BuildProjectPlan["batch"] {
    if (settings.batch === undefined) {
        return undefined;
    }
    const { compute = [settings.compute], matrix, timeoutMinutes } = said(settings);
    const { mostBuilds = matrix && combinations(matrix) } = said(settings);
    return {
        roleName: at.physicalName(64, ...suffix, "batch"),
        computeTypes: compute.map(size => computeTypes[size]),
        ...(mostBuilds !== undefined && { mostBuilds }),
        ...(timeoutMinutes !== undefined && { timeoutMinutes }),
        grants: [
            allow(
                "RunBuildsOfBatch",
                ["codebuild:RetryBuild", "codebuild:StartBuild", "codebuild:StopBuild"],
                [arn("codebuild", `project/${project}`, at.home)],
            ),
        ],
    };
}

const combinations = (matrix: Readonly<Record<string, readonly string[]>>) =>
    Object.values(matrix).reduce((product, values) => product * values.length, 1);

/**
 * What the action says of a batch. With `handsOn` the artifacts of all builds become the action's one artifact: without, each
 * would be called after its build.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/sample-pipeline-batch.html
 */
export const batchConfiguration = (
    { batch }: Pick<BatchSettings, "batch">,
    handsOn: boolean,
): Record<string, string> =>
    batch === undefined ? {} : { BatchEnabled: "true", ...(handsOn && { CombineArtifacts: "true" }) };

/** What the schema of a batch cannot say. */
export function checkBatch(settings: BatchSettings & { readonly furtherArtifacts?: object }): Problem[] {
    const { batch, buildspec, compute, environment, secrets, furtherArtifacts = {} } = settings;
    if (batch === undefined) {
        return [];
    }
    const { matrix, mostBuilds, compute: allowed } = said(settings);
    const problems: Problem[] = [];
    const problem = (path: Problem["path"], message: string) => problems.push({ path, message });
    if (matrix === undefined && buildspec === undefined) {
        problem(["batch"], "expected a `matrix`, or a `buildspec` that has a batch section");
    }
    if (matrix !== undefined && buildspec !== undefined) {
        problem(["batch", "matrix"], "expected no `matrix` beside `buildspec`: its batch section says what runs");
    }
    for (const name of Object.keys(matrix ?? {})) {
        if (Object.hasOwn(environment, name) || Object.hasOwn(secrets, name)) {
            problem(["batch", "matrix", name], "is also in `environment` or `secrets`: a variable has one value");
        }
    }
    if (matrix !== undefined && mostBuilds !== undefined && combinations(matrix) > mostBuilds) {
        problem(
            ["batch", "mostBuilds"],
            `expected at least the ${combinations(matrix)} builds of the matrix, found ${mostBuilds}`,
        );
    }
    if (allowed !== undefined && !allowed.some(size => size === compute)) {
        problem(["batch", "compute"], `expected ${compute} among them, the project's own`);
    }
    if (Object.keys(furtherArtifacts).length > 0) {
        problem(
            ["furtherArtifacts"],
            "expected none with `batch`: the builds of a batch hand on one artifact together",
        );
    }
    return problems;
}
