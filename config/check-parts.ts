import type { PlaceholderValues } from "../catalog/placeholders";
import type { Path } from "../catalog/problem";
import { onlyBuild, type Builds } from "./builds";
import type { BuildSettings, Part, SourceSettings, SuiteSettings } from "./fleet-config";
import type { Layer } from "./layers";
import { packageUse } from "./packages-schema";
import type { Report } from "./parse";
import { fillPart, readPart } from "./part";
import { buildSort } from "./sorts";
import { mainSource } from "./sources";
import { hint } from "./suggest";
import type { ServiceWords, Surroundings } from "./surroundings";
import { isMap, valueAt } from "./values";

/** What a check is read against: what the service's own pipeline is made of. */
export interface CheckSurroundings {
    readonly defaults: Surroundings["defaults"];
    readonly home: PlaceholderValues;
    readonly sources: Readonly<Record<string, Part<SourceSettings>>>;
    readonly builds: Builds;
    readonly suites: Readonly<Record<string, Part<SuiteSettings>>>;

    /** Names of all suites, also of those that cannot be read. */
    readonly suiteNames: readonly string[];

    /** The package repositories; undefined when they cannot be read. */
    readonly packages?: Surroundings["packages"];

    /** Whether all of the service could be read so far: else what is missing may only be broken. */
    readonly sound: boolean;
}

/** What a service says of its pull requests. */
export type PullRequestWords = NonNullable<ServiceWords["pullRequests"]>;

/** Parts by name. */
export type Entries<T> = readonly (readonly [string, Part<T>])[];

/** The main source, and those that are named. */
export function chosenSources(
    { sources }: PullRequestWords,
    { sources: all, sound }: CheckSurroundings,
    at: (...below: Path) => Path,
    report: Report,
): Entries<SourceSettings> {
    const { [mainSource]: main, ...further } = all;
    const names = Object.keys(further);
    sources.forEach((name, index) => {
        if (sound && !names.includes(name)) {
            report({
                path: at("sources", index),
                message: `unknown source ${JSON.stringify(name)}${hint(name, names)}`,
            });
        }
    });
    return [
        [mainSource, main],
        ...names.filter(name => sources.includes(name)).map(name => [name, further[name]] as const),
    ];
}

/** The builds that are made once, with what is different for pull requests. */
export function checkBuilds(
    check: {
        readonly service: string;
        readonly own: Omit<ServiceWords, "pullRequests">;
        readonly words: PullRequestWords;
        readonly around: CheckSurroundings;
    },
    report: Report,
): Entries<BuildSettings> {
    const { service, own, words, around } = check;
    const several = own.builds !== undefined;
    const path: Path = ["services", service];
    const [key, stray] = several ? (["builds", "build"] as const) : (["build", "builds"] as const);
    if (words[stray] !== undefined) {
        report({
            path: [...path, "pullRequests", stray],
            message: `expected \`${key}\`, as the service has it, found \`${stray}\``,
        });
    }
    const names = several ? Object.keys(own.builds ?? {}).sort() : [onlyBuild];
    for (const name of Object.keys(several ? (words.builds ?? {}) : {}).filter(one => !names.includes(one))) {
        report({
            path: [...path, "pullRequests", "builds", name],
            message: `unknown build ${JSON.stringify(name)}${hint(name, names)}`,
        });
    }
    const within = packageUse(service, around.packages);
    return names.flatMap(name => {
        const below: Path = several ? ["builds", name] : ["build"];
        const special: Layer = { path: [...path, "pullRequests", ...below], value: valueAt(words, below) };
        checkSecrets(special, words, report);
        // A build that cannot be read has been told already, and one of the kind `none` is none.
        if (!around.builds.reads.has(name) && special.value === undefined) {
            return [];
        }
        const layers: Layer[] = [
            { path: ["defaults", "build"], value: around.defaults.build, common: true },
            { path: [...path, ...below], value: valueAt(own, below) },
            special,
        ];
        const read = readPart(buildSort, layers, within, report);
        return read === undefined || read.settings.type === "none" || read.settings.perEnvironment
            ? []
            : [[name, fillPart(read, around.home, report)] as const];
    });
}

/** The suites that are named, or all that run once after the build. */
export function chosenSuites(
    { suites: wanted }: PullRequestWords,
    { suites: all, suiteNames }: CheckSurroundings,
    at: (...below: Path) => Path,
    report: Report,
): Entries<SuiteSettings> {
    const early = Object.keys(all).filter(name => all[name].settings.after === "build");
    for (const [index, name] of (wanted ?? []).entries()) {
        const path = at("suites", index);
        if (!suiteNames.includes(name)) {
            report({
                path,
                message: `unknown suite that runs after build ${JSON.stringify(name)}${hint(name, early)}`,
            });
        } else if (Object.hasOwn(all, name) && !early.includes(name)) {
            report({ path, message: `${name} runs after a deploy, and a check deploys nothing` });
        }
    }
    return early.filter(name => wanted?.includes(name) ?? true).map(name => [name, all[name]] as const);
}

/** Secrets that are written for pull requests themselves need the same word as those of the build. */
function checkSecrets({ path, value }: Layer, { exposeSecrets }: PullRequestWords, report: Report): void {
    for (const key of ["secrets", "permissions"].filter(name => valueAt(value, [name]) !== undefined)) {
        const given = valueAt(value, [key]);
        const empty = isMap(given) ? Object.keys(given).length === 0 : Array.isArray(given) && given.length === 0;
        if (exposeSecrets === undefined && !empty) {
            report({
                path: [...path, key],
                message: `code that nobody has merged has no ${key}: say in \`exposeSecrets\` why it may, or drop them`,
            });
        }
    }
}
