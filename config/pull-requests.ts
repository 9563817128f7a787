import { filterProblems, patterns } from "../catalog/filters";
import type { Unmerged } from "../catalog/kind";
import { pullRequestEvents } from "../catalog/pull-requests";
import type { Path } from "../catalog/problem";
import { artifactProblems, furtherArtifacts, namedArtifacts } from "./artifacts";
import {
    checkBuilds,
    chosenSources,
    chosenSuites,
    type CheckSurroundings,
    type Entries,
    type PullRequestWords,
} from "./check-parts";
import type { CheckConfig, Part, SourceSettings } from "./fleet-config";
import type { Report } from "./parse";
import type { Sort } from "./part";
import { buildSort, sourceSort, suiteSort } from "./sorts";
import { mainSource } from "./sources";
import type { ServiceWords } from "./surroundings";
import { mapOf } from "./values";

/** A part as it runs unmerged code, and what was taken from it. */
export interface Trusted<T> {
    readonly part: Part<T>;
    readonly withheld: readonly string[];
}

/** Reads how the pull requests of `service` are checked; undefined when they are not, and when that cannot be read. */
export function readPullRequests(
    service: string,
    { pullRequests: words, ...own }: ServiceWords,
    around: CheckSurroundings,
    reportAll: Report,
): CheckConfig | undefined {
    const path: Path = ["services", service, "pullRequests"];
    const main = around.sources[mainSource];
    if (words === undefined || main === undefined) {
        return undefined;
    }
    let { sound } = around;
    const report: Report = problem => {
        sound = false;
        reportAll(problem);
    };
    if (main.settings.type !== "connection") {
        report({
            path,
            message: `only a connection tells of pull requests: expected a source of the type "connection", found ${JSON.stringify(main.settings.type)}`,
        });
        return undefined;
    }
    const at = (...below: Path): Path => [...path, ...below];
    filterProblems(words).forEach(problem => report({ ...problem, path: at(...problem.path) }));
    const exposed = words.exposeSecrets !== undefined;
    const trust = <T extends { readonly type: string }>(sort: Sort<T>, parts: Entries<T>) =>
        parts.map(([name, part]) => [name, trusted(sort, part, { name, exposed, path }, report)] as const);

    const sources = trust(sourceSort, chosenSources(words, around, at, report));
    const builds = trust(buildSort, checkBuilds({ service, own, words, around }, report));
    const suites = trust(suiteSort, chosenSuites(words, around, at, report));
    const [, source] = sources[0];
    const all = [...sources, ...builds, ...suites];
    const withheld = [...new Set(all.flatMap(([, one]) => one?.withheld ?? []))];
    checkArtifacts([sources, builds, suites], report);
    if (sound && builds.length + suites.length === 0) {
        report({ path, message: `nothing would be checked: ${service} has neither a build nor a suite that can run` });
    }
    if (source === undefined) {
        return undefined;
    }
    const parts = <T>(entries: readonly (readonly [string, Trusted<T> | undefined])[]) =>
        Object.fromEntries(entries.flatMap(([name, one]) => (one === undefined ? [] : [[name, one.part] as const])));
    return {
        pullRequests: filterOf(words, main.settings),
        source: source.part,
        sources: parts(sources.slice(1)),
        builds: parts(builds),
        suites: parts(suites),
        withheld,
        ...(words.exposeSecrets !== undefined && { exposed: words.exposeSecrets }),
    };
}

/** Which pull requests start the check: what they do not say, the source of the pipeline says. */
function filterOf(
    words: PullRequestWords,
    source: Extract<SourceSettings, { type: "connection" }>,
): CheckConfig["pullRequests"] {
    const paths = patterns(words.paths, words.excludePaths) ?? patterns(source.paths, source.excludePaths);
    return {
        branches: { includes: [source.branch], ...patterns(words.branches, words.excludeBranches) },
        ...(paths && { paths }),
        events: words.events.map(event => pullRequestEvents[event]),
    };
}

/** `part` as it runs unmerged code; a kind that does not say how runs none. */
export function trusted<T extends { readonly type: string }>(
    sort: Sort<T>,
    part: Part<T>,
    { name, exposed, path }: { readonly name: string; readonly exposed: boolean; readonly path: Path },
    report: Report,
): Trusted<T> | undefined {
    const { settings, origin } = part;
    const kind = sort.kinds.find(candidate => candidate.type === settings.type);
    if (kind?.unmerged === undefined) {
        report({
            path,
            message: `${name} cannot run the code of a pull request: the type ${JSON.stringify(settings.type)} has rights that only merged code may have; give the check a build of another type, or name other suites`,
        });
        return undefined;
    }
    // The settings of a kind are those of its own member of the union; that they belong together, `type` says.
    const { settings: without, withheld } = kind.unmerged(settings as never) as Unmerged<T>;
    return { part: exposed ? part : { settings: without, origin }, withheld };
}

type Checked = readonly (readonly [string, Trusted<object> | undefined])[];

/** What builds and suites take must be there: a check has fewer sources and builds than the pipeline that deploys. */
function checkArtifacts([sources, builds, suites]: readonly [Checked, Checked, Checked], report: Report): void {
    const names = [
        ...sources.map(([name]) => name),
        ...builds.flatMap(([name, one]) => [name, ...furtherArtifacts(mapOf(one?.part.settings))]),
    ];
    for (const [schema, entries] of [
        [buildSort.schema, builds],
        [suiteSort.schema, suites],
    ] as const) {
        for (const [name, one] of entries) {
            const problems =
                one === undefined ? [] : artifactProblems(namedArtifacts(schema, one.part.settings), names);
            problems.forEach(({ path, message }) =>
                report({
                    path: one?.part.origin(path) ?? path,
                    message: `${message}: ${name} checks pull requests, too, where there is no other artifact; name its source in \`pullRequests.sources\`, or other suites`,
                }),
            );
        }
    }
}
