import type { Path } from "../catalog/problem";

/** A map of the stack file. */
export type Words = Readonly<Record<string, unknown>>;

/** Whether `value` is a map. */
export const isMap = (value: unknown): value is Words =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** `value`, or an empty map when it is none. */
export const mapOf = (value: unknown): Words => (isMap(value) ? value : {});

/** What stands at `path` below `value`. */
export function valueAt(value: unknown, path: Path): unknown {
    return path.reduce<unknown>(
        (inner, key) =>
            typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
                ? (inner as Record<string | number, unknown>)[key]
                : undefined,
        value,
    );
}

/** The names of the maps in a list that have one, as far as it is a list. */
export const namesOf = (list: unknown): string[] =>
    (Array.isArray(list) ? list : []).flatMap((one: unknown) =>
        isMap(one) && typeof one.name === "string" ? [one.name] : [],
    );
