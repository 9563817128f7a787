import { furtherArtifacts } from "./artifacts";
import { saysWhatToRun } from "../catalog/codebuild/settings";
import type { Path } from "../catalog/problem";
import type { BuildSettings } from "./fleet-config";
import { merge, type Layer } from "./layers";
import { needsProblems } from "./needs";
import { packageUse } from "./packages-schema";
import type { Report } from "./parse";
import { machineLayers, readPart, type Read, type Within } from "./part";
import { buildSort } from "./sorts";
import { hint } from "./suggest";
import type { ServiceWords, Surroundings } from "./surroundings";
import { isMap, valueAt } from "./values";

/** Name of the only build of a service. */
export const onlyBuild = "build";

/** The builds of one service. */
export interface Builds {
    /** By name; those that cannot be read, and those of the kind `none`, are missing. */
    readonly reads: ReadonlyMap<string, Read<BuildSettings>>;

    /** What the builds say of the machine, for suites and scripts that say nothing of it. */
    readonly machine: readonly Layer[];
}

/** What the builds of one service are read against. */
interface BuildSurroundings extends Pick<Surroundings, "defaults" | "customActions" | "packages"> {
    /** Names of the service's sources; undefined where one cannot be read. */
    readonly sources?: readonly string[];
}

/** Reads the builds of `service`: `build`, or each of `builds` over what the defaults say of every build. */
export function readBuilds(
    service: string,
    words: ServiceWords,
    { defaults, customActions, packages, sources }: BuildSurroundings,
    report: Report,
): Builds {
    const within: Within = { ...(customActions && { customActions }), ...packageUse(service, packages) };
    const own: Path = ["services", service];
    const shared: Layer = { path: ["defaults", "build"], value: defaults.build, common: true };
    if (words.builds === undefined) {
        const layers: Layer[] = [shared, { path: [...own, "build"], value: words.build }];
        const build = hasBuild(layers) ? readPart(buildSort, layers, within, report) : undefined;
        checkNeeds(build === undefined ? [] : [[onlyBuild, build]], [onlyBuild], report);
        checkArtifacts(build === undefined ? [] : [[onlyBuild, build]], sources, report);
        return { reads: made(build === undefined ? [] : [[onlyBuild, build]]), machine: machineLayers(layers) };
    }
    if (words.build !== undefined) {
        report({ path: [...own, "builds"], message: "expected either `build` or `builds`, found both" });
    }
    const names = Object.keys(words.builds).sort();
    const reads = names.flatMap(name => {
        const value = valueAt(words.builds, [name]);
        const build = readPart(buildSort, [shared, { path: [...own, "builds", name], value }], within, report);
        return build === undefined ? [] : [[name, build] as const];
    });
    checkNeeds(reads, names, report);
    checkArtifacts(reads, sources, report);
    return { reads: made(reads), machine: machineLayers([shared]) };
}

type Entries = readonly (readonly [string, Read<BuildSettings>])[];

const made = (reads: Entries) => new Map(reads.filter(([, { settings }]) => settings.type !== "none"));

/** What is built for each environment waits for what is built once by itself, and the other way round it never can. */
function checkNeeds(reads: Entries, names: readonly string[], report: Report): void {
    const builds = new Map(reads);
    const settings = new Map(reads.map(([name, build]) => [name, build.settings]));
    for (const { path, message } of needsProblems(settings, names, "build")) {
        const [name, ...rest] = path;
        report({ path: builds.get(String(name))?.origin(rest) ?? path, message });
    }
    for (const [name, build] of reads.filter(([, one]) => !one.settings.perEnvironment)) {
        for (const [index, need] of build.settings.needs.entries()) {
            if (builds.get(need)?.settings.perEnvironment === true) {
                report({
                    path: build.origin(["needs", index]),
                    message: `${name} is built once and cannot wait for ${need}, which is built for each environment`,
                });
            }
        }
    }
}

/** A build starts in a source, or in what a build hands on that it waits for. */
function checkArtifacts(reads: Entries, sources: readonly string[] | undefined, report: Report): void {
    const builds = new Map(reads);
    for (const [name, { settings, origin }] of reads) {
        const { artifact, needs } = settings;
        const known = needs.flatMap(need => [need, ...furtherArtifacts(builds.get(need)?.settings ?? {})]);
        if (artifact === undefined || sources === undefined || [...sources, ...known].includes(artifact)) {
            continue;
        }
        report({
            path: origin(["artifact"]),
            message:
                builds.has(artifact) && artifact !== name
                    ? `${name} starts in what ${artifact} hands on, and does not wait for it: add it to \`needs\``
                    : `unknown artifact ${JSON.stringify(artifact)}${hint(artifact, [...sources, ...known])}`,
        });
    }
}

/** A service has a build when it speaks of one, or when the defaults say what to run. */
function hasBuild(layers: readonly Layer[]): boolean {
    const { value } = merge(layers, buildSort.defaultType);
    return layers.at(-1)?.value !== undefined || (isMap(value) && saysWhatToRun(value));
}
