import { basename } from "node:path";
import {
    isAlias,
    isMap,
    isPair,
    isScalar,
    isSeq,
    LineCounter,
    parseDocument,
    visit,
    type Document,
    type Node,
    type Pair,
} from "yaml";
import type { Path, Problem } from "../catalog/problem";

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

    /** What is wrong with it as YAML, each at its own place. */
    readonly problems: readonly (Problem & { readonly position: Position })[];

    /** Where the entry at `path` is written, or else the nearest entry around it that is. */
    locate(path: Path): Position;

    /** How the scalar at `path` is written, quotes and leading zeros included. */
    source(path: Path): string | undefined;
}

/** A document with more aliases than this is an attack, not a stack file. */
const mostAliases = 100;

const keyText = (pair: Pair) => (isScalar(pair.key) ? String(pair.key.value) : undefined);

/** Reads `text` as the Pulumi CLI does: YAML with anchors and merge keys, every key a text. */
export function readYaml(path: string, text: string): YamlFile {
    const file = basename(path);
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false, prettyErrors: false });
    const at = (offset: number): Position => {
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const problems: (Problem & { position: Position })[] = [...document.errors, ...document.warnings].map(error => ({
        path: [],
        message: `not valid YAML: ${error.message}`,
        position: at(error.pos[0]),
    }));
    problems.push(...structureProblems(document, at));
    let value: unknown;
    if (problems.length === 0) {
        try {
            value = document.toJS({ maxAliasCount: mostAliases });
        } catch (error) {
            problems.push({ path: [], message: `not valid YAML: ${(error as Error).message}`, position: at(0) });
        }
    }
    return {
        file,
        value,
        problems,
        locate(wanted) {
            let offset = 0;
            let node: unknown = document.contents;
            for (const key of wanted) {
                const next = entry(document, node, key);
                if (next === undefined) {
                    break;
                }
                offset = next.offset;
                node = next.node;
            }
            return at(offset);
        },
        source(wanted) {
            const node = wanted.reduce<unknown>((inner, key) => entry(document, inner, key)?.node, document.contents);
            return isScalar(node) ? node.source : undefined;
        },
    };
}

/** What YAML allows and a stack file must not hold: a key twice in one map, and keys that are no text. */
function structureProblems(document: Document, at: (offset: number) => Position): (Problem & { position: Position })[] {
    const problems: (Problem & { position: Position })[] = [];
    visit(document, {
        Map(_, map) {
            const seen = new Map<string, number>();
            for (const pair of map.items.filter(isPair)) {
                const key = keyText(pair);
                const offset = (pair.key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
                const first = key === undefined ? undefined : seen.get(key);
                if (key === undefined) {
                    problems.push({
                        path: [],
                        message: "expected a text as key, found a list or a map",
                        position: at(offset),
                    });
                } else if (first !== undefined && key !== "<<") {
                    problems.push({
                        path: [],
                        message: `duplicate key ${JSON.stringify(key)}: it stands in line ${at(first).line} already`,
                        position: at(offset),
                    });
                } else {
                    seen.set(key, offset);
                }
            }
        },
    });
    return problems;
}

/** The entry `key` of `node`, through anchors and merge keys, and where it begins. */
function entry(document: Document, node: unknown, key: string | number): { node: unknown; offset: number } | undefined {
    const real = isAlias(node) ? node.resolve(document) : node;
    if (isSeq(real) && typeof key === "number") {
        const item = real.items[key] as Node | undefined;
        return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 };
    }
    if (!isMap(real)) {
        return undefined;
    }
    const own = real.items.find(pair => keyText(pair) === String(key));
    if (own !== undefined) {
        return { node: own.value, offset: (own.key as Node).range?.[0] ?? 0 };
    }
    for (const pair of real.items.filter(candidate => keyText(candidate) === "<<")) {
        const merged = isSeq(pair.value) ? pair.value.items : [pair.value];
        for (const source of merged) {
            const inherited = entry(document, source, key);
            if (inherited !== undefined) {
                return inherited;
            }
        }
    }
    return undefined;
}
