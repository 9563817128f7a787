import * as assert from "node:assert/strict";
import {
    CodePipelineClient,
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    type ActionExecutionDetail,
    type ListActionExecutionsCommandInput,
    type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";
import { archiveOf } from "../../../functions/metrics/handle";
import { executionOf, historyOf } from "../../../functions/metrics/read";
import { at } from "./support/made";

const date = (seconds: number) => new Date(at(seconds));

const source = (name: string, outputVariables: Record<string, string>, category: "Build" | "Source" = "Source") => ({
    actionExecutionId: name,
    actionName: name,
    stageName: "Source",
    pipelineVersion: 4,
    startTime: date(0),
    lastUpdateTime: date(10),
    status: "Succeeded" as const,
    input: { actionTypeId: { category, provider: "CodeCommit", owner: "AWS" as const, version: "1" } },
    output: { outputVariables },
});

const deployed = (start: number, status: ActionExecutionDetail["status"] = "Succeeded"): ActionExecutionDetail => ({
    actionExecutionId: `deploy-${start}`,
    actionName: "deploy",
    stageName: "prod",
    pipelineVersion: 4,
    startTime: date(start),
    lastUpdateTime: date(start + 10),
    status,
    input: { actionTypeId: { category: "Deploy", provider: "ECS", owner: "AWS", version: "1" } },
});

const summary = (
    id: string,
    start: number,
    more: Partial<PipelineExecutionSummary> = {},
): PipelineExecutionSummary => ({
    pipelineExecutionId: id,
    startTime: date(start),
    lastUpdateTime: date(start + 50),
    status: "Succeeded",
    executionType: "STANDARD",
    executionMode: "QUEUED",
    ...more,
});

/** An archive of executions, each with its runs. */
function archived(
    summaries: readonly PipelineExecutionSummary[],
    runs: Readonly<Record<string, readonly ActionExecutionDetail[]>>,
) {
    const client = new CodePipelineClient({ region: "eu-central-1" });
    const mock = mockClient(client);
    mock.on(GetPipelineExecutionCommand)
        .resolves({ pipelineExecution: { status: "Succeeded", pipelineVersion: 4, executionType: "STANDARD" } })
        .on(GetPipelineCommand)
        .resolves({
            pipeline: {
                name: "shop--orders",
                roleArn: "",
                stages: [
                    {
                        name: "prod",
                        actions: [
                            {
                                name: "deploy",
                                runOrder: 2,
                                actionTypeId: { category: "Deploy", provider: "ECS", owner: "AWS", version: "1" },
                            },
                        ],
                    },
                ],
            },
        })
        .on(ListPipelineExecutionsCommand)
        .resolves({ pipelineExecutionSummaries: [...summaries] })
        .on(ListActionExecutionsCommand)
        .callsFake(({ filter }: ListActionExecutionsCommandInput) => ({
            actionExecutionDetails: runs[filter?.pipelineExecutionId ?? ""] ?? [],
        }));
    return { mock, archive: archiveOf(client) };
}

describe("an execution of a pipeline, as it is read", () => {
    it("has its runs, and the stages of its version", async () => {
        const { mock, archive } = archived([], { own: [source("main", {}), deployed(20, "InProgress")] });
        const own = await executionOf("shop--orders", "own", archive);
        assert.deepEqual(own, {
            id: "own",
            start: at(0),
            changed: at(0),
            status: "Succeeded",
            rollback: false,
            parallel: false,
            stages: [{ name: "prod", actions: [{ name: "deploy", category: "Deploy", order: 2 }] }],
            runs: [
                {
                    id: "main",
                    stage: "Source",
                    action: "main",
                    start: at(0),
                    end: at(10),
                    status: "Succeeded",
                    category: "Source",
                    provider: "CodeCommit",
                },
                {
                    id: "deploy-20",
                    stage: "prod",
                    action: "deploy",
                    start: at(20),
                    status: "InProgress",
                    category: "Deploy",
                    provider: "ECS",
                },
            ],
        });
        assert.deepEqual(mock.commandCalls(GetPipelineCommand)[0].args[0].input, { name: "shop--orders", version: 4 });
    });

    it("is of a commit that was committed when its source says so, or else written", async () => {
        const committed = { CommitterDate: "2026-08-31T10:00:00Z", AuthorDate: "2026-08-30T10:00:00Z" };
        const { archive } = archived([], {
            own: [
                source("code-commit", committed),
                source("connection", { AuthorDate: "2026-08-30T10:00:00Z" }),
                source("registry", { ImageURI: "orders:1" }),
                source("odd", { AuthorDate: "yesterday" }),
                source("build", committed, "Build"),
            ],
        });
        assert.deepEqual(
            (await executionOf("shop--orders", "own", archive)).runs.map(({ committed: time }) => time),
            [Date.UTC(2026, 7, 31, 10), Date.UTC(2026, 7, 30, 10), undefined, undefined, undefined],
        );
    });
});

describe("the history of an execution, as it is read", () => {
    const revisions = (...ids: readonly string[]) => ({
        sourceRevisions: ids.map(id => ({ actionName: id.split("-")[0], revisionId: id })),
    });

    /** Names of the executions that the history of `own` tells of, and what was asked of whose runs. */
    async function read(
        summaries: readonly PipelineExecutionSummary[],
        runs: Readonly<Record<string, readonly ActionExecutionDetail[]>>,
    ) {
        const { archive } = archived(summaries, runs);
        const own = await executionOf("shop--orders", "own", archive);
        return historyOf("shop--orders", own, "prod", archive);
    }
    const names = async (...given: Parameters<typeof read>) => (await read(...given)).others.map(({ id }) => id);

    it("says when the execution began and changed, and what it brings, in whichever order", async () => {
        const { own } = await read([summary("own", 100, revisions("b-2", "a-1"))], { own: [deployed(120)] });
        assert.deepEqual([own.start, own.changed, own.commits], [at(100), at(150), "a=a-1 b=b-2"]);
        assert.equal(own.runs.length, 1);
    });

    it("goes back to the last deployment, and tells no more", async () =>
        assert.deepEqual(
            await names(
                [
                    summary("later", 300),
                    summary("own", 200, revisions("a-9")),
                    summary("failed", 100, { status: "Failed" }),
                    summary("last", 50),
                    summary("older", 0),
                ],
                { own: [deployed(220)], last: [deployed(60)], older: [deployed(10)] },
            ),
            ["failed", "last"],
        ));

    it("takes no execution for a deployment that has skipped production", async () =>
        assert.deepEqual(
            await names([summary("own", 200), summary("skipped", 100), summary("last", 50), summary("older", 0)], {
                own: [deployed(220)],
                last: [deployed(60)],
                older: [deployed(10)],
            }),
            ["skipped", "last"],
        ));

    it("goes back to the last release, past a rollback", async () =>
        assert.deepEqual(
            await names(
                [
                    summary("own", 300),
                    summary("rollback", 200, { executionType: "ROLLBACK" }),
                    summary("failed", 120, { status: "Failed" }),
                    summary("last", 100),
                    summary("older", 0),
                ],
                { own: [deployed(320)], rollback: [deployed(210)], last: [deployed(110)], older: [deployed(10)] },
            ),
            ["rollback", "failed", "last"],
        ));

    it("has earlier executions of the same commits, too", async () =>
        assert.deepEqual(
            await names(
                [
                    summary("own", 200, revisions("a-1")),
                    summary("last", 100, revisions("a-2")),
                    summary("older", 50, revisions("a-3")),
                    summary("oldest", 0, revisions("a-1")),
                ],
                { own: [deployed(220)], last: [deployed(110)], older: [deployed(60)], oldest: [deployed(10)] },
            ),
            ["last", "oldest"],
        ));

    it("has what was deployed when a rollback began, though a release came before the rollback was over", async () => {
        const { archive } = archived(
            [
                summary("own", 200, { executionType: "ROLLBACK", lastUpdateTime: date(400) }),
                summary("meanwhile", 190, { lastUpdateTime: date(300) }),
                summary("last", 50),
                summary("older", 0),
            ],
            { own: [deployed(220)], meanwhile: [deployed(250)], last: [deployed(60)], older: [deployed(10)] },
        );
        const own = await executionOf("shop--orders", "own", archive);
        const { others } = await historyOf("shop--orders", own, "prod", archive);
        assert.deepEqual(
            others.map(({ id }) => id),
            ["meanwhile", "last"],
        );
    });

    it("looks through ten pages, and reads the runs of an execution once", async () => {
        const { mock, archive } = archived([], { own: [deployed(120)], last: [deployed(20)] });
        mock.on(ListPipelineExecutionsCommand).resolves({
            pipelineExecutionSummaries: [summary("last", 0)],
            nextToken: "more",
        });
        mock.on(ListPipelineExecutionsCommand, {
            pipelineName: "shop--orders",
            maxResults: 100,
            nextToken: undefined,
        }).resolves({ pipelineExecutionSummaries: [summary("own", 100)], nextToken: "more" });
        const own = await executionOf("shop--orders", "own", archive);
        await historyOf("shop--orders", own, "prod", archive);
        assert.equal(mock.commandCalls(ListPipelineExecutionsCommand).length, 10);
        assert.equal(mock.commandCalls(ListActionExecutionsCommand).length, 2);
        assert.equal(mock.commandCalls(GetPipelineCommand).length, 1);
    });
});
