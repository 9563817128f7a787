import type { SettingChange } from "../blueprint/changes/fact";
import type { Outcome } from "../blueprint/changes/outcomes";
import { outcomes } from "../blueprint/changes/outcomes";
import { stackSettings } from "../blueprint/changes/stack";
import { together, type SharedChange } from "../blueprint/changes/together";
import type { FleetPlan } from "../blueprint/plan";
import type { Previous } from "./baseline";
import { plural } from "./plural";

/** A comparison, as all ways to show one take it. */
export interface Compared {
    readonly pipelines: readonly Outcome[];

    /** What is different, each once: of the stack as a whole, and of its pipelines. */
    readonly settings: readonly SharedChange[];

    /** What it means to bring it up. */
    readonly notes: readonly Note[];
}

/** What it means to bring a change up, in words, and of which pipelines, or stack, it names last. */
export interface Note {
    readonly text: string;
    readonly names: readonly string[];
}

/** What `now` changes since `previous`, of one service alone where it is named; undefined where nothing can be compared. */
export function comparedWith({ plan: was, beside }: Previous, now: FleetPlan, service?: string): Compared | undefined {
    if (was === undefined) {
        return undefined;
    }
    const pipelines = outcomes(was, now, beside !== undefined).filter(
        outcome => service === undefined || outcome.service === service,
    );
    const ofStack = stackSettings(was, now).map((change): SharedChange => ({ ...change, pipelines: [] }));
    return {
        pipelines,
        settings: [
            ...ofStack,
            ...together(
                pipelines
                    .filter(({ kind }) => kind !== "replaced")
                    .map(({ key, service: of, settings }) => ({ key, service: of, changes: settings })),
            ),
        ].sort((a, b) => Number(b.weaker) - Number(a.weaker)),
        notes:
            beside === undefined
                ? notesOf(pipelines)
                : [{ text: "nothing is replaced: this is another stack, which stays as it is:", names: [beside] }],
    };
}

/**
 * What it means to bring `pipelines` up.
 *
 * @see blueprint/change.ts for the pages of AWS on executions that stop, and rollbacks
 */
export function notesOf(pipelines: readonly Outcome[]): Note[] {
    const of = (kind: Outcome["kind"]) => pipelines.filter(outcome => outcome.kind === kind);
    const [changed, replaced] = [of("changed"), of("replaced")];
    const back = changed.filter(({ rollsBack }) => rollsBack).map(({ key }) => key);
    const lost = changed.length + replaced.length;
    const notes: readonly (readonly [boolean, string, (readonly string[])?])[] = [
        [changed.length > 0, "saving a changed pipeline stops its running executions: bring it up when none runs"],
        [
            replaced.length > 0,
            "a pipeline's name, account and region cannot be changed: one that is replaced is deleted with its roles, its projects and its history, and made anew",
        ],
        [
            lost === 1,
            `there is nothing to roll back to until the next success${back.length === 1 ? ", and the pipeline rolls back by itself" : ""}`,
        ],
        [lost > 1, `${lost} pipelines have nothing to roll back to until the next success`],
        [lost > 1 && back.length > 0, "of these roll back by themselves, and until then cannot:", back],
        [
            of("removed").length > 0,
            "a removed pipeline is deleted with its roles, its projects and the history of its executions",
        ],
        [
            of("beside").length > 0,
            "where only projects, events, schedules, roles or tags change, what runs goes on, and can be rolled back",
        ],
    ];
    return notes.flatMap(([isSo, text, names = []]) => (isSo ? [{ text, names }] : []));
}

/** A note as one text. */
export const noteText = ({ text, names }: Note): string => [text, names.join(", ")].join(" ").trimEnd();

/** How a kind of outcome is called, wherever it is shown. */
export const kindNames: Readonly<Record<Outcome["kind"], string>> = {
    added: "added",
    removed: "removed",
    changed: "changed",
    beside: "changed beside",
    replaced: "replaced",
};

/** `prod: window MON-THU 8-16 → MON-FRI 8-18`, in one line without what nobody would see. */
export function changeText({ where, what, kind, before, after }: SettingChange): string {
    const said = {
        added: ["added", ...(after === "" ? [] : [`(${brief(after)})`])],
        removed: ["removed", ...(before === "" ? [] : [`(was ${brief(before)})`])],
        changed: before + after === "" ? ["changed"] : [`${brief(before) || "nothing"} → ${brief(after) || "nothing"}`],
    }[kind];
    return brief([`${where}: ${what}`, ...said].join(" "), 600);
}

/** Most characters of one value: commands may be long. */
const longest = 200;

function brief(text: string, most = longest): string {
    const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
    return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** `6 pipelines: orders, web`, by name as long as these are few; nothing of what is of the stack. */
export function pipelinesText(names: readonly string[]): string {
    const few = names.slice(0, 8);
    const more = names.length > few.length ? `, … ${names.length - few.length} more` : "";
    return names.length === 1 ? names[0] : `${plural(names.length, "pipeline")}: ${few.join(", ")}${more}`;
}
