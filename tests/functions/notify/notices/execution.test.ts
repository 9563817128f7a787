import * as assert from "node:assert/strict";
import { GetPipelineExecutionCommand } from "@aws-sdk/client-codepipeline";
import { pipelineEvent } from "../support/events";
import { at, commit, commitId, execution, links, pipeline, TestWorld } from "../support/world";

const ofExecution = {
    version: 1,
    time: "2026-11-27T11:00:00.000Z",
    service: "orders",
    pipeline,
    execution,
};

describe("notices of executions", () => {
    let test: TestWorld;
    beforeEach(() => (test = new TestWorld()));

    it("say that a release has started, and who has started it", async () => {
        const trigger = {
            type: "StartPipelineExecution",
            detail: "arn:aws:sts::111111111111:assumed-role/Release/ana",
        };
        assert.deepEqual(await test.told(pipelineEvent("STARTED", { trigger })), [
            {
                ...ofExecution,
                id: "e-1#started",
                happening: "started",
                title: "A release of orders has started",
                reason: "it was started by request",
                by: "ana (Release)",
                links,
            },
        ]);
        assert.deepEqual(test.asked(), ["ListTagsForResource"]);
    });

    it("say which commit has started it, where the event tells", async () => {
        const revision = {
            commit: commitId,
            message: "Count the parcels\n\nThey were too many.",
            author: "Mary Major",
            repository: "acme/orders",
        };
        const trigger = { type: "WebhookV2", detail: "arn:aws:codeconnections:eu-west-1:111111111111:connection/c" };
        assert.deepEqual(await test.told(pipelineEvent("STARTED", { trigger, revision })), [
            {
                ...ofExecution,
                id: "e-1#started",
                happening: "started",
                title: "A release of orders 0123456 has started",
                reason: "a push has started it",
                commit: { id: commitId, message: "Count the parcels", author: "Mary Major", repository: "acme/orders" },
                links,
            },
        ]);
    });

    it("ask what has started it where the event does not say it", async () => {
        test.aws.on(GetPipelineExecutionCommand).resolves({
            pipelineExecution: {
                executionType: "ROLLBACK",
                trigger: { triggerType: "ManualRollback", triggerDetail: "arn:aws:iam::111111111111:user/ben" },
            },
        });
        const [{ title, reason, by }] = await test.told(pipelineEvent("STARTED"));
        assert.deepEqual([title, reason, by], ["A rollback of orders has started", "somebody rolls back", "ben"]);
    });

    it("say no cause that is not known", async () => {
        const [notice] = await test.told(pipelineEvent("STARTED", { trigger: { type: "constructor" } }));
        assert.deepEqual([notice.reason, notice.by], [undefined, undefined]);
    });

    it("say who has stopped it, where it was, and why, as a failure", async () => {
        test.acts(
            {
                stageName: "prod",
                actionName: "deploy",
                status: "Abandoned",
                startTime: at("10:50:00"),
                updatedBy: "arn:aws:iam::111111111111:user/ben",
            },
            {
                stageName: "test",
                actionName: "deploy",
                status: "Succeeded",
                startTime: at("10:20:00"),
                updatedBy: "arn:aws:iam::111111111111:user/ana",
            },
        );
        assert.deepEqual(await test.told(pipelineEvent("STOPPED", { stopReason: "Wrong branch" })), [
            {
                ...ofExecution,
                id: "e-1#failed",
                happening: "failed",
                environment: "prod",
                stage: "prod",
                title: "orders 0123456 was stopped in prod by ben",
                reason: "Wrong branch",
                advice: "Retry the stage to go on, or start a new release.",
                by: "ben",
                settled: true,
                commit,
                durationSeconds: 3600,
                links,
            },
        ]);
    });

    it("say so where it is not known who has stopped it", async () => {
        const [{ title, reason, by, stage }] = await test.told(pipelineEvent("STOPPED"));
        assert.deepEqual(
            [title, reason, by, stage],
            [
                "orders 0123456 was stopped in Source",
                "somebody has stopped it, and has not said why",
                undefined,
                "Source",
            ],
        );
    });

    for (const state of ["CANCELED", "FAILED", "RESUMED", "STOPPING", "SUCCEEDED", "SUPERSEDED"] as const) {
        it(`say nothing of one that is ${state}`, async () => {
            assert.deepEqual(await test.told(pipelineEvent(state)), []);
            assert.deepEqual(test.asked(), []);
        });
    }

    for (const [state, expected] of [
        ["STARTED", ["2026-11-27T17:00:00.000Z#stuck#shop--orders#11111111-1111-4111-8111-111111111111"]],
        ["RESUMED", ["2026-11-27T17:00:00.000Z#stuck#shop--orders#11111111-1111-4111-8111-111111111111"]],
        ["SUCCEEDED", []],
    ] as const) {
        it(`note ${expected.length === 0 ? "no" : "one"} moment to look at one that is ${state}, however often it is told`, async () => {
            await test.told(pipelineEvent(state));
            await test.told(pipelineEvent(state));
            assert.deepEqual(Object.keys(test.memory.under("moment")), expected);
        });
    }
});
