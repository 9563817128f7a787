import { distance } from "fastest-levenshtein";
import { longestMisspelt } from "./limits";

/** The letters of `word` in alphabetical order. */
const letters = (word: string) => [...word.toLowerCase()].sort().join("");

/** Shortest part of a word that still tells what it is a part of. */
const tellingPart = 3;

/**
 * The word of `known` that begins or ends `found`, or the other way round: `clusterName` is `cluster`, `env` is
 * `environment`. AWS, Terraform and CloudFormation say more, or less, than the stack file.
 */
function partly(found: string, known: readonly string[]): string | undefined {
    const within = (part: string, whole: string) =>
        part.length >= tellingPart && (whole.startsWith(part) || whole.endsWith(part));
    const lower = found.toLowerCase();
    return known
        .filter(word => within(word.toLowerCase(), lower) || within(lower, word.toLowerCase()))
        .sort((a, b) => b.length - a.length)
        .at(0);
}

/** Most letters of a word of which two that differ make another word: `stage` is no `image`. */
const shortWord = 5;

const sameStart = (a: string, b: string) => a.charAt(0).toLowerCase() === b.charAt(0).toLowerCase();

/** The word of `known` that `found` is most likely meant to be; undefined when none is near. */
export function nearest(found: string, known: readonly string[]): string | undefined {
    if (found.length > longestMisspelt) {
        return undefined;
    }
    const ranked = known
        .map(word => ({
            word,
            far: distance(found.toLowerCase(), word.toLowerCase()),
            // Of words that are equally far, the one with the same letters: two of them were swapped.
            swapped: letters(found) === letters(word) ? 0 : 1,
        }))
        .sort((a, b) => a.far - b.far || a.swapped - b.swapped);
    const best = ranked.at(0);
    const near =
        best !== undefined &&
        best.far <= Math.max(2, Math.floor(best.word.length / 3)) &&
        // Two words of two letters are never far from each other, and yet may have nothing in common.
        best.far < Math.max(found.length, best.word.length) &&
        (best.far < 2 || best.word.length > shortWord || best.swapped === 0 || sameStart(found, best.word));
    return near ? best.word : partly(found, known);
}

/** How many choices are listed: a fleet may have hundreds of services. */
const mostChoices = 40;

/** `; did you mean "x"?`, or the choices when none is near. */
export function hint(found: string, known: readonly string[]): string {
    const best = nearest(found, known);
    if (best !== undefined) {
        return `; did you mean ${JSON.stringify(best)}?`;
    }
    if (known.length === 0) {
        return "";
    }
    const words = known.slice(0, mostChoices).map(word => JSON.stringify(word));
    const more = known.length > mostChoices ? `, … (${known.length} in all)` : "";
    return `; expected one of ${words.join(", ")}${more}`;
}
