import { beginActions } from "./actions";
import { progressIn } from "./clock";
import { stageFailed, stageSucceeded } from "./ends";
import { conditionVerdict } from "./rules";
import type { Commit } from "./script";
import {
    isOnItsWay,
    isParallel,
    nameOf,
    runIn,
    type Cause,
    type Execution,
    type StageState,
    type State,
} from "./state";
import { note } from "./telling";
import { whyNot } from "./triggers";
import { watch } from "./watch";

/**
 * Most executions of one pipeline that are on their way at the same time.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const mostExecutions = 50;

/**
 * Starts an execution with `commit`, unless nothing takes it.
 *
 * @param started - why it is started where it is by no push: no trigger is asked then
 */
export function start(state: State, commit: Commit, started?: string): void {
    const { plan, executions } = state;
    const reason = started === undefined ? whyNot(plan, commit) : undefined;
    if (reason !== undefined) {
        note(state, "commit-ignored", {}, { commit: commit.id, what: `${commit.id} starts nothing`, why: reason });
        return;
    }
    if (plan.executionMode !== "SUPERSEDED" && executions.filter(isOnItsWay).length >= mostExecutions) {
        const why = `${mostExecutions} executions are on their way, which is the most in ${plan.executionMode} mode`;
        note(state, "execution-refused", {}, { commit: commit.id, what: `${commit.id} is not released`, why });
        return;
    }
    const execution = added(state, commit, "release");
    note(
        state,
        "execution-started",
        { execution },
        {
            what: `${commit.id} starts execution ${execution.id}`,
            why: started ?? (commit.byHand ? "somebody has started it" : "a push has started it"),
            news: { happenings: ["started"] },
        },
    );
    arrive(state, execution, state.stages[0]);
}

/** A new execution; people are told when it is stuck. */
export function added(state: State, commit: Commit, cause: Cause, rollback?: Execution["rollback"]): Execution {
    const { clock, executions } = state;
    const number = executions.reduce((most, one) => Math.max(most, one.number), 0) + 1;
    const execution: Execution = {
        id: String(number),
        number,
        commit,
        type: rollback === undefined ? "STANDARD" : "ROLLBACK",
        cause,
        ...(rollback && { rollback }),
        started: clock.now,
        status: "InProgress",
        runs: new Map(),
        artifacts: new Map(rollback?.target.artifacts),
    };
    executions.push(execution);
    watch(state, execution);
    return execution;
}

/**
 * `execution` comes to `stage`, and enters it or waits in front of it. In superseded mode one waits at most: the newest.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function arrive(state: State, execution: Execution, stage: StageState): void {
    runIn(execution, stage).status = "Waiting";
    stage.waiting.push(execution);
    if (isParallel(state) ? stage.closed === undefined : isFree(stage) && stage.waiting[0] === execution) {
        admit(state, stage);
        return;
    }
    note(
        state,
        "stage-waited-for",
        { execution, stage },
        {
            what: `${nameOf(execution)} waits in front of ${stage.plan.name}`,
            why: stage.holder === undefined ? `closed: ${stage.closed ?? ""}` : `${nameOf(stage.holder)} is in it`,
        },
    );
    if (state.plan.executionMode === "SUPERSEDED") {
        supersede(state, stage);
    }
}

const isFree = ({ holder, closed }: StageState) => holder === undefined && closed === undefined;

/** Of those that wait in front of `stage` the newest stays. */
function supersede(state: State, stage: StageState): void {
    const newest = stage.waiting.reduce((one, other) => (other.number > one.number ? other : one));
    for (const execution of stage.waiting.filter(one => one !== newest)) {
        runIn(execution, stage).status = "NotReached";
        end(state, execution, "Superseded");
        note(
            state,
            "execution-superseded",
            { execution, stage },
            {
                what: `${nameOf(execution)} is superseded`,
                why: `${nameOf(newest)} is newer, and waits in front of ${stage.plan.name} too`,
            },
        );
    }
    stage.waiting = [newest];
}

