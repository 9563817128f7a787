import {
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    type ActionExecutionDetail,
    type CodePipelineClient,
    type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import type { StageHistory } from "./target";

/** A stage of a pipeline. */
export interface Stage {
    readonly pipeline: string;
    readonly stage: string;
}

/** Answers of a list that are read, 100 entries each: what is needed stands at the beginning. */
const mostPages = 5;

/**
 * What AWS says of `stage`; undefined when there is no such pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListPipelineExecutions.html succeededInStage
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipelineState.html
 */
export async function historyOf(
    { pipeline, stage }: Stage,
    codepipeline: CodePipelineClient,
): Promise<StageHistory | undefined> {
    try {
        const [state, successes, actions] = await Promise.all([
            codepipeline.send(new GetPipelineStateCommand({ name: pipeline })),
            successesIn({ pipeline, stage }, codepipeline),
            actionsOf(pipeline, codepipeline),
        ]);
        const found = state.stageStates?.find(({ stageName }) => stageName === stage);
        return {
            ...(state.pipelineVersion !== undefined && { version: state.pipelineVersion }),
            ...(found && { stage: found }),
            successes,
            began: beginnings(actions.filter(({ stageName }) => stageName === stage)),
        };
    } catch (error) {
        if (error instanceof Error && error.name === "PipelineNotFoundException") {
            return undefined;
        }
        throw error;
    }
}

const successesIn = ({ pipeline, stage }: Stage, codepipeline: CodePipelineClient) =>
    pages(async nextToken => {
        const { pipelineExecutionSummaries = [], nextToken: next } = await codepipeline.send(
            new ListPipelineExecutionsCommand({
                pipelineName: pipeline,
                filter: { succeededInStage: { stageName: stage } },
                ...(nextToken !== undefined && { nextToken }),
            }),
        );
        return { found: pipelineExecutionSummaries, next };
    });

const actionsOf = (pipeline: string, codepipeline: CodePipelineClient) =>
    pages(async nextToken => {
        const { actionExecutionDetails = [], nextToken: next } = await codepipeline.send(
            new ListActionExecutionsCommand({
                pipelineName: pipeline,
                maxResults: 100,
                ...(nextToken !== undefined && { nextToken }),
            }),
        );
        return { found: actionExecutionDetails, next };
    });

async function pages<T>(
    page: (token: string | undefined) => Promise<{ found: readonly T[]; next: string | undefined }>,
): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    for (let count = 0; count < mostPages; count += 1) {
        const { found, next } = await page(token);
        all.push(...found);
        if (next === undefined) {
            break;
        }
        token = next;
    }
    return all;
}

/** When each execution's first action began. */
function beginnings(actions: readonly ActionExecutionDetail[]): Map<string, Date> {
    const began = new Map<string, Date>();
    for (const { pipelineExecutionId: id, startTime } of actions) {
        const known = id === undefined ? undefined : began.get(id);
        if (id !== undefined && startTime !== undefined && (known === undefined || startTime < known)) {
            began.set(id, startTime);
        }
    }
    return began;
}

/** Whether `execution` can be gone back to: a standard one, started in the structure that the pipeline has now. */
export async function isOfVersion(
    pipelineName: string,
    pipelineExecutionId: string,
    version: number | undefined,
    codepipeline: CodePipelineClient,
): Promise<boolean> {
    const { pipelineExecution } = await codepipeline.send(
        new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }),
    );
    return pipelineExecution?.executionType !== "ROLLBACK" && pipelineExecution?.pipelineVersion === version;
}

/** Clocks differ; in milliseconds. */
const clockDifference = 60_000;

/** The rollback to `target` that has begun since `at`, if there is one. */
export async function rollbackSince(
    pipelineName: string,
    target: string,
    at: Date,
    codepipeline: CodePipelineClient,
): Promise<string | undefined> {
    const { pipelineExecutionSummaries = [] } = await codepipeline.send(
        new ListPipelineExecutionsCommand({ pipelineName, maxResults: 100 }),
    );
    const earliest = at.getTime() - clockDifference;
    const isIt = ({ executionType, rollbackMetadata, startTime }: PipelineExecutionSummary) =>
        executionType === "ROLLBACK" &&
        rollbackMetadata?.rollbackTargetPipelineExecutionId === target &&
        (startTime?.getTime() ?? 0) >= earliest;
    return pipelineExecutionSummaries.find(isIt)?.pipelineExecutionId;
}
