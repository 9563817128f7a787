import type { ErrorCode } from "yaml";
import { openIn, type Open } from "./yaml-open";

/** What is wrong with a file that is no YAML, in words for whoever wrote it. */
export interface Mistake {
    readonly offset: number;
    readonly message: string;
}

/** A line that says something. */
interface Line {
    /** Without what stands around it, and without the `- ` of a list. */
    readonly words: string;
    readonly isItem: boolean;
    readonly indent: number;
    /** Where its words begin. */
    readonly offset: number;
    /** From 1. */
    readonly number: number;
}

/** Lines that git puts into a file that two have changed. */
const conflict = /^(?:<{7}|\|{7}|>{7})(?= |\r?$)|^={7}(?=\r?$)/m;

/** A key as stack files have it. */
const key = String.raw`((?:(?:aws|pulumi|service-pipelines):)?[\w.-]{1,60})`;
const keyWithColon = new RegExp(`^${key}:(?:\\s|$)`);
const keyWithValue = new RegExp(`^${key}:[ \\t]+\\S`);
const keyWithTwo = new RegExp(`^${key}:[ \\t]+\\S.*:(?:\\s|$)`);

/**
 * What whoever wrote `text` most likely did, where a parser stumbled over it; undefined where nothing is likely, so that the parser's own
 * words are told.
 *
 * @param code - of the parser's error
 * @param offset - where it is
 */
export function mistakeIn(text: string, code: ErrorCode, offset: number): Mistake | undefined {
    const marker = conflict.exec(text);
    if (marker !== null) {
        const message = `found ${JSON.stringify(marker[0])}, which git writes where two have changed the same: expected one of the versions, and no line of git`;
        return { offset: marker.index, message };
    }
    const open = openIn(text, offset);
    switch (code) {
        case "MULTILINE_IMPLICIT_KEY":
        case "MISSING_CHAR":
            return unclosedQuote(open) ?? noComma(open, offset) ?? missingAt(around(text, offset));
        case "BLOCK_IN_FLOW":
        case "UNEXPECTED_TOKEN":
            return noComma(open, offset) ?? behind(text, offset);
        case "BAD_INDENT":
            return unclosedBracket(open) ?? wrongIndent(around(text, offset));
        case "BLOCK_AS_IMPLICIT_KEY":
            return secondValue(around(text, offset));
        case "BAD_ALIAS":
        case "BAD_SCALAR_START":
            return { offset, message: `expected quotes around a text that begins with ${quoted(text.charAt(offset))}` };
        default:
            return undefined;
    }
}

const missingAt = (where: Around | undefined) => where && missing(where.line);

const quoted = (text: string) => JSON.stringify(text);

const closing = (bracket: string) => (bracket === "{" ? "}" : "]");

const unclosedQuote = ({ quote }: Open): Mistake | undefined =>
    quote && {
        offset: quote.offset,
        message: `expected another ${quote.sign} at the end of what begins here, found none`,
    };

function unclosedBracket({ brackets }: Open): Mistake | undefined {
    const last = brackets.at(-1);
    return (
        last && {
            offset: last.offset,
            message: `expected ${quoted(closing(last.sign))} for this ${quoted(last.sign)}, found none`,
        }
    );
}

/** Between brackets something other than a comma ends an entry. */
function noComma({ brackets }: Open, offset: number): Mistake | undefined {
    const last = brackets.at(-1);
    if (last === undefined) {
        return undefined;
    }
    return {
        offset,
        message: `expected "," between two entries of ${quoted(last.sign)}, or ${quoted(closing(last.sign))}`,
    };
}

/** A value has ended, and something stands behind it. */
function behind(text: string, offset: number): Mistake | undefined {
    const [before, found] = [text.charAt(offset - 1), text.charAt(offset)];
    if (found === "}" || found === "]") {
        return { offset, message: `found ${quoted(found)}, which nothing opens` };
    }
    if (before === "}" || before === "]") {
        const begin = before === "}" ? "{" : "[";
        return {
            offset,
            message: `expected quotes around a text that begins with ${quoted(begin)}, found more behind ${quoted(before)}`,
        };
    }
    if (before !== '"' && before !== "'") {
        return undefined;
    }
    const twice = before === "'" ? "; within it an apostrophe is written twice" : "";
    return { offset, message: `expected the end of the value, found more behind its closing ${before}${twice}` };
}

