import type { PipelinePlan } from "../plan";
import { actionPrice, pricePerMinute } from "./build-price";
import { defaultDuration, minutesOf, projectOf, type Measured, type MeasuredDurations } from "./durations";

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

/**
 * US dollars of the minutes of one release: each that is begun of an action, and of the build that it runs; undefined where a
 * machine's price is not known. What does not depend on minutes is left out: only differences of this are shown.
 */
export function minutesPrice(pipeline: PipelinePlan, region: string, measured?: MeasuredDurations): number | undefined {
    let total = 0;
    for (const { stage, action } of placesOf(pipeline)) {
        const { minutes, waits, project } = minutesOf({ pipeline, stage, action }, measured);
        const build = project && pricePerMinute(project.environmentType, project.computeType, region);
        if (project !== undefined && build === undefined) {
            return undefined;
        }
        total += waits === undefined ? Math.ceil(minutes) * (actionPrice(region) + (build ?? 0)) : 0;
    }
    return total;
}
