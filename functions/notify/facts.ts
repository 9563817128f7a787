import {
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    ListRuleExecutionsCommand,
    ListTagsForResourceCommand,
    type ActionExecutionDetail,
    type CodePipelineClient,
    type PipelineDeclaration,
    type PipelineExecution,
    type PipelineExecutionSummary,
    type RuleExecutionDetail,
    type StageState,
} from "@aws-sdk/client-codepipeline";
import { Later } from "../lib/queue";
import { Cache } from "./cache";
import { partitionOf } from "./console";

export type Tags = Readonly<Record<string, string>>;

/** How long what seldom changes is believed: tags and structures of pipelines; and what never changes. */
const minutes = 60_000;
const life = 5 * minutes;
const longLife = 60 * minutes;

/** Pages of an answer that are read; a pipeline's execution has far fewer actions. */
const pages = 5;

/** What an answer holds when there is no such thing any more. */
const gone = [
    "PipelineExecutionNotFoundException",
    "PipelineNotFoundException",
    "PipelineVersionNotFoundException",
    "ResourceNotFoundException",
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/CommonErrors.html */
const throttled = [
    "RequestLimitExceeded",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];

/** Seconds after which CodePipeline is asked again when it was asked too much. */
const rest = 30;

/**
 * What CodePipeline knows. Of a pipeline or an execution that is gone nothing is known; asked too much, it wants to be asked
 * later.
 *
 * It needs, on the stack's pipelines: `codepipeline:GetPipeline`, `GetPipelineExecution`, `GetPipelineState`,
 * `ListActionExecutions`, `ListPipelineExecutions`, `ListRuleExecutions`, `ListTagsForResource`.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export class Facts {
    private readonly allTags: Cache<Tags>;
    private readonly structures: Cache<PipelineDeclaration | undefined>;
    private readonly known: Cache<PipelineExecution | undefined>;

    constructor(
        private readonly codepipeline: CodePipelineClient,
        private readonly at: { readonly account: string; readonly region: string },
        now: () => number = Date.now,
    ) {
        this.allTags = new Cache(life, now);
        this.structures = new Cache(life, now);
        this.known = new Cache(longLife, now);
    }

    /** Tags of a pipeline; when AWS does not say, those that it said last. */
    tags(pipeline: string): Promise<Tags> {
        const { account, region } = this.at;
        const resourceArn = `arn:${partitionOf(region)}:codepipeline:${region}:${account}:${pipeline}`;
        return this.allTags.getOrStale(pipeline, async () => {
            const tags = await this.listed(
                nextToken => this.codepipeline.send(new ListTagsForResourceCommand({ resourceArn, nextToken })),
                answer => answer.tags,
            );
            return Object.fromEntries(tags.map(({ key = "", value = "" }) => [key, value]));
        });
    }

    /** How a pipeline is built. */
    structure(name: string): Promise<PipelineDeclaration | undefined> {
        return this.structures.get(name, () =>
            answered(async () => (await this.codepipeline.send(new GetPipelineCommand({ name }))).pipeline, undefined),
        );
    }

    /** An execution. What is asked of it, such as its commit and its type, does not change once its commit is known. */
    execution(pipelineName: string, pipelineExecutionId: string): Promise<PipelineExecution | undefined> {
        const command = new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId });
        return this.known.get(
            `${pipelineName}#${pipelineExecutionId}`,
            () => answered(async () => (await this.codepipeline.send(command)).pipelineExecution, undefined),
            execution => (execution?.artifactRevisions ?? []).length > 0,
        );
    }

    /** Whether an execution still runs, as AWS knows it now. */
    async runs(pipelineName: string, pipelineExecutionId: string): Promise<boolean> {
        const command = new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId });
        const { pipelineExecution } = await answered(
            async (): Promise<{ pipelineExecution?: PipelineExecution }> => this.codepipeline.send(command),
            {},
        );
        return pipelineExecution?.status === "InProgress";
    }

    /** All that has run in an execution, retries included. */
    actions(pipelineName: string, pipelineExecutionId: string): Promise<ActionExecutionDetail[]> {
        return this.listed(
            nextToken =>
                this.codepipeline.send(
                    new ListActionExecutionsCommand({ pipelineName, filter: { pipelineExecutionId }, nextToken }),
                ),
            answer => answer.actionExecutionDetails,
        );
    }

    /** All gates that an execution has come to. */
    rules(pipelineName: string, pipelineExecutionId: string): Promise<RuleExecutionDetail[]> {
        return this.listed(
            nextToken =>
                this.codepipeline.send(
                    new ListRuleExecutionsCommand({ pipelineName, filter: { pipelineExecutionId }, nextToken }),
                ),
            answer => answer.ruleExecutionDetails,
        );
    }

    /** The hundred last executions of a pipeline; or those of them that `stage` saw succeed, as its structure is now. */
    async executions(pipelineName: string, stageName?: string): Promise<PipelineExecutionSummary[]> {
        const filter = stageName === undefined ? undefined : { succeededInStage: { stageName } };
        const command = new ListPipelineExecutionsCommand({ pipelineName, ...(filter && { filter }) });
        const { pipelineExecutionSummaries } = await answered(
            async (): Promise<{ pipelineExecutionSummaries?: PipelineExecutionSummary[] }> =>
                this.codepipeline.send(command),
            {},
        );
        return pipelineExecutionSummaries ?? [];
    }

    /** What is in each stage of a pipeline now. */
    async stages(name: string): Promise<StageState[]> {
        const { stageStates } = await answered(
            async (): Promise<{ stageStates?: StageState[] }> =>
                this.codepipeline.send(new GetPipelineStateCommand({ name })),
            {},
        );
        return stageStates ?? [];
    }

    private listed<A extends { nextToken?: string }, T>(
        ask: (nextToken?: string) => Promise<A>,
        of: (answer: A) => T[] | undefined,
    ): Promise<T[]> {
        return answered(async () => {
            const all: T[] = [];
            let nextToken: string | undefined;
            for (let page = 0; page < pages && (page === 0 || nextToken !== undefined); page++) {
                const answer: A = await ask(nextToken);
                all.push(...(of(answer) ?? []));
                nextToken = answer.nextToken;
            }
            return all;
        }, []);
    }
}

async function answered<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
    try {
        return await ask();
    } catch (error) {
        const name = error instanceof Error ? error.name : "";
        if (gone.includes(name)) {
            return otherwise;
        }
        if (throttled.includes(name)) {
            throw new Later(rest, `CodePipeline is asked too much: ${(error as Error).message}`);
        }
        throw error;
    }
}
