import { parse } from "yaml";
import { z } from "zod";
import { problemsOf } from "../../config/issues";
import { mapOf, type Words } from "../../config/values";
import type { Entry } from "./entry-text";
import { likeOf, renamed, type Like } from "./like";
import { parts, sorts, typeOf, type Around, type Given, type Part } from "./parts";

/** A word that a new service has to say, or others in its place. */
export interface Need {
    readonly part: Part;
    /** Words of which one has to be said, the usual one first. */
    readonly keys: readonly [string, ...string[]];
    readonly words: Readonly<Record<string, Word>>;
    /** The service whose part can be followed. */
    readonly like?: Like;
    /** The service that would be followed, did its build not name it. @default there is none, or another one is followed */
    readonly itself?: string;
}

/** What a schema tells of a word. */
export interface Word {
    readonly description: string;
    /** What it says in the kind's example, under the new service's name; undefined where it is not in there. */
    readonly example?: unknown;
    readonly isList: boolean;
    /** What is wrong with a value; undefined where it can stand there. */
    readonly problem: (value: unknown) => string | undefined;
}

/** What the new service says of `part`, with the defaults. */
function merged(part: Part, given: Given, around: Around): Words {
    const inherited = mapOf(around.defaults[part]);
    const replaces = given[part].type !== undefined && given[part].type !== (inherited.type ?? sorts[part].defaultType);
    return { ...(replaces ? {} : inherited), ...given[part] };
}

const kindOf = (part: Part, given: Given, around: Around) =>
    sorts[part].kinds.find(({ type }) => type === typeOf(part, given[part], around));

/** The lists of words of which `part` has to say one each; none of a kind that nobody knows: the plan tells what is wrong with it. */
function asked(part: Part, given: Given, around: Around): (readonly string[])[] {
    const kind = kindOf(part, given, around);
    const required = Object.entries<z.ZodType>(kind?.settings.shape ?? {})
        .filter(([, schema]) => !schema.safeParse(undefined).success)
        .map(([key]) => [key]);
    return [...required, ...(kind?.oneOf ?? [])];
}

/** What `name` has to say beside `given`: the words that its kinds ask for and that no default gives. */
export const needsOf = (name: string, given: Given, around: Around): Need[] =>
    parts.flatMap(part => {
        const said = merged(part, given, around);
        const all = asked(part, given, around);
        const open = all.filter(keys => keys.every(key => said[key] === undefined));
        const whole = all.every(keys => keys.every(key => given[part][key] === undefined));
        const { like, itself } = open.length === 0 ? {} : likeOf(name, part, open, given, around);
        return open.map(keys => ({
            part,
            keys: keys as [string, ...string[]],
            words: Object.fromEntries(keys.map(key => [key, wordOf(name, part, key, given, around)])),
            ...(like ? { like: { ...like, whole } } : itself !== undefined && { itself }),
        }));
    });

/** `schema` without what says that it may be left out. */
function bare(schema: z.ZodType): z.ZodType {
    return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
        ? bare(schema.unwrap() as z.ZodType)
        : schema;
}

function wordOf(name: string, part: Part, key: string, given: Given, around: Around): Word {
    const kind = kindOf(part, given, around);
    const schema = (kind?.settings.shape as Readonly<Record<string, z.ZodType>>)[key];
    const alone = z.strictObject({ [key]: schema });
    return {
        description: schema.description ?? bare(schema).description ?? "",
        // Examples are of orders, and whoever follows one means the new service.
        example: renamed(mapOf(parse(kind?.example ?? ""))[key], "orders", name),
        isList: bare(schema) instanceof z.ZodArray,
        problem(value) {
            const { error } = alone.safeParse({ [key]: value });
            const [first] = error === undefined ? [] : problemsOf(error.issues, alone, { [key]: value });
            // Which of a list's entries it is, whoever has typed one knows.
            return (
                first && `${[part, ...first.path.filter(word => typeof word === "string")].join(".")}: ${first.message}`
            );
        },
    };
}

/** `given` with a list of one in the place of a single text where a list is wanted. */
export function withLists(given: Given, around: Around): Given {
    const lists = parts.map(part => {
        const shape = (kindOf(part, given, around)?.settings.shape ?? {}) as Readonly<Record<string, z.ZodType>>;
        const words = Object.entries(given[part]).map(([key, value]) => {
            const isOne =
                Object.hasOwn(shape, key) && bare(shape[key]) instanceof z.ZodArray && typeof value === "string";
            return [key, isOne ? [value] : value] as const;
        });
        return [part, Object.fromEntries(words)];
    });
    return Object.fromEntries(lists) as Given;
}

/** The entry of `services` that `given` comes to: without types that hold anyway. */
export function entryOf(given: Given, around: Around): Entry {
    const entry = parts.map(part => {
        const { type, ...words } = given[part];
        const holds = type === undefined || type === (mapOf(around.defaults[part]).type ?? sorts[part].defaultType);
        return [part, holds ? words : { type, ...words }] as const;
    });
    return Object.fromEntries(entry.filter(([, words]) => Object.keys(words).length > 0));
}
