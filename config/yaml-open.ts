/** Brackets and quotes that are open at a place of a text, the innermost last. */
export interface Open {
    readonly brackets: readonly Sign[];
    /** The quote in which the place is. */
    readonly quote?: Sign;
}

/** A sign and where it stands. */
export interface Sign {
    readonly sign: string;
    readonly offset: number;
}

/** A line whose text continues in all that stand deeper, where brackets and quotes mean nothing. */
const opensText = /(?:^|[:\s-])[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$/;

const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0;

/**
 * What is open at `until`: it knows comments, quotes and texts of several lines, and takes an apostrophe within a word for one.
 * It reads also what the parser refuses.
 */
export function openIn(text: string, until: number): Open {
    const brackets: Sign[] = [];
    let quote: Sign | undefined;
    let offset = 0;
    let textDeeperThan: number | undefined;
    for (const line of text.slice(0, until).split("\n")) {
        const isBlank = line.trim() === "";
        if (textDeeperThan !== undefined && !isBlank && indentOf(line) <= textDeeperThan) {
            textDeeperThan = undefined;
        }
        if (textDeeperThan === undefined) {
            quote = throughLine(line, offset, brackets, quote);
            if (quote === undefined && brackets.length === 0 && opensText.test(line)) {
                textDeeperThan = indentOf(line);
            }
        }
        offset += line.length + 1;
    }
    return { brackets, ...(quote && { quote }) };
}

/** Opens and closes `brackets` by a line that begins at `start`; returns the quote that is open at its end. */
function throughLine(line: string, start: number, brackets: Sign[], quoted: Sign | undefined): Sign | undefined {
    let quote = quoted;
    for (let i = 0; i < line.length; i++) {
        const sign = line.charAt(i);
        const begins = i === 0 || /[\s[{,]/.test(line.charAt(i - 1));
        if (quote !== undefined) {
            if (sign === "\\" && quote.sign === '"') {
                i += 1;
            } else if (sign === quote.sign) {
                if (sign === "'" && line.charAt(i + 1) === "'") {
                    i += 1;
                } else {
                    quote = undefined;
                }
            }
        } else if (sign === "#" && begins) {
            return undefined;
        } else if ((sign === '"' || sign === "'") && begins) {
            quote = { sign, offset: start + i };
        } else if ((sign === "{" || sign === "[") && (begins || brackets.length > 0)) {
            brackets.push({ sign, offset: start + i });
        } else if ((sign === "}" || sign === "]") && brackets.length > 0) {
            brackets.pop();
        }
    }
    return quote;
}
