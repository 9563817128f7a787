import * as assert from "node:assert/strict";
import {
    CodePipelineClient,
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";
import { Later } from "../../../functions/lib/errors";
import { archiveOf, handle, type Means } from "../../../functions/metrics/handle";
import { changed, sample, sources, type Sample } from "../fixtures/events";
import { emfProblems } from "../support/emf-schema";
import { MemoryTable } from "../support/table";
import { apiOf, bodyOf } from "./support/api";
import { settings } from "./support/pipeline";
import { epoch, fine, simulate, type Told, type World } from "./support/simulator";
import { fieldsOf } from "./support/stand";

const day = 24 * 60 * 60 * 1000;

/** One release that goes well. */
const world = simulate({
    mode: "QUEUED",
    scripts: [{ gap: 0, commit: 1, age: 60_000, tries: [fine] }],
    undoings: [],
});

const told = (kind: Told["kind"], stage?: string, { told: all }: World = world): Told => {
    const found = all.find(event => event.kind === kind && event.stage === stage);
    assert.ok(found);
    return found;
};

describe("the function that measures", () => {
    let lines: string[];
    beforeEach(() => (lines = []));

    const means = (change: Partial<Means["settings"]> = {}, codepipeline = apiOf(world, () => epoch + day)): Means => ({
        settings: { ...settings, ...change },
        archive: archiveOf(codepipeline),
        table: new MemoryTable().table(() => epoch + day),
        write: line => lines.push(line),
    });

    it("writes a line of embedded metric format for what is over", async () => {
        await handle(bodyOf(told("stage", "prod"), "shop--orders"), means());
        const [line] = lines;
        assert.deepEqual(emfProblems(line), []);
        const { _aws: metadata, ...fields } = fieldsOf(line);
        assert.deepEqual(fields, {
            Service: "orders",
            Environment: "prod",
            Stage: "prod",
            pipeline: "shop--orders",
            execution: world.executions[0].id,
            type: "STANDARD",
            kind: "stage",
            state: "SUCCEEDED",
            leadTimeFrom: "commit",
            id: told("stage", "prod").id,
            Succeeded: 1,
            ErrorRate: 0,
            StageDuration: 179.75,
            QueueTime: 0,
            Deployments: 1,
            ExecutionTime: 480,
            LeadTime: [600],
        });
        assert.deepEqual(metadata, {
            Timestamp: Date.UTC(2026, 8, 1, 9, 9),
            CloudWatchMetrics: [
                {
                    Namespace: "service-pipelines/shop",
                    Dimensions: [["Service", "Environment"]],
                    Metrics: [
                        { Name: "Deployments", Unit: "Count" },
                        { Name: "LeadTime", Unit: "Seconds" },
                        { Name: "ExecutionTime", Unit: "Seconds" },
                    ],
                },
                {
                    Namespace: "service-pipelines/shop",
                    Dimensions: [["Service", "Environment", "Stage"]],
                    Metrics: [
                        { Name: "Succeeded", Unit: "Count" },
                        { Name: "ErrorRate", Unit: "None" },
                        { Name: "StageDuration", Unit: "Seconds" },
                        { Name: "QueueTime", Unit: "Seconds" },
                    ],
                },
            ],
        });
    });

    it("declares the six of a service alone where stages are not asked for, and writes all values", async () => {
        await handle(bodyOf(told("stage", "prod"), "shop--orders"), means());
        await handle(bodyOf(told("stage", "prod"), "shop--orders"), means({ metrics: "basic" }));
        const [{ _aws: all, ...fields }, { _aws: basic, ...same }] = lines.map(fieldsOf);
        assert.deepEqual(same, fields);
        const declared = (metadata: unknown) =>
            (metadata as { CloudWatchMetrics: readonly object[] }).CloudWatchMetrics;
        assert.deepEqual(declared(basic), declared(all).slice(0, 1));
    });

    it("writes a plain line where nothing is a metric", async () => {
        await handle(bodyOf(told("action", "Build"), "shop--orders"), means({ metrics: "basic" }));
        await handle(bodyOf(told("pipeline"), "shop--orders"), means());
        assert.deepEqual(
            lines.map(fieldsOf).map(({ _aws: metadata, Environment, Stage, action, kind, ActionDuration }) => ({
                metadata,
                Environment,
                Stage,
                action,
                kind,
                ActionDuration,
            })),
            [
                {
                    metadata: undefined,
                    Environment: "all",
                    Stage: "Build",
                    action: "build",
                    kind: "action",
                    ActionDuration: 60,
                },
                {
                    metadata: undefined,
                    Environment: "prod",
                    Stage: undefined,
                    action: undefined,
                    kind: "pipeline",
                    ActionDuration: undefined,
                },
            ],
        );
    });

    it("writes every line as CloudWatch takes it", async () => {
        const own = means();
        for (const event of world.told.filter(({ kind }) => kind !== "pipeline")) {
            await handle(bodyOf(event, "shop--orders"), own);
        }
        assert.equal(lines.length, world.told.length - 1);
        assert.deepEqual(lines.flatMap(emfProblems), []);
    });

    it("writes nothing twice, and asks for a version of a pipeline once", async () => {
        const own = means();
        await handle(bodyOf(told("stage", "prod"), "shop--orders"), own);
        await handle(bodyOf(told("stage", "prod"), "shop--orders"), own);
        assert.equal(lines.length, 1);
        assert.equal(own.archive.known.size, 1);
    });

    it("asks nothing about what is not over, and about pipelines that check", async () => {
        const nobody = mockClient(new CodePipelineClient({ region: "eu-central-1" })).rejects(new Error("asked"));
        const own = means({}, nobody as unknown as CodePipelineClient);
        const stage = bodyOf(told("stage", "prod"), "shop--orders");
        for (const state of ["STARTED", "RESUMED", "STOPPING"]) {
            await handle({ ...stage, detail: { ...stage.detail, state } }, own);
        }
        await handle({ ...stage, detail: { ...stage.detail, pipeline: "shop--orders--check" } }, own);
        assert.deepEqual(lines, []);
        assert.equal(nobody.calls().length, 0);
    });

    it("is not asked about alarms, ticks and the like", async () => {
        const own = means();
        for (const name of ["alarm-metric", "rollback-started", "scheduled", "tick"] as const) {
            await handle(sample(name), own);
        }
        assert.deepEqual(lines, []);
    });

    it("takes every event of executions that AWS documents", async () => {
        const own = means();
        const [execution] = world.executions;
        const names = (Object.keys(sources) as Sample[]).filter(name =>
            /^(action|approval|pipeline|stage)-/.test(name),
        );
        for (const name of names) {
            const kind = (["pipeline", "stage"] as const).find(each => name.startsWith(each)) ?? "action";
            const detail = {
                pipeline: "shop--orders",
                "execution-id": execution.id,
                ...(kind !== "pipeline" && { stage: "prod" }),
                ...(kind === "action" && { action: "deploy", "action-execution-id": execution.runs[6].id }),
            };
            await handle(changed(name, detail, { id: name, time: new Date(epoch + day).toISOString() }), own);
        }
        const over = names.filter(name => !/-(started|stopping|resumed)$/.test(name));
        assert.deepEqual(
            lines.map(line => fieldsOf(line).id),
            over,
        );
    });

    const failing = (name: string): CodePipelineClient => {
        const client = new CodePipelineClient({ region: "eu-central-1" });
        mockClient(client).rejects(Object.assign(new Error("no"), { name }));
        return client;
    };
    for (const [name, expected] of [
        ["ThrottlingException", { name: "Later", seconds: 30, message: "CodePipeline: no" }],
        ["TooManyRequestsException", { name: "Later", seconds: 30 }],
        [
            "PipelineNotFoundException",
            { name: "Malformed", message: /^the pipeline is gone: shop--orders, execution 0/ },
        ],
        ["PipelineExecutionNotFoundException", { name: "Malformed", message: /^the execution is gone/ }],
        ["PipelineVersionNotFoundException", { name: "Malformed", message: /^the version of the pipeline is gone/ }],
        ["AccessDeniedException", { name: "AccessDeniedException", message: "no" }],
    ] as const) {
        it(`fails on ${name} with ${expected.name}`, () =>
            assert.rejects(handle(bodyOf(told("stage", "prod"), "shop--orders"), means({}, failing(name))), expected));
    }

    it("fails on another fleet's pipeline", () =>
        assert.rejects(handle(bodyOf(told("stage", "prod"), "stock--orders"), means()), { name: "Malformed" }));

    it("fails on an event that CloudWatch takes no more", async () => {
        const old = { ...means(), table: new MemoryTable().table(() => epoch + 15 * day) };
        await assert.rejects(handle(bodyOf(told("stage", "prod"), "shop--orders"), old), {
            name: "Malformed",
            message: "an event of 2026-09-01T09:09:00.000Z is too far from now for CloudWatch",
        });
    });

    it("asks again for a version that it could not read", async () => {
        const client = new CodePipelineClient({ region: "eu-central-1" });
        mockClient(client)
            .on(GetPipelineExecutionCommand)
            .resolves({ pipelineExecution: { status: "Succeeded", pipelineVersion: 3 } })
            .on(ListActionExecutionsCommand)
            .resolves({ actionExecutionDetails: [] })
            .on(ListPipelineExecutionsCommand)
            .resolves({})
            .on(GetPipelineCommand)
            .rejectsOnce(Object.assign(new Error("slow down"), { name: "ThrottlingException" }))
            .resolves({ pipeline: { name: "shop--orders", roleArn: "", stages: [] } });
        const own = means({}, client);
        await assert.rejects(handle(bodyOf(told("pipeline"), "shop--orders"), own), Later);
        await handle(bodyOf(told("pipeline"), "shop--orders"), own);
        assert.equal(lines.length, 1);
    });
});
