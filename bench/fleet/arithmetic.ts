/**
 * The middle one of `values`; of an even number the mean of the two in the middle.
 *
 * @throws RangeError where there is none
 */
export function median(values: readonly number[]): number {
    if (values.length === 0) {
        throw new RangeError("expected at least one value, found none");
    }
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of `ours` ÷ `theirs`, pair by pair: both of a pair ran one after the other, so that a machine which grows
 * slower in the meantime slows both.
 *
 * @throws RangeError where they are not as many
 */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
    if (ours.length !== theirs.length) {
        throw new RangeError(`expected as many runs of both, found ${ours.length} and ${theirs.length}`);
    }
    return median(ours.map((value, index) => value / theirs[index]));
}
