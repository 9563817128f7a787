import * as assert from "node:assert/strict";
import {
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListRuleExecutionsCommand,
    type ActionExecutionDetail,
    type StageState,
} from "@aws-sdk/client-codepipeline";
import { Later, Misconfigured } from "../../../functions/lib/errors";
import type { TickEvent } from "../../../functions/lib/event";
import { quiet } from "../support/quiet";
import { approvalEvent, pipelineEvent } from "./support/events";
import { at, commit, execution, links, pipeline, settings, TestWorld } from "./support/world";

const tick: TickEvent = { kind: "tick", id: "t-1", time: at("18:00:00") };

const running = (actionName: string, clock: string, category = "Deploy"): ActionExecutionDetail => ({
    stageName: category === "Approval" ? "Approve-prod" : "prod",
    actionName,
    actionExecutionId: "a-1",
    status: "InProgress",
    startTime: at(clock),
    lastUpdateTime: at("17:59:00"),
    input: { actionTypeId: { category: category as "Deploy", owner: "AWS", provider: "P", version: "1" } },
});

const moments = (test: TestWorld) =>
    Object.keys(test.memory.under("moment")).map(key => key.split("#").slice(0, 2).join(" "));

describe("an execution that does not end", () => {
    quiet();
    let test: TestWorld;
    beforeEach(async () => {
        test = new TestWorld();
        await test.told(pipelineEvent("STARTED", { time: at("10:00:00") }));
        test.aws.resetHistory();
    });
    /** What is told at a time of day. */
    const toldAt = (clock: string) => {
        test.clock = at(clock).getTime();
        return test.told(tick);
    };

    it("is not looked at before its time", async () => {
        assert.deepEqual(await toldAt("15:59:59"), []);
        assert.deepEqual([test.asked(), moments(test)], [[], ["2026-11-27T16:00:00.000Z stuck"]]);
    });

    it("is told of when an action has run for as long", async () => {
        test.acts(
            {
                ...running("deploy", "10:20:00"),
                output: { executionResult: { externalExecutionUrl: "https://log/deploy" } },
            },
            { ...running("migrate", "10:10:00"), status: "Succeeded", lastUpdateTime: at("10:20:00") },
        );
        assert.deepEqual(await toldAt("16:30:00"), [
            {
                version: 1,
                id: `moment#2026-11-27T16:00:00.000Z#stuck#${pipeline}#${execution}`,
                happening: "stuck",
                time: "2026-11-27T16:00:00.000Z",
                service: "orders",
                environment: "prod",
                pipeline,
                execution,
                stage: "prod",
                action: "deploy",
                title: "orders 0123456 is stuck in prod: deploy has run for 6 h 10 min",
                advice: "Look at the log. Stop the execution if it will not end: the next release waits behind it.",
                commit,
                durationSeconds: 22200,
                links: { ...links, log: "https://log/deploy" },
            },
        ]);
        assert.deepEqual(moments(test), [], "it is told of once");
        assert.deepEqual(await toldAt("17:00:00"), []);
    });

    it("is told of when nothing runs, and nothing is known that it waits for", async () => {
        const [{ title, environment }] = await toldAt("16:30:00");
        assert.deepEqual([title, environment], ["orders 0123456 is stuck: nothing has run for 6 h 29 min", undefined]);
    });

    it("is forgotten when it is over", async () => {
        test.aws.on(GetPipelineExecutionCommand).resolves({ pipelineExecution: { status: "Succeeded" } });
        assert.deepEqual(await toldAt("16:30:00"), []);
        assert.deepEqual([moments(test), test.asked()], [[], ["GetPipelineExecution"]]);
    });

    it("is forgotten when its pipeline is gone", async () => {
        test.aws.onAnyCommand().rejects(Object.assign(new Error("gone"), { name: "PipelineNotFoundException" }));
        assert.deepEqual(await toldAt("16:30:00"), []);
        assert.deepEqual(moments(test), []);
    });

    it("is put off while a person is waited for", async () => {
        test.acts(running("approve", "10:20:00", "Approval"));
        assert.deepEqual(await toldAt("16:30:00"), []);
        assert.deepEqual(moments(test), ["2026-11-27T22:00:00.000Z stuck"]);
        assert.deepEqual(await toldAt("23:30:00"), []);
        assert.deepEqual(moments(test), ["2026-11-28T04:00:00.000Z stuck"]);
    });

    it("is put off past now, where no tick has come for long", async () => {
        test.acts(running("approve", "10:20:00", "Approval"));
        test.clock = at("16:00:00").getTime() + 13 * 60 * 60 * 1000;
        await test.told(tick);
        assert.deepEqual(moments(test), ["2026-11-28T10:00:00.000Z stuck"]);
    });

    const own = { pipelineExecutionId: execution, status: "InProgress" as const };
    const other = { ...own, pipelineExecutionId: "other" };
    for (const [title, state, waits] of [
        ["behind another execution", { inboundExecution: own, latestExecution: other }, true],
        ["in a queue", { inboundExecutions: [other, own] }, true],
        ["while another is behind it", { inboundExecution: other, latestExecution: own }, false],
    ] as const) {
        it(`${waits ? "is put off" : "is told of"} ${title}`, async () => {
            test.aws.on(GetPipelineStateCommand).resolves({ stageStates: [state as unknown as StageState] });
            assert.equal((await toldAt("16:30:00")).length, waits ? 0 : 1);
            assert.deepEqual(moments(test), waits ? ["2026-11-27T22:00:00.000Z stuck"] : []);
        });
    }

    for (const [status, waits] of [
        ["InProgress", true],
        ["Succeeded", false],
    ] as const) {
        it(`${waits ? "is put off" : "is told of"} at a gate that is ${waits ? "closed" : "open"}`, async () => {
            test.aws.on(ListRuleExecutionsCommand).resolves({ ruleExecutionDetails: [{ ruleName: "window", status }] });
            assert.equal((await toldAt("16:30:00")).length, waits ? 0 : 1);
            assert.deepEqual(moments(test), waits ? ["2026-11-27T22:00:00.000Z stuck"] : []);
        });
    }

    it("has six hours since its last step", async () => {
        test.acts({ ...running("deploy", "10:20:00"), status: "Succeeded" });
        assert.deepEqual(await toldAt("16:30:00"), []);
        assert.deepEqual(moments(test), ["2026-11-27T23:59:00.000Z stuck"]);
    });

    it("has six hours for each step", async () => {
        test.acts(running("deploy", "15:00:00"));
        assert.deepEqual(await toldAt("16:30:00"), []);
        assert.deepEqual(moments(test), ["2026-11-27T21:00:00.000Z stuck"]);
        assert.equal((await toldAt("21:00:00")).length, 1);
    });

    it("is told of once, though its target fails at first", async () => {
        test.acts(running("deploy", "10:20:00"));
        for (const error of [new Error("busy"), new Later(900, "busy")]) {
            test.receive = () => Promise.reject(error);
            assert.deepEqual(await toldAt("16:30:00"), []);
            assert.deepEqual(moments(test), ["2026-11-27T16:00:00.000Z stuck"]);
        }
        test.receive = () => undefined;
        assert.equal((await toldAt("16:35:00")).length, 1);
        assert.deepEqual(moments(test), []);
    });

    for (const [title, error, hours] of [
        ["somebody has to mend its target", new Misconfigured("no such topic"), 1],
        ["its target has failed for a day", new Error("no such topic"), 24],
    ] as const) {
        it(`fails with a dead letter, once, where ${title}`, async () => {
            test.acts(running("deploy", "10:20:00"));
            test.receive = () => Promise.reject(error);
            test.clock = at("16:00:00").getTime() + hours * 60 * 60 * 1000;
            const key = `2026-11-27T16:00:00.000Z#stuck#${pipeline}#${execution}`;
            await assert.rejects(test.told(tick), {
                name: "Misconfigured",
                message: `given up: the moment ${key}: ${error.name}: no such topic`,
            });
            assert.deepEqual(moments(test), []);
            assert.deepEqual(await test.told(tick), []);
        });
    }

    it("is told of once, though the function dies before it forgets the moment", async () => {
        test.acts(running("deploy", "10:20:00"));
        let deaths = 1;
        test.memory.before = command => {
            if (command === "DeleteItemCommand" && deaths-- > 0) {
                throw new Error("died");
            }
        };
        assert.equal((await toldAt("16:30:00")).length, 1);
        assert.deepEqual(moments(test), ["2026-11-27T16:00:00.000Z stuck"]);
        assert.deepEqual(await toldAt("16:35:00"), []);
        assert.equal(test.delivered.filter(({ notice }) => notice.happening === "stuck").length, 1);
        assert.deepEqual(moments(test), []);
    });
});

