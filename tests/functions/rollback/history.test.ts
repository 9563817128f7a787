import * as assert from "node:assert/strict";
import {
    CodePipelineClient,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";
import { historyOf, rollbackSince } from "../../../functions/rollback/history";

const codepipeline = mockClient(CodePipelineClient);
const client = codepipeline as unknown as CodePipelineClient;
const stage = { pipeline: "shop--orders", stage: "prod" };

/** An action that ran in a stage, so many seconds after the first. */
const ran = (pipelineExecutionId: string, second: number, stageName = "prod") => ({
    pipelineExecutionId,
    stageName,
    startTime: new Date(second * 1000),
});

describe("what AWS says of a stage", () => {
    beforeEach(() => {
        codepipeline.reset();
        codepipeline.on(GetPipelineStateCommand).resolves({
            pipelineVersion: 7,
            stageStates: [{ stageName: "dev" }, { stageName: "prod", inboundTransitionState: { enabled: true } }],
        });
        codepipeline.on(ListPipelineExecutionsCommand).resolves({});
        codepipeline.on(ListActionExecutionsCommand).resolves({});
    });

    it("is its state, what succeeded in it, and when each execution's first action began in it", async () => {
        codepipeline.on(ListActionExecutionsCommand).resolves({
            actionExecutionDetails: [ran("b", 30), ran("b", 20), ran("b", 25), ran("b", 1, "dev"), ran("a", 2)],
        });
        codepipeline.on(ListPipelineExecutionsCommand).resolves({
            pipelineExecutionSummaries: [{ pipelineExecutionId: "b" }],
        });
        assert.deepEqual(await historyOf(stage, client), {
            version: 7,
            stage: { stageName: "prod", inboundTransitionState: { enabled: true } },
            successes: [{ pipelineExecutionId: "b" }],
            began: new Map([
                ["b", new Date(20_000)],
                ["a", new Date(2000)],
            ]),
        });
        assert.deepEqual(
            codepipeline.commandCalls(ListPipelineExecutionsCommand).map(({ args }) => args[0].input),
            [{ pipelineName: "shop--orders", filter: { succeededInStage: { stageName: "prod" } } }],
        );
        assert.deepEqual(
            codepipeline.commandCalls(ListActionExecutionsCommand).map(({ args }) => args[0].input),
            [{ pipelineName: "shop--orders", maxResults: 100 }],
        );
    });

    it("is read page after page, five at most", async () => {
        codepipeline
            .on(ListPipelineExecutionsCommand)
            .resolvesOnce({ pipelineExecutionSummaries: [{ pipelineExecutionId: "c" }], nextToken: "2" })
            .resolvesOnce({ pipelineExecutionSummaries: [{ pipelineExecutionId: "b" }] });
        codepipeline
            .on(ListActionExecutionsCommand)
            .resolves({ actionExecutionDetails: [ran("c", 1)], nextToken: "more" });
        const history = await historyOf(stage, client);
        assert.deepEqual(history?.successes, [{ pipelineExecutionId: "c" }, { pipelineExecutionId: "b" }]);
        assert.deepEqual(
            codepipeline.commandCalls(ListPipelineExecutionsCommand).map(({ args }) => args[0].input.nextToken),
            [undefined, "2"],
        );
        assert.equal(codepipeline.commandCalls(ListActionExecutionsCommand).length, 5);
    });

    it("is no stage where the pipeline has none of that name", async () => {
        assert.equal((await historyOf({ ...stage, stage: "test" }, client))?.stage, undefined);
    });

    it("fails with what AWS says, unless there is no such pipeline", async () => {
        codepipeline.on(GetPipelineStateCommand).rejects(Object.assign(new Error("away"), { name: "InternalFailure" }));
        await assert.rejects(historyOf(stage, client), /away/);
        codepipeline
            .on(GetPipelineStateCommand)
            .rejects(Object.assign(new Error("none"), { name: "PipelineNotFoundException" }));
        assert.equal(await historyOf(stage, client), undefined);
    });
});

describe("a rollback that was asked for", () => {
    const at = new Date(1_000_000);
    const rollback = (pipelineExecutionId: string, target: string, second: number) => ({
        pipelineExecutionId,
        executionType: "ROLLBACK" as const,
        startTime: new Date(second * 1000),
        rollbackMetadata: { rollbackTargetPipelineExecutionId: target },
    });

    for (const [title, listed, found] of [
        ["the one to that release since then", rollback("r", "good", 1001), "r"],
        ["one that AWS's clock has a minute earlier", rollback("r", "good", 940), "r"],
        ["none from before", rollback("r", "good", 939), undefined],
        ["none to another release", rollback("r", "older", 1001), undefined],
        ["no release", { ...rollback("r", "good", 1001), executionType: "STANDARD" as const }, undefined],
    ] as const) {
        it(`is ${title}`, async () => {
            codepipeline.reset();
            codepipeline.on(ListPipelineExecutionsCommand).resolves({ pipelineExecutionSummaries: [listed] });
            assert.equal(await rollbackSince("shop--orders", "good", at, client), found);
        });
    }
});
