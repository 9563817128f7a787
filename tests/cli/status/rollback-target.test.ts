import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { decide } from "../../../functions/rollback/target";
import { rollbackTarget, type Release, type Situation } from "../../../cli/status/rollback-target";

const release = (execution: string, day: number, type: Release["type"] = "STANDARD"): Release => ({
    execution,
    type,
    started: new Date(Date.UTC(2026, 10, day)),
});

const base: Situation = { executionMode: "QUEUED", version: 7, succeeded: [], busy: false };

const to = (execution: string, day: number, ...notes: readonly string[]) => ({
    possible: true,
    execution,
    started: new Date(Date.UTC(2026, 10, day)),
    notes,
});

const none = "no older release has succeeded here in version 7 of the pipeline";
const byHand = "by hand only: no alarm rolls back a rollback";

describe("the target of a rollback", () => {
    for (const [title, situation, expected] of [
        [
            "is the newest success before the release that is deployed, in whatever order they are listed",
            { deployed: release("c", 3), succeeded: [release("a", 1), release("c", 3), release("b", 2)] },
            to("b", 2),
        ],
        [
            "is the newest success where what is deployed has not succeeded",
            { deployed: release("c", 3), succeeded: [release("b", 2), release("a", 1)] },
            to("b", 2),
        ],
        [
            "is never newer than what is deployed",
            { deployed: release("b", 2), succeeded: [release("c", 3), release("b", 2), release("a", 1)] },
            to("a", 1),
        ],
        [
            "is not one that began at the same moment",
            { deployed: release("b", 2), succeeded: [release("c", 2), release("a", 1)] },
            to("a", 1),
        ],
        [
            "is not what a rollback went away from, but what it went to",
            {
                deployed: release("d", 4),
                succeeded: [
                    release("d", 4),
                    { ...release("c", 3, "ROLLBACK"), target: "a" },
                    release("b", 2),
                    release("a", 1),
                ],
            },
            to("a", 1),
        ],
        [
            "is after a rollback older than the release that was brought back, and for people alone",
            {
                deployed: { ...release("d", 4, "ROLLBACK"), broughtBack: release("b", 2) },
                succeeded: [release("d", 4, "ROLLBACK"), release("c", 3), release("b", 2), release("a", 1)],
            },
            to("a", 1, byHand),
        ],
        [
            "has to wait for an execution in the stage",
            { deployed: release("b", 2), succeeded: [release("b", 2), release("a", 1)], busy: true },
            to("a", 1, "not while an execution is in the stage"),
        ],
        [
            "is in superseded mode the same",
            { executionMode: "SUPERSEDED", deployed: release("b", 2), succeeded: [release("a", 1)] },
            to("a", 1),
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(rollbackTarget({ ...base, ...situation }), expected);
        });
    }

    for (const [title, situation, why] of [
        [
            "in parallel mode",
            { executionMode: "PARALLEL", deployed: release("b", 2), succeeded: [release("a", 1)] },
            "a pipeline in parallel mode cannot be rolled back",
        ],
        ["where nothing is deployed", { succeeded: [release("a", 1)] }, "nothing is deployed"],
        ["of the first release", { deployed: release("a", 1), succeeded: [release("a", 1)] }, none],
        ["where the pipeline was changed since", { deployed: release("b", 2), succeeded: [] }, none],
        [
            "of a rollback to the first release",
            {
                deployed: { ...release("c", 3, "ROLLBACK"), broughtBack: release("a", 1) },
                succeeded: [release("c", 3, "ROLLBACK"), release("b", 2), release("a", 1)],
            },
            none,
        ],
        [
            "of a rollback to what AWS no longer knows",
            { deployed: release("c", 3, "ROLLBACK"), succeeded: [release("b", 2)] },
            "which release the rollback has brought back is no longer known",
        ],
    ] as const) {
        it(`is none ${title}`, () => {
            assert.deepEqual(rollbackTarget({ ...base, ...situation }), { possible: false, why });
        });
    }

    it("is for any history what the function that rolls back goes to", () => {
        /** Releases, each on its day, and rollbacks to one before them. */
        const histories = fc
            .tuple(fc.uniqueArray(fc.integer({ min: 2, max: 28 }), { maxLength: 12 }), fc.infiniteStream(fc.nat()))
            .map(([days, drawn]) => {
                const successes: Release[] = [];
                for (const day of [1, ...days.sort((a, b) => a - b)]) {
                    const standard = successes.filter(({ type }) => type === "STANDARD");
                    const [kind, which] = [drawn.next().value, drawn.next().value];
                    const target = standard.at(which % Math.max(1, standard.length))?.execution;
                    successes.push(
                        target === undefined || kind % 3 > 0
                            ? release(`e${day}`, day)
                            : { ...release(`e${day}`, day, "ROLLBACK"), target },
                    );
                }
                return [...successes, release("e29", 29)];
            });
        const went = fc.property(histories, succeeded => {
            const deployed = succeeded[succeeded.length - 1];
            const here = rollbackTarget({ ...base, deployed, succeeded });
            const there = decide(
                "prod",
                { alarm: "5xx", since: new Date("2026-11-30T00:00:00Z") },
                {
                    version: 1,
                    stage: { latestExecution: { pipelineExecutionId: "e29", status: "Succeeded", type: "STANDARD" } },
                    successes: succeeded.map(({ execution, type, started, target }) => ({
                        pipelineExecutionId: execution,
                        executionType: type,
                        startTime: started,
                        ...(target !== undefined && {
                            rollbackMetadata: { rollbackTargetPipelineExecutionId: target },
                        }),
                    })),
                    began: new Map(),
                },
            );
            assert.equal(here.possible ? here.execution : undefined, "target" in there ? there.target : undefined);
        });
        fc.assert(went, { numRuns: 500 });
    });
});
