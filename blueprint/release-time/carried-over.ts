import type { PipelinePlan } from "../plan";
import { defaultDuration, projectOf, type Measured, type MeasuredDurations } from "./durations";

/**
 * What was measured of `before`, as it would be of `after`: an action that runs elsewhere, on another machine or with a cache
 * takes its measured work at the pace that defaults say. Nothing was measured of what `before` does not have.
 */
export function carriedOver(before: PipelinePlan, after: PipelinePlan, measured: MeasuredDurations): MeasuredDurations {
    const was = placesOf(before);
    const is = placesOf(after);
    return {
        minutes(_, stageName, actionName): Measured | undefined {
            // A build that is no longer made in each environment was measured there.
            const old = was.find(one => one.stage.name === stageName && one.action.name === actionName);
            const first = old ?? was.find(one => one.action.name === actionName);
            const now = is.find(one => one.stage.name === stageName && one.action.name === actionName);
            const known = first && measured.minutes(before.name, first.stage.name, actionName);
            if (first === undefined || now === undefined || known === undefined) {
                return undefined;
            }
            const from = defaultDuration(first.action, projectOf({ pipeline: before, action: first.action }));
            const to = defaultDuration(now.action, projectOf({ pipeline: after, action: now.action }));
            const work = Math.max(0, known.minutes - from.start);
            return from.start === to.start && from.work === to.work
                ? known
                : { ...known, minutes: to.start + work * (to.work / from.work) };
        },
    };
}

const placesOf = ({ stages }: PipelinePlan) =>
    stages.flatMap(stage => stage.actions.map(action => ({ stage, action })));
