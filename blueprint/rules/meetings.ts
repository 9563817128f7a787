/** A folder around what is looked at, and which of all names is the first that meets what is in it. */
interface Around {
    readonly folder: string;

    /** Of the folder itself and those around it. */
    readonly outer: number;

    /** Of the folder and all that is in it, as far as it was seen. */
    inner: number;
}

/**
 * For each of `names` which of them is the first that it meets, by its place: two meet that are the same, or of which one is a folder
 * (a name that ends with a slash) and the other begins with it. Where it meets none before it, that is itself.
 *
 * What a folder holds stands right behind it in the order of the signs, so that one way through the sorted names finds all.
 */
export function firstMeetings(names: readonly string[]): number[] {
    const first = new Map<string, number>();
    names.forEach((name, index) => {
        if (!first.has(name)) {
            first.set(name, index);
        }
    });
    const met = new Map<string, number>();
    const around: Around[] = [];
    const leave = () => {
        const left = around.pop();
        if (left === undefined) {
            return;
        }
        met.set(left.folder, Math.min(left.outer, left.inner));
        const next = around.at(-1);
        if (next !== undefined) {
            next.inner = Math.min(next.inner, left.inner);
        }
    };
    for (const [name, own] of [...first].sort(([a], [b]) => (a < b ? -1 : 1))) {
        while (around.length > 0 && !name.startsWith(around[around.length - 1].folder)) {
            leave();
        }
        const enclosing = around.at(-1);
        const outer = Math.min(own, enclosing?.outer ?? own);
        if (name.endsWith("/")) {
            around.push({ folder: name, outer, inner: own });
        } else {
            met.set(name, outer);
            if (enclosing !== undefined) {
                enclosing.inner = Math.min(enclosing.inner, own);
            }
        }
    }
    while (around.length > 0) {
        leave();
    }
    return names.map((name, index) => met.get(name) ?? index);
}
