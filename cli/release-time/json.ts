import type { Advice } from "../../blueprint/release-time/advice";
import type { ReleaseTime, Wait } from "../../blueprint/release-time/critical-path";
import { pathText } from "../../catalog/problem";
import { rounded } from "./round";
import type { Shown } from "./text";

const minutes = (value: number) => rounded(value, 2);

/** What `--release-time --json` prints: the same as the text, of one service with its advice. */
export function releaseTimesJson({ stack, origin, times }: Shown, advice?: readonly Advice[]) {
    const { file, at, stale } = origin;
    return {
        stack,
        durations: file === undefined ? null : { file, at, stale },
        services: times.map(timeJson),
        ...(advice && { advice: advice.map(adviceJson) }),
    };
}

function timeJson({ service, pipeline, stages, waits, longest, measured, ...time }: ReleaseTime) {
    return {
        service,
        pipeline,
        minutes: minutes(time.minutes),
        actionMinutes: minutes(time.actionMinutes),
        watchedMinutes: time.watchedMinutes,
        approvals: waits.filter(wait => wait.for === "people").length,
        longest: longest ? { ...longest, minutes: minutes(longest.minutes) } : null,
        measured,
        stages: stages.map(stage => ({
            name: stage.name,
            purpose: stage.purpose,
            minutes: minutes(stage.minutes),
            waits: stage.waits.map(waitJson),
            actions: stage.actions.map(action => ({
                ...action,
                minutes: minutes(action.minutes),
                slackMinutes: minutes(action.slackMinutes),
            })),
        })),
    };
}

const waitJson = ({ stage: _, ...wait }: Wait) => wait;

const adviceJson = ({ kind, changes, why, but, followers, ...advice }: Advice) => ({
    kind,
    changes: changes.map(({ path, value }) => ({ key: pathText(path), value })),
    savesMinutes: minutes(advice.savesMinutes),
    minutes: minutes(advice.minutes),
    costs: advice.costs === undefined ? null : rounded(advice.costs, 4),
    ...(advice.priceOf !== undefined && { priceOf: advice.priceOf }),
    why,
    but,
    followers,
});
