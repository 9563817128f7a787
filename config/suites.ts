import type { Part, SuiteSettings } from "./fleet-config";
import { environmentProblems } from "./in-environments";
import type { Layer } from "./layers";
import { needsProblems } from "./needs";
import type { Report } from "./parse";
import { fillPart, readPart, type Read, type Within } from "./part";
import { suiteSort } from "./sorts";
import type { ServiceWords, Surroundings } from "./surroundings";
import { valueAt } from "./values";

/** What the suites of one service are read against. */
export interface SuiteSurroundings {
    readonly around: Surroundings;
    readonly within: Within;
    readonly home: Readonly<Record<"service" | "account" | "region", string>>;

    /** The environments that the service is deployed to; undefined when its deploys cannot be read. */
    readonly deployed?: readonly { readonly name: string }[];
}

/** Names of the suites of `service`, its own and those of the defaults. */
export const suiteNames = (words: ServiceWords, { defaults }: Pick<Surroundings, "defaults">): string[] =>
    [...new Set([...Object.keys(defaults.suites ?? {}), ...Object.keys(words.suites ?? {})])].sort();

/** What differs between the environments that a suite tests is filled where its actions are planned, one for each. */
const perEnvironment = {
    names: ["environment", "account", "region"],
    below: ["environment", "secrets", "permissions", "testEnvironment", "ecrImage", "configuration"],
} as const;

/** Reads the suites of `service`, by name. */
export function readSuites(
    service: string,
    words: ServiceWords,
    surroundings: SuiteSurroundings,
    report: Report,
): Record<string, Part<SuiteSettings>> {
    const { defaults } = surroundings.around;
    const names = suiteNames(words, surroundings.around);
    const read = new Map<string, Read<SuiteSettings>>();
    for (const name of names) {
        const layers: Layer[] = [
            { path: ["defaults", "suites", name], value: valueAt(defaults.suites, [name]), common: true },
            { path: ["services", service, "suites", name], value: valueAt(words.suites, [name]) },
        ];
        const suite = readPart(suiteSort, layers, surroundings.within, report);
        if (suite !== undefined) {
            checkEnvironments(name, service, suite, surroundings, report);
            read.set(name, suite);
        }
    }
    checkNeeds(read, names, report);
    return Object.fromEntries(
        [...read].map(([name, suite]) => [
            name,
            // One that names environments is meant to run in them, also where it forgets to say so.
            suite.settings.after === "deploy" || suite.settings.environments !== undefined
                ? fillPart(suite, { service }, report, perEnvironment)
                : fillPart(suite, surroundings.home, report),
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
    const { after, environments } = suite.settings;
    if (after === "build" && environments !== undefined) {
        report({
            path: suite.origin(["environments"]),
            message:
                "a suite without `after: deploy` runs once, before any environment: add `after: deploy`, or drop `environments`",
        });
        return;
    }
    for (const { path, message } of environmentProblems({
        service,
        unit: name,
        environments: environments ?? [],
        around,
        deployed,
    })) {
        report({ path: suite.origin(path), message });
    }
}
