import type { z } from "zod";
import { placeholderNames } from "../catalog/placeholders";
import type { Path, Problem } from "../catalog/problem";
import { credentialIn } from "./plain-text/forms";
import { looksRandom } from "./plain-text/randomness";
import { mostProblems } from "./limits";
import { hint, nearest } from "./suggest";
import { mapOf, valueAt } from "./values";
import { schemaAt } from "./walk";

type Issue = z.core.$ZodIssue;

/** At and below these keys a value may be, or hold, a secret that was written in the wrong place: it is never repeated. */
const confidential = [
    ...["environment", "secrets", "parameters", "install", "preBuild", "commands", "postBuild", "token"],
    // Of targets, where the text itself may stand in place of its secret's name.
    ...["webhook", "url", "headers", "routingKey"],
];

const isConfidential = (path: Path) => path.some(key => confidential.includes(String(key)));

/** Whether `text` looks like a secret, wherever it stands. */
const mayBeSecret = (text: string) => credentialIn(text) !== undefined || looksRandom(text);

/** `value` as a message shows it. */
export function found(value: unknown, path: Path): string {
    if (value === undefined) {
        return "nothing";
    }
    if (value === null) {
        return "nothing (null)";
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? "an empty list" : value.length === 1 ? "a list" : `a list of ${value.length}`;
    }
    if (typeof value === "object") {
        return Object.keys(value).length === 0 ? "an empty map" : "a map";
    }
    const noun = { string: "text", boolean: "truth value" }[typeof value as string] ?? typeof value;
    if (isConfidential(path) || (typeof value === "string" && mayBeSecret(value))) {
        return `a ${noun} (not shown)`;
    }
    const text = JSON.stringify(value);
    const shortened = text.length > 80 ? `${text.slice(0, 77)}…"` : text;
    return typeof value === "number" ? `the number ${shortened}` : shortened;
}

const nouns: Readonly<Record<string, string>> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    object: "a map",
    record: "a map",
    array: "a list",
};

/** Above this many choices a message shows but a few: the nearest is named beside them. */
const mostChoices = 25;

function choices(values: readonly unknown[]): string {
    const texts = values.map(value => JSON.stringify(value));
    return texts.length <= mostChoices
        ? texts.join(", ")
        : `${texts.slice(0, 3).join(", ")} and ${texts.length - 3} more (docs/stack-file.schema.json)`;
}

/**
 * The problems that `all` issues, found by `schema` in `value`, amount to: one for each place, and one for each mistake.
 * Paths are relative to `value`.
 */
export function problemsOf(all: readonly Issue[], schema: z.ZodType, value: unknown): Problem[] {
    const issues = all.slice(0, mostProblems + 1).map(someKeys);
    const meant = new Set(
        issues.flatMap(issue => {
            const path = issue.path as Path;
            return issue.code === "unrecognized_keys"
                ? issue.keys.map(key => placeText([...path, nearest(key, knownKeys(schema, value, path)) ?? key]))
                : [];
        }),
    );
    const seen = new Set<string>();
    return issues.flatMap(issue => {
        // A key that is misspelt is not missing as well.
        const misspelt = valueAt(value, issue.path as Path) === undefined && meant.has(placeText(issue.path as Path));
        return misspelt
            ? []
            : problemsOfOne(issue, schema, value).filter(({ path }) => {
                  const place = placeText(path);
                  return !seen.has(place) && seen.add(place);
              });
    });
}

/** Of an issue with thousands of keys, the first: what is told ends with them. */
const someKeys = (issue: Issue): Issue =>
    issue.code === "unrecognized_keys" && issue.keys.length > mostProblems
        ? { ...issue, keys: issue.keys.slice(0, mostProblems + 1) }
        : issue;

const placeText = (path: Path) => JSON.stringify(path);

function problemsOfOne(issue: Issue, schema: z.ZodType, value: unknown): Problem[] {
    const path = issue.path as Path;
    const input = valueAt(value, path);
    const was = found(input, path);
    const one = (message: string): Problem[] => [{ path, message }];
    switch (issue.code) {
        case "unrecognized_keys": {
            const known = knownKeys(schema, value, path);
            return issue.keys.map(key => ({ path: [...path, key], message: `unknown key${hint(key, known)}` }));
        }
        case "invalid_type":
            return one(typeMessage(issue, input, schemaAt(schema, value, path)));
        case "invalid_value":
            return one(
                input === undefined
                    ? `missing; expected one of ${choices(issue.values)}`
                    : `expected one of ${choices(issue.values)}, found ${was}${near(input, issue.values.map(String))}`,
            );
        case "invalid_union":
            return unionProblems(issue, schema, value);
        case "invalid_key":
            // One of the reasons is enough: the first is the length, the others would only follow.
            return issue.issues.slice(0, 1).flatMap(({ code, ...inner }) => {
                const [{ message }] = problemsOfOne({ ...inner, code, path: [] } as Issue, schema, path.at(-1));
                return one(message);
            });
        case "too_small":
        case "too_big":
            return one(sizeMessage(issue, input, was));
        default:
            return one(`expected ${issue.message}, found ${was}${withoutDollar(input)}`);
    }
}

