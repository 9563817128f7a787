import { beginFailed } from "./actions";
import { notRollable, rollBack } from "./back";
import { again, giveUp, stopped } from "./ends";
import { enter, hold, passed } from "./flow";
import type { ManualRollback, Override, Retry, Stop } from "./script";
import {
    isOnItsWay,
    isParallel,
    nameOf,
    runIn,
    sinceEdit,
    type Execution,
    type StageRun,
    type StageState,
    type State,
} from "./state";
import { note } from "./telling";

const by = ({ by: who }: { readonly by?: string }) => who ?? "somebody";

/** Nothing comes of what somebody does, and AWS would say why. */
function refuse(
    state: State,
    what: string,
    why: string,
    place: { execution?: Execution; stage?: StageState } = {},
): void {
    note(state, "deed-refused", place, { what, why });
}

/** The last release of the commit `id`; undefined where it was not started. */
const releaseOf = ({ executions }: State, id: string): Execution | undefined =>
    executions.filter(({ commit, type }) => type === "STANDARD" && commit.id === id).at(-1);

const stageOf = ({ stages }: State, name: string): StageState | undefined =>
    stages.find(({ plan }) => plan.name === name);

/**
 * Retries a stage: an execution that has failed or was stopped goes on where it ended, if no other has entered the stage
 * since.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RetryStageExecution.html
 */
export function retry(state: State, deed: Retry): void {
    const execution = releaseOf(state, deed.commit);
    const stage = stageOf(state, deed.stage);
    const what = `${by(deed)} cannot retry ${deed.stage} with ${deed.commit}`;
    if (execution === undefined || stage === undefined) {
        refuse(state, what, `${deed.commit} was never released`);
        return;
    }
    const place = { execution, stage };
    const run = runIn(execution, stage);
    const all = deed.mode === "all-actions";
    const beside = run.status === "InProgress" && run.running.size > 0 && run.failed.size > 0;
    const reason = beside ? stillRuns(run, all) : notRetryable(state, execution, stage, all);
    if (reason !== undefined) {
        refuse(state, what, reason, place);
        return;
    }
    execution.status = "InProgress";
    delete execution.ended;
    note(state, "stage-retried", place, {
        what: `${by(deed)} retries ${deed.stage} with ${deed.commit}: ${all ? "all of its actions" : "its failed actions"}`,
    });
    if (beside) {
        beginFailed(state, execution, stage);
    } else if (run.failedIn === "entry") {
        enter(state, execution, stage);
    } else {
        hold(state, execution, stage);
        again(state, execution, stage, all);
    }
}

/** Why not all actions of a stage can be retried of which some still run: those that failed can. */
const stillRuns = ({ running }: StageRun, all: boolean): string | undefined =>
    all ? `${[...running].join(", ")} still runs there: only failed actions can be retried` : undefined;

function notRetryable(state: State, execution: Execution, stage: StageState, all: boolean): string | undefined {
    const run = runIn(execution, stage);
    const { name } = stage.plan;
    if (run.status !== "Failed" && run.status !== "Stopped") {
        return `${nameOf(execution)} has neither failed nor was stopped in ${name}: it is ${run.status} there`;
    }
    if (execution.status === "Superseded") {
        return "it was superseded";
    }
    if (execution.outdated) {
        return "the pipeline was edited since";
    }
    if (run.attempts.size === 0 && run.failedIn !== "entry") {
        return "it was stopped before an action of the stage began: there is nothing to retry";
    }
    if (!isParallel(state) && stage.latest !== execution) {
        return `${stage.latest === undefined ? "it never entered the stage" : `${nameOf(stage.latest)} has entered ${name} since`}`;
    }
    return run.failedIn === "success" && !all
        ? "all of its actions have succeeded: only all actions can be retried"
        : undefined;
}

/**
 * Lets an execution pass a condition that is looked at, or that has failed it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_OverrideStageCondition.html
 */
