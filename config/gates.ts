import { z } from "zod";
import { gates } from "../catalog/gates";
import type { Problem } from "../catalog/problem";
import type { GateSettings } from "./fleet-config";
import type { Merged } from "./layers";
import { parse, type Report } from "./parse";
import { gateSort } from "./sorts";

/** Where a gate stands: on entry to a stage, or after its tests. */
export type When = "before" | "after";

const list = z.array(gateSort.schema);

/** Reads a list of gates; undefined when it cannot be read, and every reason is reported. */
export function readGates(merged: Merged, when: When, report: Report): GateSettings[] | undefined {
    const read = parse(list, merged, report);
    for (const { path, message } of read === undefined ? [] : gateProblems(read, when)) {
        report({ path: merged.origin(path), message });
    }
    return read;
}

/** What the schema cannot say of `settings`: where a gate may stand, and what its kind refuses. */
export function gateProblems(settings: readonly GateSettings[], when: When): Problem[] {
    const windowed = when === "before" && settings.some(({ type }) => type === "window");
    return settings.flatMap((gate, index) => {
        if (windowed && gate.type === "alarm") {
            // https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
            return [
                {
                    path: [index, "type"],
                    message:
                        "beside a window an alarm may pass before the window opens, and is not checked again: watch it in `after`",
                },
            ];
        }
        const kind = gates.find(({ type }) => type === gate.type);
        if (kind === undefined || !(kind.on as readonly When[]).includes(when)) {
            const path = [index, "type"];
            return [
                { path, message: `${gate.type} cannot stand in \`${when}\`, only in \`${kind?.on.join("`, `")}\`` },
            ];
        }
        // Kinds differ in their settings; which one is asked was decided by `type`.
        const checked = (kind as { check?(gate: GateSettings): readonly Problem[] }).check?.(gate) ?? [];
        return checked.map(({ path, message }) => ({ path: [index, ...path], message }));
    });
}
