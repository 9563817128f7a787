import { happenings } from "../catalog/happenings";
import type { Path } from "../catalog/problem";
import type { Happening, Routes } from "../functions/lib/happenings";
import type { Report } from "./parse";
import { hint } from "./suggest";

/** What routes are checked against. */
export interface RouteWords {
    /** Keys of the targets; undefined when they cannot be read. */
    readonly targets?: readonly string[];

    /** Whether they are the fleet's: alarms are told of there alone. */
    readonly ofFleet?: boolean;
}

/**
 * `routes`, written at `path`, with their words in order and each once. What names no target is left out; that, and what is said
 * twice or in the wrong place, is reported.
 */
export function readRoutes(
    routes: Routes,
    path: Path,
    { targets, ofFleet = false }: RouteWords,
    report: Report,
): Routes {
    const known = Object.entries(routes).filter(([target, words]) => {
        words.forEach((word, index) => {
            if (words.indexOf(word) < index) {
                report({ path: [...path, target, index], message: `names ${word} twice` });
            } else if (word === "alarm" && !ofFleet) {
                report({
                    path: [...path, target, index],
                    message: "expected it in the stack's own `notify`: alarms are those of the whole fleet",
                });
            }
        });
        const exists = targets?.includes(target) ?? true;
        if (!exists) {
            report({
                path: [...path, target],
                message: `unknown target ${JSON.stringify(target)}${
                    targets?.length === 0 ? ": `targets` names none" : hint(target, targets ?? [])
                }`,
            });
        }
        return exists;
    });
    return Object.fromEntries(
        known
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([target, words]) => [target, happenings.filter(word => words.includes(word))]),
    );
}

/** What `layers` come to: of each target what the last one says that speaks of it. */
export const mergedRoutes = (...layers: readonly Routes[]): Routes =>
    Object.fromEntries(layers.flatMap(layer => Object.entries(layer)).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** What `routes` say of `target`; undefined when they do not speak of it. */
export const routeOf = (routes: Routes, target: string): readonly Happening[] | undefined =>
    Object.hasOwn(routes, target) ? routes[target] : undefined;

/** What `upper` tells targets no more that `lower` tells them, in words. */
export function silenced(lower: Routes, upper: Routes, where: string): string[] {
    return Object.entries(upper).flatMap(([target, told]) => {
        const before = routeOf(lower, target) ?? [];
        // Alarms are no service's, and are told of all the same.
        const lost = before.filter(word => word !== "alarm" && !told.includes(word));
        return lost.length === 0 ? [] : [`${target} is not told of ${lost.join(", ")}${where}`];
    });
}
