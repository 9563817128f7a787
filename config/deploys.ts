import type { z } from "zod";
import type { PlaceholderValues } from "../catalog/placeholders";
import type { Path } from "../catalog/problem";
import type { DeploySettings, Part } from "./fleet-config";
import { valueAt } from "./issues";
import type { Layer } from "./layers";
import { needsProblems } from "./needs";
import type { Report } from "./parse";
import { fillPart, readPart } from "./part";
import type { serviceSchema } from "./schema";
import type { EnvironmentWords, Surroundings } from "./service";
import { deploySort } from "./sorts";

type ServiceWords = z.output<ReturnType<typeof serviceSchema>>;

interface DeploySurroundings {
    readonly defaults: Surroundings["defaults"];
    readonly machine: readonly Layer[];
    readonly home: PlaceholderValues;
}

/** Reads the deploys of `service` to `environment`, by name: the only one of a service is called `deploy`. */
export function readDeploys(
    service: string,
    words: ServiceWords,
    environment: EnvironmentWords,
    { defaults, machine, home }: DeploySurroundings,
    report: Report,
): Record<string, Part<DeploySettings>> {
    const own: Path = ["services", service];
    const exception = words.environments?.[environment.name];
    const there: Path = [...own, "environments", environment.name];
    const several = words.deploys !== undefined || (words.deploy === undefined && exception?.deploys !== undefined);
    for (const [path, scope] of [
        [own, words],
        [there, exception ?? {}],
    ] as const) {
        const stray = several ? "deploy" : "deploys";
        if (scope[stray] !== undefined) {
            report({ path: [...path, stray], message: `expected either \`deploy\` or \`deploys\`, found both` });
        }
    }
    const shared: Layer = { path: ["defaults", "deploy"], value: defaults.deploy };
    const read = (layers: readonly Layer[]): Part<DeploySettings> | undefined => {
        const part = readPart(deploySort, layers, machine, report);
        const { name, account, region } = environment;
        return part && fillPart(part, { ...home, environment: name, account, region }, report);
    };
    if (!several) {
        const layers = [
            shared,
            { path: [...own, "deploy"], value: words.deploy },
            { path: [...there, "deploy"], value: exception?.deploy },
        ];
        // Defaults alone deploy a service only when they are complete enough to say how.
        const says = layers.some(
            layer => valueAt(layer.value, ["type"]) !== undefined || (layer !== shared && layer.value !== undefined),
        );
        const only = says ? read(layers) : undefined;
        return only === undefined ? {} : { deploy: only };
    }
    const names = [...new Set([...Object.keys(words.deploys ?? {}), ...Object.keys(exception?.deploys ?? {})])].sort();
    const deploys: Record<string, Part<DeploySettings>> = {};
    for (const name of names) {
        const part = read([
            shared,
            { path: [...own, "deploys", name], value: valueAt(words.deploys, [name]) },
            { path: [...there, "deploys", name], value: valueAt(exception?.deploys, [name]) },
        ]);
        if (part !== undefined) {
            deploys[name] = part;
        }
    }
    const settings = Object.fromEntries(Object.entries(deploys).map(([name, part]) => [name, part.settings]));
    for (const { path, message } of needsProblems(settings, "deploy")) {
        const [name, ...rest] = path;
        report({ path: deploys[String(name)].origin(rest), message });
    }
    return deploys;
}
