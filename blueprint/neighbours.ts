import type { FleetConfig } from "../config/fleet-config";
import { Names } from "./names";

/** By service the services that its pipeline starts: because they wait for its releases, or by a step of its own. */
function startsOf({ prefix, services }: FleetConfig): ReadonlyMap<string, ReadonlySet<string>> {
    const names = new Names(prefix);
    const byPipeline = new Map(services.map(({ name }) => [names.pipeline(name), name]));
    const starts = new Map(services.map(({ name }) => [name, new Set<string>()]));
    for (const { name, trigger, environments } of services) {
        trigger.after.forEach(first => starts.get(first)?.add(name));
        for (const { settings } of environments.flatMap(({ steps }) => Object.values(steps))) {
            const started =
                settings.type === "pipeline"
                    ? (settings.service ?? byPipeline.get(settings.pipeline ?? ""))
                    : undefined;
            if (started !== undefined) {
                starts.get(name)?.add(started);
            }
        }
    }
    return starts;
}

/**
 * The service `name` with those that its rules look at: what it starts, by way of others too, as they may start it again, and what
 * starts it.
 */
export function withNeighbours(config: FleetConfig, name: string): ReadonlySet<string> {
    const starts = startsOf(config);
    const found = new Set([name]);
    // What is added while they are gone through is gone through too.
    for (const one of found) {
        starts.get(one)?.forEach(started => found.add(started));
    }
    for (const [other, started] of starts) {
        if (started.has(name)) {
            found.add(other);
        }
    }
    return found;
}
