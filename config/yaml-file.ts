import { basename } from "node:path";
import {
    Composer,
    isAlias,
    isMap,
    isScalar,
    isSeq,
    Lexer,
    LineCounter,
    Parser,
    YAMLParseError,
    type CST,
    type Document,
    type Node,
    type Pair,
    type YAMLMap,
} from "yaml";
import { timed } from "../catalog/phases";
import type { Path, Problem } from "../catalog/problem";
import { mistakeIn } from "./yaml-mistakes";
import { mostDeep, structureProblems, type StructureProblem } from "./yaml-structure";

/** A place in a file; both numbers count from 1. */
export interface Position {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** A YAML file read with the places of its words. */
export interface YamlFile {
    readonly file: string;

    /** Its content as plain data; undefined when it cannot be read. */
    readonly value: unknown;

    /** Whether {@link YamlFile.value} is what the file says, even where it has problems. */
    readonly readable: boolean;

    /** What is wrong with it as YAML, each at its own place. */
    readonly problems: readonly (Problem & { readonly position: Position })[];

    /** Where the entry at `path` is written, or else the nearest entry around it that is. */
    locate(path: Path): Position;

    /** How the scalar at `path` is written, quotes and leading zeros included. */
    source(path: Path): string | undefined;
}

/** More bytes than this are no stack file: a thousand services of three environments have 700,000. */
const mostBytes = 1024 * 1024;

/** More words and signs than this are none either: those services have 240,000. Each takes its time, however short. */
const mostTokens = 400_000;

/** Why a file is not read: it is too large, or nested too deep. */
class Excess extends Error {}

/**
 * The words and signs of `text`, up to where they are too many, or nested too deep: a parser that calls itself for each level ends
 * the whole process where there are hundreds of thousands.
 *
 * @throws Excess there
 */
function* words(text: string): Generator<string, void> {
    const bytes = Buffer.byteLength(text);
    if (bytes > mostBytes) {
        throw new Excess(`expected a file of at most ${mostBytes} bytes, found ${bytes}`);
    }
    let count = 0;
    let flow = 0;
    let indicators = 0;
    for (const word of new Lexer().lex(text)) {
        count += 1;
        if (word === "[" || word === "{") {
            flow += 1;
        } else if (word === "]" || word === "}") {
            flow -= 1;
        } else if (word === "-" || word === "?") {
            indicators += 1;
        } else if (indicators > 0 && /[\n\x1f]/.test(word)) {
            // What stands in one line nests until a text ends it.
            indicators = 0;
        }
        if (count > mostTokens) {
            throw new Excess(`expected a file of at most ${mostTokens} words and signs, found more`);
        }
        if (flow > mostDeep || indicators > mostDeep) {
            throw new Excess(`expected at most ${mostDeep} lists and maps inside each other, found more`);
        }
        yield word;
    }
}

/** What the words and signs of `text` come to, as the library's own parser has it. */
function* tokens(text: string, lines: LineCounter): Generator<CST.Token, void> {
    const parser = new Parser(lines.addNewLine);
    lines.addNewLine(0);
    for (const word of words(text)) {
        yield* parser.next(word);
    }
    yield* parser.end();
}

/** Takes all that is left of `words`, so that the end of a file is held to its limits too. */
function exhaust(words: Generator<string, void>): void {
    while (words.next().done !== true);
}

/** A file that is not read, and why. */
function unread(file: string, message: string): YamlFile {
    const position = { file, line: 1, column: 1 };
    return {
        file,
        value: undefined,
        readable: false,
        problems: [{ path: [], message, position }],
        locate: () => position,
        source: () => undefined,
    };
}

/**
 * Parses `text` as the library's `parseDocument` does, which would have to be asked after the words were counted, and would take them
 * apart a second time. What is no YAML at all may come to hundreds of thousands of errors, whose stacks nobody reads.
 *
 * @throws Excess where it is too large, or nested too deep
 */
function documentOf(text: string, lines: LineCounter): Document {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        // What the library has to say is told as a problem, and never printed by it.
        const composer = new Composer({ merge: true, uniqueKeys: false, prettyErrors: false, logLevel: "error" });
        const documents = composer.compose(tokens(text, lines), true, text.length);
        // Asked to, it makes a document of a file that holds none.
        const document = documents.next().value as Document.Parsed;
        const another = documents.next();
        if (another.done !== true) {
            const [begins, ends] = another.value.range;
            document.errors.push(new YAMLParseError([begins, ends], "MULTIPLE_DOCS", ""));
            exhaust(words(text));
        }
        return document;
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}

/** Reads `text` as the Pulumi CLI does: YAML with anchors and merge keys, every key a text. */
export const readYaml = (path: string, text: string): YamlFile => timed("yaml", () => yamlFile(path, text, true));

/** Reads `text` as {@link readYaml} does, where it is no file of Pulumi's: dates and numbers may be as YAML 1.2 has them. */
export const readOwnYaml = (path: string, text: string): YamlFile => yamlFile(path, text, false);

function yamlFile(path: string, text: string, forPulumi: boolean): YamlFile {
    const file = basename(path);
    const lines = new LineCounter();
    let document: Document;
    try {
        document = documentOf(text, lines);
    } catch (error) {
        if (error instanceof Excess) {
            return unread(file, error.message);
        }
        throw error;
    }
    const at = (offset: number): Position => {
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    let value: unknown;
    let found: readonly StructureProblem[];
    let targets: Targets = new Map();
    let readable: boolean;
    try {
        ({ problems: found, targets } = problemsOf(document, text, offset => at(offset).line, forPulumi));
        readable = found.every(problem => problem.readable);
        // The structure was found to be finite, so that the library's own guard against bombs is not needed.
        value = readable ? document.toJS({ maxAliasCount: -1 }) : undefined;
    } catch (error) {
        found = [{ offset: 0, message: `not valid YAML: ${(error as Error).message}`, readable: false }];
        readable = false;
    }
    return {
        file,
        value,
        readable,
        problems: found.map(({ message, offset }) => ({ path: [], message, position: at(offset) })),
        locate: wanted => at(readable ? offsetOf(document, targets, wanted) : 0),
        source(wanted) {
            const node =
                readable && wanted.reduce<unknown>((inner, key) => entry(targets, inner, key)?.node, document.contents);
            return isScalar(node) ? node.source : undefined;
        },
    };
}

/** Where the library speaks to programmers, words for everybody. */
const inWords: Readonly<Record<string, string>> = {
    MULTIPLE_DOCS: "expected one document, found another after `---`",
    RESOURCE_EXHAUSTION: "nested too deep",
};

/** What is wrong with `document`; of what is no YAML the first thing only, as the rest is mostly its consequence. */
function problemsOf(
    document: Document,
    text: string,
    lineOf: (offset: number) => number,
    forPulumi: boolean,
): ReturnType<typeof structureProblems> {
    const [error] = [...document.errors, ...document.warnings];
    if (error === undefined) {
        return structureProblems(document, lineOf, forPulumi);
    }
    const { offset, message } = mistakeIn(text, error.code, error.pos[0]) ?? {
        offset: error.pos[0],
        message: inWords[error.code] ?? error.message,
    };
    return { problems: [{ offset, message: `not valid YAML: ${message}`, readable: false }], targets: new Map() };
}

/** What each alias of a document means. */
type Targets = ReadonlyMap<unknown, Node>;

function offsetOf(document: Document, targets: Targets, path: Path): number {
    let offset = 0;
    let node: unknown = document.contents;
    for (const key of path) {
        const next = entry(targets, node, key);
        if (next === undefined) {
            break;
        }
        offset = next.offset;
        node = next.node;
    }
    return offset;
}

/** The library's value of a merge key is a symbol. */
const keyText = (pair: Pair) =>
    isScalar(pair.key) ? (typeof pair.key.value === "symbol" ? "<<" : String(pair.key.value)) : undefined;

/** The pairs of each map by key: where thousands of services are wrong, each is looked up. */
const pairsOf = new WeakMap<YAMLMap, ReadonlyMap<string | undefined, Pair>>();

function pairOf(map: YAMLMap, key: string): Pair | undefined {
    // The first of several with one key is the one that is read.
    const pairs = pairsOf.get(map) ?? new Map([...map.items].reverse().map(pair => [keyText(pair), pair]));
    pairsOf.set(map, pairs);
    return pairs.get(key);
}

/** The entry `key` of `node`, through anchors and merge keys, and where it begins. */
function entry(targets: Targets, node: unknown, key: string | number): { node: unknown; offset: number } | undefined {
    const real = isAlias(node) ? targets.get(node) : node;
    if (isSeq(real) && typeof key === "number") {
        const item = real.items[key] as Node | undefined;
        return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 };
    }
    if (!isMap(real)) {
        return undefined;
    }
    const own = pairOf(real, String(key));
    if (own !== undefined) {
        return { node: own.value, offset: (own.key as Node).range?.[0] ?? 0 };
    }
    for (const pair of real.items.filter(candidate => keyText(candidate) === "<<")) {
        const merged = isSeq(pair.value) ? pair.value.items : [pair.value];
        for (const source of merged) {
            const inherited = entry(targets, source, key);
            if (inherited !== undefined) {
                return inherited;
            }
        }
    }
    return undefined;
}
