import type { z } from "zod";
import type { Problem } from "../catalog/problem";
import type { Layer, Merged } from "./layers";
import { nearest } from "./suggest";
import { mapOf, valueAt } from "./values";
import { schemaAt } from "./walk";

/** The kinds that a part is one of. */
export interface Kinds {
    readonly kinds: readonly { readonly type: string }[];
    readonly schema: z.ZodType;
    readonly defaultType?: string;
}

/**
 * The one problem of words that do not say their type, and whose keys are not those of the type that they have then,
 * from a weaker layer or by default: told as such, for each of their keys would else be unknown.
 *
 * @param merged - what `layers` come to
 */
export function untyped({ kinds, schema }: Kinds, layers: readonly Layer[], merged: Merged): Problem | undefined {
    const type = valueAt(merged.value, ["type"]);
    if (typeof type !== "string" || kinds.every(kind => kind.type !== type)) {
        return undefined;
    }
    const keysOf = (word: string) => shapeOf(schemaAt(schema, { type: word }, []));
    const known = keysOf(type);
    // What is said below the layer that says the type may be of another, and is replaced then.
    const strange = layers
        .slice(layers.findLastIndex(({ value }) => valueAt(value, ["type"]) !== undefined) + 1)
        .flatMap(({ path, value }) => Object.keys(mapOf(value)).map(key => ({ key, path })))
        .filter(({ key }) => !known.includes(key));
    if (strange.length === 0) {
        return undefined;
    }
    const misspelt = strange.find(({ key }) => nearest(key, ["type"]) !== undefined);
    if (misspelt !== undefined) {
        return { path: [...misspelt.path, misspelt.key], message: 'unknown key; did you mean "type"?' };
    }
    const possible = kinds.filter(kind => strange.every(({ key }) => keysOf(kind.type).includes(key)));
    return possible.length === 0 || strange.some(({ key }) => nearest(key, known))
        ? undefined
        : {
              path: [...strange[0].path, "type"],
              message: `missing; expected ${possible.map(kind => JSON.stringify(kind.type)).join(" or ")}: ${type}, which it is without, has no key ${JSON.stringify(strange[0].key)}`,
          };
}

const shapeOf = (schema: z.ZodType | undefined): string[] =>
    schema?.def.type === "object" ? Object.keys((schema as z.ZodObject).shape) : [];
