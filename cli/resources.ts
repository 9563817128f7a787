import { madePipelines } from "../blueprint/part";
import type { FleetPlan } from "../blueprint/plan";
import { engineConfig, project, type StackSource } from "../config/source";
import { progress } from "./progress";
import type { RecordOptions, Recording, Registration } from "./recorder";

/**
 * Runs the program itself on `plan`, as `pulumi up` does on what it plans, and returns every resource that it registers.
 * Loads Pulumi, which takes most of a second; whoever needs no resources must not import what it imports.
 *
 * @throws what the program throws
 */
export async function resourcesOf(source: StackSource, plan: FleetPlan): Promise<readonly Registration[]> {
    const [{ organization, record }, program] = await Promise.all([import("./recorder"), import("../index")]);
    const bar = progress("recording", madePipelines(plan).length);
    const { stackTraceLimit } = Error;
    const config = engineConfig(source.own ?? source.values);
    try {
        const stacks = await platformOf(plan, organization, one =>
            record(() => program({ plan: one }), { stack: one.stack, config }),
        );
        const { registrations } = await record(
            settle =>
                program({
                    plan,
                    settle: async () => {
                        await settle();
                        bar.step();
                    },
                }),
            { stack: source.stack, config, stacks },
        );
        return registrations;
    } finally {
        // The program switches stack traces off; whatever fails from here on needs its own.
        Error.stackTraceLimit = stackTraceLimit;
        bar.clear();
    }
}

/**
 * What the stack that a stack of services refers to would tell, by its name: the same program, asked for what these services
 * share, invents the same ids.
 */
async function platformOf(
    plan: FleetPlan,
    organization: string,
    run: (platform: FleetPlan) => Promise<Recording>,
): Promise<NonNullable<RecordOptions["stacks"]>> {
    if (plan.spread.role !== "services") {
        return {};
    }
    const { platform } = plan.spread;
    const { outputs } = await run({ ...plan, stack: platform, spread: { role: "platform", stacks: {} } });
    return { [`${organization}/${project}/${platform}`]: outputs };
}
