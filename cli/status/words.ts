/** A moment in UTC, to the minute: `2026-11-24 09:12`. */
export const moment = (date: Date): string => date.toISOString().slice(0, 16).replace("T", " ");

/** How long ago `date` was: `3 h ago`. */
export const age = (date: Date, now: Date): string => `${span(now.getTime() - date.getTime())} ago`;

/** How far ahead `date` is: `in 3 h`, or how long it is over. */
export function ahead(date: Date, now: Date): string {
    const left = date.getTime() - now.getTime();
    return left > 0 ? `in ${span(left)}` : `over for ${span(-left)}`;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A time in the largest unit of which there are two, or else in minutes. A clock that is behind counts as none. */
function span(milliseconds: number): string {
    const [length, unit] = (
        [
            [day, "d"],
            [hour, "h"],
            [minute, "min"],
        ] as const
    ).find(([size]) => milliseconds >= 2 * size) ?? [minute, "min"];
    return `${Math.max(0, Math.floor(milliseconds / length))} ${unit}`;
}

/**
 * `text` in lines of at most `width` characters; only a word that is longer than that is broken. What is no character to be
 * seen is a space: a commit message must not move the cursor of whoever reads it.
 */
export function wrapped(text: string, width: number): string[] {
    const lines: string[] = [];
    let current = "";
    for (const word of text.split(/[\s\p{Cc}\p{Cf}]+/u).flatMap(one => pieces(one, width))) {
        if (current !== "" && current.length + 1 + word.length > width) {
            lines.push(current);
            current = word;
        } else {
            current = current === "" ? word : `${current} ${word}`;
        }
    }
    return [...lines, current];
}

/** A word that is too long in pieces, none of which ends in the middle of a character. */
function pieces(word: string, width: number): string[] {
    const all = [""];
    for (const character of word) {
        const last = all.length - 1;
        if (all[last] !== "" && all[last].length + character.length > width) {
            all.push(character);
        } else {
            all[last] += character;
        }
    }
    return word === "" ? [] : all;
}
