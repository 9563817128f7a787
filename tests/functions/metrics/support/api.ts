import {
    CodePipelineClient,
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    type ActionExecutionDetail,
    type GetPipelineExecutionCommandInput,
    type ListActionExecutionsCommandInput,
    type ListPipelineExecutionsCommandInput,
    type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";
import { stages } from "./pipeline";
import { eventTime } from "./reference";
import type { Simulated, SimulatedRun, Told, World } from "./simulator";

/** Small, so that there is more than one page. */
const pageSize = 3;

const page = <T>(all: readonly T[], token: string | undefined) => {
    const from = Number(token ?? 0);
    const next = from + pageSize;
    return { items: all.slice(from, next), ...(next < all.length && { nextToken: String(next) }) };
};

/** CodePipeline's API as it is at the moment that `now` says, of `world`. */
export function apiOf(world: World, now: () => number): CodePipelineClient {
    const client = new CodePipelineClient({ region: "eu-central-1" });
    const visible = () => world.executions.filter(({ start }) => start <= now());
    mockClient(client)
        .on(GetPipelineCommand)
        .resolves({
            pipeline: {
                name: undefined,
                roleArn: undefined,
                stages: stages.map(({ name, actions }) => ({
                    name,
                    actions: actions.map(({ name: own, category, provider, order }) => ({
                        name: own,
                        runOrder: order,
                        actionTypeId: { category, provider, owner: "AWS", version: "1" },
                    })),
                })),
            },
        })
        .on(GetPipelineExecutionCommand)
        .callsFake(({ pipelineExecutionId }: GetPipelineExecutionCommandInput) => {
            const found = visible().find(({ id }) => id === pipelineExecutionId);
            const { startTime, lastUpdateTime, sourceRevisions, ...rest } = summaryOf(found, world, now());
            return { pipelineExecution: { ...rest, pipelineVersion: 1 } };
        })
        .on(ListPipelineExecutionsCommand)
        .callsFake(({ nextToken }: ListPipelineExecutionsCommandInput) => {
            const all = visible().sort((a, b) => b.start - a.start);
            const { items, ...more } = page(all, nextToken);
            return { pipelineExecutionSummaries: items.map(each => summaryOf(each, world, now())), ...more };
        })
        .on(ListActionExecutionsCommand)
        .callsFake(({ filter, nextToken }: ListActionExecutionsCommandInput) => {
            const execution = visible().find(({ id }) => id === filter?.pipelineExecutionId);
            const runs = (execution?.runs ?? []).filter(({ start }) => start <= now()).reverse();
            const { items, ...more } = page(runs, nextToken);
            return { actionExecutionDetails: items.map(run => detailOf(execution, run, now())), ...more };
        });
    return client;
}

function summaryOf(execution: Simulated | undefined, { mode }: World, now: number): PipelineExecutionSummary {
    if (execution === undefined) {
        throw new Error("no such execution");
    }
    const { id, start, target, commit } = execution;
    const state = execution.states.findLast(({ at }) => at <= now);
    const sourced = execution.runs.some(run => run.stage === "Source" && run.status === "Succeeded" && run.end <= now);
    return {
        pipelineExecutionId: id,
        startTime: new Date(start),
        lastUpdateTime: new Date(state?.at ?? start),
        status: (state?.status ?? "InProgress") as PipelineExecutionSummary["status"],
        executionMode: mode,
        executionType: target === undefined ? "STANDARD" : "ROLLBACK",
        ...(target && { rollbackMetadata: { rollbackTargetPipelineExecutionId: target.id } }),
        ...(sourced && { sourceRevisions: [{ actionName: "source", revisionId: `commit-${commit}` }] }),
    };
}

function detailOf(execution: Simulated | undefined, run: SimulatedRun, now: number): ActionExecutionDetail {
    const { id, stage, action, start, end, status } = run;
    const over = end <= now;
    const { category, provider } = action;
    return {
        pipelineExecutionId: execution?.id,
        actionExecutionId: id,
        pipelineVersion: 1,
        stageName: stage,
        actionName: action.name,
        startTime: new Date(start),
        lastUpdateTime: new Date(over ? end : start),
        status: over ? status : "InProgress",
        input: { actionTypeId: { category, provider, owner: "AWS", version: "1" } },
        ...(over &&
            category === "Source" &&
            execution?.committed !== undefined && {
                output: { outputVariables: { AuthorDate: new Date(execution.committed).toISOString() } },
            }),
    };
}

const types = { action: "Action", pipeline: "Pipeline", stage: "Stage" };

/** `told` as EventBridge writes it. */
export const bodyOf = ({ id, at, kind, state, execution, stage, run, retried }: Told, pipeline: string) => ({
    version: "0",
    id,
    "detail-type": `CodePipeline ${types[kind]} Execution State Change`,
    source: "aws.codepipeline",
    time: new Date(eventTime(at)).toISOString().replace(".000Z", "Z"),
    detail: {
        pipeline,
        "execution-id": execution.id,
        state,
        version: 1,
        ...(stage !== undefined && { stage }),
        ...(retried !== undefined && { "stage-last-retry-attempt-time": new Date(retried).toISOString() }),
        ...(run && {
            action: run.action.name,
            "action-execution-id": run.id,
            region: "eu-central-1",
            type: { owner: "AWS", category: run.action.category, provider: run.action.provider, version: "1" },
        }),
    },
});
