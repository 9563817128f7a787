import { z } from "zod";

/** The placeholders of the stack file. */
export const placeholderNames = ["environment", "service", "account", "region"] as const;

export type PlaceholderName = (typeof placeholderNames)[number];

/** What each placeholder stands for in one place; a name that is absent has no meaning there. */
export type PlaceholderValues = Readonly<Partial<Record<PlaceholderName, string>>>;

/**
 * How a text treats braces: in `names` (names, ARNs, URLs) every `{word}` must be a placeholder; in `values`
 * (variables of a build, which may hold a log format or JSON) only what is, or nearly is, a placeholder counts as one.
 */
export interface Placeholders extends Record<string, unknown> {
    readonly braces: "names" | "values";
}

/** The schemas whose text may hold placeholders. */
export const templates = z.registry<Placeholders>();

const pattern = /\{([A-Za-z][A-Za-z0-9_-]*)\}/g;

/** The words that stand in braces in `text`, in order. */
export function bracedWords(text: string): string[] {
    return [...text.matchAll(pattern)].map(match => match[1]);
}

/** `text` with each placeholder that `values` names replaced; others stay. */
export function fill(text: string, values: PlaceholderValues): string {
    return text.replace(pattern, (whole, word: string) =>
        Object.hasOwn(values, word) ? (values[word as PlaceholderName] ?? whole) : whole,
    );
}

/** Whether `text` holds a placeholder whose value differs between environments. */
export function variesByEnvironment(text: string): boolean {
    return bracedWords(text).some(word => word === "environment" || word === "account" || word === "region");
}
