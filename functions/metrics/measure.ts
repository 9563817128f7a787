import type { ActionEvent, StageEvent } from "../lib/event";
import {
    attemptOf,
    attempts,
    endOf,
    hasFailed,
    isBefore,
    runOf,
    runsOf,
    startOf,
    waited,
    type Execution,
    type History,
    type Measurable,
    type Run,
} from "./history";
import type { LineFields, Values } from "./metric";
import { hasBegunToDeploy, leadTimes, outcomes, restored, undoesChange } from "./production";

/** What an event gives. */
export interface Measured extends Pick<LineFields, "cause" | "leadTimeFrom"> {
    readonly values: Values;
}

/** The states in which something is over; before, there is nothing to measure. */
const ends: Readonly<Record<Measurable["kind"], readonly string[]>> = {
    action: ["ABANDONED", "CANCELED", "FAILED", "SUCCEEDED"],
    pipeline: ["CANCELED", "FAILED", "STOPPED", "SUCCEEDED", "SUPERSEDED"],
    stage: ["CANCELED", "FAILED", "STOPPED", "SUCCEEDED"],
};

export const isOver = ({ kind, state }: Measurable): boolean => ends[kind].includes(state);

const seconds = (milliseconds: number): number => Math.max(0, milliseconds) / 1000;

/**
 * What `event` gives, by the history of its pipeline: the same whenever it is looked at, and whichever events came before.
 * `production` is the stage of the service's last environment.
 */
export function measured(event: Measurable, history: History, production: string | undefined): Measured {
    switch (event.kind) {
        case "action":
            return { values: ofAction(event, history.own), ...causeOf(event, [runOf(event, history.own)]) };
        case "pipeline":
            return { values: {}, ...causeOf(event, lastAttempt(event, history.own)) };
        case "stage":
            return ofStage(event, history, production);
    }
}

function ofAction(event: ActionEvent, own: Execution): Values {
    const { start, end } = runOf(event, own) ?? {};
    if (start === undefined || end === undefined || !(event.state === "SUCCEEDED" || event.state === "FAILED")) {
        return {};
    }
    return { [event.category === "Approval" ? "ApprovalWaitingTime" : "ActionDuration"]: seconds(end - start) };
}

function ofStage(event: StageEvent, history: History, production: string | undefined): Measured {
    const { own } = history;
    const index = attemptOf(event, own);
    const runs = runsOf(event, own);
    const isProduction = event.stage === production && runs.length > 0;
    const basic = isProduction ? ofProduction(event, history, index) : { values: {} };
    return {
        ...basic,
        values: {
            ...resultOf(event),
            ...(runs.length > 0 &&
                (event.state === "SUCCEEDED" || event.state === "FAILED") && {
                    StageDuration: seconds(event.time.getTime() - startOf(runs)),
                }),
            ...(index === 0 && (own.rollback ? { Rollbacks: 1 } : queueTime(own, event.stage, startOf(runs)))),
            ...basic.values,
        },
        ...causeOf(event, runs),
    };
}

const resultOf = ({ state }: StageEvent): Values => ({
    ...(state === "SUCCEEDED" && { Succeeded: 1, ErrorRate: 0 }),
    ...(state === "FAILED" && { Failed: 1, ErrorRate: 1 }),
});

/** From the end of the stage before that had something to do. */
function queueTime({ stages, runs }: Execution, stage: string, start: number): Values {
    const index = stages.findIndex(({ name }) => name === stage);
    const before = stages
        .slice(0, Math.max(0, index))
        .map(({ name }) => runs.filter(run => run.stage === name))
        .findLast(({ length }) => length > 0);
    return before === undefined ? {} : { QueueTime: seconds(start - endOf(before)) };
}

function ofProduction(event: StageEvent, history: History, attempt: number): Measured {
    const { own } = history;
    // A rollback has its own clock, but is no release.
    if (own.rollback) {
        return {
            values: {
                ...(attempt === 0 && undoesChange(history, event.stage) && { FailedChanges: 1 }),
                ...(event.state === "SUCCEEDED" && restoration(history, event.stage)),
            },
        };
    }
    switch (event.state) {
        case "SUCCEEDED":
            return ofDeployment(event, history);
        case "FAILED":
            return {
                values: isFirstFailure(own, event.stage, attempt) ? { FailedDeployments: 1, FailedChanges: 1 } : {},
            };
        default:
            return { values: {} };
    }
}

function ofDeployment(event: StageEvent, history: History): Measured {
    const { own } = history;
    const lead = leadTimes(history, event.stage);
    return {
        values: {
            Deployments: 1,
            ExecutionTime: seconds(own.changed - own.start - waited(own, own.changed)),
            ...restoration(history, event.stage),
            ...(lead && { LeadTime: lead.times.map(seconds) }),
        },
        ...(lead && { leadTimeFrom: lead.from }),
    };
}

function restoration(history: History, production: string): Values {
    const time = restored(history, production);
    return time === undefined ? {} : { TimeToRestore: seconds(time) };
}

/** Whether `attempt` has failed after the deploy began, and is the first that has. */
function isFirstFailure(own: Execution, production: string, attempt: number): boolean {
    const until = attempts(own, production)
        .slice(0, attempt + 1)
        .flat();
    const stage = own.stages.find(({ name }) => name === production);
    return (
        hasBegunToDeploy(until, stage) &&
        outcomes(own, production).every(outcome => outcome.good || outcome.attempt >= attempt)
    );
}

/** The runs of the attempt that an execution had come to when `event` happened. */
function lastAttempt(event: Measurable, { stages: declared, runs, ...own }: Execution): readonly Run[] {
    const until = runs.filter(isBefore(event));
    const last = until.reduce<Run | undefined>(
        (latest, run) => (latest && latest.start > run.start ? latest : run),
        undefined,
    );
    return last === undefined ? [] : (attempts({ ...own, stages: declared, runs: until }, last.stage).at(-1) ?? []);
}

/** What failed first. */
function causeOf(event: Measurable, runs: readonly (Run | undefined)[]): Pick<Measured, "cause"> {
    if (event.state !== "FAILED") {
        return {};
    }
    const [first] = runs
        .filter(run => run !== undefined)
        .filter(hasFailed)
        .sort((a, b) => (a.end ?? 0) - (b.end ?? 0));
    return { cause: first === undefined ? "Condition" : `${first.category} ${first.provider}` };
}