describe("a tick", () => {
    const lines = quiet();

    it("does everything that is due, page after page, whatever fails of it", async () => {
        const test = new TestWorld({ ...settings, notify: { all: ["stuck"] } });
        test.memory.pageSize = 7;
        const all = Array.from({ length: 50 }, (_, index) => `execution-${index}`);
        for (const id of all) {
            await test.told(pipelineEvent("STARTED", { id, execution: id, time: at("10:00:00") }));
        }
        test.aws
            .on(ListActionExecutionsCommand, { pipelineName: pipeline, filter: { pipelineExecutionId: "execution-3" } })
            .rejects(Object.assign(new Error("no"), { name: "AccessDeniedException" }));
        test.clock = at("17:00:00").getTime();
        await test.told(tick);
        assert.deepEqual(
            new Set(test.delivered.map(({ notice }) => notice.execution)),
            new Set(all.filter(id => id !== "execution-3")),
        );
        assert.equal(test.delivered.length, 49);
        assert.equal(test.lines.length, 2, "metrics are written all the same");
        assert.deepEqual(Object.keys(test.memory.under("moment")).length, 1);
        assert.deepEqual(
            lines.map(line => (JSON.parse(line) as { reason: string }).reason),
            ["AccessDeniedException: no"],
        );
    });

    it("asks AWS about five things at once, and no more", async () => {
        const test = new TestWorld();
        for (let index = 0; index < 20; index++) {
            await test.told(pipelineEvent("STARTED", { id: `${index}`, execution: `${index}`, time: at("10:00:00") }));
        }
        let now = 0;
        let most = 0;
        test.aws.on(GetPipelineExecutionCommand).callsFake(async () => {
            most = Math.max(most, ++now);
            await new Promise(resolve => setImmediate(resolve));
            now--;
            return { pipelineExecution: { status: "Succeeded" } };
        });
        test.clock = at("17:00:00").getTime();
        await test.told(tick);
        assert.equal(most, 5);
        assert.deepEqual(moments(test), []);
    });
});

