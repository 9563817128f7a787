import type { StackSource } from "../../config/source";
import type { FleetPlan, PipelinePlan } from "../plan";

/** A fleet of a folder: a stack that makes all of it, or a platform with the stacks that stand on it. */
export interface FleetOfAll {
    /** What is planned: of a platform with the services of all stacks on it. */
    readonly source: StackSource;

    /** As far as it could be planned. @default nothing could */
    readonly plan?: FleetPlan;

    /** What the file of each of its stacks says, by stack; its own first. */
    readonly files: ReadonlyMap<string, StackSource>;
}

/** The stack that makes `service` of `plan`. */
export const stackOf = ({ spread, stack }: FleetPlan, service: string): string =>
    spread.role === "platform" ? (spread.stacks[service] ?? stack) : stack;

/** `plan` with the pipelines of `services` alone; what is shared stays that of all. */
export const withServices = (plan: FleetPlan, chosen: (service: string) => boolean): FleetPlan => ({
    ...plan,
    pipelines: plan.pipelines.filter(({ service }) => chosen(service)),
    deployRoles: plan.deployRoles.filter(({ service }) => chosen(service)),
});

/** What `stack`, which stands on the platform of `plan`, would itself plan. */
export function planOn(plan: FleetPlan, stack: string): FleetPlan {
    const stacks = plan.spread.role === "platform" ? plan.spread.stacks : {};
    const elsewhere = Object.entries(stacks).filter(([, other]) => other !== stack);
    return {
        ...withServices(plan, service => stackOf(plan, service) === stack),
        stack,
        spread: { role: "services", platform: plan.stack, stacks: Object.fromEntries(elsewhere) },
    };
}

/** How many services `pipelines` are of. */
export const servicesOf = (pipelines: readonly PipelinePlan[]): number =>
    new Set(pipelines.map(({ service }) => service)).size;
