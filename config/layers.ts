import type { Path } from "../catalog/problem";
import { isMap, valueAt } from "./values";

/** One of the places that say something of the same part of a service: defaults, the service, one of its environments. */
export interface Layer {
    /** Where in the stack file it stands. */
    readonly path: Path;
    readonly value: unknown;

    /** Whether it also speaks for others, so that what is missing here is not to be added there. */
    readonly common?: boolean;
}

/** Layers merged, and where each of their words came from. */
export interface Merged {
    readonly value: unknown;

    /** Where in the stack file `path` of the merged value was written, or would have to be. */
    readonly origin: (path: Path) => Path;
}

/** Whether `upper` speaks of another kind than `lower`, so that their keys do not belong together. */
function changesType(lower: unknown, upper: unknown, defaultType?: string): boolean {
    if (!isMap(lower) || !isMap(upper) || upper.type === undefined) {
        return false;
    }
    const was = lower.type ?? defaultType;
    return was !== undefined && was !== upper.type;
}

/** Maps merge by key; anything else, and a map of another `type`, replaces. */
function overlay(lower: unknown, upper: unknown, defaultType?: string): unknown {
    if (!isMap(lower) || !isMap(upper) || changesType(lower, upper, defaultType)) {
        return upper;
    }
    const merged: Record<string, unknown> = { ...lower };
    for (const [key, value] of Object.entries(upper)) {
        merged[key] = Object.hasOwn(lower, key) ? overlay(lower[key], value) : value;
    }
    return merged;
}

/**
 * Merges `layers`, the weakest first; layers without a value are passed over.
 *
 * @param defaultType - the kind of a map that names none
 */
export function merge(layers: readonly Layer[], defaultType?: string): Merged {
    let effective: Layer[] = [];
    let value: unknown;
    for (const layer of layers.filter(candidate => candidate.value !== undefined)) {
        const replaces = effective.length > 0 && (!isMap(layer.value) || changesType(value, layer.value, defaultType));
        value = effective.length === 0 ? layer.value : overlay(value, layer.value, defaultType);
        effective = replaces ? [layer] : [...effective, layer];
    }
    return {
        value:
            isMap(value) && defaultType !== undefined && value.type === undefined
                ? { type: defaultType, ...value }
                : value,
        origin: path => {
            const writer = effective.findLast(layer => valueAt(layer.value, path) !== undefined);
            if (writer !== undefined) {
                return [...writer.path, ...path];
            }
            // Nobody wrote it: the place to add it is the service's own words, not an environment's exception to them.
            const parent = path.slice(0, -1);
            const speaks = (layer: Layer) => valueAt(layer.value, parent) !== undefined;
            const home =
                effective.find(layer => !layer.common && speaks(layer)) ??
                layers.find(layer => !layer.common) ??
                effective.findLast(speaks) ??
                effective.at(-1);
            return [...(home?.path ?? []), ...path];
        },
    };
}
