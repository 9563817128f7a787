/** Something that takes one run order after the other, perhaps after others have finished. */
export interface Unit {
    readonly name: string;
    readonly needs: readonly string[];
    /** How many run orders it takes. */
    readonly length: number;
}

/**
 * The first run order of each unit: what waits for nothing begins at `first`, all else right after the last it waits for.
 * Names in `needs` that are not among `units` do not count: they run elsewhere, or not at all.
 * Free of circles; `config/` has refused them.
 */
export function runOrders(units: readonly Unit[], first: number): ReadonlyMap<string, number> {
    const byName = new Map(units.map(unit => [unit.name, unit]));
    const starts = new Map<string, number>();
    const start = (unit: Unit): number => {
        const known = starts.get(unit.name);
        if (known !== undefined) {
            return known;
        }
        const ends = unit.needs.flatMap(name => {
            const needed = byName.get(name);
            return needed === undefined ? [] : [start(needed) + needed.length];
        });
        const at = Math.max(first, ...ends);
        starts.set(unit.name, at);
        return at;
    };
    units.forEach(start);
    return starts;
}

/** The first run order after all of `units`. */
export function endOf(units: readonly Unit[], starts: ReadonlyMap<string, number>, first: number): number {
    return Math.max(first, ...units.map(unit => (starts.get(unit.name) ?? first) + unit.length));
}