/** Lets in who waits in front of `stage`, as far as it is free: the first in line, or in parallel mode all of them. */
export function admit(state: State, stage: StageState): void {
    while (isFree(stage) && stage.waiting.length > 0) {
        const [execution, ...others] = stage.waiting;
        stage.waiting = others;
        enter(state, execution, stage);
    }
}

/** `execution` locks `stage`. A stage is entered one execution at a time, except in parallel mode. */
export function enter(state: State, execution: Execution, stage: StageState): void {
    hold(state, execution, stage);
    note(state, "stage-entered", { execution, stage }, { what: `${nameOf(execution)} enters ${stage.plan.name}` });
    // Assumed: a rollback is asked by no condition. docs/simulation.md says so.
    if (stage.plan.before.length > 0 && execution.type === "STANDARD") {
        ask(state, execution, stage, "before");
    } else {
        beginActions(state, execution, stage);
    }
}

/** `execution` is in `stage` from now on. */
export function hold(state: State, execution: Execution, stage: StageState): void {
    const run = runIn(execution, stage);
    run.status = "InProgress";
    delete run.failedIn;
    stage.latest = execution;
    if (!isParallel(state)) {
        stage.holder = execution;
    }
}

/**
 * Looks at the rules of a condition: where one of them does not pass, its result follows.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export function ask(state: State, execution: Execution, stage: StageState, when: "before" | "after"): void {
    const { plan: pipeline, world, clock, script } = state;
    const run = runIn(execution, stage);
    run.phase = when === "before" ? "entry" : "success";
    const token = ++run.token;
    const { at, passes, why } = conditionVerdict(stage.plan[when], {
        pipeline,
        world,
        when,
        stage: stage.plan,
        commit: execution.commit,
        start: script.start,
        now: clock.now,
    });
    const place = { execution, stage };
    const where = `${when} ${stage.plan.name}`;
    if (at === undefined || at > clock.now) {
        const rules = stage.plan[when].map(({ summary }) => summary).join("; ");
        note(state, "condition-waits", place, {
            condition: when,
            what: `${nameOf(execution)} is looked at ${where}`,
            why: at === undefined ? why : rules,
        });
    }
    if (at === undefined) {
        return;
    }
    clock.at(at, progressIn(stage), () => {
        if (run.token !== token) {
            return;
        }
        if (passes) {
            note(state, "condition-passed", place, { condition: when, what: `the condition ${where} passes`, why });
            passed(state, execution, stage, when);
            return;
        }
        note(state, "condition-failed", place, { condition: when, what: `the condition ${where} does not pass`, why });
        if (when === "before" && stage.plan.otherwise === "skip") {
            skip(state, execution, stage, why);
        } else {
            stageFailed(state, execution, stage, run.phase ?? "entry", why);
        }
    });
}

/** What comes after a condition that passes, or is overridden. */
export function passed(state: State, execution: Execution, stage: StageState, when: "before" | "after"): void {
    if (when === "before") {
        beginActions(state, execution, stage);
    } else {
        stageSucceeded(state, execution, stage);
    }
}

function skip(state: State, execution: Execution, stage: StageState, why: string): void {
    runIn(execution, stage).status = "Skipped";
    note(state, "stage-skipped", { execution, stage }, { what: `${nameOf(execution)} skips ${stage.plan.name}`, why });
    goOn(state, execution, stage);
}

/** After `stage`: to the next one, or to the end. A rollback runs in its stage alone. */
export function goOn(state: State, execution: Execution, stage: StageState): void {
    const next = execution.type === "ROLLBACK" ? undefined : state.stages.at(stage.index + 1);
    if (next === undefined) {
        end(state, execution, "Succeeded");
        note(state, "execution-succeeded", { execution }, { what: `${nameOf(execution)} is through` });
    } else {
        arrive(state, execution, next);
    }
    release(state, execution, stage);
}

/** `stage` is free for the next. */
export function release(state: State, execution: Execution, stage: StageState): void {
    if (stage.holder === execution) {
        delete stage.holder;
        admit(state, stage);
    }
}

export function end(state: State, execution: Execution, status: Execution["status"]): void {
    execution.status = status;
    execution.ended = state.clock.now;
}
