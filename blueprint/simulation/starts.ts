import type { ScheduleTriggerPlan } from "../../catalog/plan";
import { order } from "./clock";
import { start } from "./flow";
import type { Commit } from "./script";
import type { State } from "./state";
import { note } from "./telling";
import { minute } from "./times";
import { branchesOf } from "./triggers";
import { nextOpening } from "./window";

/**
 * Starts the pipeline beside its pushes: at the times of its schedule, and after releases of other services.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function otherStarts(state: State): void {
    const { plan, script, clock } = state;
    for (const { service, at } of script.releases) {
        clock.at(at, order.people, () => startNewest(state, `the release of ${service}`));
    }
    for (const component of plan.components) {
        if (component.component === "ScheduleTrigger") {
            keepTo(state, component, 0);
        }
    }
}

/**
 * The first time of a schedule from `from` on, and those after it: to the end that the script says, or else to the first
 * after all pushes.
 */
function keepTo(state: State, schedule: ScheduleTriggerPlan, from: number): void {
    const { script, clock } = state;
    const soonest = Math.ceil((script.start + from) / minute) * minute;
    const next = nextOpening(`* ${schedule.cron}`, schedule.timeZone, soonest);
    if (next === undefined) {
        return;
    }
    const at = next - script.start;
    clock.at(at, order.people, () => {
        startNewest(state, "the schedule");
        if (script.until !== undefined || script.commits.some(commit => commit.at > at)) {
            keepTo(state, schedule, at + minute);
        }
    });
}

/** Starts an execution with the newest commit of the source's branch. */
function startNewest(state: State, who: string): void {
    const { script, plan, clock } = state;
    const branches = branchesOf(plan);
    const isThere = ({ at, tag, branch }: Commit) =>
        at <= clock.now &&
        tag === undefined &&
        (branch === undefined || branches.length === 0 || branches.includes(branch));
    const newest = script.commits
        .filter(isThere)
        .reduce<Commit | undefined>((one, other) => (one === undefined || other.at >= one.at ? other : one), undefined);
    if (newest === undefined) {
        const why = "no commit of the script is pushed to its source yet";
        note(state, "nothing-started", {}, { what: `${who} starts nothing`, why });
    } else {
        start(state, newest, `${who} has started it`);
    }
}
