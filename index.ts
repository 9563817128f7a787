import type { FleetPlan } from "./blueprint/plan";
import { madePipelines } from "./blueprint/part";
import { enginePlan } from "./components/engine-plan";
import { Fleet } from "./components/fleet";
import { platformFoundation } from "./components/platform";

/**
 * The stack: what its file says, built.
 *
 * @param given - a preview in process gives the plan that it has already, and what is awaited after each service, which
 * keeps its memory flat
 */
export = async function program(given: { readonly plan?: FleetPlan; readonly settle?: () => Promise<void> } = {}) {
    const plan = given.plan ?? (await enginePlan());
    if (process.env.SERVICE_PIPELINES_STACK_TRACES === undefined) {
        // Each registration captures several stack traces, which takes half of the time in a large fleet.
        Error.stackTraceLimit = 0;
    }
    const fleet = new Fleet("fleet", { plan, foundation: await platformFoundation(plan) });
    const pipelines: Record<string, object> = {};
    for (const pipeline of madePipelines(plan)) {
        const { pipelineName, pipelineArn } = fleet.add(pipeline);
        pipelines[pipeline.logicalName] = { name: pipelineName, arn: pipelineArn, consoleUrl: pipeline.consoleUrl };
        await given.settle?.();
    }
    return { pipelines, ...fleet.outputs };
};
