import * as assert from "node:assert/strict";
import {
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListRuleExecutionsCommand,
    type StageState,
} from "@aws-sdk/client-codepipeline";
import { Later, Misconfigured } from "../../../functions/lib/errors";
import { quiet } from "../support/quiet";
import { pipelineEvent } from "./support/events";
import { moments, running, tick } from "./support/tick";
import { at, commit, execution, links, pipeline, TestWorld } from "./support/world";

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
