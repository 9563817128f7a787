import type { ActionType, BuildProjectPlan } from "../plan";
import type { Problem } from "../problem";
import type { BuildSettings } from "./settings";

/**
 * Sizes of machines in the build network: the word in the stack file → CodeBuild's.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html
 */
export const machineTypes = {
    small: "BUILD_GENERAL1_SMALL",
    medium: "BUILD_GENERAL1_MEDIUM",
    large: "BUILD_GENERAL1_LARGE",
    xlarge: "BUILD_GENERAL1_XLARGE",
    "2xlarge": "BUILD_GENERAL1_2XLARGE",
} as const;

/** All sizes, those of Lambda too. */
export const computeTypes = {
    ...machineTypes,
    "lambda-1gb": "BUILD_LAMBDA_1GB",
    "lambda-2gb": "BUILD_LAMBDA_2GB",
    "lambda-4gb": "BUILD_LAMBDA_4GB",
    "lambda-8gb": "BUILD_LAMBDA_8GB",
    "lambda-10gb": "BUILD_LAMBDA_10GB",
} as const;

export type Machine = keyof typeof machineTypes;

export type Compute = keyof typeof computeTypes;

/** The sizes of {@link machineTypes}. */
export const machines = Object.keys(machineTypes) as [Machine, ...Machine[]];

/** Whether builds of this size run in Lambda, and so on machines that no VPC holds. */
export const isLambda = (compute: Compute): boolean => !Object.hasOwn(machineTypes, compute);

/** Most minutes that a build in Lambda runs; CodeBuild takes no other there. */
export const lambdaMinutes = 15;

/** How long a build runs, and waits for a machine, where nothing else is said. */
export const usualMinutes = { running: 60, queued: 480 } as const;

/** A CodeBuild action and its twin in Lambda. */
export interface CodebuildActions {
    readonly inNetwork: ActionType;
    readonly inLambda: ActionType;
}

/** The CodeBuild action, as a build or as a test. */
export function codebuildActions(category: "Build" | "Test"): CodebuildActions {
    const inNetwork: ActionType = {
        category,
        owner: "AWS",
        provider: "CodeBuild",
        version: "1",
        // Its projects are where the build network is.
        homeOnly: true,
        inputs: [1, 5],
        outputs: [0, 5],
        configuration: {
            required: ["ProjectName"],
            optional: [
                "PrimarySource",
                "BatchEnabled",
                "BuildspecOverride",
                "CombineArtifacts",
                "EnvironmentVariables",
            ],
        },
        docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html",
    };
    return { inNetwork, inLambda: { ...inNetwork, outsideVpc: "Lambda compute connects builds to no VPC" } };
}

/** What {@link codebuildActions} are, as `Kind.actions` lists them. */
export const allActions = ({ inNetwork, inLambda }: CodebuildActions) => [inNetwork, inLambda] as const;

/** Which of `actions` runs a project of this size. */
export const actionOf = (actions: CodebuildActions, { compute }: Pick<BuildSettings, "compute">) =>
    isLambda(compute) ? actions.inLambda : actions.inNetwork;

/** The processor that `settings` ask for. */
export function architectureOf(settings: Pick<BuildSettings, "architecture" | "image">): "arm64" | "x86_64" {
    return settings.architecture ?? (/aarch64|arm64/.test(settings.image) ? "arm64" : "x86_64");
}

/** CodeBuild's word for the machines that `settings` ask for. */
export function environmentTypeOf(
    settings: Pick<BuildSettings, "architecture" | "compute" | "image">,
): BuildProjectPlan["environmentType"] {
    const arm = architectureOf(settings) === "arm64";
    if (isLambda(settings.compute)) {
        return arm ? "ARM_LAMBDA_CONTAINER" : "LINUX_LAMBDA_CONTAINER";
    }
    return arm ? "ARM_CONTAINER" : "LINUX_CONTAINER";
}

/**
 * What Lambda compute does not do, and what it asks for.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/lambda.html#lambda.limitations
 */
export function checkCompute(settings: BuildSettings): Problem[] {
    const { cache, compute, image, outsideNetwork, privileged, queuedTimeoutMinutes, timeoutMinutes } = settings;
    if (!isLambda(compute)) {
        return outsideNetwork === undefined
            ? []
            : [
                  {
                      path: ["outsideNetwork"],
                      message: `is for Lambda compute alone: ${compute} runs in the build network`,
                  },
              ];
    }
    const ownImage = image.startsWith("aws/codebuild/") && !image.includes("-lambda-");
    const found: readonly (readonly [boolean, string, string])[] = [
        [
            outsideNetwork === undefined,
            "compute",
            `${compute} runs outside the build network, on machines of AWS's own: say why that may be in \`outsideNetwork\`, or choose one of ${machines.join(", ")}`,
        ],
        [
            ownImage,
            "image",
            `expected an image for Lambda compute, such as "aws/codebuild/amazonlinux-aarch64-lambda-standard:nodejs22", found ${JSON.stringify(image)}`,
        ],
        [privileged, "privileged", "Lambda compute runs nothing privileged, and builds no Docker images"],
        [cache.type !== "none", "cache", "Lambda compute keeps no cache"],
        [
            timeoutMinutes !== undefined,
            "timeoutMinutes",
            `Lambda compute takes no other timeout than its ${lambdaMinutes} minutes: leave it out`,
        ],
        [queuedTimeoutMinutes !== undefined, "queuedTimeoutMinutes", "in Lambda compute no build waits: leave it out"],
    ];
    return found.flatMap(([wrong, key, message]) => (wrong ? [{ path: [key], message }] : []));
}
