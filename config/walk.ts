import type { z } from "zod";
import { once } from "../catalog/once";
import type { Path } from "../catalog/problem";
import { isMap } from "./values";

/** Zod's classes share one shape at run time; only what is walked here is named. */
interface Definition {
    readonly type: string;
    readonly innerType?: z.ZodType;
    readonly element?: z.ZodType;
    readonly valueType?: z.ZodType;
    readonly options?: readonly z.ZodType[];
    readonly discriminator?: string;
    readonly shape?: Readonly<Record<string, z.ZodType>>;
}

const definition = (schema: z.ZodType) => schema.def as unknown as Definition;

/** The schema inside `.optional()` and `.default()`, and of a union the member that reads `value`. */
function concrete(schema: z.ZodType, value: unknown): z.ZodType | undefined {
    const { type, innerType, options, discriminator } = definition(schema);
    if (innerType !== undefined) {
        return concrete(innerType, value);
    }
    if (type !== "union" || options === undefined) {
        return schema;
    }
    if (discriminator !== undefined) {
        const word = isMap(value) ? value[discriminator] : undefined;
        return options.find(
            option => (definition(option).shape?.[discriminator] as z.ZodLiteral | undefined)?.value === word,
        );
    }
    const wanted = Array.isArray(value) ? "array" : isMap(value) ? "object" : typeof value;
    return options.find(option => definition(option).type === wanted) ?? options.at(0);
}

/** The schema of the entry `key` of a value that `schema` reads. */
function child(schema: z.ZodType, key: string | number): z.ZodType | undefined {
    const { shape, valueType, element } = definition(schema);
    return shape !== undefined ? (Object.hasOwn(shape, key) ? shape[key] : undefined) : (valueType ?? element);
}

/** The schema that reads what stands at `path` below `value`; undefined where none does. */
export function schemaAt(schema: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
    const at = concrete(schema, value);
    if (at === undefined || path.length === 0) {
        return at;
    }
    const [key, ...rest] = path;
    const inner = child(at, key);
    const below = isMap(value) || Array.isArray(value) ? (value as Record<string | number, unknown>)[key] : undefined;
    return inner && schemaAt(inner, below, rest);
}

/** Whether a text somewhere in `value` holds `part`. */
export function holds(value: unknown, part: string): boolean {
    if (typeof value === "string") {
        return value.includes(part);
    }
    if (typeof value !== "object" || value === null) {
        return false;
    }
    for (const key in value) {
        if (holds((value as Readonly<Record<string, unknown>>)[key], part)) {
            return true;
        }
    }
    return false;
}

/** Schemas of texts that mean something beyond their form, as a registry of zod knows them. */
export interface Marks {
    has(schema: z.ZodType): boolean;
}

/** Whether one of `marks` stands somewhere below a schema; each schema is looked through once. */
const leading = once((marks: Marks) => {
    const leads = once((schema: z.ZodType): boolean => {
        const { innerType, element, valueType, options = [], shape = {} } = definition(schema);
        return (
            marks.has(schema) ||
            [innerType, element, valueType, ...options, ...Object.values(shape)].some(
                inner => inner !== undefined && leads(inner),
            )
        );
    });
    return leads;
});

/**
 * `value` with every text whose schema is one of `marks` replaced by what `visit` makes of it, which is given the text's schema
 * and path. What leads to no such text is not looked at, and stays the same object.
 */
export function mapTexts<T>(
    schema: z.ZodType,
    value: T,
    marks: Marks,
    visit: (text: string, schema: z.ZodType, path: Path) => string,
    path: Path = [],
): T {
    const leads = leading(marks);
    const at = leads(schema) ? concrete(schema, value) : undefined;
    if (at === undefined || !leads(at)) {
        return value;
    }
    const inner = (key: string | number, below: unknown) => {
        const next = child(at, key);
        return next === undefined || !leads(next) || typeof below === "number"
            ? below
            : mapTexts(next, below, marks, visit, [...path, key]);
    };
    if (typeof value === "string") {
        return (marks.has(at) ? visit(value, at, path) : value) as T;
    }
    if (Array.isArray(value)) {
        return value.map((below, index) => inner(index, below)) as T;
    }
    return isMap(value)
        ? (Object.fromEntries(Object.entries(value).map(([key, below]) => [key, inner(key, below)])) as T)
        : value;
}
