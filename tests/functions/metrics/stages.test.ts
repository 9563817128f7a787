import * as assert from "node:assert/strict";
import { bad, deploy, history, linesOf, script, undoing } from "./support/histories";
import { production } from "./support/pipeline";
import { fine, type Scenario, type Try } from "./support/simulator";
import { valuesOf } from "./support/stand";

describe("metrics of stages", () => {
    /** Values of the events that `kind` and `stage` say, with the state. */
    const of = async (scenario: Scenario, kind: string, stage: string) =>
        (await linesOf(scenario))
            .filter(fields => fields.kind === kind && fields.Stage === stage)
            .map(fields => [fields.state, valuesOf(fields)]);
    const good = { Succeeded: 1, ErrorRate: 0 };
    const failed = { Failed: 1, ErrorRate: 1 };

    it("each attempt has a duration and a result; the first alone has waited", async () =>
        assert.deepEqual(
            await of(history([{ gap: 0, commit: 1, tries: [fine, bad("fail", 1, "retry-failed")] }]), "stage", "Build"),
            [
                // Events have whole seconds: 250 ms are missing.
                ["FAILED", { ...failed, StageDuration: 119.75, QueueTime: 0 }],
                ["SUCCEEDED", { ...good, StageDuration: 59.75 }],
            ],
        ));

    it("queue time is what an execution waits for the stage", async () =>
        assert.deepEqual(await of(history([script(0, 1), script(0.5, 2)]), "stage", "Build"), [
            ["SUCCEEDED", { ...good, StageDuration: 119.75, QueueTime: 0 }],
            ["SUCCEEDED", { ...good, StageDuration: 119.75, QueueTime: 60 }],
        ]));

    it("the first stage waits for nobody", async () =>
        assert.deepEqual(await of(history([script(0, 1)]), "stage", "Source"), [
            ["SUCCEEDED", { ...good, StageDuration: 59.75 }],
        ]));

    it("approvals wait from the question to a yes or a no, and are no action's duration", async () => {
        const no = history([{ gap: 0, commit: 1, tries: [fine, fine, fine, bad("fail", 0)] }]);
        assert.deepEqual(await of(no, "action", "Approve-prod"), [["FAILED", { ApprovalWaitingTime: 60 }]]);
        assert.deepEqual(await of(history([script(0, 1)]), "action", "Approve-prod"), [
            ["SUCCEEDED", { ApprovalWaitingTime: 60 }],
        ]);
    });

    it("actions that are stopped have no duration, nor has their stage", async () => {
        const stopped = history([{ gap: 0, commit: 1, tries: [fine, bad("stop", 0)] }]);
        assert.deepEqual(await of(stopped, "action", "Build"), [["ABANDONED", {}]]);
        assert.deepEqual(await of(stopped, "stage", "Build"), [["STOPPED", { QueueTime: 0 }]]);
    });

    it("rollbacks are counted in their stage, which they did not wait for", async () =>
        assert.deepEqual(
            (
                await of(
                    history([script(0, 1), script(20, 2)], { undoings: [undoing(60, 1, "staging")] }),
                    "stage",
                    "staging",
                )
            ).at(-1),
            ["SUCCEEDED", { ...good, StageDuration: 119.75, Rollbacks: 1 }],
        ));

    it("the cause is the action that failed first, or a condition", async () => {
        const causes = async (...tries: readonly Try[]) =>
            (await linesOf(history([script(0, 1, ...tries)]))).flatMap(({ cause, kind, Stage }) =>
                cause === undefined ? [] : [[kind, Stage, cause]],
            );
        assert.deepEqual(await causes(bad("fail", deploy)), [
            ["action", production, "Deploy ECS"],
            ["stage", production, "Deploy ECS"],
            ["pipeline", undefined, "Deploy ECS"],
        ]);
        assert.deepEqual(await causes(bad("refused", 0)), [
            ["stage", production, "Condition"],
            ["pipeline", undefined, "Condition"],
        ]);
    });
});
