import type { FleetPlan } from "../blueprint/plan";
import { engineConfig, type StackSource } from "../config/source";
import { progress } from "./progress";
import type { Registration } from "./recorder";

/**
 * Runs the program itself on `plan`, as `pulumi up` does on what it plans, and returns every resource that it registers.
 * Loads Pulumi, which takes most of a second; whoever needs no resources must not import what it imports.
 *
 * @throws what the program throws
 */
export async function resourcesOf(source: StackSource, plan: FleetPlan): Promise<readonly Registration[]> {
    const [{ record }, program] = await Promise.all([import("./recorder"), import("../index")]);
    const bar = progress("recording", plan.pipelines.length);
    const { stackTraceLimit } = Error;
    try {
        const { registrations } = await record(
            settle =>
                program({
                    plan,
                    settle: async () => {
                        await settle();
                        bar.step();
                    },
                }),
            { stack: source.stack, config: engineConfig(source.values) },
        );
        return registrations;
    } finally {
        // The program switches stack traces off; whatever fails from here on needs its own.
        Error.stackTraceLimit = stackTraceLimit;
        bar.clear();
    }
}
