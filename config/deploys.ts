import type { PlaceholderValues } from "../catalog/placeholders";
import type { Path } from "../catalog/problem";
import type { DeploySettings, Part, RegionalDeploys } from "./fleet-config";
import type { Layer } from "./layers";
import { needsProblems } from "./needs";
import type { Report } from "./parse";
import { fillPart, readPart, type Read, type Within } from "./part";
import { deploySort } from "./sorts";
import type { EnvironmentWords, ServiceWords, Surroundings } from "./surroundings";
import { valueAt } from "./values";

interface DeploySurroundings {
    readonly defaults: Surroundings["defaults"];
    readonly within: Within;
    readonly home: PlaceholderValues;
}

/** Deploys by name: the only one of a service is called `deploy`. */
export type Deploys = Readonly<Record<string, Part<DeploySettings>>>;

/** The deploys of one environment: to its first region, and to the others. */
export interface EnvironmentDeploys {
    readonly deploys: Deploys;
    readonly elsewhere: readonly RegionalDeploys[];
}

/** Reads the deploys of `service` to each of `environments`, by the environment's name. */
export function readDeploys(
    service: string,
    words: ServiceWords,
    environments: readonly EnvironmentWords[],
    { defaults, within, home }: DeploySurroundings,
    report: Report,
): ReadonlyMap<string, EnvironmentDeploys> {
    const own: Path = ["services", service];
    const exception = (name: string) => valueAt(words.environments, [name]);
    const read = (environment?: string) =>
        readLayers(
            { path: ["defaults", "deploy"], value: defaults.deploy, common: true },
            { path: own, value: words },
            environment === undefined
                ? undefined
                : { path: [...own, "environments", environment], value: exception(environment) },
            within,
            report,
        );
    // Most environments have no exception: for these the words are read once.
    let plain: Reads | undefined;
    return new Map(
        environments.map(({ name, account, regions }) => {
            const special = ["deploy", "deploys"].some(key => valueAt(exception(name), [key]) !== undefined);
            const reads = special ? read(name) : (plain ??= read());
            const to = (region: string): Deploys => {
                const values = { ...home, environment: name, account, region };
                const deploys = Object.entries(reads).map(
                    ([key, part]) => [key, fillPart(part, values, report)] as const,
                );
                return Object.fromEntries(deploys);
            };
            const [first, ...others] = regions;
            return [name, { deploys: to(first), elsewhere: others.map(region => ({ region, deploys: to(region) })) }];
        }),
    );
}

type Reads = Readonly<Record<string, Read<DeploySettings>>>;

/** The deploys that `words`, and `exception` over them, speak of. */
function readLayers(shared: Layer, words: Layer, exception: Layer | undefined, within: Within, report: Report): Reads {
    const speakers = exception === undefined ? [words] : [words, exception];
    const several =
        valueAt(words.value, ["deploys"]) !== undefined ||
        (valueAt(words.value, ["deploy"]) === undefined && valueAt(exception?.value, ["deploys"]) !== undefined);
    const stray = several ? "deploy" : "deploys";
    for (const { path, value } of speakers) {
        if (valueAt(value, [stray]) !== undefined) {
            report({ path: [...path, stray], message: `expected either \`deploy\` or \`deploys\`, found both` });
        }
    }
    const below = (...key: string[]): Layer[] => [
        shared,
        ...speakers.map(({ path, value }) => ({ path: [...path, ...key], value: valueAt(value, key) })),
    ];
    if (!several) {
        const layers = below("deploy");
        // Defaults alone deploy a service only when they are complete enough to say how.
        const says = layers.some(
            layer => valueAt(layer.value, ["type"]) !== undefined || (layer !== shared && layer.value !== undefined),
        );
        const only = says ? readPart(deploySort, layers, within, report) : undefined;
        return only === undefined ? {} : { deploy: only };
    }
    const names = [...new Set(speakers.flatMap(({ value }) => Object.keys(valueAt(value, ["deploys"]) ?? {})))].sort();
    const reads = names.flatMap(name => {
        const part = readPart(deploySort, below("deploys", name), within, report);
        return part === undefined ? [] : ([[name, part]] as const);
    });
    const settings = new Map(reads.map(([name, part]) => [name, part.settings]));
    for (const { path, message } of needsProblems(settings, names, "deploy")) {
        const [name, ...rest] = path;
        report({ path: reads.find(([key]) => key === name)?.[1].origin(rest) ?? path, message });
    }
    return Object.fromEntries(reads);
}
