import * as assert from "node:assert/strict";
import { GetPipelineCommand, GetPipelineStateCommand, type ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import { pagerEvent } from "../../../../functions/notify/deliver/pager";
import { approvalEvent } from "../support/events";
import { at, commit, commitId, execution, links, pipeline, structure, TestWorld } from "../support/world";

const ofApproval = {
    version: 1,
    time: "2026-11-27T11:00:00.000Z",
    service: "orders",
    environment: "prod",
    pipeline,
    execution,
    stage: "Approve-prod",
    action: "approve",
};

const waiting: ActionExecutionDetail = {
    stageName: "Approve-prod",
    actionName: "approve",
    actionExecutionId: "a-1",
    status: "InProgress",
    startTime: at("10:30:00"),
    input: {
        configuration: { CustomData: "orders to prod: commit #{SourceVariables.CommitId}" },
        resolvedConfiguration: {
            CustomData: "orders to prod: commit 0123456 - look at the dashboard",
            ExternalEntityLink: "https://dashboard/orders",
        },
    },
};

describe("notices of approvals", () => {
    let test: TestWorld;
    beforeEach(() => {
        test = new TestWorld();
        test.acts(waiting);
    });

    it("say what is asked, what is new, until when, and where it is answered", async () => {
        const released = {
            pipelineExecutionId: "old",
            startTime: at("09:00:00"),
            sourceRevisions: [{ actionName: "source", revisionId: "old" }],
        };
        const own = {
            pipelineExecutionId: execution,
            startTime: at("10:00:00"),
            sourceRevisions: [{ actionName: "source", revisionId: commitId, revisionSummary: "Count the parcels" }],
        };
        test.executions([own, released], [released]);
        assert.deepEqual(await test.told(approvalEvent("STARTED")), [
            {
                ...ofApproval,
                id: "e-1#approval-needed",
                happening: "approval-needed",
                title: "orders 0123456 waits for a yes to go to prod",
                instructions: "orders to prod: commit 0123456 - look at the dashboard",
                advice: "What nobody answers in time counts as refused.",
                commit,
                expires: "2026-11-28T10:30:00.000Z",
                commitsSinceRelease: [{ id: commitId, message: "Count the parcels" }],
                links: { ...links, approval: links.pipeline, review: "https://dashboard/orders" },
            },
        ]);
    });

    it("lead to the execution where several run at the same time, and the pipeline shows none", async () => {
        test.aws.on(GetPipelineCommand).resolves({ pipeline: structure({ executionMode: "PARALLEL" }) });
        const [notice] = await test.told(approvalEvent("STARTED"));
        assert.equal(notice.links.approval, links.execution);
    });

    it("wait seven days where the pipeline does not say how long", async () => {
        test.aws.on(GetPipelineCommand).resolves({});
        const [{ expires }] = await test.told(approvalEvent("STARTED"));
        assert.equal(expires, "2026-12-04T10:30:00.000Z");
    });

    it("remember what waits, and the moment to remind of it, once for all that is told twice", async () => {
        await test.told(approvalEvent("STARTED"));
        await test.told(approvalEvent("STARTED"));
        const value = {
            pipeline,
            execution,
            stage: "Approve-prod",
            action: "approve",
            actionExecution: "a-1",
            since: "2026-11-27T10:30:00.000Z",
        };
        const values = (pk: string) =>
            Object.entries(test.memory.under(pk)).map(([sk, item]) => [
                sk,
                JSON.parse(String(item.value.S)) as unknown,
            ]);
        assert.deepEqual(values("approval"), [
            [`${pipeline}#${execution}#Approve-prod#approve#a-1`, { ...value, environment: "prod" }],
        ]);
        const due = "2026-11-28T06:30:00.000Z";
        assert.deepEqual(values("moment"), [
            [
                `${due}#approval-expiring#${pipeline}#${execution}#Approve-prod#approve#a-1`,
                { kind: "approval-expiring", ...value, expires: "2026-11-28T10:30:00.000Z", due },
            ],
        ]);
    });

    it("remind of a short one not before half of its time is over", async () => {
        const short = structure();
        short.stages.forEach(({ actions }) => actions.forEach(action => (action.timeoutInMinutes = 120)));
        test.aws.on(GetPipelineCommand).resolves({ pipeline: short });
        await test.told(approvalEvent("STARTED"));
        assert.match(Object.keys(test.memory.under("moment"))[0], /^2026-11-27T11:30:00.000Z#/);
    });

    const answered = (status: "Failed" | "Succeeded", more: Partial<ActionExecutionDetail>): void =>
        test.acts({ ...waiting, status, ...more });
    const by = "arn:aws:sts::111111111111:assumed-role/Release/ana";
    const comment = (externalExecutionSummary: string) => ({
        output: { executionResult: { externalExecutionSummary } },
    });

    for (const [state, title] of [
        ["SUCCEEDED", "orders 0123456 may go to prod"],
        ["FAILED", "orders 0123456 may not go to prod: refused"],
    ] as const) {
        it(`say who has answered, and with what words: ${state}`, async () => {
            answered(state === "FAILED" ? "Failed" : "Succeeded", { updatedBy: by, ...comment("Seen and tried") });
            assert.deepEqual(await test.told(approvalEvent(state)), [
                {
                    ...ofApproval,
                    id: "e-1#approval-answered",
                    happening: "approval-answered",
                    title,
                    reason: "Seen and tried",
                    by: "ana (Release)",
                    commit,
                    durationSeconds: 1800,
                    links,
                },
            ]);
            assert.equal(test.aws.commandCalls(GetPipelineStateCommand).length, 0);
        });
    }

    const stateOf = (actionExecutionId: string) =>
        test.aws.on(GetPipelineStateCommand).resolves({
            stageStates: [
                {
                    stageName: "Approve-prod",
                    actionStates: [
                        {
                            actionName: "approve",
                            latestExecution: { actionExecutionId, lastUpdatedBy: by, summary: "Seen and tried" },
                        },
                    ],
                },
            ],
        });

    it("find in the pipeline's state what the history does not say", async () => {
        answered("Succeeded", {});
        stateOf("a-1");
        const [notice] = await test.told(approvalEvent("SUCCEEDED"));
        assert.deepEqual([notice.by, notice.reason], ["ana (Release)", "Seen and tried"]);
    });

    it("take no other execution's answer for it", async () => {
        answered("Succeeded", { updatedBy: "somebody" });
        stateOf("a-2");
        const [notice] = await test.told(approvalEvent("SUCCEEDED"));
        assert.deepEqual([notice.by, notice.reason], ["somebody", undefined]);
    });

    it("say that nobody has answered in time", async () => {
        answered("Failed", { startTime: at("10:30:00") });
        const [{ title, reason, advice, by: who }] = await test.told(
            approvalEvent("FAILED", { time: new Date("2026-11-28T10:29:30Z") }),
        );
        assert.deepEqual(
            [title, reason, advice, who],
            [
                "orders 0123456 does not go to prod: the approval has expired",
                "nobody has answered in time",
                "Retry the stage to ask again.",
                undefined,
            ],
        );
    });

    for (const state of ["SUCCEEDED", "FAILED", "ABANDONED", "CANCELED"] as const) {
        it(`forget what waited when it is ${state}, and only that`, async () => {
            await test.told(approvalEvent("STARTED"));
            await test.told(approvalEvent("STARTED", { id: "e-2", actionExecution: "a-2" }));
            const told = await test.told(approvalEvent(state, { id: "e-3" }));
            assert.deepEqual(
                told.map(({ happening }) => happening),
                ["approval-answered"],
            );
            assert.deepEqual(Object.keys(test.memory.under("approval")), [
                `${pipeline}#${execution}#Approve-prod#approve#a-2`,
            ]);
        });
    }

    for (const [state, why] of [
        ["ABANDONED", "stopped"],
        ["CANCELED", "canceled, because the pipeline was changed"],
    ] as const) {
        it(`say that nobody has to answer any more, which closes the alert of a pager: ${state}`, async () => {
            const [notice] = await test.told(approvalEvent(state));
            assert.equal(notice.title, `orders 0123456 waits no more for a yes to go to prod: it was ${why}`);
            assert.equal(notice.durationSeconds, 1800);
            assert.deepEqual(pagerEvent(notice), {
                event_action: "resolve",
                dedup_key: "shop--orders/prod/approval",
            });
        });
    }

    it("are none of actions that ask nobody", async () => {
        for (const state of ["STARTED", "SUCCEEDED", "FAILED"] as const) {
            assert.deepEqual(await test.told(approvalEvent(state, { category: "Deploy" })), []);
        }
        assert.deepEqual([test.memory.items.size, test.asked()], [0, []]);
    });

    it("fails with a wait while AWS does not know yet what is asked, and tells it then", async () => {
        test.acts();
        const event = approvalEvent("STARTED", { startTime: at("11:59:30") });
        await assert.rejects(test.told(event), { name: "Later", seconds: 10 });
        test.acts({ ...waiting, startTime: at("11:59:30") });
        assert.equal((await test.told(event)).length, 1);
    });
});
