import type { Path, Problem } from "../catalog/problem";
import { hint } from "./suggest";

/** Something that may have to wait for others of its sort. */
export interface Needing {
    readonly needs: readonly string[];
}

/**
 * Problems of `needs`: names that are not among `names`, and circles; paths are relative to the map of units.
 *
 * @param names - all that exist, also those that could not be read
 */
export function needsProblems(units: ReadonlyMap<string, Needing>, names: readonly string[], noun: string): Problem[] {
    const unknown = [...units].flatMap(([name, { needs }]) =>
        needs.flatMap((need, index): Problem[] => {
            const path: Path = [name, "needs", index];
            if (need === name) {
                return [{ path, message: `${name} cannot wait for itself` }];
            }
            const others = names.filter(other => other !== name);
            return names.includes(need)
                ? []
                : [{ path, message: `unknown ${noun} ${JSON.stringify(need)}${hint(need, others)}` }];
        }),
    );
    return unknown.length > 0 ? unknown : circles(units);
}

function circles(units: ReadonlyMap<string, Needing>): Problem[] {
    const done = new Set<string>();
    const problems: Problem[] = [];
    const visit = (name: string, trail: readonly string[]): void => {
        if (trail.includes(name)) {
            const circle = [...trail.slice(trail.indexOf(name)), name];
            problems.push({ path: [name, "needs"], message: `waits for itself: ${circle.join(" → ")}` });
        } else if (!done.has(name)) {
            units.get(name)?.needs.forEach(need => visit(need, [...trail, name]));
            done.add(name);
        }
    };
    [...units.keys()].forEach(name => visit(name, []));
    return problems;
}
