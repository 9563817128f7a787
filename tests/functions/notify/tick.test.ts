import * as assert from "node:assert/strict";
import { GetPipelineExecutionCommand, ListActionExecutionsCommand } from "@aws-sdk/client-codepipeline";
import { quiet } from "../support/quiet";
import { approvalEvent, pipelineEvent } from "./support/events";
import { moments, running, tick } from "./support/tick";
import { at, commit, execution, links, pipeline, settings, TestWorld } from "./support/world";

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
