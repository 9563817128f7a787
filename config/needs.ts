import type { Path, Problem } from "../catalog/problem";
import { hint } from "./suggest";

/** Something that may have to wait for others of its sort. */
export interface Needing {
    readonly needs: readonly string[];
}

/** Problems of `needs`: names that are not among `units`, and circles; paths are relative to the map of units. */
export function needsProblems(units: Readonly<Record<string, Needing>>, noun: string): Problem[] {
    const names = Object.keys(units);
    const unknown = names.flatMap(name =>
        units[name].needs.flatMap((need, index) => {
            const path: Path = [name, "needs", index];
            return need === name
                ? [{ path, message: `${name} cannot wait for itself` }]
                : names.includes(need)
                  ? []
                  : [
                        {
                            path,
                            message: `unknown ${noun} ${JSON.stringify(need)}${hint(
                                need,
                                names.filter(other => other !== name),
                            )}`,
                        },
                    ];
        }),
    );
    return unknown.length > 0 ? unknown : circles(units);
}

function circles(units: Readonly<Record<string, Needing>>): Problem[] {
    const done = new Set<string>();
    const problems: Problem[] = [];
    const visit = (name: string, trail: readonly string[]): void => {
        if (trail.includes(name)) {
            const circle = [...trail.slice(trail.indexOf(name)), name];
            problems.push({ path: [name, "needs"], message: `waits for itself: ${circle.join(" → ")}` });
        } else if (!done.has(name)) {
            units[name].needs.forEach(need => visit(need, [...trail, name]));
            done.add(name);
        }
    };
    Object.keys(units).forEach(name => visit(name, []));
    return problems;
}
