import type { Outcome } from "../blueprint/changes/outcomes";
import type { FleetPlan } from "../blueprint/plan";
import type { Previous } from "./baseline";
import { changeText, comparedWith, kindNames, noteText, pipelinesText } from "./change-words";
import type { Paint } from "./paint";

const kinds: readonly Outcome["kind"][] = ["added", "removed", "replaced", "changed", "beside"];

/** Width of the first column, which `changed beside` does not fit into. */
const column = 8;

/** What `plan` changes since `previous`, of one service alone where it is named, for whoever decides when to bring it up. */
export function comparisonLines(
    previous: Previous,
    plan: FleetPlan,
    service: string | undefined,
    paint: Paint,
): string[] {
    const compared = comparedWith(previous, plan, service);
    const { since } = previous;
    if (compared === undefined) {
        return [paint.heading(`Against ${since}, which has problems: nothing can be compared`)];
    }
    const { pipelines, settings, notes } = compared;
    if (pipelines.length + settings.length === 0) {
        return [paint.heading(`Against ${since}: no pipeline changes`)];
    }
    const called = ({ key, before }: Outcome) => (before === undefined ? key : `${key} (was ${before})`);
    const line = (kind: Outcome["kind"]) => {
        const found = pipelines.filter(outcome => outcome.kind === kind).map(called);
        return found.length === 0 ? [] : [`  ${kindNames[kind].padEnd(column)} ${found.join(", ")}`];
    };
    return [
        paint.heading(`Against ${since}`),
        ...kinds.flatMap(line),
        ...settings.map(change => {
            const mark = change.weaker ? paint.warning("weaker".padEnd(column)) : "changed".padEnd(column);
            const whose =
                change.pipelines.length === 0 ? "" : ` ${paint.quiet(`(${pipelinesText(change.pipelines)})`)}`;
            return `    ${mark} ${changeText(change)}${whose}`;
        }),
        ...notes.map(note => `  ${paint.warning("note".padEnd(column))} ${noteText(note)}`),
    ];
}