/** How a placeholder is written, where a shell's form of it was found. */
function withoutDollar(input: unknown): string {
    const name = typeof input === "string" && placeholderNames.find(one => input.includes(`\${${one}}`));
    return name === undefined || name === false ? "" : `; write {${name}}, without "$"`;
}

function typeMessage(issue: z.core.$ZodIssueInvalidType, input: unknown, at: z.ZodType | undefined): string {
    const { expected } = issue;
    const noun = issue.message.startsWith("Invalid") ? (nouns[expected] ?? expected) : issue.message;
    if (input === undefined) {
        return `missing; expected ${noun}`;
    }
    const was = found(input, issue.path as Path);
    if (expected === "string" && typeof input === "number" && issue.path.some(key => /account/i.test(String(key)))) {
        return `expected an account id in quotes, found ${was}: YAML reads unquoted digits as a number and drops leading zeros; write "${String(input).padStart(12, "0")}"`;
    }
    const text = expected === "string" ? asText(input) : undefined;
    // Quotes help only where the text is what is wanted.
    return text !== undefined && at?.safeParse(text).success !== false
        ? `expected a text, found ${was}; in quotes it is one${isConfidential(issue.path as Path) ? "" : `: ${JSON.stringify(text)}`}`
        : `expected ${noun}, found ${was}`;
}

/** What `input` would be in quotes; of maps only a placeholder, which YAML reads as one: `{environment}`. */
function asText(input: unknown): string | undefined {
    const [[key, inner] = [], ...others] = Object.entries(mapOf(input));
    if (key !== undefined && inner === null && others.length === 0) {
        return placeholderNames.some(name => name === key) ? `{${key}}` : undefined;
    }
    return typeof input === "number" || typeof input === "boolean" ? String(input) : undefined;
}

function sizeMessage(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, input: unknown, was: string): string {
    if (!issue.message.startsWith("Too")) {
        return `expected ${issue.message}, found ${Array.isArray(input) ? input.length : was}`;
    }
    const least = issue.code === "too_small" && issue.inclusive === false ? "more than" : "at least";
    const bound = issue.code === "too_small" ? `${least} ${issue.minimum}` : `at most ${issue.maximum}`;
    switch (issue.origin) {
        case "string": {
            const length = typeof input === "string" ? input.length : 0;
            return length === 0
                ? "expected a text, found an empty one"
                : `expected ${bound} characters, found ${length}: ${was}`;
        }
        case "array":
            return `expected ${bound} ${bound.endsWith(" 1") ? "entry" : "entries"}, found ${Array.isArray(input) ? input.length : was}`;
        default:
            return `expected ${bound}, found ${was}`;
    }
}

const near = (input: unknown, known: readonly string[]) => {
    const text = typeof input === "string" ? hint(input, known) : "";
    return text.startsWith("; did") ? text : "";
};

function unionProblems(issue: z.core.$ZodIssueInvalidUnion, schema: z.ZodType, value: unknown): Problem[] {
    const path = issue.path as Path;
    const input = valueAt(value, path);
    const { options, discriminator } = issue as { options?: readonly unknown[]; discriminator?: string };
    if (options !== undefined && discriminator !== undefined) {
        const keys = Object.keys(mapOf(valueAt(value, path.slice(0, -1))));
        const misspelt = input === undefined ? keys.find(key => nearest(key, [discriminator])) : undefined;
        if (misspelt !== undefined) {
            return [
                {
                    path: [...path.slice(0, -1), misspelt],
                    message: `unknown key${hint(misspelt, [discriminator])}`,
                },
            ];
        }
        const listed = `expected one of ${choices(options)}`;
        // A union may know why one more is missing.
        const why = issue.message.startsWith("Invalid") ? "" : `: ${issue.message}`;
        const message =
            input === undefined
                ? `missing; ${listed}`
                : `${listed}, found ${found(input, path)}${near(input, options.map(String))}${why}`;
        return [{ path, message }];
    }
    // The member that the author most likely meant is the one that reads the value's own type.
    const meant = issue.errors.find(errors =>
        errors.every(error => error.path.length > 0 || error.code !== "invalid_type"),
    );
    if (meant !== undefined) {
        const placed = meant.map(error => ({ ...error, path: [...issue.path, ...error.path] }));
        return problemsOf(placed, schema, value);
    }
    const expected = issue.errors
        .flat()
        .flatMap(error => (error.code === "invalid_type" ? [nouns[error.expected] ?? error.expected] : []));
    const words = `expected ${[...new Set(expected)].join(" or ")}`;
    return [{ path, message: input === undefined ? `missing; ${words}` : `${words}, found ${found(input, path)}` }];
}

/** The keys of the map at `path` of `value`, as `schema` has them. */
export function knownKeys(schema: z.ZodType, value: unknown, path: Path): string[] {
    const at = schemaAt(schema, value, path);
    return at?.def.type === "object" ? Object.keys((at as z.ZodObject).shape) : [];
}
