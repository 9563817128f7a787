import type { ActionEvent, PipelineEvent, StageEvent } from "../lib/event";

/** A run of an action. Times are in milliseconds. */
export interface Run {
    readonly id: string;
    readonly stage: string;
    readonly action: string;
    readonly start: number;
    /** Absent while it runs. */
    readonly end?: number;
    readonly status: "Abandoned" | "Failed" | "InProgress" | "Succeeded";
    readonly category: string;
    readonly provider: string;
    /** Of a source: when its commit was made. */
    readonly committed?: number;
}

/** A stage as the pipeline declares it. */
export interface Stage {
    readonly name: string;
    readonly actions: readonly Action[];
}

/** An action as the pipeline declares it; those of a lower run order come first. */
export interface Action {
    readonly name: string;
    readonly category: string;
    readonly order: number;
}

/** An execution of a pipeline, as far as it is known. */
export interface Execution {
    readonly id: string;
    readonly start: number;
    /** When it last changed: of one that has succeeded, when that was. */
    readonly changed: number;
    /** As AWS writes it: `Succeeded`, … */
    readonly status: string;
    readonly rollback: boolean;
    /** Where a rollback goes back to. */
    readonly target?: string;
    /** Whether it ran beside others, which may be of other branches. */
    readonly parallel: boolean;
    /** The same for the same commits. */
    readonly commits?: string;
    /** Of its version of the pipeline, in order. */
    readonly stages: readonly Stage[];
    readonly runs: readonly Run[];
}

/** An execution, and those before and beside it that its values depend on. */
export interface History {
    readonly own: Execution;
    readonly others: readonly Execution[];
}

/** What is measured: events about an execution. */
export type Measurable = ActionEvent | PipelineEvent | StageEvent;

/** EventBridge's times are whole seconds. */
const second = 1000;

/**
 * The attempts of a stage, each the runs of its actions. In an attempt an action runs once, in the stage's order, and
 * nothing begins after something has failed: otherwise the stage was retried, from its beginning or from what had failed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 */
export function attempts(execution: Execution, stage: string): readonly (readonly Run[])[] {
    const all: Run[][] = [];
    const declared = execution.stages.find(({ name }) => name === stage)?.actions ?? [];
    const orders = new Map(declared.map(({ name, order }) => [name, order]));
    const follows = (run: Run) => (before: Run) =>
        before.action !== run.action &&
        (orders.get(before.action) ?? 0) <= (orders.get(run.action) ?? Infinity) &&
        !isBroken(before, run.start);
    for (const run of execution.runs.filter(each => each.stage === stage).sort((a, b) => a.start - b.start)) {
        const current = all.at(-1);
        if (current?.every(follows(run)) === true) {
            current.push(run);
        } else {
            all.push([run]);
        }
    }
    return all;
}

/** Whether `run` had ended, and not well, by `time`. */
const isBroken = ({ status, end }: Run, time: number) => status !== "Succeeded" && end !== undefined && end <= time;

/**
 * Which attempt `event` is about: the last one that had begun, and not before the retry that the event may tell of. -1 where
 * no action ran, because a condition on entry said no.
 *
 * Assumed, as no page says it: an event's time is that of the change, and a retry that begins in the same second takes longer.
 */
export function attemptOf(event: StageEvent, execution: Execution): number {
    const time = event.time.getTime();
    const all = attempts(execution, event.stage);
    const last = all.findLastIndex(runs => runs[0].start < time + second);
    // Begun in the second of the event, and not over in it: a retry, and the event is about what came before.
    const next = last >= 0 && all[last][0].start >= time && endOrNever(all[last]) >= time + second;
    const index = next ? last - 1 : last;
    const { retried } = event;
    return index >= 0 && retried !== undefined && all[index][0].start < retried.getTime() - second ? -1 : index;
}

const endOrNever = (runs: readonly Run[]) => Math.max(...runs.map(({ end = Infinity }) => end));

/** The runs of the attempt that `event` is about. */
export function runsOf(event: StageEvent, execution: Execution): readonly Run[] {
    const index = attemptOf(event, execution);
    return index < 0 ? [] : attempts(execution, event.stage)[index];
}

/** The run that `event` is about. */
export function runOf(event: ActionEvent, { runs }: Execution): Run | undefined {
    const time = event.time.getTime();
    return event.actionExecution === undefined
        ? runs
              .filter(({ stage, action }) => stage === event.stage && action === event.action)
              .filter(({ start }) => start < time + second)
              .reduce<Run | undefined>(
                  (last, run) => (last === undefined || run.start > last.start ? run : last),
                  undefined,
              )
        : runs.find(({ id }) => id === event.actionExecution);
}

/** Whether AWS's API shows already what `event` tells of; in `production` a success is that of the execution. */
export function isShown(event: Measurable, execution: Execution, production: string | undefined): boolean {
    switch (event.kind) {
        case "action":
            return runOf(event, execution)?.end !== undefined;
        case "pipeline":
            return (
                event.state !== "FAILED" || execution.runs.filter(isBefore(event)).every(({ end }) => end !== undefined)
            );
        case "stage":
            return isStageShown(event, execution, production);
    }
}

function isStageShown(event: StageEvent, execution: Execution, production: string | undefined): boolean {
    const runs = runsOf(event, execution);
    const over = runs.every(({ end }) => end !== undefined);
    switch (event.state) {
        case "SUCCEEDED":
            return (
                over &&
                (event.stage !== production || execution.status === "Succeeded") &&
                // A stage that was skipped has no runs, and never will.
                (runs.length > 0 || execution.status !== "InProgress" || execution.runs.some(isAfter(event)))
            );
        case "FAILED":
            return over || runs.some(hasFailed);
        default:
            return true;
    }
}

export const isBefore =
    ({ time }: Measurable) =>
    ({ start }: Run) =>
        start < time.getTime();

const isAfter =
    ({ time }: Measurable) =>
    ({ start }: Run) =>
        start >= time.getTime() + second;

export const hasFailed = ({ status }: Run): boolean => status === "Failed";

/** When the first of `runs` began. */
export const startOf = (runs: readonly Run[]): number => Math.min(...runs.map(({ start }) => start));

/** When the last of `runs` ended, as far as they have. */
export const endOf = (runs: readonly Run[]): number => Math.max(...runs.map(({ start, end = start }) => end));

/** How long approvals were waited for until `until`: where two wait at once, once. */
export function waited({ runs }: Execution, until: number): number {
    const approvals = runs.filter(({ category }) => category === "Approval").sort((a, b) => a.start - b.start);
    let [total, seen] = [0, -Infinity];
    for (const { start, end = until } of approvals) {
        const [from, to] = [Math.max(start, seen), Math.min(end, until)];
        total += Math.max(0, to - from);
        seen = Math.max(seen, to);
    }
    return total;
}
