import { timed } from "../catalog/phases";
import { madePipelines } from "../blueprint/part";
import type { FleetPlan } from "../blueprint/plan";
import { engineConfig, project, type StackSource } from "../config/source";
import { deferCompiler } from "./later";
import { progress } from "./progress";
import type { Recording, Registration } from "./recorder";

/** What a stack registers, and what it refers to. */
export interface Resources {
    readonly registrations: readonly Registration[];

    /** What its platform has registered and tells, where another stack makes what its services share. */
    readonly platform?: Recording;
}

/**
 * Runs the program itself on `plan`, as `pulumi up` does on what it plans, and returns every resource that it registers.
 * Loads Pulumi, which takes most of a second; whoever needs no resources must not import what it imports.
 *
 * @throws what the program throws
 */
export async function resourcesOf(source: StackSource, plan: FleetPlan): Promise<Resources> {
    deferCompiler();
    const [{ organization, record }, program] = await timed("load", () =>
        Promise.all([import("./recorder"), import("../index")]),
    );
    const bar = progress("recording", madePipelines(plan).length);
    const { stackTraceLimit } = Error;
    const config = engineConfig(source.own ?? source.values);
    try {
        const platform = await platformOf(plan, one =>
            timed("registration", () => record(() => program({ plan: one }), { stack: one.stack, config })),
        );
        const stacks = platform && { [`${organization}/${project}/${platform.stack}`]: platform.outputs };
        const { registrations } = await timed("registration", () =>
            record(
                settle =>
                    program({
                        plan,
                        settle: async () => {
                            await settle();
                            bar.step();
                        },
                    }),
                { stack: source.stack, config, stacks },
            ),
        );
        return { registrations, ...(platform && { platform }) };
    } finally {
        // The program switches stack traces off; whatever fails from here on needs its own.
        Error.stackTraceLimit = stackTraceLimit;
        bar.clear();
    }
}

/**
 * What the stack that a stack of services refers to would register and tell: the same program, asked for what these services
 * share, invents the same ids.
 */
async function platformOf(plan: FleetPlan, run: (platform: FleetPlan) => Promise<Recording>) {
    if (plan.spread.role !== "services") {
        return undefined;
    }
    const { platform: stack } = plan.spread;
    return { stack, ...(await run({ ...plan, stack, spread: { role: "platform", stacks: {} } })) };
}
