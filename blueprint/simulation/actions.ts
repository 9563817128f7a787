import type { ActionPlan } from "../plan";
import { minutesOf } from "../release-time/durations";
import { askPeople } from "./approvals";
import { progressIn } from "./clock";
import { stageActionsDone, stageFailed, stopped } from "./ends";
import { obstacleOf } from "./check";
import type { Failure } from "./script";
import { isGuard, runIn, type Execution, type StageState, type State } from "./state";
import { note } from "./telling";
import { minute } from "./times";

/** Where an action is. */
export interface Place {
    readonly state: State;
    readonly execution: Execution;
    readonly stage: StageState;
    readonly action: ActionPlan;
    readonly attempt: number;
    /** Of the execution in the stage, when the action began. */
    readonly token: number;
}

/**
 * Runs the actions of `stage` that have not succeeded yet: those of one run order at the same time, and one run order after
 * the other.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-requirements.html
 */
export function beginActions(state: State, execution: Execution, stage: StageState): void {
    const run = runIn(execution, stage);
    run.phase = "actions";
    run.token += 1;
    const left = stage.plan.actions.filter(({ name }) => !run.succeeded.has(name));
    if (left.length === 0) {
        stageActionsDone(state, execution, stage);
        return;
    }
    const next = Math.min(...left.map(({ runOrder }) => runOrder));
    beginAll(
        state,
        execution,
        stage,
        left.filter(({ runOrder }) => runOrder === next),
    );
}

/**
 * Begins what has failed in `stage` again, beside what still runs there.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-retry.html
 */
export function beginFailed(state: State, execution: Execution, stage: StageState): void {
    const { failed } = runIn(execution, stage);
    const group = stage.plan.actions.filter(({ name }) => failed.has(name));
    failed.clear();
    beginAll(state, execution, stage, group);
}

function beginAll(state: State, execution: Execution, stage: StageState, group: readonly ActionPlan[]): void {
    const run = runIn(execution, stage);
    const { token } = run;
    group.forEach(({ name }) => run.running.add(name));
    for (const action of group) {
        const attempt = (run.attempts.get(action.name) ?? 0) + 1;
        run.attempts.set(action.name, attempt);
        begin({ state, execution, stage, action, attempt, token });
    }
}

function begin(place: Place): void {
    const { state, execution, stage, action, attempt } = place;
    const missing = action.inputs.filter(name => !execution.artifacts.has(name));
    const reads = Object.fromEntries(action.inputs.map(name => [name, execution.artifacts.get(name) ?? "nothing"]));
    const deploys = stage.plan.purpose === "environment" && !isGuard(stage.plan, action);
    note(state, "action-started", place, {
        action: action.name,
        attempt,
        reads,
        ...(deploys && { deploys }),
        what: `${action.name} begins${attempt === 1 ? "" : `, attempt ${attempt}`}`,
        ...(execution.type === "ROLLBACK" && { why: `with the artifacts of ${execution.commit.id}` }),
    });
    if (deploys) {
        stage.halfway = execution.commit.id;
    }
    if (missing.length > 0) {
        ended(place, `its execution has no artifact ${missing.join(", ")}`);
    } else if (action.action.category === "Approval") {
        askPeople(place);
    } else {
        const { clock } = state;
        clock.at(clock.now + durationOfAction(place), progressIn(stage), () => {
            ended(place, obstacleOf(place) ?? failureOf(place));
        });
    }
}

/** Milliseconds: as the script says it of this commit, or of all, or else as it is assumed of the kind of action. */
function durationOfAction({ state: { plan, script }, execution: { commit }, stage, action }: Place): number {
    const keys = [`${stage.plan.name}/${action.name}`, action.name, stage.plan.name, "default"];
    for (const durations of [commit.durations, script.durations]) {
        const key = keys.find(one => Object.hasOwn(durations, one));
        if (key !== undefined) {
            return durations[key];
        }
    }
    return Math.round(minutesOf({ pipeline: plan, stage: stage.plan, action }).minutes * minute);
}

/** Whether `failure` is one of `action` in `stage`. */
export const isOf = ({ action: meant }: Failure, stage: string, action: string): boolean =>
    meant === action || meant === `${stage}/${action}`;

/** Why the action fails, as the script says it. */
function failureOf({ state, execution: { commit, type }, stage, action, attempt }: Place): string | undefined {
    const failure = state.script.failures.find(
        one =>
            isOf(one, stage.plan.name, action.name) &&
            (one.commit ?? commit.id) === commit.id &&
            (one.attempt ?? attempt) === attempt &&
            one.rollback === (type === "ROLLBACK"),
    );
    return failure && (failure.reason ?? "as the script says");
}

/** The action has ended: with a reason it has failed. What was given up in the meantime changes nothing any more. */
export function ended(place: Place, failure: string | undefined): void {
    const { state, execution, stage, action, attempt, token } = place;
    const run = runIn(execution, stage);
    if (run.token !== token || !run.running.delete(action.name)) {
        return;
    }
    const words = { action: action.name, attempt };
    if (failure === undefined) {
        run.succeeded.add(action.name);
        run.failed.delete(action.name);
        action.outputs.forEach(name => execution.artifacts.set(name, execution.commit.id));
        note(state, "action-succeeded", place, { ...words, what: `${action.name} succeeds` });
    } else {
        run.failed.add(action.name);
        note(state, "action-failed", place, { ...words, what: `${action.name} fails`, why: failure });
    }
    if (run.running.size > 0) {
        return;
    }
    if (execution.status === "Stopping") {
        stopped(state, execution, stage);
    } else if (run.failed.size > 0) {
        stageFailed(state, execution, stage, "actions", `${[...run.failed].join(", ")} failed`);
    } else {
        beginActions(state, execution, stage);
    }
}
