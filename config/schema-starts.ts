import type { z } from "zod";
import { pullRequests } from "../catalog/pull-requests";
import { executionMode, variables } from "../catalog/trigger";

/** Schemas of the parts that these keys hold. */
interface StartParts {
    readonly build: z.ZodType;
    readonly trigger: z.ZodType;
    readonly commonTrigger: z.ZodType;
}

/** Keys of `defaults` about what starts the pipelines, and how their executions get along. */
export const commonStartShape = ({ commonTrigger }: Pick<StartParts, "commonTrigger">) => ({
    trigger: commonTrigger.optional().describe("What starts the pipelines. @default every change of their sources"),
    executionMode: executionMode.optional(),
});

/** Keys of a service about what starts its pipeline, with what, and how its executions get along. */
export const startShape = ({ build, trigger }: Pick<StartParts, "build" | "trigger">) => ({
    trigger: trigger.optional().describe("What starts the pipeline. @default every change of its sources"),
    variables: variables.optional(),
    executionMode: executionMode.optional(),
    pullRequests: pullRequests(build)
        .optional()
        .describe(
            "Checks pull requests by a second, small pipeline: sources, builds, suites, no deploy. Of connections only. @default nothing",
        ),
});