/** A line, and those around it that say something, each the nearest first. */
interface Around {
    readonly line: Line;
    readonly before: readonly Line[];
    readonly after: readonly Line[];
}

function around(text: string, offset: number): Around | undefined {
    const lines = linesOf(text);
    const at = text.slice(0, offset).split("\n").length;
    const index = lines.findIndex(({ number }) => number === at);
    return index < 0
        ? undefined
        : { line: lines[index], before: lines.slice(0, index).reverse(), after: lines.slice(index + 1) };
}

function linesOf(text: string): Line[] {
    let start = 0;
    return text.split("\n").flatMap((whole, index) => {
        const indent = /^ */.exec(whole)?.[0].length ?? 0;
        const dash = /^(?:- +)*/.exec(whole.slice(indent))?.[0] ?? "";
        const words = whole.slice(indent + dash.length).trim();
        const line = { words, isItem: dash !== "", indent, offset: start + indent, number: index + 1 };
        start += whole.length + 1;
        return words === "" || words.startsWith("#") ? [] : [line];
    });
}

/** What a line has in place of a key with its value. What stands where a key should may be a value: none of it is told. */
const wanted = [
    { found: new RegExp(`^${key}\\s*=`), message: 'expected ":" behind a key, found "="' },
    { found: /^-(?!-)/, message: 'expected a space behind "-"' },
    { found: new RegExp(`^${key}(?:\\s+\\S|$)`), message: 'expected ":" behind a key, found none' },
    { found: new RegExp(`^${key}:(?![ \\t]|$)`), message: 'expected a space behind the ":" of a key' },
];

/** What is missing in a line that would have to be a key with its value. */
function missing({ words, offset }: Line): Mistake | undefined {
    const message = keyWithColon.test(words) ? undefined : wanted.find(({ found }) => found.test(words))?.message;
    return message === undefined ? undefined : { offset, message };
}

/** What is told of a line: its number, and its key if it has one. */
function named({ words, number }: Line): string {
    const name = new RegExp(`^${key}(?=:)`).exec(words)?.[1];
    return name === undefined ? `line ${number}` : `${quoted(name)} in line ${number}`;
}

/** Two lines in one column of which one is an item of a list. */
const mixed = (line: Line, beside: Line): Mistake | undefined =>
    line.isItem === beside.isItem
        ? undefined
        : {
              offset: line.offset,
              message: `expected "- " before ${named(line)} and before ${named(beside)}, or before neither`,
          };

/** A line that stands in no column in which an entry can begin. */
function wrongIndent(where: Around | undefined): Mistake | undefined {
    if (where === undefined) {
        return undefined;
    }
    const { line, before } = where;
    const open: Line[] = [];
    for (const one of before) {
        if (one.indent < (open.at(-1)?.indent ?? Infinity)) {
            open.push(one);
        }
    }
    const beside = open.find(({ indent }) => indent === line.indent);
    if (beside !== undefined) {
        return missing(line) ?? missing(beside) ?? mixed(line, beside);
    }
    const nearest = [
        open.filter(({ indent }) => indent > line.indent).at(-1),
        open.find(({ indent }) => indent < line.indent),
    ].filter(one => one !== undefined);
    return nearest.length === 0
        ? undefined
        : {
              offset: line.offset,
              message: `found ${line.indent} spaces before ${named(line)}, expected ${nearest.map(one => `${one.indent} as before ${named(one)}`).join(", or ")}`,
          };
}

/** A key that has two values. */
function secondValue(where: Around | undefined): Mistake | undefined {
    if (where === undefined) {
        return undefined;
    }
    const { line, after } = where;
    const next = after.at(0);
    if (keyWithTwo.test(line.words)) {
        return {
            offset: line.offset,
            message: `expected one value of ${named(line)}, found another ":" in it: quotes make it one text`,
        };
    }
    return next !== undefined && next.indent > line.indent && keyWithValue.test(line.words)
        ? {
              offset: line.offset,
              message: `${named(line)} has a value, and line ${next.number} stands deeper as if it had none: expected both in one column`,
          }
        : undefined;
}
