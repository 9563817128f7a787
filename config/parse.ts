import type { z } from "zod";
import {
    bracedWords,
    fill,
    placeholderNames,
    templates,
    type PlaceholderName,
    type PlaceholderValues,
} from "../catalog/placeholders";
import type { Path, Problem } from "../catalog/problem";
import { knownKeys, problemsOf } from "./issues";
import type { Merged } from "./layers";
import { hint, nearest } from "./suggest";
import { holds, mapTexts } from "./walk";

/** Takes note of one problem; its path is that of the whole stack file. */
export type Report = (problem: Problem) => void;

/** What stands in one place only, in the form of merged layers. */
export const single = (value: unknown, path: Path): Merged => ({ value, origin: below => [...path, ...below] });

/**
 * Reads `merged` by `schema`; every problem is reported where its word was written.
 * Unknown keys alone do not keep the rest from being read, so that all other problems come out in the same run.
 */
export function parse<T>(schema: z.ZodType<T>, merged: Merged, report: Report): T | undefined {
    const first = schema.safeParse(merged.value);
    if (first.success) {
        return first.data;
    }
    const { issues } = first.error;
    for (const { path, message } of problemsOf(issues, schema, merged.value)) {
        report({ path: merged.origin(path), message });
    }
    if (!issues.every(issue => issue.code === "unrecognized_keys")) {
        return undefined;
    }
    const known = structuredClone(merged.value);
    for (const { path, keys } of issues) {
        const map = path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], known);
        keys.forEach(key => spell(map as Record<string, unknown>, key, knownKeys(schema, merged.value, path as Path)));
    }
    return schema.safeParse(known).data;
}

/** Takes the unknown `key` for the one of `known` that it is near to: what was meant is neither missing nor its default. */
function spell(map: Record<string, unknown>, key: string, known: readonly string[]): void {
    const meant = nearest(key, known);
    if (meant !== undefined && !Object.hasOwn(map, meant)) {
        map[meant] = map[key];
    }
    delete map[key];
}

/** Where a text stands that holds placeholders. */
export interface Filling {
    readonly values: PlaceholderValues;

    /** Placeholders that are filled later, below some keys: what differs between environments of one suite. */
    readonly later?: { readonly names: readonly PlaceholderName[]; readonly below: readonly string[] };
}

/** `value` with the placeholders of its names, ARNs and URLs filled; unknown and meaningless ones are reported. */
export function filled<T>(
    schema: z.ZodType,
    value: T,
    filling: Filling,
    report: Report,
    origin: (path: Path) => Path,
): T {
    // Most of a stack file holds no placeholder, and is not copied for each environment.
    if (!holds(value, "{")) {
        return value;
    }
    return mapTexts(schema, value, templates, (text, at, path) => {
        const braces = templates.get(at)?.braces;
        if (braces === undefined || !text.includes("{")) {
            return text;
        }
        const later = filling.later?.below.includes(String(path[0])) ? filling.later.names : [];
        const [, open] = unclosed.exec(text) ?? [];
        if (open !== undefined) {
            report({ path: origin(path), message: `{${open} has no closing brace: write {${open}}` });
        }
        const [, dollar] = dollared.exec(text) ?? [];
        if (dollar !== undefined) {
            report({
                path: origin(path),
                message: `expected {${dollar}}, found \${${dollar}}: the sign before it would stay`,
            });
        }
        for (const word of bracedWords(text)) {
            const message = placeholderProblem(word, braces, filling.values, later);
            if (message !== undefined) {
                report({ path: origin(path), message });
            }
        }
        return fill(text, filling.values);
    });
}

/** A placeholder as a shell or TypeScript would have it. */
const dollared = new RegExp(`\\$\\{(${placeholderNames.join("|")})\\}`);

/** A placeholder without its end. */
const unclosed = new RegExp(`\\{(${placeholderNames.join("|")})(?![A-Za-z0-9_}-])`);

function placeholderProblem(
    word: string,
    braces: "names" | "values",
    values: PlaceholderValues,
    later: readonly PlaceholderName[],
): string | undefined {
    if (!placeholderNames.includes(word as PlaceholderName)) {
        const known = placeholderNames.map(name => `{${name}}`);
        return braces === "names" || nearest(word, placeholderNames) !== undefined
            ? `unknown placeholder {${word}}${hint(`{${word}}`, known)}`
            : undefined;
    }
    const name = word as PlaceholderName;
    if (values[name] !== undefined || later.includes(name)) {
        return undefined;
    }
    return name === "environment"
        ? "{environment} has no meaning here: this is the same for all environments"
        : `{${name}} has no meaning here`;
}
