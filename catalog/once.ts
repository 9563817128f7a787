/**
 * `compute`, which is asked once for each object and remembered as long as that lives: for what follows from an object that
 * nobody changes, and that many ask for.
 */
export function once<K extends object, V>(compute: (from: K) => V): (from: K) => V {
    const known = new WeakMap<K, { readonly value: V }>();
    return from => {
        let found = known.get(from);
        if (found === undefined) {
            found = { value: compute(from) };
            known.set(from, found);
        }
        return found.value;
    };
}
