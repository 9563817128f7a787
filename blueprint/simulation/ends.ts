import { beginActions } from "./actions";
import { automaticTarget, rollBack } from "./back";
import { ask, end, goOn, release } from "./flow";
import { isParallel, nameOf, runIn, sinceEdit, type Execution, type StageState, type State } from "./state";
import { note } from "./telling";

/** The actions of `stage` have succeeded: its condition of success decides. */
export function stageActionsDone(state: State, execution: Execution, stage: StageState): void {
    // Assumed: what a rollback has brought back is not looked at again. docs/simulation.md says so.
    if (stage.plan.after.length > 0 && execution.type === "STANDARD") {
        ask(state, execution, stage, "after");
    } else {
        stageSucceeded(state, execution, stage);
    }
}

export function stageSucceeded(state: State, execution: Execution, stage: StageState): void {
    const { environment, purpose, name } = stage.plan;
    const run = runIn(execution, stage);
    run.status = "Succeeded";
    run.token += 1;
    stage.successes.push(execution);
    const recovered = stage.broken ? (["recovered"] as const) : [];
    stage.broken = false;
    const deploys = purpose === "environment";
    if (deploys && environment !== undefined) {
        delete stage.halfway;
        stage.deployments.push({ at: state.clock.now, commit: execution.commit.id, execution: execution.id });
    }
    const rollback = execution.type === "ROLLBACK";
    const happenings = !deploys
        ? purpose === "approval"
            ? []
            : recovered
        : rollback
          ? (["rolled-back", ...recovered] as const)
          : ([...recovered, "succeeded"] as const);
    note(
        state,
        "stage-succeeded",
        { execution, stage },
        {
            what: !deploys
                ? `${nameOf(execution)} is through ${name}`
                : rollback
                  ? `${name} is rolled back to ${execution.commit.id}`
                  : `${execution.commit.id} is in ${name}`,
            news: { happenings },
        },
    );
    goOn(state, execution, stage);
}

/**
 * `stage` has failed in one of its parts. It is retried once where the stack file says so, else the execution ends, and
 * perhaps the stage is rolled back. A failure releases the lock.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RetryStageMetadata.html (one attempt)
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback-auto.html
 */
export function stageFailed(
    state: State,
    execution: Execution,
    stage: StageState,
    phase: "entry" | "actions" | "success",
    why: string,
): void {
    const { onFailure, purpose, name } = stage.plan;
    const run = runIn(execution, stage);
    const place = { execution, stage };
    if (phase === "actions" && (onFailure === "retry" || onFailure === "retry-all") && !run.retried) {
        run.retried = true;
        const what = `${name} is retried by itself: ${onFailure === "retry" ? "its failed actions" : "all of its actions"}`;
        note(state, "stage-retried", place, { what, why });
        again(state, execution, stage, onFailure === "retry-all");
        return;
    }
    run.status = "Failed";
    run.failedIn = phase;
    run.token += 1;
    const approval = purpose === "approval";
    // A no breaks nothing: what runs goes on running.
    stage.broken ||= !approval;
    note(state, "stage-failed", place, {
        what: `${nameOf(execution)} fails in ${name}`,
        why,
        news: { happenings: ["failed"], ...(approval && { unless: ["approval-answered"] }) },
    });
    end(state, execution, "Failed");
    note(state, "execution-failed", { execution }, { what: `${nameOf(execution)} has failed` });
    if (onFailure === "rollback" && phase !== "entry" && execution.type === "STANDARD" && !isParallel(state)) {
        const target = automaticTarget(stage);
        if (target !== undefined) {
            rollBack(state, stage, target, phase === "success" ? "condition" : "failure", why);
            return;
        }
        note(state, "rollback-refused", place, {
            what: `${name} is not rolled back`,
            why: `no release has succeeded in it${state.edited ? sinceEdit(state) : " before"}`,
        });
    }
    release(state, execution, stage);
}

/** Runs what has failed in `stage` once more, or all of it. */
export function again(state: State, execution: Execution, stage: StageState, all: boolean): void {
    const run = runIn(execution, stage);
    run.failed.clear();
    if (all) {
        run.succeeded.clear();
    }
    beginActions(state, execution, stage);
}

/** `execution` was stopped in `stage`, or in front of it: the stage is free. */
export function stopped(state: State, execution: Execution, stage: StageState, why?: string): void {
    const run = runIn(execution, stage);
    const where = run.status === "Waiting" ? "in front of" : "in";
    run.status = "Stopped";
    run.token += 1;
    end(state, execution, "Stopped");
    note(
        state,
        "execution-stopped",
        { execution, stage },
        {
            what: `${nameOf(execution)} is stopped ${where} ${stage.plan.name}`,
            ...(why !== undefined && { why }),
            news: { happenings: ["failed"] },
        },
    );
    release(state, execution, stage);
}

/** What runs in `stage` is over, as `kind` says: who was asked need not answer any more. */
export function giveUp(
    state: State,
    execution: Execution,
    stage: StageState,
    kind: "action-abandoned" | "action-cancelled",
): void {
    const run = runIn(execution, stage);
    for (const action of stage.plan.actions.filter(({ name }) => run.running.has(name))) {
        const place = { execution, stage };
        const words = { action: action.name, attempt: run.attempts.get(action.name) ?? 1 };
        note(state, kind, place, {
            ...words,
            what: `${action.name} is ${kind === "action-abandoned" ? "abandoned" : "cancelled"}`,
        });
        if (action.action.category === "Approval") {
            const what = `${nameOf(execution)} waits no more for a yes`;
            note(state, "approval-withdrawn", place, { ...words, what, news: { happenings: ["approval-answered"] } });
        }
        run.failed.add(action.name);
    }
    run.running.clear();
}
