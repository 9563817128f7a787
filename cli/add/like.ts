import { isDeepStrictEqual } from "node:util";
import { isMap, mapOf, type Words } from "../../config/values";
import { parts, typeOf, type Around, type Given, type Part } from "./parts";

/** A service that a part of the new one can be written after. */
export interface Like {
    readonly service: string;
    /** What can be taken over of its part, under the new name. */
    readonly words: Words;
    /** Whether all that the part has to say can come from it; else nothing is taken over that need not be said. @default false */
    readonly whole?: boolean;
}

/**
 * The first service of the same kinds that says all of `needed`, and what of its part holds for `name` too.
 *
 * @param needed - lists of words of which one each is needed
 * @returns like; where there is none, itself: the first that is not followed because its build names it
 */
export function likeOf(
    name: string,
    part: Part,
    needed: readonly (readonly string[])[],
    given: Given,
    around: Around,
): { readonly like?: Like; readonly itself?: string } {
    if (part === "source") {
        // Nobody else's source is the new one's.
        return {};
    }
    let itself: string | undefined;
    // What is built is deployed: a build is that of a service that is deployed alike.
    const asked = [part, ...(part === "build" ? (["deploy"] as const) : [])];
    for (const [service, all] of Object.entries(around.services)) {
        const isLike = asked.every(one => typeOf(one, mapOf(all)[one], around) === typeOf(one, given[one], around));
        const { type, ...own } = mapOf(mapOf(all)[part]);
        const common = Object.fromEntries(Object.entries(own).filter(([key, value]) => !isItsOwn(key, value)));
        const words = mapOf(renamed(common, service, name));
        // A build that names its service runs in a folder of it: another one need not have such.
        const isElsewhere = part === "build" && !isDeepStrictEqual(words, common);
        if (!isLike || !needed.every(keys => keys.some(key => words[key] !== undefined))) {
            continue;
        }
        if (!isElsewhere) {
            return { like: { service, words } };
        }
        itself ??= service;
    }
    return itself === undefined ? {} : { itself };
}

/**
 * Whether `value` holds for its service alone: what names other parts of it, and rights. Nobody gets a right because another one has it: only
 * rights on what has the service in its name by `{service}` are taken over, with what they need beside where AWS knows no resource.
 */
function isItsOwn(key: string, value: unknown): boolean {
    if (key === "permissions" && Array.isArray(value)) {
        const resources = value.map(statement => mapOf(statement).resources).flat();
        return !resources.some(isOfAny) || !resources.every(one => one === "*" || isOfAny(one));
    }
    return key === "secrets" ? !Object.values(mapOf(value)).every(isOfAny) : key === "artifact" || key === "needs";
}

const isOfAny = (value: unknown): boolean => typeof value === "string" && value.includes("{service}");

/** `value` with the word `from`, where it stands by itself, replaced. */
export function renamed(value: unknown, from: string, to: string): unknown {
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

/**
 * What was taken over from others, and what else they say that was not, in words.
 *
 * @param followed - words that were taken over, by part
 * @param said - all that the new service says
 */
export function takenLines(
    followed: ReadonlyMap<Part, { readonly service: string; readonly keys: readonly string[] }>,
    said: Given,
    around: Around,
): string[] {
    const taken = [...followed].map(
        ([part, { service, keys }]) => `${dotted(part, keys)} as ${service} says ${keys.length === 1 ? "it" : "them"}`,
    );
    const services = new Set([...followed.values()].map(({ service }) => service));
    const left = [...services].flatMap(service => {
        const all = mapOf(around.services[service]);
        const others = parts.flatMap(part => {
            const isLike = typeOf(part, all[part], around) === typeOf(part, said[part], around);
            const keys = Object.keys(mapOf(all[part])).filter(key => key !== "type" && said[part][key] === undefined);
            return part === "source" || !isLike || keys.length === 0 ? [] : [dotted(part, keys)];
        });
        const beside = Object.keys(all).filter(key => !parts.some(part => part === key));
        const words = [...others, ...beside];
        return words.length === 0 ? [] : [`${service} also says ${words.join("; ")}: not taken over`];
    });
    return [...taken, ...left];
}

const dotted = (part: Part, keys: readonly string[]) => `${part}.${keys.join(", ")}`;
