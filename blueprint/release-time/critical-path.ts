import type { ActionPlan, PipelinePlan, StagePlan } from "../plan";
import { minutesOf, type ActionTime, type MeasuredDurations } from "./durations";

/** One action on its way. */
export interface TimedAction extends Omit<ActionTime, "project"> {
    readonly name: string;
    readonly runOrder: number;
    /** Minutes that it could take longer without delaying what comes after it. */
    readonly slackMinutes: number;
    /** Whether the release waits for it. */
    readonly critical: boolean;
}

/** Something that no machine's time shortens. */
export interface Wait {
    readonly stage: string;
    /** People who answer an approval, hours in which a stage may be entered, or an alarm that is watched. */
    readonly for: "people" | "window" | "alarm";
    /** As the stack file says it; absent where it says no minutes. */
    readonly minutes?: number;
    /** In words. */
    readonly what: string;
}

/** One stage: its actions of one run order at the same time, and one run order after the other. */
export interface TimedStage {
    readonly name: string;
    readonly purpose: StagePlan["purpose"];
    readonly minutes: number;
    readonly actions: readonly TimedAction[];
    readonly waits: readonly Wait[];
}

/** The way of a commit through a pipeline, to its last environment. */
export interface ReleaseTime {
    readonly service: string;
    readonly pipeline: string;
    /** Of machines, along the critical path. */
    readonly minutes: number;
    /** All that its actions take together. */
    readonly actionMinutes: number;
    /** Of alarms that are watched after a stage: they pass by no machine. */
    readonly watchedMinutes: number;
    readonly waits: readonly Wait[];
    readonly stages: readonly TimedStage[];
    /** The critical action that takes longest; absent where no action takes any time. */
    readonly longest?: { readonly stage: string; readonly action: string; readonly minutes: number };
    /** How many of its actions were measured; of those that wait for people none is. */
    readonly measured: number;
}

/** The critical path of `pipeline`, with what was measured of its actions. */
export function releaseTime(pipeline: PipelinePlan, measured?: MeasuredDurations): ReleaseTime {
    const { service, name } = pipeline;
    const stages = pipeline.stages.map(stage => timedStage(pipeline, stage, measured));
    const actions = stages.flatMap(({ name: stage, actions: all }) => all.map(action => ({ stage, action })));
    const waits = stages.flatMap(stage => stage.waits);
    const longest = actions.reduce<(typeof actions)[number] | undefined>(
        (found, one) => (one.action.minutes > (found?.action.minutes ?? 0) ? one : found),
        undefined,
    );
    return {
        service,
        pipeline: name,
        minutes: sum(stages.map(({ minutes }) => minutes)),
        actionMinutes: sum(actions.map(({ action }) => action.minutes)),
        // Rules of one condition are taken to be looked at together: no page says it.
        watchedMinutes: sum(stages.map(stage => Math.max(0, ...stage.waits.map(({ minutes = 0 }) => minutes)))),
        waits,
        stages,
        ...(longest && {
            longest: { stage: longest.stage, action: longest.action.name, minutes: longest.action.minutes },
        }),
        measured: actions.filter(({ action }) => action.source === "measured").length,
    };
}

/** A run order waits for all actions of the one before, so it takes as long as its longest. */
function timedStage(pipeline: PipelinePlan, stage: StagePlan, measured?: MeasuredDurations): TimedStage {
    const timed = stage.actions.map(action => ({ action, time: minutesOf({ pipeline, stage, action }, measured) }));
    const longest = new Map<number, number>();
    for (const { action, time } of timed) {
        longest.set(action.runOrder, Math.max(longest.get(action.runOrder) ?? 0, time.minutes));
    }
    return {
        name: stage.name,
        purpose: stage.purpose,
        minutes: sum([...longest.values()]),
        actions: timed
            .map(({ action, time }) => timedAction(action, time, longest.get(action.runOrder) ?? 0))
            .sort((a, b) => a.runOrder - b.runOrder),
        waits: waitsOf(stage),
    };
}

function timedAction({ name, runOrder }: ActionPlan, time: ActionTime, longest: number): TimedAction {
    const { minutes, waits, source, reason } = time;
    return {
        name,
        runOrder,
        minutes,
        ...(waits && { waits }),
        source,
        reason,
        slackMinutes: longest - minutes,
        critical: waits === undefined && minutes === longest,
    };
}

/**
 * What a stage waits for beside its actions. An alarm on entry passes at once unless it is raised, so only one that is
 * watched after a stage takes its minutes from every release.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
 */
function waitsOf({ name: stage, approval, before, after }: StagePlan): Wait[] {
    return [
        ...(approval === undefined
            ? []
            : [{ stage, for: "people" as const, what: `an approval, ${approval.timeoutHours} h to answer` }]),
        ...before
            .filter(({ provider }) => provider === "DeploymentWindow")
            .map(({ summary }) => ({ stage, for: "window" as const, what: summary })),
        ...after.flatMap(({ provider, configuration: { WaitTime }, summary }) =>
            provider === "CloudWatchAlarm" && WaitTime !== undefined
                ? [{ stage, for: "alarm" as const, minutes: Number(WaitTime), what: summary }]
                : [],
        ),
    ];
}

const sum = (minutes: readonly number[]) => minutes.reduce((total, one) => total + one, 0);
