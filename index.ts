import { setImmediate as turn } from "node:timers/promises";
import type { FleetPlan } from "./blueprint/plan";
import { madePipelines } from "./blueprint/part";
import { enginePlan } from "./components/engine-plan";
import { Fleet } from "./components/fleet";
import { platformFoundation } from "./components/platform";

/**
 * The stack: what its file says, built.
 *
 * @param given - a preview in process gives the plan that it has already, and what is awaited after what all share and after each
 * service, which keeps its memory flat. By default that is a turn of the event loop, so that the engine is at work on the first
 * resources, and starts its providers, while the next ones are made
 */
export = async function program(given: { readonly plan?: FleetPlan; readonly settle?: () => Promise<void> } = {}) {
    const plan = given.plan ?? (await enginePlan());
    if (process.env.SERVICE_PIPELINES_STACK_TRACES === undefined) {
        // Each registration captures several stack traces, which takes half of the time in a large fleet.
        Error.stackTraceLimit = 0;
    }
    const fleet = new Fleet("fleet", { plan, foundation: await platformFoundation(plan) });
    const settle = given.settle ?? turn;
    await settle();
    const pipelines: Record<string, object> = {};
    for (const pipeline of madePipelines(plan)) {
        const { pipelineName, pipelineArn } = fleet.add(pipeline);
        pipelines[pipeline.logicalName] = { name: pipelineName, arn: pipelineArn, consoleUrl: pipeline.consoleUrl };
        await settle();
    }
    return { pipelines, ...fleet.outputs };
};
