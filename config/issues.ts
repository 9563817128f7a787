import type { z } from "zod";
import type { Path, Problem } from "../catalog/problem";
import { hint } from "./suggest";
import { schemaAt } from "./walk";

type Issue = z.core.$ZodIssue;

/** What stands at `path` below `value`. */
export function valueAt(value: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (inner, key) =>
            typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
                ? (inner as Record<string | number, unknown>)[key]
                : undefined,
        value,
    );
}

/** Below these keys a value may be a secret that was written in the wrong place: it is never repeated. */
const confidential = ["environment", "secrets"];

/** `value` as a message shows it. */
export function found(value: unknown, path: Path): string {
    if (value === undefined) {
        return "nothing";
    }
    if (value === null) {
        return "nothing (null)";
    }
    if (Array.isArray(value)) {
        return "a list";
    }
    if (typeof value === "object") {
        return "a map";
    }
    if (path.slice(0, -1).some(key => confidential.includes(String(key)))) {
        return `a ${typeof value} (not shown)`;
    }
    const text = JSON.stringify(value);
    const shortened = text.length > 80 ? `${text.slice(0, 77)}…` : text;
    return typeof value === "string" ? shortened : `the ${typeof value} ${shortened}`;
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

const choices = (values: readonly unknown[]) => values.map(value => JSON.stringify(value)).join(", ");

/** The problems that `issue`, found by `schema` in `value`, amounts to; paths are relative to `value`. */
export function problemsOf(issue: Issue, schema: z.ZodType, value: unknown): Problem[] {
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
            return one(typeMessage(issue.expected, input, was, path));
        case "invalid_value":
            return one(
                input === undefined
                    ? `missing; expected one of ${choices(issue.values)}`
                    : `expected one of ${choices(issue.values)}, found ${was}${near(input, issue.values.map(String))}`,
            );
        case "invalid_union":
            return unionProblems(issue, schema, value);
        case "invalid_key":
            return one(`expected ${issue.issues[0]?.message ?? "another key"}, found ${JSON.stringify(path.at(-1))}`);
        case "invalid_format":
            return one(`expected ${issue.message}, found ${was}`);
        case "too_small":
        case "too_big":
            return one(sizeMessage(issue, input, was));
        default:
            return one(`expected ${issue.message}, found ${was}`);
    }
}

function typeMessage(expected: string, input: unknown, was: string, path: Path): string {
    const noun = nouns[expected] ?? expected;
    if (input === undefined) {
        return `missing; expected ${noun}`;
    }
    if (expected === "string" && typeof input === "number") {
        return /account/i.test(String(path.find(key => typeof key === "string" && /account/i.test(key))))
            ? `expected an account id in quotes, found ${was}: YAML reads unquoted digits as a number and drops leading zeros; write "${String(input).padStart(12, "0")}"`
            : `expected a text, found ${was}; in quotes it is one: "${input}"`;
    }
    return `expected ${noun}, found ${was}`;
}

function sizeMessage(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, input: unknown, was: string): string {
    const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
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
    const { options } = issue as { options?: readonly unknown[] };
    if (options !== undefined) {
        const listed = choices(options);
        return [
            {
                path,
                message:
                    input === undefined
                        ? `missing; expected one of ${listed}`
                        : `expected one of ${listed}, found ${found(input, path)}${near(input, options.map(String))}`,
            },
        ];
    }
    // The member that the author most likely meant is the one that reads the value's own type.
    const meant = issue.errors.find(errors =>
        errors.every(error => error.path.length > 0 || error.code !== "invalid_type"),
    );
    if (meant !== undefined) {
        return meant.flatMap(error =>
            problemsOf({ ...error, path: [...issue.path, ...error.path] }, schema, value),
        );
    }
    const expected = issue.errors
        .flat()
        .flatMap(error => (error.code === "invalid_type" ? [nouns[error.expected] ?? error.expected] : []));
    return [{ path, message: `expected ${expected.join(" or ")}, found ${found(input, path)}` }];
}

function knownKeys(schema: z.ZodType, value: unknown, path: Path): string[] {
    const at = schemaAt(schema, value, path);
    return at?.def.type === "object" ? Object.keys((at as z.ZodObject).shape) : [];
}
