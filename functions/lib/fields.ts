import { Malformed } from "./errors";

/** An object of JSON, of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** `value`, if it is an object. */
export const mapOf = (value: unknown): Fields | undefined =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** `value`, if it is a text with something in it. */
export const textOf = (value: unknown): string | undefined =>
    typeof value === "string" && value !== "" ? value : undefined;

/** `value`, if it is a number. */
export const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** The time that `value` writes as ISO 8601. */
export function momentOf(value: unknown): Date | undefined {
    if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT/.test(value)) {
        return undefined;
    }
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** `{ [key]: value }`, or nothing where there is no value: an absent key is not one that is undefined. */
export const given = <K extends string, V>(key: K, value: V | undefined): { readonly [k in K]?: V } =>
    (value === undefined ? {} : { [key]: value }) as { readonly [k in K]?: V };

/** The text at `key`, which has to be there; `path` is what a message calls it. */
export function text(map: Fields, key: string, path = key): string {
    const value = textOf(map[key]);
    if (value === undefined) {
        throw new Malformed(`expected ${path}: a text that is not empty, found ${shown(map[key])}`);
    }
    return value;
}

/** The text at `key`, which has to be one of `values`. */
export function oneOf<T extends string>(values: readonly T[], map: Fields, key: string, path: string): T {
    const found = values.find(value => value === map[key]);
    if (found === undefined) {
        throw new Malformed(`expected ${path}: one of ${values.join(", ")}, found ${shown(map[key])}`);
    }
    return found;
}

/** `value` as a message shows it, not too long. */
export function shown(value: unknown): string {
    const written = value === undefined ? "none" : JSON.stringify(value);
    return written.length <= 100 ? written : `${written.slice(0, 99)}…`;
}
