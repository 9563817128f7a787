import type { FleetPlan } from "../blueprint/plan";
import { engineConfig, type StackSource } from "../config/source";
import { progress } from "./progress";
import type { Registration } from "./recorder";

/**
 * Runs the program itself, as `pulumi up` does, and returns every resource that it registers.
 * Loads Pulumi, which takes most of a second; whoever needs no resources must not import what it imports.
 *
 * @throws what the program throws
 */
export async function resourcesOf(source: StackSource, plan: FleetPlan): Promise<readonly Registration[]> {
    const [{ record }, program] = await Promise.all([import("./recorder"), import("../index")]);
    const bar = progress("recording", plan.pipelines.length);
    const { warn } = console;
    const { stackTraceLimit } = Error;
    // What the program warns of is in the plan already; whoever asks for the resources says it, with its place in the file.
    console.warn = () => undefined;
    try {
        const { registrations } = await record(
            settle =>
                program(async () => {
                    await settle();
                    bar.step();
                }),
            { stack: source.stack, config: engineConfig(source.values) },
        );
        return registrations;
    } finally {
        console.warn = warn;
        // The program switches stack traces off; whatever fails from here on needs its own.
        Error.stackTraceLimit = stackTraceLimit;
        bar.clear();
    }
}
