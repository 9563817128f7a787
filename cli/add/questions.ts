import { valueOf } from "../add-options";
import { UsageError } from "../options";
import { inLine } from "./entry-text";
import type { Need, Word } from "./needed";

/** Asks somebody `question`; what was answered, in one line. */
export type Ask = (question: string) => Promise<string>;

/** What somebody said: a word and its value, or that the service like it is to be followed. */
export type Answer = { readonly key: string; readonly value: unknown } | "follow";

/** Most characters of a description, and of a value that is offered: a question is one line. */
const [longestDescription, longestOffer] = [65, 70];

/** Most words of which one is needed that are named; all are understood. */
export const mostShown = 2;

/** The first sentence of a word's documentation, without its default: that is of the stack file, not of the question. */
export function brief(description: string): string {
    const [sentence] = description.split(/\s*@default|\.(?:\s|$)|; or `/);
    if (sentence.length <= longestDescription) {
        return sentence;
    }
    const cut = sentence.slice(0, longestDescription);
    const clause = Math.max(...[";", ":", ","].map(mark => cut.lastIndexOf(`${mark} `)));
    return clause > 0 ? cut.slice(0, clause) : `${cut.trimEnd()}…`;
}

/** `value` as it is answered. */
const shownAs = (value: unknown): string =>
    typeof value === "string" ? value : Array.isArray(value) ? value.map(shownAs).join(", ") : inLine(value);

/** `, such as coupons-{environment}`: of a list its first entry. */
const exampleOf = ({ example, isList }: Word): string => {
    const one: unknown = isList && Array.isArray(example) ? example[0] : example;
    return one === undefined ? "" : `, such as ${shownAs(one)}`;
};

/** The description and an example, for a list of what is missing. */
export const explained = (word: Word): string => `${brief(word.description)}${exampleOf(word)}`;

const uncapitalised = (text: string) => text.replace(/^[A-Z](?![A-Z0-9])/, letter => letter.toLowerCase());

const shortened = (text: string) => (text.length <= longestOffer ? text : `${text.slice(0, longestOffer - 1)}…`);

/** The question for `need`, in one line; what is offered is its example. */
function questionOf({ part, keys: [key, ...others], words }: Need, offer: string | undefined): string {
    const word = words[key];
    const list = word.isList
        ? `; one a line, or as [a, b]${word.problem([]) === undefined ? "; [] for none" : ""}`
        : "";
    const instead = others.slice(0, mostShown - 1).map(other => `; or ${other}=…`);
    const what = uncapitalised(offer === undefined ? explained(word) : brief(word.description));
    return `${part}.${key} (${[what, list, ...instead].join("")})${offer === undefined ? "" : ` [Enter: ${offer}]`}: `;
}

/** What an empty answer says; undefined where it says nothing. */
function offerOf({ keys, like }: Need, earlier: Answer | undefined): string | undefined {
    if (typeof earlier === "object") {
        return `${shortened(shownAs(earlier.value))}, as before`;
    }
    const key = like && keys.find(one => like.words[one] !== undefined);
    return key && `${key === keys[0] ? "" : `${key}=`}${shortened(shownAs(like.words[key]))}, as ${like.service}`;
}

/**
 * What somebody says of `need`. An answer that cannot stand there is asked for again, with what is wrong with it.
 *
 * @param earlier - what was answered before, and led to a problem; an empty answer says it again
 */
export async function answered(need: Need, ask: Ask, earlier: Answer | undefined): Promise<Answer> {
    const question = questionOf(need, offerOf(need, earlier));
    for (let before = ""; ;) {
        const text = (await ask(`${before}${question}`)).trim();
        if (text === "") {
            if (earlier !== undefined || need.like !== undefined) {
                return earlier ?? "follow";
            }
            before = "";
            continue;
        }
        // `manifests=k8s.yaml` says another word than the one that is asked for.
        const other = need.keys.slice(1).find(key => text.startsWith(`${key}=`));
        const key = other ?? need.keys[0];
        const read = valueIn(other === undefined ? text : text.slice(other.length + 1), key, need);
        if (typeof read === "string") {
            before = `${read}\n`;
            continue;
        }
        const more = need.words[key].isList && !read.all ? await moreOf(key, need, ask) : [];
        return { key, value: more.length === 0 ? read.value : [...(read.value as unknown[]), ...more] };
    }
}

/** Further entries of a list, one a line, up to an empty one. */
async function moreOf(key: string, need: Need, ask: Ask): Promise<unknown[]> {
    const more: unknown[] = [];
    for (let before = ""; ;) {
        const text = (await ask(`${before}  and (an empty line ends them): `)).trim();
        if (text === "") {
            return more;
        }
        const read = valueIn(text, key, need);
        before = typeof read === "string" ? `${read}\n` : "";
        more.push(...(typeof read === "string" ? [] : (read.value as unknown[])));
    }
}

/** A value that can stand there, and whether it was written as a whole list; or what is wrong with it. */
function valueIn(
    text: string,
    key: string,
    { part, words }: Need,
): { readonly value: unknown; readonly all: boolean } | string {
    const { isList, problem } = words[key];
    let value: unknown;
    try {
        // `[ -f x ] && make` is a test of the shell.
        value = /^\[\[? .*\]\S* /.test(text) ? text : valueOf(text, `${part}.${key}`);
    } catch (error) {
        if (error instanceof UsageError) {
            return error.message;
        }
        throw error;
    }
    const all = Array.isArray(value);
    const fitted = isList && !all ? [value] : value;
    const wrong = problem(fitted);
    // What YAML takes for a number or a truth value may be meant as a text.
    const asText = isList ? [text] : text;
    return wrong === undefined
        ? { value: fitted, all }
        : typeof value !== "object" && problem(asText) === undefined
          ? { value: asText, all }
          : wrong;
}
