import * as pulumi from "@pulumi/pulumi";
import { planStack } from "./blueprint/stack";
import { Fleet } from "./components/fleet";
import { fromPulumi } from "./config/from-pulumi";
import { problemLines } from "./config/read";

/**
 * The stack: what its file says, built.
 *
 * @param settle - awaited after each service; a preview in process uses it to keep its memory flat
 */
export = async function program(settle: () => Promise<void> = () => Promise.resolve()) {
    const { plan, problems, warnings } = planStack(fromPulumi(process.cwd()));
    if (plan === undefined) {
        const message = `the stack file has problems:\n  ${problemLines(problems).join("\n  ")}`;
        // No frame of it is shown, and Node.js 20 formats the SDK's for 15 seconds before it gives up.
        throw Object.assign(new pulumi.RunError(message), { stack: undefined });
    }
    for (const warning of problemLines(warnings)) {
        await pulumi.log.warn(warning);
    }
    if (process.env.SERVICE_PIPELINES_STACK_TRACES === undefined) {
        // Each registration captures several stack traces, which takes half of the time in a large fleet.
        Error.stackTraceLimit = 0;
    }
    const fleet = new Fleet("fleet", { plan });
    const pipelines: Record<string, object> = {};
    for (const pipeline of plan.pipelines) {
        const { pipelineName, pipelineArn } = fleet.add(pipeline);
        pipelines[pipeline.logicalName] = { name: pipelineName, arn: pipelineArn, consoleUrl: pipeline.consoleUrl };
        await settle();
    }
    const { pendingConnections, approverPolicies, handles } = fleet;
    return { pipelines, pendingConnections, approverPolicies, handles };
};
