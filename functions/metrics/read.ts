import {
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    type ActionExecutionDetail,
    type CodePipelineClient,
    type PipelineExecution,
    type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import { startOf, type Execution, type History, type Run, type Stage } from "./history";
import { mostCommits, outcomes } from "./production";

/** Where the history of pipelines is read. */
export interface Archive {
    readonly codepipeline: CodePipelineClient;
    /** What is known of versions of pipelines, which never change. */
    readonly known: Map<string, Promise<readonly Stage[]>>;
}

/** Pages of executions, 100 each, that are looked through, newest first: what was before them is not known. */
const mostPages = 10;

/**
 * The execution `id` of `pipeline`, with the runs of its actions. When it began and changed AWS says in the list of
 * executions alone: {@link historyOf} knows.
 */
export async function executionOf(pipeline: string, id: string, archive: Archive): Promise<Execution> {
    const { pipelineExecution = {} } = await archive.codepipeline.send(
        new GetPipelineExecutionCommand({ pipelineName: pipeline, pipelineExecutionId: id }),
    );
    return withRuns(
        pipeline,
        { pipelineExecutionId: id, ...pipelineExecution },
        archive,
        pipelineExecution.pipelineVersion,
    );
}

/**
 * `own` and the executions that its success or rollback in `production` is measured by: all that were at work since the
 * last deployment before it, that deployment, and earlier ones of the same commits.
 */
export async function historyOf(
    pipeline: string,
    own: Execution,
    production: string,
    archive: Archive,
): Promise<History> {
    const read = new Map<string, Execution>();
    const runsOf = async (summary: PipelineExecutionSummary): Promise<Execution> => {
        const { pipelineExecutionId: id = "" } = summary;
        const execution = read.get(id) ?? (await withRuns(pipeline, summary, archive));
        read.set(id, execution);
        return execution;
    };
    const listed = await executionsOf(pipeline, archive.codepipeline);
    const found = listed.find(({ pipelineExecutionId }) => pipelineExecutionId === own.id);
    const itself = found === undefined ? own : { ...own, ...summaryOf(found) };
    const last = await lastDeployment(listed, itself, production, runsOf);
    const others = listed.filter(({ pipelineExecutionId }) => pipelineExecutionId !== own.id);
    const since = others.filter(summary => isSince(summary, last, itself));
    const brought = new Set(
        [itself, ...since.map(summary => summaryOf(summary))].flatMap(({ commits }) => commits ?? []),
    );
    const again = others.filter(
        summary =>
            summary.status === "Succeeded" &&
            at(summary.lastUpdateTime) < itself.changed &&
            brought.has(summaryOf(summary).commits ?? "") &&
            !since.includes(summary),
    );
    const executions: Execution[] = [];
    for (const summary of [...since.slice(0, 2 * mostCommits), ...again.slice(0, mostCommits)]) {
        executions.push(await runsOf(summary));
    }
    return { own: itself, others: executions };
}

/** The last success of a standard execution in production, before the rollback began, or else the execution succeeded. */
async function lastDeployment(
    listed: readonly PipelineExecutionSummary[],
    own: Execution,
    production: string,
    runsOf: (summary: PipelineExecutionSummary) => Promise<Execution>,
): Promise<Execution | undefined> {
    const before = own.rollback ? own.start : own.changed;
    const successes = listed
        .filter(({ status, executionType }) => status === "Succeeded" && executionType !== "ROLLBACK")
        .filter(
            ({ pipelineExecutionId, lastUpdateTime }) => pipelineExecutionId !== own.id && at(lastUpdateTime) < before,
        )
        .sort((a, b) => at(b.lastUpdateTime) - at(a.lastUpdateTime));
    for (const summary of successes) {
        const execution = await runsOf(summary);
        if (outcomes(execution, production).some(({ good }) => good)) {
            return execution;
        }
    }
    return undefined;
}

/** Whether an execution was at work after `last` was deployed, or has its commits from after it. */
const isSince = (summary: PipelineExecutionSummary, last: Execution | undefined, own: Execution): boolean =>
    at(summary.startTime) <= own.changed &&
    (last === undefined || at(summary.lastUpdateTime) >= last.changed || at(summary.startTime) > last.start);

const at = (time: Date | undefined): number => time?.getTime() ?? 0;

/** What is read of an execution before its runs. */
function summaryOf(
    { startTime, lastUpdateTime, ...rest }: PipelineExecution & PipelineExecutionSummary,
    runs: readonly Run[] = [],
): Omit<Execution, "runs" | "stages"> {
    const start = startTime?.getTime() ?? (runs.length > 0 ? startOf(runs) : 0);
    const target = rest.rollbackMetadata?.rollbackTargetPipelineExecutionId;
    const revisions = (rest.sourceRevisions ?? []).flatMap(({ actionName, revisionId }) =>
        revisionId === undefined ? [] : `${actionName}=${revisionId}`,
    );
    return {
        id: rest.pipelineExecutionId ?? "",
        start,
        changed: lastUpdateTime?.getTime() ?? start,
        status: rest.status ?? "InProgress",
        rollback: rest.executionType === "ROLLBACK",
        parallel: rest.executionMode === "PARALLEL",
        ...(target !== undefined && { target }),
        ...(revisions.length > 0 && { commits: revisions.sort().join(" ") }),
    };
}

async function withRuns(
    pipeline: string,
    summary: PipelineExecution & PipelineExecutionSummary,
    archive: Archive,
    declared?: number,
): Promise<Execution> {
    const details = await actionsOf(pipeline, summary.pipelineExecutionId ?? "", archive.codepipeline);
    const runs = details.map(runOf);
    const version = declared ?? details.find(({ pipelineVersion }) => pipelineVersion !== undefined)?.pipelineVersion;
    return { ...summaryOf(summary, runs), runs, stages: await stagesOf(pipeline, version, archive) };
}

async function executionsOf(
    pipelineName: string,
    codepipeline: CodePipelineClient,
): Promise<PipelineExecutionSummary[]> {
    const all: PipelineExecutionSummary[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
        const page = await codepipeline.send(
            new ListPipelineExecutionsCommand({ pipelineName, maxResults: 100, nextToken }),
        );
        all.push(...(page.pipelineExecutionSummaries ?? []));
        nextToken = page.nextToken;
        pages += 1;
    } while (nextToken !== undefined && pages < mostPages);
    return all;
}

async function actionsOf(
    pipelineName: string,
    pipelineExecutionId: string,
    codepipeline: CodePipelineClient,
): Promise<ActionExecutionDetail[]> {
    const all: ActionExecutionDetail[] = [];
    let nextToken: string | undefined;
    do {
        const page = await codepipeline.send(
            new ListActionExecutionsCommand({
                pipelineName,
                filter: { pipelineExecutionId },
                maxResults: 100,
                nextToken,
            }),
        );
        all.push(...(page.actionExecutionDetails ?? []));
        nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return all;
}

function runOf({ startTime, lastUpdateTime, status, input, output, ...rest }: ActionExecutionDetail): Run {
    const start = startTime?.getTime() ?? 0;
    const { category = "Invoke", provider = "" } = input?.actionTypeId ?? {};
    const committed = committedAt(output?.outputVariables ?? {});
    return {
        id: rest.actionExecutionId ?? "",
        stage: rest.stageName ?? "",
        action: rest.actionName ?? "",
        start,
        status: status ?? "InProgress",
        category,
        provider,
        ...(status !== undefined && status !== "InProgress" && { end: lastUpdateTime?.getTime() ?? start }),
        ...(category === "Source" && committed !== undefined && { committed }),
    };
}

/**
 * The time of a source's commit: of CodeCommit when it was committed, of connections when it was written, as they tell no more.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html CommitterDate
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html AuthorDate
 */
function committedAt({ CommitterDate, AuthorDate }: Partial<Record<string, string>>): number | undefined {
    const time = Date.parse(CommitterDate ?? AuthorDate ?? "");
    return Number.isNaN(time) ? undefined : time;
}

/** The stages of a version of a pipeline; of the newest, where the version is not known. */
async function stagesOf(pipeline: string, version: number | undefined, archive: Archive): Promise<readonly Stage[]> {
    if (version === undefined) {
        return declaredBy(pipeline, version, archive.codepipeline);
    }
    const key = `${pipeline} ${version}`;
    const found = archive.known.get(key) ?? declaredBy(pipeline, version, archive.codepipeline);
    archive.known.set(key, found);
    try {
        return await found;
    } catch (error) {
        archive.known.delete(key);
        throw error;
    }
}

async function declaredBy(
    name: string,
    version: number | undefined,
    codepipeline: CodePipelineClient,
): Promise<readonly Stage[]> {
    const { pipeline } = await codepipeline.send(new GetPipelineCommand({ name, version }));
    return (pipeline?.stages ?? []).map(stage => ({
        name: stage.name ?? "",
        actions: (stage.actions ?? []).map(action => ({
            name: action.name ?? "",
            category: action.actionTypeId?.category ?? "",
            order: action.runOrder ?? 1,
        })),
    }));
}
