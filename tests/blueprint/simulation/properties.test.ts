import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import type { PipelinePlan, StagePlan } from "../../../blueprint/plan";
import { simulate } from "../../../blueprint/simulation/simulate";
import type { Simulation, TimelineEvent } from "../../../blueprint/simulation/simulation";
import { randomPlay, type RandomPlay } from "./random-play";

/** What must be met in any mode, or the properties say little. */
const everywhere = [
    "condition-overridden before",
    "condition-overridden after",
    "condition-failed before",
    "condition-failed after",
    "approval-refused",
    "approval-expired",
    "execution-cancelled",
    "execution-stopped",
    "execution-stopping",
    "stage-retried",
    "stage-skipped",
];

const opening = ["stage-entered", "rollback-started", "stage-retried", "condition-overridden"];
const closing = ["stage-succeeded", "stage-failed", "stage-skipped", "execution-stopped"];

/** The executions that are in a stage at the same time as another, by the events of both. */
function together({ events }: Simulation): string[] {
    const within = new Map<string, Set<string>>();
    const found: string[] = [];
    for (const { kind, stage = "", execution = "", at } of events) {
        if (kind === "pipeline-edited") {
            within.clear();
        }
        const here = within.get(stage) ?? new Set();
        within.set(stage, here);
        if (opening.includes(kind)) {
            here.add(execution);
        } else if (closing.includes(kind)) {
            here.delete(execution);
        }
        if (here.size > 1) {
            found.push(`${at}: ${[...here].join(" and ")} in ${stage}`);
        }
    }
    return found;
}

const isRollback = ({ executions }: Simulation, id: string | undefined) =>
    executions.some(({ execution, type }) => execution === id && type === "ROLLBACK");

/** Each event with all that was before it. */
const inOrder = ({ events }: Simulation) => events.map((event, index) => ({ event, before: events.slice(0, index) }));

/** Actions that change an environment with the artifacts of a release, or else of a rollback. */
const deploys = (simulation: Simulation, rollbacks: boolean) =>
    inOrder(simulation).filter(
        ({ event }) => event.deploys === true && isRollback(simulation, event.execution) === rollbacks,
    );

const has = (events: readonly TimelineEvent[], words: Partial<TimelineEvent>, ...kinds: readonly string[]) =>
    events.some(
        event =>
            kinds.includes(event.kind) &&
            Object.entries(words).every(([key, value]) => event[key as keyof TimelineEvent] === value),
    );

const stagesBefore = ({ stages }: PipelinePlan, name: string | undefined): readonly StagePlan[] =>
    stages.slice(
        0,
        stages.findIndex(stage => stage.name === name),
    );

describe("any simulation", function () {
    this.timeout(240_000);

    const holds = (title: string, check: (played: RandomPlay) => void) => {
        it(title, () => {
            fc.assert(fc.property(randomPlay, check), { numRuns: 100 });
        });
    };

    it("reaches what the others are about, in each mode", () => {
        const found = new Map<string, Set<string>>();
        for (const { simulation } of fc.sample(randomPlay, { numRuns: 300, seed: 1 })) {
            const { executionMode, events } = simulation;
            const here = found.get(executionMode) ?? new Set();
            found.set(executionMode, here);
            events.forEach(({ kind, condition = "" }) => here.add(`${kind} ${condition}`.trim()));
        }
        for (const [mode, others] of [
            ["QUEUED", ["rollback-started"]],
            ["SUPERSEDED", ["rollback-started", "execution-superseded"]],
            ["PARALLEL", []],
        ] as const) {
            for (const kind of [...everywhere, ...others]) {
                assert.ok(found.get(mode)?.has(kind), `${kind} in ${mode}`);
            }
        }
    });

    holds("has a clock that never goes back, and is the same each time", ({ plan, script, simulation }) => {
        const times = simulation.events.map(({ at }) => at);
        assert.deepEqual(
            times,
            [...times].sort((a, b) => a - b),
        );
        assert.deepEqual(simulate(plan, script), simulation);
    });

    holds("has at most one execution in a stage, except in parallel mode", ({ simulation }) => {
        assert.deepEqual(simulation.executionMode === "PARALLEL" ? [] : together(simulation), []);
    });

    holds(
        "deploys nothing that an earlier stage did not succeed with, unless it was there before",
        ({ plan, script, simulation }) => {
            for (const { event, before } of deploys(simulation, false)) {
                const { execution, stage, commit, reads = {} } = event;
                for (const earlier of stagesBefore(plan, stage)) {
                    assert.ok(
                        has(before, { execution, stage: earlier.name }, "stage-succeeded", "stage-skipped"),
                        `${commit} in ${stage} without ${earlier.name}`,
                    );
                }
                assert.ok(Object.values(reads).every(made => made === commit));
            }
            for (const { event, before } of deploys(simulation, true)) {
                const { stage, environment = "", commit, reads = {} } = event;
                const edited = before.findLastIndex(({ kind }) => kind === "pipeline-edited");
                assert.ok(
                    (edited < 0 && script.deployed[environment] === commit) ||
                        has(before.slice(edited + 1), { stage, commit }, "stage-succeeded"),
                    `${stage} goes back to ${commit}, which was never there as the pipeline is now`,
                );
                assert.ok(Object.values(reads).every(made => made === commit));
            }
        },
    );

    holds("bypasses no approval, except by a rollback", ({ plan, simulation }) => {
        for (const { event, before } of deploys(simulation, false)) {
            for (const { approval } of stagesBefore(plan, event.stage)) {
                if (approval !== undefined) {
                    const { execution } = event;
                    assert.ok(has(before, { execution, environment: approval.environment }, "approval-given"));
                }
            }
        }
    });

    holds(
        "passes no condition that has not passed, unless it shows that somebody has overridden it",
        ({ plan, simulation }) => {
            for (const { event, before } of inOrder(simulation)) {
                const { kind, execution, stage } = event;
                const found = plan.stages.find(({ name }) => name === stage);
                const condition =
                    kind === "action-started" ? "before" : kind === "stage-succeeded" ? "after" : undefined;
                if (
                    condition !== undefined &&
                    found !== undefined &&
                    found[condition].length > 0 &&
                    !isRollback(simulation, execution)
                ) {
                    const last = before.findLast(
                        one => one.condition === condition && one.execution === execution && one.stage === stage,
                    );
                    assert.ok(
                        last?.kind === "condition-passed" || last?.kind === "condition-overridden",
                        `${String(execution)} in ${String(stage)}: ${String(last?.kind)}`,
                    );
                }
            }
        },
    );

    holds("starts nothing more than it ends in an execution that ended", ({ simulation }) => {
        for (const { execution, status, stages } of simulation.executions) {
            const is = Object.values(stages);
            const open = is.filter(one => ["Waiting", "InProgress", "Stopping"].includes(one));
            assert.equal(
                open.length > 0,
                status === "InProgress" || status === "Stopping",
                `execution ${execution}: ${is.join()}`,
            );
        }
    });
});
