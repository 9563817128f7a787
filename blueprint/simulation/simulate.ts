import type { PipelinePlan } from "../plan";
import { alarmChanged } from "./back";
import { Clock, order } from "./clock";
import { override, retry, rollBackByHand, stop } from "./deeds";
import { edit } from "./edits";
import { admit, start } from "./flow";
import { commitOf, usualUntil, type Script } from "./script";
import type { ExecutionResult, Simulation } from "./simulation";
import { otherStarts } from "./starts";
import { emptyRun, runIn, type Execution, type Hours, type StageState, type State } from "./state";
import { note } from "./telling";
import { World } from "./world";

/** Hours after which people are told where the stack file says nothing: the defaults of `operations`. */
const usualHours: Hours = { approvalReminder: 4, stuck: 12 };

/**
 * Plays `script` on the pipeline `plan` as AWS CodePipeline would, on a clock of its own. The same script gives the same
 * simulation. What is assumed because no page says it stands in docs/simulation.md.
 *
 * @param hours - when people are told of what waits. @default those of a stack file that says nothing of it
 * @param end - milliseconds from the start, after which nothing more is played. @default that of the script
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export function simulate(
    plan: PipelinePlan,
    script: Script,
    hours: Hours = usualHours,
    end: number = Infinity,
): Simulation {
    const state = stateOf(plan, script, hours);
    const { clock, world } = state;
    standing(state);
    for (const change of world.alarmChanges()) {
        clock.at(change.at, order.world, () => {
            const is = { ALARM: "raised", OK: "over", INSUFFICIENT_DATA: "without data" }[change.state];
            note(state, "alarm-changed", {}, { what: `the alarm ${change.name} is ${is}` });
        });
        // Who goes back sees what else has happened by then.
        clock.at(change.at, order.reaction, () => alarmChanged(state, change));
    }
    freezes(state);
    transitions(state);
    script.commits.forEach(commit => clock.at(commit.at, order.people, () => start(state, commit)));
    otherStarts(state);
    script.retries.forEach(deed => clock.at(deed.at, order.people, () => retry(state, deed)));
    script.overrides.forEach(deed => clock.at(deed.at, order.people, () => override(state, deed)));
    script.stops.forEach(deed => clock.at(deed.at, order.people, () => stop(state, deed)));
    script.edits.forEach(deed => clock.at(deed.at, order.people, () => edit(state, deed)));
    script.rollbacks.forEach(deed => clock.at(deed.at, order.people, () => rollBackByHand(state, deed)));
    clock.run(Math.min(end, script.until ?? usualUntil));
    return resultOf(state);
}

function stateOf(plan: PipelinePlan, script: Script, hours: Hours): State {
    const stages = plan.stages.map((stage, index) => ({
        plan: stage,
        index,
        waiting: [],
        successes: [],
        deployments: [],
        broken: false,
    }));
    return {
        plan,
        script,
        hours,
        clock: new Clock(),
        world: new World(script),
        stages,
        executions: [],
        events: [],
        edited: false,
    };
}

/** What is in environments before the first commit: standard executions of the pipeline as it is. */
function standing({ plan, script, stages, executions }: State): void {
    const outputs = plan.stages.flatMap(stage => stage.actions.flatMap(action => action.outputs));
    for (const id of new Set(Object.values(script.deployed))) {
        const execution: Execution = {
            id: `before-${id}`,
            number: 0,
            commit: commitOf(id),
            type: "STANDARD",
            cause: "release",
            started: 0,
            ended: 0,
            status: "Succeeded",
            runs: new Map(),
            artifacts: new Map(outputs.map(name => [name, id])),
        };
        executions.push(execution);
        for (const stage of stages.filter(one => isThere(one, id, script))) {
            runIn(execution, stage).status = "Succeeded";
            stage.latest = execution;
            stage.successes.push(execution);
            stage.deployments.push({ at: 0, commit: id, execution: execution.id });
        }
    }
}

const isThere = ({ plan: { environment, purpose } }: StageState, commit: string, { deployed }: Script) =>
    purpose === "environment" &&
    environment !== undefined &&
    Object.hasOwn(deployed, environment) &&
    deployed[environment] === commit;

function freezes(state: State): void {
    const { clock, script } = state;
    for (const { environment, from, to, reason } of script.freezes) {
        clock.at(from, order.world, () => {
            note(
                state,
                "freeze-changed",
                {},
                {
                    environment,
                    what: `${environment} is frozen`,
                    ...(reason !== undefined && { why: reason }),
                },
            );
        });
        clock.at(to, order.world, () =>
            note(state, "freeze-changed", {}, { environment, what: `${environment} is open again` }),
        );
    }
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/transitions.html */
function transitions(state: State): void {
    const { clock, script } = state;
    for (const { stage: name, from, to, reason = "no reason was given" } of script.transitions) {
        const stage = state.stages.find(one => one.plan.name === name);
        if (stage === undefined) {
            continue;
        }
        clock.at(from, order.world, () => {
            stage.closed = reason;
            note(state, "transition-closed", { stage }, { what: `nothing enters ${name}`, why: reason });
        });
        clock.at(to, order.world, () => {
            delete stage.closed;
            note(state, "transition-opened", { stage }, { what: `${name} may be entered again` });
            admit(state, stage);
        });
    }
}

function resultOf({ plan, script, events, executions, stages }: State): Simulation {
    return {
        service: plan.service,
        pipeline: plan.name,
        executionMode: plan.executionMode,
        start: script.start,
        end: events.at(-1)?.at ?? 0,
        events,
        executions: executions.filter(({ number }) => number > 0).map(execution => executionResult(execution, stages)),
        environments: stages.flatMap(({ plan: { name, environment, purpose }, deployments, halfway }) =>
            purpose !== "environment" || environment === undefined
                ? []
                : [{ environment, stage: name, deployments, ...(halfway !== undefined && { halfway }) }],
        ),
    };
}

function executionResult(execution: Execution, stages: readonly StageState[]): ExecutionResult {
    const { id, type, commit, rollback, started, ended, status, runs } = execution;
    return {
        execution: id,
        type,
        commit: commit.id,
        ...(rollback && { rollback: { stage: rollback.stage.plan.name, target: rollback.target.id } }),
        started,
        ...(ended !== undefined && { ended }),
        status,
        stages: Object.fromEntries(stages.map(({ plan: { name } }) => [name, (runs.get(name) ?? emptyRun()).status])),
    };
}
