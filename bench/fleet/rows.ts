import type { Measured } from "../engine/measured";
import { median, ratio } from "./arithmetic";
import type { Target } from "./targets";

/** Where a figure stands: below a number of services, or below `any` where it does not depend on it. */
export type Column = number | "any";

export type Unit = "s" | "MB" | "ratio" | "count";

/** One line of the table: a measurement at all sizes. */
export interface Row {
    readonly name: string;
    readonly unit: Unit;
    readonly figures: ReadonlyMap<Column, number>;
    /** What a figure may be at most. */
    readonly target?: (column: Column) => Target | undefined;
    /** What the figure of 1,000 services may be at most of that of 100. */
    readonly growth?: Target;
}

/** Runs of one command at each size, in the order in which they ran. */
export type Runs<T = Measured> = ReadonlyMap<Column, readonly T[]>;

/** What is read out of a {@link Measured}: the wall time, the time of all processors, the peak of memory. */
export const figures = {
    wall: { unit: "s", of: ({ wallSeconds }: Measured) => wallSeconds },
    CPU: { unit: "s", of: ({ cpuSeconds }: Measured) => cpuSeconds },
    memory: { unit: "MB", of: ({ peakBytes }: Measured) => peakBytes / 1e6 },
} as const satisfies Record<string, { readonly unit: Unit; readonly of: (measured: Measured) => number }>;

type Figure = keyof typeof figures;

/** The medians of one number of each run. */
export function medians<T>(name: string, unit: Unit, runs: Runs<T>, of: (run: T) => number, more?: Partial<Row>): Row {
    return { name, unit, figures: mapped(runs, each => median(each.map(of))), ...more };
}

/** Wall time, CPU time and memory of one command. */
export function wholeProcess(name: string, runs: Runs, more: Partial<Record<Figure, Partial<Row>>> = {}): Row[] {
    return keys(figures).map(figure => {
        const { unit, of } = figures[figure];
        return medians(`${name}: ${figure}`, unit, runs, of, more[figure]);
    });
}

/** One command against another; only sizes that both ran at. */
export function against(name: string, figure: Figure, ours: Runs, theirs: Runs, more?: Partial<Row>): Row {
    const { of } = figures[figure];
    const both = new Map([...ours].filter(([column]) => theirs.has(column)));
    return {
        name: `${name}: ${figure}`,
        unit: "ratio",
        figures: mapped(both, (each, column) => ratio(each.map(of), (theirs.get(column) ?? []).map(of))),
        ...more,
    };
}

const keys = <T extends object>(value: T) => Object.keys(value) as (keyof T)[];

const mapped = <T>(runs: ReadonlyMap<Column, T>, of: (value: T, column: Column) => number) =>
    new Map([...runs].map(([column, value]) => [column, of(value, column)] as const));
