import type { Column, Row } from "./rows";

/** The most that a figure may be. */
export interface Target {
    readonly most: number;
    /**
     * Whether missing it fails `--assert`. Ratios only: both sides of one ran on the same machine, while a time or a size in
     * memory says as much of the machine as of the program.
     */
    readonly asserted: boolean;
}

const ratioOf = (most: number): Target => ({ most, asserted: true });
const told = (most: number): Target => ({ most, asserted: false });

/** The same target for fleets of these many services alone. */
const at = (services: number, target: Target) => (column: Column) => (column === services ? target : undefined);

/** What is aimed at; sizes in MB, times in seconds. */
export const targets = {
    /** Wall time of the offline preview ÷ that of `cdk synth`. */
    synth: (column: Column): Target | undefined =>
        column === "any" ? undefined : ratioOf(column < 100 ? 1 / 2 : column < 500 ? 1 / 5 : 1 / 6),
    previewMemory: at(1000, told(700)),
    /** Ten times the services, at most ten times the time. */
    growth: ratioOf(10),
    planning: at(1000, told(1)),
    start: () => told(1.5),
    /** The plan of one service, however large the fleet is. */
    service: () => told(1),
    /** On the engine, this program ÷ the floor. */
    engine: at(100, ratioOf(1.3)),
    engineStart: at(1, told(3.5)),
} as const;

/** The sizes between which growth is looked at. */
export const growthSizes = { from: 100, to: 1000 } as const;

/** How much larger a figure is at 1,000 services than at 100; `undefined` where one of them was not measured. */
export function growthOf({ figures, unit }: Row): number | undefined {
    const [from, to] = [figures.get(growthSizes.from), figures.get(growthSizes.to)];
    return from === undefined || to === undefined || from === 0 || unit === "ratio" ? undefined : to / from;
}

/** What {@link verdicts} finds of one figure. */
export interface Verdict {
    readonly figure: string;
    readonly value: number;
    readonly target: Target;
    readonly met: boolean;
}

/** What became of all figures that have a target. */
export function verdicts(rows: readonly Row[]): Verdict[] {
    return rows.flatMap(row => {
        const growth = growthOf(row);
        return [
            ...[...row.figures].map(([column, value]) => ({
                figure: `${row.name}, ${column === "any" ? "any size" : column}`,
                value,
                target: row.target?.(column),
            })),
            ...(growth === undefined ? [] : [{ figure: `${row.name}, growth`, value: growth, target: row.growth }]),
        ].flatMap(({ target, ...each }) =>
            target === undefined ? [] : [{ ...each, target, met: isMet(each.value, target) }],
        );
    });
}

export const isMet = (value: number, { most }: Target): boolean => value <= most;
