import { isRecord } from "../computed";

/** Properties of a CloudFormation resource, or of a part of one. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a {@link Field} can ask about the resource that it is read for. */
export interface Reader {
    /** `value` with a reference for all that AWS makes up. */
    value(value: unknown): unknown;

    /** A reference to the created resource of this Pulumi type whose name is `name`; else `name` itself. */
    named(type: string, name: unknown): unknown;

    /** A parameter of the template for what the registration does not hold. */
    parameter(suffix: string, description: string): unknown;

    /** Says that the template leaves this input out. */
    leaveOut(why: string): void;

    /** The reader of an input in this one. */
    at(key: string): Reader;
}

/** What one input becomes: properties, which are merged with those of the other inputs. */
export type Field = (value: unknown, at: Reader) => Properties;

/** What each input becomes. An input that a shape does not name is listed as left out, never dropped in silence. */
export type Shape = Readonly<Record<string, Field | undefined>>;

/**
 * A shape for the inputs of Pulumi's type `T`: `same` become the property of the same name with a capital, others what
 * their field says.
 */
export function shape<T>(
    same: readonly (keyof T & string)[],
    others: { readonly [K in keyof T & string]?: Field } = {},
): Shape {
    return { ...Object.fromEntries(same.map(key => [key, to(capital(key))])), ...(others as Shape) };
}

const capital = (key: string) => key.charAt(0).toUpperCase() + key.slice(1);

/** The property `name`, with the same value. */
export const to =
    (name: string): Field =>
    (value, at) => ({ [name]: at.value(value) });

/** The property `name`, which is text where Pulumi has a number. */
export const asText =
    (name: string): Field =>
    value => ({ [name]: String(value) });

/** The property `name`, which is an object of its own. */
export const part =
    (name: string, inner: Shape): Field =>
    (value, at) => ({ [name]: read(inner, value, at) });

/** The property `name`, which is a list of objects; Pulumi has one object where AWS takes a list of at most one. */
export const each =
    (name: string, inner: Shape, missing: Properties = {}): Field =>
    (value, at) => ({
        [name]: list(value).map((one, index) => ({ ...missing, ...read(inner, one, at.at(String(index))) })),
    });

/** What `field` makes, in the property `name`. */
export const under =
    (name: string, field: Field): Field =>
    (value, at) => ({ [name]: field(value, at) });

/** The properties of an input's inputs, where CloudFormation has no object around them. */
export const inline =
    (inner: Shape): Field =>
    (value, at) =>
        read(inner, value, at);

/** The property `name`: a document that Pulumi also takes as JSON text. */
export const document =
    (name: string): Field =>
    (value, at) => ({ [name]: at.value(parsed(value)) });

/** The property `name`: JSON text, also where Pulumi has an object. */
export const jsonText =
    (name: string): Field =>
    (value, at) => ({ [name]: at.value(typeof value === "string" ? value : JSON.stringify(value)) });

/** The property `name`: a list of names with values, sorted, where Pulumi has a map. */
export const pairs =
    (name: string, key: string, text: string): Field =>
    (value, at) => ({
        [name]: Object.entries(isRecord(value) ? value : {})
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([one, its]) => ({ [key]: one, [text]: at.value(its) })),
    });

/** Tags, as most types take them. */
export const tags = pairs("Tags", "Key", "Value");

/** The property `name`: the name of a resource of the Pulumi type `type`. */
export const named =
    (name: string, type: string): Field =>
    (value, at) => ({ [name]: at.named(type, value) });

/** The property `name`, a list with this one in it. */
export const listed =
    (name: string): Field =>
    (value, at) => ({ [name]: [at.value(value)] });

/** Nothing: CloudFormation needs no such word. */
export const nothing: Field = () => ({});

/** What `inputs` become. */
export function read(inner: Shape, inputs: unknown, at: Reader): Properties {
    return Object.entries(isRecord(inputs) ? inputs : {})
        .filter(([, value]) => !isNothing(value))
        .map(([key, value]) => {
            const field = inner[key];
            if (field === undefined) {
                at.at(key).leaveOut("CloudFormation has no such property, or the template does not know it");
                return {};
            }
            return field(value, at.at(key));
        })
        .reduce(merged, {});
}

/** Empty lists and maps say in Pulumi what none says in CloudFormation. */
const isNothing = (value: unknown) =>
    (value ?? undefined) === undefined || (typeof value === "object" && Object.keys(value as object).length === 0);

/** Both: objects are merged, lists joined. */
export function merged(one: Properties, other: Properties): Properties {
    const both = { ...one };
    for (const [key, value] of Object.entries(other)) {
        const known = both[key];
        both[key] =
            Array.isArray(known) && Array.isArray(value)
                ? [...(known as unknown[]), ...(value as unknown[])]
                : isRecord(known) && isRecord(value)
                  ? merged(known, value)
                  : value;
    }
    return both;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function parsed(value: unknown): unknown {
    if (typeof value !== "string") {
        return value;
    }
    try {
        return JSON.parse(value) as unknown;
    } catch {
        return value;
    }
}
