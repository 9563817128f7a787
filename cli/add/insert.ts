import { isCollection, isMap, isPair, isScalar, parseDocument, type Node, type YAMLMap } from "yaml";
import { project } from "../../config/source";
import { entryText, type Entry } from "./entry-text";

/** Spaces of a level, where a file does not say how many it has. */
const usualIndent = 2;

/** A stack file's text with one service more. */
export interface Inserted {
    readonly text: string;
    /** What was added. */
    readonly lines: string;
}

/**
 * `text` with the service `name` behind its last one, indented as they are. All else stays byte for byte: comments, order, quotes, anchors and
 * the ends of lines.
 *
 * @param text - of a stack file that can be read
 * @throws Error where its services are not written below one another
 */
export function withService(text: string, name: string, entry: Entry): Inserted {
    const services = servicesIn(text);
    const last = services.items.at(-1);
    if (last === undefined || !isScalar(last.key) || !last.key.range) {
        throw new Error("expected a service below `services:`, behind which the new one goes");
    }
    const column = columnOf(text, startOf(last.key));
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    const at = pastItsComments(text, lineAfter(text, endOf(last.value ?? last.key)), column);
    const first = services.items[0]?.key;
    const step = column - columnOf(text, isScalar(first) ? keyLine(text, startOf(first)) : 0);
    const indent = step > 0 && step <= 8 ? step : usualIndent;
    const lines = entryText(name, entry, indent)
        .split("\n")
        .map(line => " ".repeat(column) + line + end)
        .join("");
    const before = text.slice(0, at);
    return { text: `${before}${before.endsWith("\n") ? "" : end}${lines}${text.slice(at)}`, lines };
}

/** The map of the services. */
function servicesIn(text: string): YAMLMap {
    const document = parseDocument(text, { merge: true, logLevel: "silent" });
    const config = document.get("config");
    const services = isMap(config) ? config.get(`${project}:services`, true) : undefined;
    if (!isMap(services) || services.flow === true) {
        throw new Error(
            "expected `services` in lines below one another, as nothing can be added to what stands in one",
        );
    }
    return services;
}

const startOf = ({ range }: Pick<Node, "range">): number => range?.[0] ?? 0;

/** Where what `node` says ends: a map says its last value, and the comments behind it are somebody else's. */
function endOf(node: unknown): number {
    if (isCollection(node) && node.flow !== true) {
        const last: unknown = node.items.at(-1);
        if (isPair(last)) {
            return Math.max(endOf(last.key), endOf(last.value));
        }
        return last === undefined ? (node.range?.[1] ?? 0) : endOf(last);
    }
    const { range } = (node ?? {}) as Partial<Node>;
    return range?.[1] ?? 0;
}

/** Where the line after that of `offset` begins; a text of several lines ends with its own. */
const lineAfter = (text: string, offset: number): number =>
    text[offset - 1] === "\n" ? offset : nextLine(text, offset);

function nextLine(text: string, offset: number): number {
    const end = text.indexOf("\n", offset);
    return end === -1 ? text.length : end + 1;
}

/** Behind the comments at `offset` that stand further in than a service at `column`: they are of the one above. */
function pastItsComments(text: string, offset: number, column: number): number {
    const [{ length }] = /^(?: *#.*(?:\n|$))*/.exec(text.slice(offset)) ?? [""];
    let at = offset;
    while (at < offset + length && columnOf(text, text.indexOf("#", at)) > column) {
        at = nextLine(text, at);
    }
    return at;
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** Where the key of the map that the key at `offset` is in begins: the nearest line above that is indented less. */
function keyLine(text: string, offset: number): number {
    const column = columnOf(text, offset);
    let at = lineStart(text, offset);
    while (at > 0) {
        at = lineStart(text, at - 1);
        const indent = /^ */.exec(text.slice(at, at + column + 1))?.[0].length ?? 0;
        const isText = /^ *[^\s#]/.test(text.slice(at, text.indexOf("\n", at)));
        if (isText && indent < column) {
            return at + indent;
        }
    }
    return 0;
}
