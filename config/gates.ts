import { z } from "zod";
import { gates } from "../catalog/gates";
import { kindOf, type When } from "../catalog/kind";
import type { Path, Problem } from "../catalog/problem";
import type { GateSettings } from "./fleet-config";
import type { Merged } from "./layers";
import { parse, type Report } from "./parse";
import { gateSort } from "./sorts";

const list = z.array(gateSort.schema);

/** Reads a list of gates; undefined when it cannot be read, and every reason is reported. */
export function readGates(merged: Merged, when: When, report: Report): GateSettings[] | undefined {
    const read = parse(list, merged, report);
    for (const { path, message } of read === undefined ? [] : gateProblems(read, when)) {
        report({ path: merged.origin(path), message });
    }
    return read;
}

/** A gate of any kind; that its settings are those of its kind, `type` says. */
interface AnyGate {
    readonly on: readonly When[];
    label(settings: GateSettings): string;
    check?(settings: GateSettings): readonly Problem[];
}

const kindOfGate = (gate: GateSettings): AnyGate => kindOf(gates, gate.type) as unknown as AnyGate;

/** A gate's kind, and what tells it from others of its kind. */
export const gateText = (gate: GateSettings) => `${gate.type} ${kindOfGate(gate).label(gate)}`;

/** Whether the stage is skipped when `gate` does not pass on entry to it. */
export const skips = (gate: GateSettings) => "otherwise" in gate && gate.otherwise === "skip";

/** What the schema cannot say of `settings`: where a gate may stand, beside which others, and what its kind refuses. */
export function gateProblems(settings: readonly GateSettings[], when: When): Problem[] {
    const windowed = when === "before" && settings.some(({ type }) => type === "window");
    const failing = settings.find(gate => !skips(gate));
    return settings.flatMap((gate, index) => {
        const at = (...path: Path): Path => [index, ...path];
        const kind = kindOfGate(gate);
        if (!kind.on.includes(when)) {
            const message = `${gate.type} cannot stand in \`${when}\`, only in \`${kind.on.join("`, `")}\``;
            return [{ path: at("type"), message }];
        }
        if (skips(gate) && when === "after") {
            return [{ path: at("otherwise"), message: "expected fail: after the stage there is nothing to skip" }];
        }
        if (skips(gate) && failing !== undefined) {
            const message = `expected fail, or skip for all gates of \`before\`: AWS has one answer for all of them, and ${gateText(failing)} fails the stage`;
            return [{ path: at("otherwise"), message }];
        }
        return [
            ...(windowed ? besideWindow(gate, at) : []),
            ...(kind.check?.(gate) ?? []).map(({ path, message }) => ({ path: at(...path), message })),
        ];
    });
}

/**
 * A gate that looks at what changes with time may pass before a window beside it opens, and is not asked again.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
function besideWindow(gate: GateSettings, at: (...path: Path) => Path): Problem[] {
    if (gate.type === "alarm" && gate.waitMinutes !== undefined) {
        const message =
            "expected no wait beside a window: the alarm is looked at once, by the first action of the stage, when the window is open";
        return [{ path: at("waitMinutes"), message }];
    }
    if (gate.type === "lambda") {
        const message =
            "beside a window a function may say yes before the window opens, and is not asked again: run a check as a step with `when: before`, or ask in `after`";
        return [{ path: at("type"), message }];
    }
    return [];
}
