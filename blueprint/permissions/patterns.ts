/**
 * Whether everything that the pattern `narrow` matches, `wide` matches too; `*` is anything, `?` one character. Where that cannot be
 * told character by character the answer is no: whoever compares takes it for a broadening.
 */
export function covers(wide: string, narrow: string): boolean {
    if (!/[*?]/.test(wide)) {
        return wide === narrow;
    }
    // Row by row: whether the rest of `wide` from here covers the rest of `narrow` from each place.
    let next = Array.from({ length: narrow.length + 1 }, (_, at) => at === narrow.length);
    for (let w = wide.length - 1; w >= 0; w--) {
        const row = Array.from({ length: narrow.length + 1 }, () => false);
        for (let n = narrow.length; n >= 0; n--) {
            const rest = n < narrow.length;
            row[n] =
                wide[w] === "*"
                    ? next[n] || (rest && row[n + 1])
                    : rest && next[n + 1] && (wide[w] === narrow[n] || (wide[w] === "?" && narrow[n] !== "*"));
        }
        next = row;
    }
    return next[0];
}

/** The six parts of an ARN; the last one may hold colons. Undefined of what is none. */
function partsOf(arn: string): string[] | undefined {
    const all = arn.split(":");
    return all.length < 6 || all[0] !== "arn" ? undefined : [...all.slice(0, 5), all.slice(5).join(":")];
}

/** As {@link covers}, of ARNs: a wildcard does not reach over a colon, except in the last part. */
export function arnCovers(wide: string, narrow: string): boolean {
    if (wide === "*" || wide === narrow) {
        return true;
    }
    const [outer, inner] = [partsOf(wide), partsOf(narrow)];
    return outer !== undefined && inner !== undefined && outer.every((part, index) => covers(part, inner[index]));
}

/** As {@link covers}, of actions, which know no case. */
export const actionCovers = (wide: string, narrow: string): boolean => covers(wide.toLowerCase(), narrow.toLowerCase());
