import { stringify } from "yaml";

/** A service as a stack file says it. */
export type Entry = Readonly<Record<string, unknown>>;

/** Longest line, as that of the stack files here. */
const longestLine = 110;

/** `value` in one line; a text in quotes where it needs them there. */
export function inLine(value: unknown): string {
    if (Array.isArray(value)) {
        return `[${value.map(inLine).join(", ")}]`;
    }
    if (typeof value === "object" && value !== null) {
        const pairs = Object.entries(value).map(([key, inner]) => `${scalar(key)}: ${inLine(inner)}`);
        return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
    }
    return scalar(value);
}

/** Texts that some version of YAML, such as that of the Pulumi CLI, takes for a number, a date or a truth value. */
const ambiguous = /^([-+.]?\d.*|y|n|yes|no|on|off)$/i;

/** A scalar as it has to be written between brackets and commas. */
const scalar = (value: unknown): string =>
    stringify([value], {
        collectionStyle: "flow",
        flowCollectionPadding: false,
        lineWidth: 0,
        defaultStringType: typeof value === "string" && ambiguous.test(value) ? "QUOTE_DOUBLE" : "PLAIN",
    })
        .trimEnd()
        .replace(/^\[([^]*)\]$/, "$1");

/** The entry `name` of `services` in YAML, without a line's end: maps in one line where they fit, else below one another. */
export function entryText(name: string, entry: Entry, indent: number): string {
    return [`${name}:`, ...linesOf(entry, indent, indent)].join("\n");
}

function linesOf(map: Entry, column: number, indent: number): string[] {
    const margin = " ".repeat(column);
    return Object.entries(map).flatMap(([key, value]) => {
        const line = `${margin}${scalar(key)}: ${inLine(value)}`;
        return line.length <= longestLine || typeof value !== "object" || value === null
            ? [line]
            : [
                  `${margin}${scalar(key)}:`,
                  ...(Array.isArray(value)
                      ? value.flatMap(one => itemLines(one, column + indent, indent))
                      : linesOf(value as Entry, column + indent, indent)),
              ];
    });
}

/** An entry of a list that does not fit in one line. */
function itemLines(item: unknown, column: number, indent: number): string[] {
    const line = `${" ".repeat(column)}- ${inLine(item)}`;
    if (line.length <= longestLine || typeof item !== "object" || item === null || Array.isArray(item)) {
        return [line];
    }
    const dash = "- ";
    const [first, ...rest] = linesOf(item as Entry, column + dash.length, indent);
    return [`${" ".repeat(column)}${dash}${first.trimStart()}`, ...rest];
}
