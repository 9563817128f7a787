import type { Path, Problem } from "../../catalog/problem";
import { parse, single, type Report } from "../../config/parse";
import type { LocatedProblem } from "../../config/source";
import { isMap } from "../../config/values";
import type { YamlFile } from "../../config/yaml-file";
import type { PipelinePlan } from "../plan";
import { namesIn, checkNames } from "./names";
import { scriptSchema, type ExpectationWords, type ScriptWords } from "./schema";
import { commitOf, scriptOf, usualStart, type Commit, type Durations, type Script } from "./script";
import { dateOf, durationOf } from "./times";

/** A script that was read: what happens, and what is expected of it; or why not. */
export interface ReadScript {
    readonly script?: Script;
    readonly expectations: readonly ExpectationWords[];
    readonly problems: readonly LocatedProblem[];
}

/** Reads the script of `file` for the pipeline `plan`. All problems are told at once, each with its place. */
export function readScript(file: YamlFile, plan: PipelinePlan): ReadScript {
    const found: Problem[] = [];
    const report: Report = problem => found.push(problem);
    const words = file.readable ? parse(scriptSchema, single(file.value ?? {}, []), report) : undefined;
    const script = words && scriptFrom(words, report);
    if (file.readable && isMap(file.value ?? {})) {
        checkNames(file.value, namesIn(plan), report);
    }
    const problems = [...file.problems, ...inOrder(found, file)];
    return {
        ...(script !== undefined && problems.length === 0 && { script }),
        expectations: words?.expect ?? [],
        problems,
    };
}

/** `problems` with their places, as the file has them; of one place the first, of which others may follow. */
function inOrder(problems: readonly Problem[], file: YamlFile): LocatedProblem[] {
    const placed = problems.map(problem => ({ ...problem, position: file.locate(problem.path) }));
    const places = placed.map(({ path }) => JSON.stringify(path));
    return placed
        .filter((_, index) => places.indexOf(places[index]) === index)
        .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
}

/** Milliseconds from `start` to the moment that `word` says. */
export const momentOf = (word: unknown, start: number): number =>
    word === 0 ? 0 : (durationOf(String(word)) ?? (dateOf(String(word)) ?? start) - start);

const lengthOf = (word: unknown): number => (word === 0 ? 0 : (durationOf(String(word)) ?? 0));

const lengths = (words: Readonly<Record<string, unknown>>): Durations =>
    Object.fromEntries(Object.entries(words).map(([key, word]) => [key, lengthOf(word)]));

/** What happens, with its times counted from the start. */
function scriptFrom(words: ScriptWords, report: Report): Script {
    const start = typeof words.start === "string" ? (dateOf(words.start) ?? usualStart) : usualStart;
    const at = (word: unknown, path: Path): number => {
        const time = momentOf(word, start);
        if (time < 0) {
            report({ path, message: `expected a time after the start, found ${JSON.stringify(word)}` });
        }
        return Math.max(0, time);
    };
    const span = (entry: { readonly from: unknown; readonly to?: unknown }, path: Path) => {
        const from = at(entry.from, [...path, "from"]);
        const to = entry.to === undefined ? Infinity : at(entry.to, [...path, "to"]);
        if (to <= from) {
            report({
                path: [...path, "to"],
                message: `expected an end after its beginning, found ${JSON.stringify(entry.to)}`,
            });
        }
        return { from, to };
    };
    const deed = <T extends { readonly at: unknown }>(entry: T, path: Path) => ({
        ...entry,
        at: at(entry.at, [...path, "at"]),
    });
    return scriptOf({
        start,
        ...(words.until !== undefined && { until: at(words.until, ["until"]) }),
        deployed: words.deployed,
        commits: words.commits.map((entry, index) => commitFrom(entry, at(entry.at, ["commits", index, "at"]))),
        durations: lengths(words.durations),
        failures: words.failures,
        alarms: words.alarms.map((entry, index) => ({ ...entry, ...span(entry, ["alarms", index]) })),
        approvals: words.approvals.map(entry => ({ ...entry, after: lengthOf(entry.after) })),
        freezes: words.freezes.map((entry, index) => ({ ...entry, ...span(entry, ["freezes", index]) })),
        functions: words.functions.map((entry, index) => ({ ...entry, ...span(entry, ["functions", index]) })),
        transitions: words.transitions.map((entry, index) => ({ ...entry, ...span(entry, ["transitions", index]) })),
        overrides: words.overrides.map((entry, index) => deed(entry, ["overrides", index])),
        retries: words.retries.map((entry, index) => deed(entry, ["retries", index])),
        rollbacks: words.rollbacks.map((entry, index) => deed(entry, ["rollbacks", index])),
        stops: words.stops.map((entry, index) => deed(entry, ["stops", index])),
        releases: words.releases.map((entry, index) => deed(entry, ["releases", index])),
        edits: words.edits.map((entry, index) => deed(entry, ["edits", index])),
    });
}

function commitFrom({ id, message, branch, tag, paths, ...words }: ScriptWords["commits"][number], at: number): Commit {
    return commitOf(id, {
        at,
        byHand: words.byHand,
        variables: words.variables,
        durations: lengths(words.durations),
        ...(message !== undefined && { message }),
        ...(branch !== undefined && { branch }),
        ...(tag !== undefined && { tag }),
        ...(paths !== undefined && { paths }),
    });
}
