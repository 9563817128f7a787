import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { saysWhatToRun } from "../../catalog/codebuild/settings";
import { buildSort, deploySort, sourceSort } from "../../config/sorts";
import { isMap, mapOf, type Words } from "../../config/values";
import type { Entry } from "./entry-text";

/** The parts of a service that it cannot do without. */
export const parts = ["source", "build", "deploy"] as const;

export type Part = (typeof parts)[number];

/** What is said of a new service, by its parts. */
export type Given = Readonly<Record<Part, Words>>;

const sorts = { source: sourceSort, build: buildSort, deploy: deploySort };

/** Words that can stand behind `type` in `part`. */
export const typesOf = (part: Part): readonly string[] => sorts[part].kinds.map(({ type }) => type);

/** A word that a new service has to say. */
export interface Need {
    readonly part: Part;
    readonly key: string;
    readonly description: string;
    /** Whether `value` can stand there; a text where a list is wanted is a list of one. */
    readonly fit: (value: unknown) => unknown;
    /** What a service like it says there, and which one that is. */
    readonly like?: { readonly service: string; readonly value: unknown };
}

/** The stack file that a service is added to, as far as that matters. */
export interface Around {
    readonly defaults: Words;
    readonly services: Readonly<Record<string, unknown>>;
}

/** The part of what a stack file says that a new service is written after. */
export const aroundOf = (values: Words): Around => ({
    defaults: mapOf(values.defaults),
    services: mapOf(values.services),
});

/** The type of `part`, whether the service says it, the defaults, or nobody; undefined where nobody has to. */
function typeOf(part: Part, words: unknown, { defaults }: Around): string | undefined {
    const said = mapOf(words).type ?? mapOf(defaults[part]).type ?? sorts[part].defaultType;
    return typeof said === "string" ? said : undefined;
}

/** What the new service says of `part`, with the defaults. */
function merged(part: Part, given: Given, around: Around): Words {
    const inherited = mapOf(around.defaults[part]);
    const replaces = given[part].type !== undefined && given[part].type !== (inherited.type ?? sorts[part].defaultType);
    return { ...(replaces ? {} : inherited), ...given[part] };
}

/**
 * What `name` has to say beside `given`: the words that its kinds ask for and that no default gives. A kind that nobody knows asks for nothing:
 * the plan tells what is wrong with it.
 */
export function needsOf(name: string, given: Given, around: Around): Need[] {
    return parts.flatMap(part => {
        const type = typeOf(part, given[part], around);
        const kind = sorts[part].kinds.find(one => one.type === type);
        if (kind === undefined) {
            return [];
        }
        const said = merged(part, given, around);
        const shape = kind.settings.shape as Readonly<Record<string, z.ZodType>>;
        const required = Object.entries(shape).filter(([, schema]) => !schema.safeParse(undefined).success);
        // Of a build's commands each may be missing, but not all of them.
        const commands = Object.entries(shape).filter(([key]) => key === "commands" && part === "build");
        return [...required, ...(saysWhatToRun(said) ? [] : commands)]
            .filter(([key]) => said[key] === undefined)
            .map(([key, schema]) => {
                const like = likeOf(name, part, key, type, given, around);
                const description = schema.description ?? "";
                return { part, key, description, fit: value => fitted(schema, value), ...(like && { like }) };
            });
    });
}

/** What the first service of the same kinds says at `key`, with the new name in the place of its own. */
function likeOf(
    name: string,
    part: Part,
    key: string,
    type: string | undefined,
    given: Given,
    around: Around,
): Need["like"] {
    if (part === "source") {
        // Nobody else's source is the new one's.
        return undefined;
    }
    // What is built is deployed: commands are those of a service that is deployed alike.
    const asked = [part, ...(part === "build" ? (["deploy"] as const) : [])];
    for (const [service, words] of Object.entries(around.services)) {
        const isLike = asked.every(one => typeOf(one, mapOf(words)[one], around) === typeOf(one, given[one], around));
        const value = mapOf(mapOf(words)[part])[key];
        const followed = renamed(value, service, name);
        // Commands that name their service run in a folder of it: another one need not have such.
        const isItsOwn = part === "build" && !isDeepStrictEqual(followed, value);
        if (isLike && value !== undefined && !isItsOwn && typeOf(part, given[part], around) === type) {
            return { service, value: followed };
        }
    }
    return undefined;
}

/** `value` with the word `from`, where it stands by itself, replaced. */
function renamed(value: unknown, from: string, to: string): unknown {
    if (typeof value === "string") {
        return value.replaceAll(new RegExp(`(?<![A-Za-z0-9])${from}(?![A-Za-z0-9])`, "g"), () => to);
    }
    if (Array.isArray(value)) {
        return value.map(one => renamed(one, from, to));
    }
    return isMap(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner, from, to)]))
        : value;
}

/** `value`, or a list of it where `schema` wants one. */
const fitted = (schema: z.ZodType, value: unknown): unknown =>
    schema instanceof z.ZodArray && !Array.isArray(value) ? [value] : value;

/** The entry of `services` that `given` comes to: without types that hold anyway. */
export function entryOf(given: Given, around: Around): Entry {
    const entry = parts.map(part => {
        const { type, ...words } = given[part];
        const holds = type === undefined || type === (mapOf(around.defaults[part]).type ?? sorts[part].defaultType);
        return [part, holds ? words : { type, ...words }] as const;
    });
    return Object.fromEntries(entry.filter(([, words]) => Object.keys(words).length > 0));
}
