import { reservedUnits } from "./schema";
import type { Part, SuiteSettings } from "./fleet-config";
import { merge, type Layer } from "./layers";
import { needsProblems } from "./needs";
import type { Report } from "./parse";
import { fillPart, readPart, type Read } from "./part";
import { suiteSort } from "./sorts";
import { hint } from "./suggest";
import type { ServiceWords, Surroundings } from "./surroundings";
import { valueAt } from "./values";

/** What the suites of one service are read against. */
export interface SuiteSurroundings {
    readonly around: Surroundings;
    readonly machine: readonly Layer[];
    readonly home: Readonly<Record<"service" | "account" | "region", string>>;

    /** Names of the environments that the service is deployed to; undefined when its deploys cannot be read. */
    readonly deployed?: readonly string[];

    /** Names that deploys have taken. */
    readonly units: readonly string[];
}

/** What differs between the environments that a suite tests: one project serves them all, and its actions say it. */
const perEnvironment = {
    names: ["environment", "account", "region"],
    below: ["environment", "secrets", "permissions"],
} as const;

/** Reads the suites of `service`, by name. */
export function readSuites(
    service: string,
    words: ServiceWords,
    within: SuiteSurroundings,
    report: Report,
): Record<string, Part<SuiteSettings>> {
    const { defaults } = within.around;
    const names = [...new Set([...Object.keys(defaults.suites ?? {}), ...Object.keys(words.suites ?? {})])].sort();
    const read = new Map<string, Read<SuiteSettings>>();
    for (const name of names) {
        const layers: Layer[] = [
            { path: ["defaults", "suites", name], value: valueAt(defaults.suites, [name]), common: true },
            { path: ["services", service, "suites", name], value: valueAt(words.suites, [name]) },
        ];
        const taken = reservedUnits.includes(name) || within.units.includes(name);
        if (taken) {
            report({
                path: merge(layers).origin([]),
                message: `expected a name of its own, found ${JSON.stringify(name)}, which the pipeline or a deploy has`,
            });
        }
        const suite = readPart(suiteSort, layers, within.machine, report);
        if (suite !== undefined) {
            checkEnvironments(name, service, suite, within, report);
            read.set(name, suite);
        }
    }
    checkNeeds(read, names, report);
    return Object.fromEntries(
        [...read].map(([name, suite]) => [
            name,
            suite.settings.after === "deploy"
                ? fillPart(suite, { service }, report, perEnvironment)
                : fillPart(suite, within.home, report),
        ]),
    );
}

function checkNeeds(suites: ReadonlyMap<string, Read<SuiteSettings>>, names: readonly string[], report: Report): void {
    for (const after of ["build", "deploy"] as const) {
        const group = [...suites].filter(([, { settings }]) => settings.after === after);
        const settings = new Map(group.map(([name, suite]) => [name, suite.settings]));
        const known = names.filter(name => settings.has(name) || !suites.has(name));
        for (const { path, message } of needsProblems(settings, known, `suite that runs after ${after}`)) {
            const [name, ...rest] = path;
            report({ path: suites.get(String(name))?.origin(rest) ?? path, message });
        }
    }
}

function checkEnvironments(
    name: string,
    service: string,
    suite: Read<SuiteSettings>,
    { around, deployed }: SuiteSurroundings,
    report: Report,
): void {
    const { after, environments: wanted } = suite.settings;
    const known = around.environments.map(environment => environment.name);
    if (after === "build" && wanted !== undefined) {
        report({
            path: suite.origin(["environments"]),
            message:
                "a suite without `after: deploy` runs once, before any environment: add `after: deploy`, or drop `environments`",
        });
        return;
    }
    for (const [index, environment] of (wanted ?? []).entries()) {
        const path = suite.origin(["environments", index]);
        if (!known.includes(environment)) {
            if (around.allEnvironments) {
                report({
                    path,
                    message: `unknown environment ${JSON.stringify(environment)}${hint(environment, known)}`,
                });
            }
        } else if (deployed !== undefined && !deployed.includes(environment)) {
            report({
                path,
                message: `${service} is not deployed to ${environment}, so ${name} cannot run after its deploy`,
            });
        }
    }
}
