import {
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    paginateListActionExecutions,
    paginateListPipelineExecutions,
    PipelineExecutionNotFoundException,
    type ActionExecutionDetail,
    type CodePipelineClient,
    type GetPipelineStateOutput,
    type ListActionExecutionsOutput,
    type PipelineExecution,
    type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";

/** An execution as AWS tells it: those of the lists know when they began, a single one which version ran. */
export type Execution = PipelineExecutionSummary & Pick<PipelineExecution, "artifactRevisions">;

/** How far back what a stage did is looked for: AWS answers with a hundred actions at a time. */
export const mostActions = 1000;
const mostPages = mostActions / 100;

/** How far back executions of a kind are looked for. */
export const mostExecutions = 1000;

/**
 * What AWS knows of one pipeline, each question asked once.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListPipelineExecutions.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListActionExecutions.html
 */
export class History {
    private readonly answers = new Map<string, Promise<unknown>>();
    private readonly known = new Map<string, Execution>();
    private readonly pages: AsyncGenerator<ListActionExecutionsOutput, unknown>;
    private readonly read: ActionExecutionDetail[] = [];
    private count = 0;

    constructor(
        private readonly pipelineName: string,
        private readonly client: CodePipelineClient,
    ) {
        this.pages = paginateListActionExecutions({ client }, { pipelineName });
    }

    /** Version and execution mode of the pipeline as it is now. */
    structure(): Promise<{ readonly version: number; readonly executionMode: string }> {
        return this.once("structure", async () => {
            const { pipelineName: name } = this;
            const { pipeline } = await this.client.send(new GetPipelineCommand({ name }));
            // https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html (default)
            return { version: pipeline?.version ?? 1, executionMode: pipeline?.executionMode ?? "SUPERSEDED" };
        });
    }

    /** Where the newest executions are. */
    state(): Promise<GetPipelineStateOutput> {
        const { pipelineName: name } = this;
        return this.once("state", () => this.client.send(new GetPipelineStateCommand({ name })));
    }

    /** The hundred newest executions. */
    executions(): Promise<readonly Execution[]> {
        return this.once("executions", async () => {
            for await (const { pipelineExecutionSummaries = [] } of this.list()) {
                return this.learned(pipelineExecutionSummaries);
            }
            return [];
        });
    }

    /**
     * The newest executions that are `wanted`, at most so many; looked for among the thousand newest. That AWS lists the newest
     * first is assumed here too.
     */
    async newest(wanted: (execution: Execution) => boolean, most: number): Promise<readonly Execution[]> {
        const found: Execution[] = [];
        let looked = 0;
        for await (const { pipelineExecutionSummaries = [] } of this.list()) {
            found.push(...pipelineExecutionSummaries.filter(wanted));
            looked += pipelineExecutionSummaries.length;
            if (found.length >= most || looked >= mostExecutions) {
                break;
            }
        }
        return found.slice(0, most);
    }

    /** All executions that have succeeded in `stage` in the current version of the pipeline. */
    succeededIn(stageName: string): Promise<readonly Execution[]> {
        return this.once(`succeeded ${stageName}`, async () => {
            const all: Execution[] = [];
            for await (const { pipelineExecutionSummaries = [] } of this.list({ succeededInStage: { stageName } })) {
                all.push(...pipelineExecutionSummaries);
            }
            return this.learned(all);
        });
    }

    /** All that an execution has done so far. */
    actionsOf(pipelineExecutionId: string): Promise<readonly ActionExecutionDetail[]> {
        return this.once(`actions ${pipelineExecutionId}`, async () => {
            const all: ActionExecutionDetail[] = [];
            const { client, pipelineName } = this;
            const filter = { pipelineExecutionId };
            for await (const page of paginateListActionExecutions({ client }, { pipelineName, filter })) {
                all.push(...(page.actionExecutionDetails ?? []));
            }
            return all;
        });
    }

    /**
     * Looks through the actions of all executions for something, the newest first, page by page until it is found.
     * That AWS lists the newest first is assumed: no page says it.
     */
    async lookBack<T>(find: (read: readonly ActionExecutionDetail[]) => T | undefined): Promise<T | undefined> {
        for (;;) {
            const found = find(this.read);
            if (found !== undefined || this.tooLong) {
                return found;
            }
            const page = await this.pages.next();
            if (page.done === true) {
                return undefined;
            }
            this.count += 1;
            this.read.push(...(page.value.actionExecutionDetails ?? []));
        }
    }

    /** Whether {@link lookBack} has given up before the end. */
    get tooLong(): boolean {
        return this.count === mostPages;
    }

    /** One execution; nothing but its id of one that AWS no longer keeps. */
    async execution(pipelineExecutionId: string): Promise<Execution> {
        await this.executions();
        return this.known.get(pipelineExecutionId) ?? (await this.single(pipelineExecutionId));
    }

    /** Version of the pipeline that an execution was started in. */
    async versionOf(pipelineExecutionId: string): Promise<number | undefined> {
        return (await this.single(pipelineExecutionId)).pipelineVersion;
    }

    private single(pipelineExecutionId: string): Promise<PipelineExecution> {
        return this.once(`execution ${pipelineExecutionId}`, async () => {
            const { pipelineName } = this;
            try {
                const { pipelineExecution } = await this.client.send(
                    new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId }),
                );
                return pipelineExecution ?? { pipelineExecutionId };
            } catch (error) {
                if (error instanceof PipelineExecutionNotFoundException) {
                    return { pipelineExecutionId };
                }
                throw error;
            }
        });
    }

    private list(filter?: { readonly succeededInStage: { readonly stageName: string } }) {
        const { client, pipelineName } = this;
        return paginateListPipelineExecutions({ client }, { pipelineName, ...(filter && { filter }) });
    }

    private learned(executions: readonly Execution[]): readonly Execution[] {
        executions.forEach(one => this.known.set(one.pipelineExecutionId ?? "", one));
        return executions;
    }

    private once<T>(question: string, ask: () => Promise<T>): Promise<T> {
        const answer = (this.answers.get(question) as Promise<T> | undefined) ?? ask();
        this.answers.set(question, answer);
        return answer;
    }
}
