import type { ShapeName } from "./options";
import type { Row } from "./rows";
import { shapes, type Shape } from "../shape";

/** What each part of the bench is told. */
export interface Asked {
    readonly shape: ShapeName;
    readonly sizes: readonly number[];
    readonly runs: number;
    /** A folder for what is written on the way. */
    readonly folder: string;
}

/** What a part comes to. */
export interface Outcome {
    readonly rows: readonly Row[];
    /** What was left out, and why; what one must know to read the figures. */
    readonly notes: readonly string[];
}

/** The shape that is asked for, with so many services. */
export const shapeOf = ({ shape }: Pick<Asked, "shape">, services: number): Shape => ({ ...shapes[shape], services });

/** Says on standard error what goes on: standard output is for the table. */
export const progress = (text: string): void => void process.stderr.write(`${text}\n`);

/** Appends to a list of a map. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
    const list = map.get(key);
    if (list === undefined) {
        map.set(key, [value]);
    } else {
        list.push(value);
    }
}

/** 1 to `count`. */
export const numbered = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
