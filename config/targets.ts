import { z } from "zod";
import type { Location } from "../catalog/arn";
import { kindOf } from "../catalog/kind";
import type { Path, Problem } from "../catalog/problem";
import { targets as kinds } from "../catalog/targets";
import { key } from "../catalog/words";
import type { TargetSettings } from "./fleet-config";
import { filled, parse, single, type Report } from "./parse";
import { targetSort } from "./sorts";

/** The key `targets`. */
export const targets = z
    .record(key("key of a target"), targetSort.schema)
    .default({})
    .describe("Who can be told what happens, by key: `notify` says of what.");

/** A kind; that the settings are its own, `type` says. */
interface Checking {
    check?(settings: TargetSettings): readonly Problem[];
}

/** Reads the targets, and fills their placeholders; undefined when they cannot be read, and every reason is reported. */
export function readTargets(
    raw: unknown,
    { account, region }: Location,
    report: Report,
): Readonly<Record<string, TargetSettings>> | undefined {
    let sound = true;
    const read = parse(targets, single(raw, ["targets"]), problem => {
        sound = false;
        report(problem);
    });
    if (read === undefined) {
        return undefined;
    }
    return Object.fromEntries(
        Object.entries(read)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, settings]) => {
                const origin = (path: Path): Path => ["targets", name, ...path];
                // A key that is misspelt would seem to be missing as well.
                const problems = sound ? ((kindOf(kinds, settings.type) as Checking).check?.(settings) ?? []) : [];
                problems.forEach(({ path, message }) => report({ path: origin(path), message }));
                return [name, filled(targetSort.schema, settings, { values: { account, region } }, report, origin)];
            }),
    );
}
