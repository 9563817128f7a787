import type { Paint } from "../paint";

/** How it stands with one thing. */
export type State = "ok" | "to do" | "not known";

/** One thing that was looked at. */
export interface Finding {
    readonly what: string;
    readonly state: State;
    /** What was found. */
    readonly found: string;
    /** What to do, in one sentence; or how to find out. */
    readonly remedy?: string;
}

export const ok = (what: string, found: string): Finding => ({ what, state: "ok", found });

export const toDo = (what: string, found: string, remedy: string): Finding => ({ what, state: "to do", found, remedy });

export const notKnown = (what: string, found: string, remedy?: string): Finding => ({
    what,
    state: "not known",
    found,
    ...(remedy !== undefined && { remedy }),
});

/** Columns of the state and of what was looked at. */
const [stateWidth, whatWidth] = [10, 14];

/** All findings, a line each, what to do below; what is no character to be seen is a space. */
export function findingsText(findings: readonly Finding[], paint: Paint): string {
    const marks = { ok: paint.quiet, "to do": paint.problem, "not known": paint.warning } as const;
    const open = findings.filter(({ state }) => state === "to do").length;
    const unknown = findings.filter(({ state }) => state === "not known").length;
    return [
        ...findings.flatMap(({ what, state, found, remedy }) => [
            `${marks[state](state.padEnd(stateWidth))}${what.padEnd(whatWidth)} ${clean(found)}`,
            ...(remedy === undefined ? [] : [`${" ".repeat(stateWidth + whatWidth + 1)}→ ${clean(remedy)}`]),
        ]),
        "",
        paint.heading(
            `${open === 0 ? "nothing to do" : `${open} to do`}${unknown === 0 ? "" : `, ${unknown} not known`}`,
        ),
    ].join("\n");
}

const clean = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