describe("an approval that soon expires", () => {
    let test: TestWorld;
    const waiting = running("approve", "10:30:00", "Approval");
    beforeEach(async () => {
        test = new TestWorld();
        test.acts(waiting);
        await test.told(approvalEvent("STARTED"));
        test.clock = new Date("2026-11-28T06:32:00Z").getTime();
    });

    it("is told of, with the time that is left", async () => {
        const [notice, ...rest] = await test.told(tick);
        assert.deepEqual(
            { ...notice, links: undefined },
            {
                version: 1,
                id: `moment#2026-11-28T06:30:00.000Z#approval-expiring#${pipeline}#${execution}#Approve-prod#approve#a-1`,
                happening: "approval-expiring",
                time: "2026-11-28T06:30:00.000Z",
                service: "orders",
                environment: "prod",
                pipeline,
                execution,
                stage: "Approve-prod",
                action: "approve",
                title: "orders 0123456 still waits for a yes to go to prod: 3 h 58 min left",
                advice: "What nobody answers in time counts as refused.",
                commit,
                expires: "2026-11-28T10:30:00.000Z",
                durationSeconds: 72120,
                links: undefined,
            },
        );
        assert.deepEqual([notice.links.approval, rest, moments(test)], [links.pipeline, [], []]);
        assert.deepEqual(await test.told(tick), []);
    });

    for (const [title, actions] of [
        ["it was answered", [{ ...waiting, status: "Succeeded" }]],
        [
            "it was asked again, in another run",
            [
                { ...waiting, status: "Failed" },
                { ...waiting, actionExecutionId: "a-2" },
            ],
        ],
        ["AWS knows nothing of it", []],
    ] as const) {
        it(`is not told of when ${title}`, async () => {
            test.acts(...actions);
            assert.deepEqual(await test.told(tick), []);
            assert.deepEqual(moments(test), []);
        });
    }
});

