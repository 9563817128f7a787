import type { Path } from "../catalog/problem";
import type { Routes } from "../functions/lib/happenings";
import type { Report } from "./parse";
import { mergedRoutes, readRoutes, silenced } from "./routes";
import type { EnvironmentWords, ServiceWords, Surroundings } from "./surroundings";

/** What a service itself says of who is told. */
export interface ServiceRoutes {
    readonly own: Routes;

    /** By the name of the environment. */
    readonly environments: ReadonlyMap<string, Routes>;
}

/** Reads who is told of a service, and of it in each environment. */
export function readServiceRoutes(
    service: string,
    words: ServiceWords,
    around: Pick<Surroundings, "targets">,
    report: Report,
): ServiceRoutes {
    const path: Path = ["services", service];
    return {
        own: readRoutes(words.notify, [...path, "notify"], around, report),
        environments: new Map(
            Object.entries(words.environments ?? {}).map(([name, { notify }]) => [
                name,
                readRoutes(notify, [...path, "environments", name, "notify"], around, report),
            ]),
        ),
    };
}

/** Whom a service tells less than the fleet and its environments do, in words: what is so everywhere is said once. */
export function silencedTargets(
    { own, environments }: ServiceRoutes,
    deployed: readonly Pick<EnvironmentWords, "name" | "notify">[],
    fleet: Routes,
): string[] {
    const everywhere = silenced(fleet, own, "");
    const inOne = deployed.flatMap(({ name, notify }) => {
        const before = mergedRoutes(fleet, notify);
        const after = mergedRoutes(own, environments.get(name) ?? {});
        return silenced(before, after, ` in ${name}`);
    });
    return [...everywhere, ...inOne.filter(line => !everywhere.some(known => line.startsWith(`${known} in `)))];
}
