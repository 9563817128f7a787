import { deploys } from "../../../catalog/deploys";
import { sources } from "../../../catalog/sources";
import { steps } from "../../../catalog/steps";
import { loose, ownKeys, serviceSchema } from "../../../config/schema";
import { base } from "./base";

/** One way to break {@link base}. */
export interface Broken {
    readonly title: string;

    /** What is replaced, each text standing once in the file; `§` in a new text marks where the problem must be shown. */
    readonly edits: readonly (readonly [string, string])[];

    /** The path that the message names; absent for a problem of the file itself. */
    readonly path?: string;

    readonly message: string;

    /** Words that no message may repeat. */
    readonly hidden?: string;
}

/** What a message offers where the type of a deploy is none. */
export const deployTypes = `expected one of ${deploys.map(({ type }) => JSON.stringify(type)).join(", ")}`;

/** What a message offers where a step has no type. */
export const stepTypes = `missing; expected one of ${steps.map(({ type }) => JSON.stringify(type)).join(", ")}`;

/** What a message offers where the type of a source is none. */
export const sourceTypes = `expected one of ${sources.map(({ type }) => JSON.stringify(type)).join(", ")}`;

/** What a message offers where a key of a service is none. */
export const serviceKeys = `expected one of ${Object.keys(serviceSchema(loose).shape)
    .map(key => JSON.stringify(key))
    .join(", ")}`;

/** What a message offers where a key of the stack is none. */
export const stackKeys = `expected one of ${ownKeys.map(key => JSON.stringify(key)).join(", ")}`;

/** A row of a table: title, edits, path, message. */
export function broken(title: string, edits: Broken["edits"], path: string, message: string, hidden?: string): Broken {
    return { title, edits, path, message, ...(hidden !== undefined && { hidden }) };
}

/** Where the problem of a broken file stands. */
export interface Place {
    readonly line: number;
    readonly column: number;
}

/** The text of the broken file, and the place that its mark names. */
export function breakBase({ title, edits }: Pick<Broken, "title" | "edits">): { text: string; place: Place } {
    const marked = edits.reduce((text, [old, now]) => {
        if (text.split(old).length !== 2) {
            throw new Error(`${title}: ${JSON.stringify(old)} stands ${text.split(old).length - 1} times in the file`);
        }
        return text.replace(old, () => now);
    }, base);
    const [before, ...after] = marked.split("§");
    if (after.length !== 1) {
        throw new Error(`${title}: expected one mark, found ${after.length}`);
    }
    const lines = before.split("\n");
    return {
        text: before + after[0],
        place: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 },
    };
}