describe("metrics of approvals", () => {
    let test: TestWorld;
    beforeEach(() => (test = new TestWorld()));

    /** Values by environment. */
    const measured = async (clock: string) => {
        test.clock = at(clock).getTime();
        test.lines.length = 0;
        await test.told(tick);
        return test.lines.map(line => {
            const { Environment, ApprovalsWaiting, OldestApproval } = JSON.parse(line) as Record<string, unknown>;
            return [Environment, ApprovalsWaiting, OldestApproval];
        });
    };
    const ask = (id: string, clock: string, stage = "Approve-prod") =>
        test.told(approvalEvent("STARTED", { id, execution: id, actionExecution: id, stage, startTime: at(clock) }));
    const stillAsked = (...ids: string[]) =>
        test.acts(
            ...ids.map(id => ({ ...running("approve", "10:00:00", "Approval"), actionExecutionId: id })),
            ...["x", "y", "z"]
                .filter(id => !ids.includes(id))
                .map(id => ({
                    ...running("approve", "10:00:00", "Approval"),
                    actionExecutionId: id,
                    status: "Succeeded" as const,
                })),
        );

    it("are written for every environment, in the format of CloudWatch", async () => {
        test.clock = at("12:00:00").getTime();
        await test.told(tick);
        assert.deepEqual(JSON.parse(test.lines[1]), {
            _aws: {
                Timestamp: at("12:00:00").getTime(),
                CloudWatchMetrics: [
                    {
                        Namespace: "service-pipelines/shop",
                        Dimensions: [["Environment"]],
                        Metrics: [
                            { Name: "ApprovalsWaiting", Unit: "Count" },
                            { Name: "OldestApproval", Unit: "None" },
                        ],
                    },
                ],
            },
            Environment: "prod",
            ApprovalsWaiting: 0,
            OldestApproval: 0,
        });
    });

    it("count those that wait, and say in hours how long the oldest has", async () => {
        stillAsked("x", "y", "z");
        await ask("x", "10:30:00");
        await ask("y", "08:00:00");
        await ask("z", "11:00:00", "Approve-test");
        assert.deepEqual(await measured("12:30:00"), [
            ["test", 1, 1.5],
            ["prod", 2, 4.5],
        ]);
    });

    it("find out by themselves that one was answered, when nobody told of it", async () => {
        stillAsked("x", "y", "z");
        await ask("x", "10:30:00");
        await ask("y", "08:00:00");
        stillAsked("x");
        assert.deepEqual((await measured("12:30:00"))[1], ["prod", 1, 2]);
        assert.equal(Object.keys(test.memory.under("approval")).length, 1);
    });

    it("believe in the first ten minutes what was told", async () => {
        stillAsked("x", "y", "z");
        await ask("x", "12:21:00");
        stillAsked();
        assert.deepEqual((await measured("12:30:00"))[1], ["prod", 1, 0.15]);
        assert.deepEqual((await measured("12:31:00"))[1], ["prod", 0, 0]);
    });

    it("count what AWS does not tell of now", async () => {
        const { warn } = console;
        const warnings: string[] = [];
        stillAsked("x", "y", "z");
        await ask("x", "10:30:00");
        test.aws
            .on(ListActionExecutionsCommand)
            .rejects(Object.assign(new Error("no"), { name: "ThrottlingException" }));
        try {
            console.warn = (line: string) => void warnings.push(line);
            assert.deepEqual((await measured("12:30:00"))[1], ["prod", 1, 2]);
        } finally {
            console.warn = warn;
        }
        assert.equal(warnings.length, 1);
    });
});