export function override(state: State, deed: Override): void {
    const { condition } = deed;
    const execution = releaseOf(state, deed.commit);
    const stage = stageOf(state, deed.stage);
    const what = `${by(deed)} cannot override the condition ${condition} ${deed.stage} for ${deed.commit}`;
    if (execution === undefined || stage === undefined) {
        refuse(state, what, `${deed.commit} was never released`);
        return;
    }
    const place = { execution, stage };
    const run = runIn(execution, stage);
    if (condition === "before" && stage.plan.otherwise === "skip") {
        refuse(state, what, "a condition that skips its stage cannot be overridden", place);
        return;
    }
    const phase = condition === "before" ? "entry" : "success";
    const looksAt = run.status === "InProgress" && run.phase === phase && execution.status === "InProgress";
    const hasFailed =
        !execution.outdated &&
        run.status === "Failed" &&
        run.failedIn === phase &&
        (isParallel(state) || stage.latest === execution);
    if (!looksAt && !hasFailed) {
        const newer = stage.latest !== undefined && stage.latest !== execution && run.status === "Failed";
        const why =
            newer && stage.latest !== undefined
                ? `${nameOf(stage.latest)} has entered ${deed.stage} since`
                : "the condition is neither looked at, nor has it failed";
        refuse(state, what, why, place);
        return;
    }
    run.token += 1;
    execution.status = "InProgress";
    delete execution.ended;
    hold(state, execution, stage);
    note(state, "condition-overridden", place, {
        condition,
        what: `${by(deed)} overrides the condition ${condition} ${deed.stage} for ${deed.commit}`,
    });
    passed(state, execution, stage, condition);
}

/**
 * Stops an execution: what runs is waited for, or given up. One that waits in front of a stage is stopped at once.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-stop.html
 */
export function stop(state: State, deed: Stop): void {
    const execution = state.executions.find(one => one.commit.id === deed.commit && isOnItsWay(one));
    const why = `${by(deed)}: ${deed.reason ?? "no reason was given"}`;
    if (execution === undefined) {
        refuse(state, `${by(deed)} cannot stop ${deed.commit}`, "it is not on its way");
        return;
    }
    const waiting = state.stages.find(stage => stage.waiting.includes(execution));
    if (waiting !== undefined) {
        waiting.waiting = waiting.waiting.filter(one => one !== execution);
        stopped(state, execution, waiting, why);
        return;
    }
    const stage = state.stages.find(one =>
        ["InProgress", "Stopping"].includes(execution.runs.get(one.plan.name)?.status ?? ""),
    );
    if (stage === undefined) {
        return;
    }
    const run = runIn(execution, stage);
    if (run.running.size === 0) {
        stopped(state, execution, stage, why);
    } else if (deed.abandon) {
        giveUp(state, execution, stage, "action-abandoned");
        stopped(state, execution, stage, why);
    } else if (execution.status === "Stopping") {
        refuse(state, `${by(deed)} cannot stop ${deed.commit} once more`, "it is stopping already", {
            execution,
            stage,
        });
    } else {
        execution.status = "Stopping";
        run.status = "Stopping";
        const running = [...run.running].join(", ");
        note(
            state,
            "execution-stopping",
            { execution, stage },
            { what: `${nameOf(execution)} stops when ${running} is done`, why },
        );
    }
}

/**
 * Rolls a stage back by hand, to the release of a commit that has succeeded in it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RollbackStage.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback-manual.html
 */
export function rollBackByHand(state: State, deed: ManualRollback): void {
    const stage = state.stages.find(
        ({ plan }) => plan.environment === deed.environment && plan.purpose === "environment",
    );
    const target = stage?.successes.filter(({ commit, type }) => type === "STANDARD" && commit.id === deed.to).at(-1);
    const what = `${by(deed)} cannot roll ${deed.environment} back to ${deed.to}`;
    const no = stage && notRollable(stage);
    if (isParallel(state)) {
        refuse(state, what, "a pipeline in parallel mode cannot be rolled back");
    } else if (stage === undefined || target === undefined) {
        refuse(
            state,
            what,
            `its release has not succeeded in ${deed.environment}${sinceEdit(state)}`,
            stage === undefined ? {} : { stage },
        );
    } else if (no !== undefined) {
        refuse(state, what, no, { stage });
    } else {
        rollBack(state, stage, target, "person", `${by(deed)} rolls it back`);
    }
}
