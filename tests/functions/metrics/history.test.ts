import * as assert from "node:assert/strict";
import type { ActionEvent, StageEvent } from "../../../functions/lib/event";
import { attemptOf, attempts, isShown, runOf, waited } from "../../../functions/metrics/history";
import { at, execution, run, stage } from "./support/made";

const failed = { status: "Failed" } as const;

const stageEvent = (seconds: number, more: Partial<StageEvent> = {}): StageEvent => ({
    kind: "stage",
    id: "event",
    time: new Date(at(seconds)),
    pipeline: "shop--orders",
    execution: "own",
    stage: "prod",
    state: "FAILED",
    failedActions: [],
    ...more,
});

const actionEvent = (seconds: number, actionExecution?: string): ActionEvent => ({
    kind: "action",
    id: "event",
    time: new Date(at(seconds)),
    pipeline: "shop--orders",
    execution: "own",
    stage: "prod",
    action: "deploy",
    state: "FAILED",
    category: "Deploy",
    ...(actionExecution !== undefined && { actionExecution }),
});

describe("attempts of a stage", () => {
    for (const [title, runs, expected] of [
        ["none", [run("Source", "source", 0, 10)], []],
        ["one", [run("prod", "deploy", 0, 10), run("prod", "smoke", 10, 20)], [2]],
        [
            "one more for what had failed",
            [run("prod", "deploy", 0, 10), run("prod", "smoke", 10, 20, failed), run("prod", "smoke", 30, 40)],
            [2, 1],
        ],
        [
            "one more from the beginning, after one for what had failed",
            [
                run("prod", "deploy", 0, 10),
                run("prod", "smoke", 10, 20, failed),
                run("prod", "smoke", 30, 40),
                run("prod", "deploy", 50, 60),
                run("prod", "smoke", 60, 70),
            ],
            [2, 1, 2],
        ],
        [
            "one that goes on with what was not begun",
            [run("prod", "deploy", 0, 10, { status: "Abandoned" }), run("prod", "smoke", 20, 30)],
            [1, 1],
        ],
        [
            "actions at once are of one, though one fails before the other is begun",
            [run("prod", "b", 1.5, 10), run("prod", "a", 1, 2, failed)],
            [2],
        ],
    ] as const) {
        it(title, () =>
            assert.deepEqual(
                attempts(execution({ runs: runs }), "prod").map(({ length }) => length),
                expected,
            ),
        );
    }
});

describe("the attempt of an event", () => {
    const own = execution({
        runs: [
            run("prod", "deploy", 0, 10, failed),
            run("prod", "deploy", 30.5, 40, failed),
            run("prod", "deploy", 90),
        ],
    });
    for (const [title, event, index] of [
        ["is the one that was over, by its time alone", stageEvent(10), 0],
        ["is the second, by its time alone", stageEvent(40), 1],
        ["is the one before, where a retry begins in the same second", stageEvent(30), 0],
        ["is the one that the last retry began", stageEvent(40, { retried: new Date(at(30)) }), 1],
        ["is none, where a retry began nothing", stageEvent(60, { retried: new Date(at(50)) }), -1],
        ["is none, before all of them", stageEvent(-5), -1],
    ] as const) {
        it(title, () => assert.equal(attemptOf(event, own), index));
    }
});

describe("the attempt of an event that took no second", () => {
    const own = execution({ runs: [run("prod", "check", 0.2, 0.9, failed), run("prod", "check", 30.1, 30.8, failed)] });
    it("is the one that began and was over in the second of the event", () => {
        assert.equal(attemptOf(stageEvent(0), own), 0);
        assert.equal(attemptOf(stageEvent(30), own), 1);
    });
});

describe("the run of an event", () => {
    const runs = [
        run("prod", "deploy", 0, 10),
        run("prod", "deploy", 30, 40),
        run("prod", "smoke", 0, 10),
        run("dr", "deploy", 0),
    ];
    it("has its id", () => assert.equal(runOf(actionEvent(10, "prod/deploy/30"), execution({ runs })), runs[1]));
    it("is the last of its action by then, where the event has no id", () => {
        assert.equal(runOf(actionEvent(10), execution({ runs })), runs[0]);
        assert.equal(runOf(actionEvent(40), execution({ runs: [...runs].reverse() })), runs[1]);
    });
    it("is none, where there is none", () => assert.equal(runOf(actionEvent(-5), execution({ runs })), undefined));
});

describe("what an event tells is shown", () => {
    const succeeded = stageEvent(20, { state: "SUCCEEDED", stage: "staging" });
    const [done, running] = [run("staging", "deploy", 0, 20), run("staging", "deploy", 0)];
    const later = run("prod", "deploy", 30);
    const inProgress = { status: "InProgress" };
    for (const [title, event, runs, more, expected] of [
        ["when all runs of a success are over", succeeded, [done], inProgress, true],
        ["not while one of them runs", succeeded, [done, running], inProgress, false],
        ["not before a run is there", succeeded, [], inProgress, false],
        ["when the stage was skipped, and the next has begun", succeeded, [later], inProgress, true],
        ["when the stage was skipped, and all is over", succeeded, [], {}, true],
        [
            "not before the execution has succeeded, in production",
            stageEvent(20, { state: "SUCCEEDED" }),
            [run("prod", "deploy", 0, 20)],
            inProgress,
            false,
        ],
        [
            "when something has failed, though something still runs",
            stageEvent(20),
            [run("prod", "a", 0, 20, failed), run("prod", "b", 0)],
            inProgress,
            true,
        ],
        ["not while what may fail still runs", stageEvent(20), [run("prod", "a", 0)], inProgress, false],
        ["when nothing ran, because a condition said no", stageEvent(20), [], inProgress, true],
        ["when the run of an action is over", actionEvent(20), [run("prod", "deploy", 0, 20)], inProgress, true],
        ["not while the run of an action goes on", actionEvent(20), [run("prod", "deploy", 0)], inProgress, false],
        ["not before the run of an action is there", actionEvent(20), [], inProgress, false],
    ] as const) {
        it(title, () => assert.equal(isShown(event, execution({ runs, ...more }), "prod"), expected));
    }
});

describe("waiting for approvals", () => {
    const approval = (start: number, end?: number) =>
        run("Approve", `approve-${start}`, start, end, { category: "Approval" });
    for (const [title, runs, seconds] of [
        ["none", [run("prod", "deploy", 0, 100)], 0],
        ["one after the other", [approval(0, 10), approval(20, 40)], 30],
        ["two at once count once", [approval(0, 10), approval(5, 25)], 25],
        ["one within another counts once", [approval(0, 30), approval(5, 10), approval(20, 40)], 40],
        ["one that is not answered counts until now", [approval(80)], 20],
    ] as const) {
        it(title, () => assert.equal(waited(execution({ runs }), at(100)), seconds * 1000));
    }
});

describe("a pipeline without the stage", () => {
    it("has its attempts all the same: it was changed since", () =>
        assert.equal(
            attempts(execution({ stages: [stage("Source", {})], runs: [run("prod", "deploy", 0, 10)] }), "prod").length,
            1,
        ));
});
