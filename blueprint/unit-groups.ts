import { builds } from "../catalog/builds";
import type { Place } from "../catalog/kind";
import type { Artifact } from "../catalog/plan";
import { suites } from "../catalog/suites";
import type { BuildSettings, Part, ServiceConfig, ServiceEnvironment } from "../config/fleet-config";
import { outputsOf, planUnit, type PlannedUnit } from "./units";

/** Puts a unit where it stands in the pipeline. */
export type Placing = (unit: string, environment?: ServiceEnvironment) => (inputs: readonly Artifact[]) => Place;

/** The artifacts of a pipeline so far. */
export interface Made {
    readonly sourced: readonly Artifact[];
    readonly built: readonly Artifact[];
}

/** Builds take the sources, and what the builds hand on that they wait for; before `parts` those of `made` were built. */
export function buildUnits(
    parts: Readonly<Record<string, Part<BuildSettings>>>,
    { sourced, built }: Made,
    place: Placing,
    environment?: ServiceEnvironment,
): PlannedUnit[] {
    const planned = new Map<string, PlannedUnit>();
    const plan = (name: string): PlannedUnit => {
        const known = planned.get(name);
        if (known !== undefined) {
            return known;
        }
        const { needs } = parts[name].settings;
        const own = needs.filter(need => Object.hasOwn(parts, need)).map(plan);
        const earlier = built.filter(({ key }) => needs.includes(key));
        const inputs = [...sourced, ...earlier, ...outputsOf(own)];
        const unit = planUnit(builds, parts[name], inputs, place(name, environment));
        planned.set(name, unit);
        return unit;
    };
    return Object.keys(parts).map(plan);
}

/** The suites that run `after` builds or deploys: everywhere, or of one environment those that it has. */
export function suiteUnits(
    service: Pick<ServiceConfig, "suites">,
    after: "build" | "deploy",
    { sourced, built }: Made,
    place: Placing,
    environment?: ServiceEnvironment,
    takes: (part: Part<unknown>) => readonly Artifact[] = () => [],
): PlannedUnit[] {
    return Object.entries(service.suites)
        .filter(([, { settings }]) => settings.after === after)
        .filter(
            ([, { settings }]) =>
                environment === undefined || (settings.environments?.includes(environment.name) ?? true),
        )
        .map(([name, part]) =>
            planUnit(suites, part, [...sourced, ...built, ...takes(part)], place(name, environment)),
        );
}
