import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { FleetPlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";
import type { Options } from "./options";

/** Services that are read at the same time: more would only wait for one another. */
export const atOnce = 5;

/**
 * Throttling is expected where many services are read: the client slows down, and tries again. Whoever has set a number of
 * attempts keeps it.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const patient = {
    retryMode: "adaptive",
    ...(process.env.AWS_MAX_ATTEMPTS === undefined && { maxAttempts: 8 }),
} as const;

/** Clients of the real AWS. */
export const clients = {
    ssm: (region: string) => new SSMClient({ region, ...patient }),
    codepipeline: (region: string) => new CodePipelineClient({ region, ...patient }),
};

/**
 * The plan of a stack that is up: what is asked about it is asked of AWS.
 *
 * @throws Error where the stack file has problems
 */
export function soundPlan({ file, stack }: Pick<Options, "file" | "stack">): FleetPlan {
    const { plan, problems } = planStack(fromFile(file, stack));
    if (plan === undefined) {
        throw new Error(`the stack file has problems:\n${problemLines(problems).join("\n")}`);
    }
    return plan;
}
