import { unknown } from "./rules/rule";

const isPlain = (value: object): boolean => {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
};

/**
 * `value` with {@link unknown} in the place of what the engine does not know yet: its proxies throw where it is read. What
 * is neither a list nor a plain object, such as an archive, is left out.
 */
export function known(value: unknown): unknown {
    if (typeof value !== "object" || value === null) {
        return typeof value === "function" ? undefined : value;
    }
    if (Array.isArray(value)) {
        return Array.from({ length: value.length }, (_, index) => at(value, index));
    }
    return isPlain(value) ? Object.fromEntries(Object.keys(value).map(key => [key, at(value, key)])) : undefined;
}

/** The value of one key; reading it is what throws. */
function at(value: object, key: string | number): unknown {
    let inner: unknown;
    try {
        inner = (value as Record<string | number, unknown>)[key];
    } catch {
        return unknown;
    }
    return known(inner);
}
