import type { Path } from "../../catalog/problem";
import type { StackSource } from "../../config/source";
import { isMap, mapOf, valueAt } from "../../config/values";
import type { FleetPlan, PipelinePlan } from "../plan";
import { planStack } from "../stack";

/** A key of the stack file and what it would say instead. */
export interface Change {
    readonly path: Path;
    readonly value: unknown;
}

/** A release pipeline, and where it is. */
export interface PlannedRelease extends Pick<FleetPlan, "home"> {
    readonly pipeline: PipelinePlan;
}

/** The stack file of one service, to be planned as it would be with other words. */
export interface Trial {
    /** What the stack file says at `path` now; undefined where it says nothing. */
    said(path: Path): unknown;

    /** The service's release with `changes`; undefined where the stack file would have problems with them. */
    planned(changes: readonly Change[]): PlannedRelease | undefined;
}

/**
 * Lets `service` be planned with other words, by the same reader, planner and rules as `pulumi up`: what would be refused
 * is no advice. Other services are left out where it speaks of none of them.
 */
export function trialOf(source: StackSource, service: string): Trial {
    const alone = { ...source, values: onlyService(source.values, service) };
    const from = releaseOf(alone, service) === undefined ? source : alone;
    return {
        said: path => valueAt(source.values, path),
        planned: changes =>
            releaseOf(
                {
                    ...from,
                    values: changes.reduce<unknown>(
                        (values, { path, value }) => replaced(values, path, value),
                        from.values,
                    ) as StackSource["values"],
                },
                service,
            ),
    };
}

const onlyService = (values: StackSource["values"], service: string) => ({
    ...values,
    services: { [service]: mapOf(values.services)[service] },
});

function releaseOf(source: StackSource, service: string): PlannedRelease | undefined {
    const { plan } = planStack(source);
    const pipeline = plan?.pipelines.find(one => one.service === service && one.purpose === "release");
    return plan && pipeline && { pipeline, home: plan.home };
}

/** `value` with `word` at `path` below it; maps that are missing on the way are made. */
function replaced(value: unknown, [key, ...rest]: Path, word: unknown): unknown {
    if (key === undefined) {
        return word;
    }
    if (Array.isArray(value)) {
        return value.map((entry: unknown, index) => (index === key ? replaced(entry, rest, word) : entry));
    }
    const map = isMap(value) ? value : {};
    return { ...map, [key]: replaced(Object.hasOwn(map, key) ? map[key] : undefined, rest, word) };
}
