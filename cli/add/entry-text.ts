import { stringify } from "yaml";

/** A service as a stack file says it. */
export type Entry = Readonly<Record<string, unknown>>;

/** Longest line, as that of the stack files here. */
const longestLine = 110;

/** `value` in one line; a text in quotes where it needs them there. */
function inLine(value: unknown): string {
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
    return Object.entries(map).flatMap(([key, value]) => {
        const line = `${" ".repeat(column)}${scalar(key)}: ${inLine(value)}`;
        const isLarge =
            typeof value === "object" && value !== null && !Array.isArray(value) && line.length > longestLine;
        return isLarge
            ? [`${" ".repeat(column)}${scalar(key)}:`, ...linesOf(value as Entry, column + indent, indent)]
            : [line];
    });
}
