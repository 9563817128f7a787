import * as assert from "node:assert/strict";
import {
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    ListRuleExecutionsCommand,
    type ActionExecutionDetail,
} from "@aws-sdk/client-codepipeline";
import type { Happening } from "../../../../functions/lib/happenings";
import { stageEvent } from "../support/events";
import { at, commit, execution, links, pipeline, settings, source, TestWorld } from "../support/world";

const run = (
    actionName: string,
    clock: string,
    status: "Abandoned" | "Failed" | "InProgress" | "Succeeded",
    executionResult: NonNullable<ActionExecutionDetail["output"]>["executionResult"] = {},
    stageName = "prod",
): ActionExecutionDetail => ({
    stageName,
    actionName,
    status,
    startTime: at(clock),
    lastUpdateTime: at(clock),
    output: { executionResult },
});

/** What every notice about prod says. */
const ofProd = {
    version: 1,
    time: "2026-11-27T11:00:00.000Z",
    service: "orders",
    environment: "prod",
    pipeline,
    execution,
    stage: "prod",
};

describe("notices of stages", () => {
    let test: TestWorld;
    beforeEach(() => (test = new TestWorld()));

    it("say what is in an environment, and how long it took since the release began", async () => {
        assert.deepEqual(await test.told(stageEvent("prod", "SUCCEEDED")), [
            {
                ...ofProd,
                id: "e-1#succeeded",
                happening: "succeeded",
                title: "orders 0123456 is in prod",
                commit,
                durationSeconds: 3600,
                links,
            },
        ]);
        assert.deepEqual(test.asked(), ["GetPipelineExecution", "ListActionExecutions", "ListTagsForResource"]);
    });

    it("say nothing of what succeeds before an environment, or of a stage that asks for a yes", async () => {
        assert.deepEqual(await test.told(stageEvent("Build", "SUCCEEDED")), []);
        assert.deepEqual(await test.told(stageEvent("Approve-prod", "SUCCEEDED", { id: "e-2" })), []);
        assert.deepEqual(test.asked(), []);
    });

    for (const state of ["CANCELED", "RESUMED", "STARTED", "STOPPED", "STOPPING"] as const) {
        it(`say nothing of a stage that is ${state}`, async () => {
            assert.deepEqual(await test.told(stageEvent("prod", state)), []);
            assert.equal(test.memory.items.size, 0);
        });
    }

    it("say why a stage has failed, in the action's own words, and where its log is", async () => {
        test.acts(
            run("deploy", "10:50:00", "Failed", {
                errorDetails: { code: "JobFailed", message: "The service did not get steady" },
                externalExecutionSummary: "Deployment d-1 failed",
                externalExecutionUrl: "https://log/d-1",
            }),
            run("unit", "10:10:00", "Failed", { errorDetails: { message: "of another stage" } }, "Build"),
        );
        assert.deepEqual(await test.told(stageEvent("prod", "FAILED")), [
            {
                ...ofProd,
                id: "e-1#failed",
                happening: "failed",
                action: "deploy",
                title: "orders 0123456 has failed in prod: deploy",
                reason: "The service did not get steady",
                advice: "Retry the stage when the cause is gone, or release a fix.",
                commit,
                durationSeconds: 3600,
                links: { ...links, log: "https://log/d-1" },
            },
        ]);
        assert.deepEqual(test.asked(), ["GetPipelineExecution", "ListActionExecutions", "ListTagsForResource"]);
    });

    for (const [retry, clock, status] of [
        ["runs", "11:00:00", "InProgress"],
        ["runs, begun a little later", "11:00:04", "InProgress"],
        ["has succeeded", "11:00:04", "Succeeded"],
        ["has failed for another reason", "11:00:04", "Failed"],
    ] as const) {
        it(`say why a stage has failed, though its retry ${retry} by now`, async () => {
            test.acts(
                run("deploy", clock, status, { errorDetails: { message: "of the retry" } }),
                run("deploy", "10:50:00", "Failed", { errorDetails: { message: "The service did not get steady" } }),
            );
            const [{ title, reason }] = await test.told(stageEvent("prod", "FAILED"));
            assert.deepEqual(
                [title, reason],
                ["orders 0123456 has failed in prod: deploy", "The service did not get steady"],
            );
        });
    }

    it("name every action that has failed, and none that a retry has made good", async () => {
        test.acts(
            run("smoke", "10:40:00", "Failed", { externalExecutionSummary: "3 of 20 failed" }),
            run("load", "10:40:00", "Failed", {
                errorDetails: { code: "Timeout" },
                externalExecutionUrl: "https://log/load",
            }),
            run("deploy", "10:30:00", "Succeeded"),
            run("deploy", "10:20:00", "Failed", { errorDetails: { message: "of the first try" } }),
        );
        const [
            {
                title,
                action,
                reason,
                links: { log },
            },
        ] = await test.told(stageEvent("prod", "FAILED"));
        assert.deepEqual(
            { title, action, reason, log },
            {
                title: "orders 0123456 has failed in prod: smoke, load",
                action: "smoke, load",
                reason: "smoke: 3 of 20 failed\nload: Timeout",
                log: "https://log/load",
            },
        );
    });

    it("take what the event itself says of failed actions first", async () => {
        test.acts(run("deploy", "10:50:00", "Failed", { errorDetails: { message: "of the history" } }));
        const failedActions = [
            { action: "deploy", additionalInformation: "of the event" },
            { action: "new", additionalInformation: "not in the history yet" },
            { action: "mute" },
        ];
        const [{ action, reason }] = await test.told(stageEvent("prod", "FAILED", { failedActions }));
        assert.deepEqual([action, reason], ["deploy, new, mute", "deploy: of the event\nnew: not in the history yet"]);
    });

    it("say which gate has kept a release out where no action has failed", async () => {
        test.aws.on(ListRuleExecutionsCommand).resolves({
            ruleExecutionDetails: [
                {
                    stageName: "prod",
                    ruleName: "freeze",
                    status: "Failed",
                    output: { executionResult: { errorDetails: { message: "prod is frozen: Black Friday" } } },
                },
                { stageName: "test", ruleName: "freeze", status: "Failed" },
                { stageName: "prod", ruleName: "alarm", status: "Succeeded" },
            ],
        });
        const [{ title, reason }] = await test.told(stageEvent("prod", "FAILED"));
        assert.deepEqual(
            [title, reason],
            ["orders 0123456 has failed in prod: freeze", "prod is frozen: Black Friday"],
        );
        assert.deepEqual(
            test.aws.commandCalls(ListRuleExecutionsCommand).map(call => call.args[0].input.filter),
            [{ pipelineExecutionId: execution }],
        );
    });

    it("say of a stage before any environment that it has failed, without one", async () => {
        test.acts(run("unit", "10:10:00", "Failed", { externalExecutionSummary: "1 of 9 failed" }, "Build"));
        const [{ environment, stage, title }] = await test.told(stageEvent("Build", "FAILED"));
        assert.deepEqual([environment, stage, title], [undefined, "Build", "orders 0123456 has failed in Build: unit"]);
    });

    it("say of a rollback that it has failed", async () => {
        test.acts(run("deploy", "10:50:00", "Failed"));
        const [{ title }] = await test.told(stageEvent("prod", "FAILED", { type: "ROLLBACK" }));
        assert.equal(title, "The rollback of orders has failed in prod: deploy");
    });

    it("say what they can of an execution and a pipeline that are gone", async () => {
        const gone = Object.assign(new Error("gone"), { name: "PipelineNotFoundException" });
        test.aws.onAnyCommand().rejects(gone);
        assert.deepEqual(await test.told(stageEvent("prod", "FAILED")), [
            {
                ...ofProd,
                id: "e-1#failed",
                happening: "failed",
                title: "orders has failed in prod",
                advice: "Retry the stage when the cause is gone, or release a fix.",
                links,
            },
        ]);
    });

    it("tell of a refused approval those alone who do not hear how it was answered", async () => {
        const wants = (...happenings: Happening[]) => happenings;
        test = new TestWorld({
            ...settings,
            targets: { all: settings.targets.all, other: settings.targets.all },
            notify: { all: wants("failed"), other: wants("failed", "approval-answered") },
        });
        test.acts(
            run("approve", "10:30:00", "Failed", { externalExecutionSummary: "Not before the sale" }, "Approve-prod"),
        );
        const [{ title, reason, environment, settled }] = await test.told(stageEvent("Approve-prod", "FAILED"));
        assert.deepEqual(
            [title, reason, environment, settled],
            ["orders 0123456 does not go to prod", "Not before the sale", "prod", true],
        );
        assert.deepEqual(
            test.delivered.map(({ target }) => target),
            ["all"],
        );
    });

    it("name the page that says what to do, at its place for the happening", async () => {
        test = new TestWorld({ ...settings, runbook: "https://wiki/runbook#top" });
        const [notice] = await test.told(stageEvent("prod", "FAILED"));
        assert.equal(notice.links.runbook, "https://wiki/runbook#failed");
    });

    it("name the author that the start of the execution has told of", async () => {
        await test.told({
            kind: "pipeline",
            id: "s",
            time: at("10:00:00"),
            pipeline,
            execution,
            state: "STARTED",
            revision: { commit: commit.id, author: "Mary Major" },
        });
        const [notice] = await test.told(stageEvent("prod", "FAILED"));
        assert.deepEqual(notice.commit, { ...commit, author: "Mary Major" });
    });

    it("name what is released where it is no commit", async () => {
        test.aws.on(ListActionExecutionsCommand).resolves({ actionExecutionDetails: [{ ...source, output: {} }] });
        test.aws.on(GetPipelineExecutionCommand).resolves({
            pipelineExecution: {
                artifactRevisions: [
                    { name: "further_artifact", revisionId: "1" },
                    { name: "SourceArtifact", revisionId: "sha256:0123456789abcdef", revisionSummary: " \n" },
                ],
            },
        });
        const [notice] = await test.told(stageEvent("prod", "SUCCEEDED"));
        assert.deepEqual(
            [notice.title, notice.commit],
            ["orders sha256:0123456789abcdef is in prod", { id: "sha256:0123456789abcdef" }],
        );
    });

    it("ask AWS for no details that nobody wants to hear", async () => {
        test = new TestWorld({ ...settings, notify: { all: ["stuck"] } });
        await test.told(stageEvent("prod", "FAILED"));
        assert.deepEqual(test.asked(), ["ListTagsForResource"]);
    });

    it("are none of pipelines that check pull requests, nor of others", async () => {
        for (const other of ["shop--orders--check", "shopping--orders"]) {
            assert.deepEqual(await test.told(stageEvent("prod", "FAILED", { pipeline: other })), []);
        }
        assert.deepEqual([test.asked(), test.memory.items.size, test.events.length], [[], 0, 2]);
    });
});
