import type { Path } from "../catalog/problem";
import type { SourceSettings } from "./fleet-config";
import type { Layer } from "./layers";
import type { Report } from "./parse";
import { readPart, type Read } from "./part";
import { sourceSort } from "./sorts";
import { strayPullRequests } from "./stray";
import { hint } from "./suggest";
import type { ServiceWords, Surroundings } from "./surroundings";
import { valueAt } from "./values";

/** Name of the source that every service has. */
export const mainSource = "source";

/** The sources of a service by name, the main one first; those that cannot be read are missing. */
export type Sources = ReadonlyMap<string, Read<SourceSettings>>;

/** Reads the sources of `service`; the further ones take over what the defaults say of every source. */
export function readSources(
    service: string,
    words: ServiceWords,
    { defaults, connections }: Surroundings,
    report: Report,
): Sources {
    const own: Path = ["services", service];
    const entries: (readonly [string, Path])[] = [
        [mainSource, [mainSource]],
        ...Object.keys(words.sources ?? {})
            .sort()
            .map(name => [name, ["sources", name]] as const),
    ];
    return new Map(
        entries.flatMap(([name, key]) => {
            const layers: Layer[] = [
                { path: ["defaults", "source"], value: defaults.source, common: true },
                { path: [...own, ...key], value: valueAt(words, key) },
            ];
            layers.flatMap(({ path, value }) => strayPullRequests(path, value)).forEach(report);
            const source = readPart(sourceSort, layers, {}, report);
            checkConnection(source, connections, report);
            return source === undefined ? [] : [[name, source] as const];
        }),
    );
}

function checkConnection(
    source: Read<SourceSettings> | undefined,
    known: readonly string[] | undefined,
    report: Report,
): void {
    if (source?.settings.type === "connection" && known !== undefined && !known.includes(source.settings.connection)) {
        const { connection } = source.settings;
        report({
            path: source.origin(["connection"]),
            message: `unknown connection ${JSON.stringify(connection)}${hint(connection, known)}`,
        });
    }
}
