import type { Path, Problem } from "../catalog/problem";
import type { Spread } from "./spread-schema";
import type { Position } from "./yaml-file";

/** Name of the Pulumi project, and so the namespace of its keys in a stack file. */
export const project = "service-pipelines";

/** A problem with its place in a file, as far as there is one. */
export interface LocatedProblem extends Problem {
    readonly position?: Position;
}

/**
 * What a stack file says, from wherever it was read: the file itself, or the Pulumi engine.
 * Keys of this project stand without their namespace (`services`), others with it (`aws:region`).
 */
export interface StackSource {
    /** Name of the stack, for example `prod`. */
    readonly stack: string;
    readonly values: Readonly<Record<string, unknown>>;

    /** What this stack's own file says, where {@link values} are not just that: the engine hands over no more. */
    readonly own?: Readonly<Record<string, unknown>>;

    /** How the fleet is spread over stacks. @default this stack makes all of it */
    readonly spread?: Spread;

    /** What is wrong before any word is understood. */
    readonly problems: readonly LocatedProblem[];

    /** Whether {@link StackSource.values} are what the file says, even where there are problems. @default false, with problems */
    readonly readable?: boolean;

    /** Where the entry at `path` stands; undefined when there is no file to look it up in. */
    locate(path: Path): Position | undefined;

    /** How the scalar at `path` is written in the file. */
    source(path: Path): string | undefined;
}

/** `key` without the namespace of this project; keys of other projects keep theirs. */
export function ownName(key: string): string {
    const prefix = `${project}:`;
    return key.startsWith(prefix) ? key.slice(prefix.length) : key;
}

/** Keys whose value is a text, also where the text would be valid JSON. */
const texts = ["prefix", "aws:region"];

/**
 * The value of the key `name` from the text that the Pulumi engine hands over: structured values arrive as JSON,
 * numbers and truth values as they are printed, and a key without a value as an empty text.
 */
export function fromText(name: string, text: string): unknown {
    if (text === "") {
        return null;
    }
    if (texts.includes(name)) {
        return text;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return text;
    }
}

/** `values` as the Pulumi engine hands them to the program: each a text, what is structured as JSON. */
export function engineConfig(values: StackSource["values"]): Record<string, string> {
    return Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
            key.includes(":") ? key : `${project}:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

/** `problem` as one line: `Pulumi.prod.yaml:34:11 services.orders.deploy.clutser: unknown key; did you mean "cluster"?` */
export function problemText(problem: LocatedProblem, pathText: (path: Path) => string): string {
    const { position } = problem;
    const place = position === undefined ? "" : `${position.file}:${position.line}:${position.column} `;
    const path = problem.path.length === 0 ? "" : `${pathText(problem.path)}: `;
    return `${place}${path}${problem.message}`;
}
