import { createHash } from "node:crypto";
import {
    CodePipelineClient,
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    PipelineExecutionNotFoundException,
    PipelineNotFoundException,
    type ActionExecutionDetail,
    type ExecutionMode,
    type PipelineExecutionSummary,
    type StageConditionState,
    type StageState,
    type StageExecutionStatus,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";

export const now = new Date("2026-11-24T10:00:00Z");

/** So many minutes before {@link now}. */
export const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

/** Id of the execution with this number. */
export const id = (number: number) =>
    hash(`execution ${number}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

/** Id of its commit. */
export const commitId = (number: number) => hash(`commit ${number}`).slice(0, 40);

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** What an action did: its stage, its name, how it ended, and when it began and was last heard of, in minutes before now. */
export type Did = readonly [
    stage: string,
    action: string,
    status: "Succeeded" | "Failed" | "InProgress" | "Abandoned",
    began: number,
    ended: number,
    more?: Partial<ActionExecutionDetail>,
];

/** An execution of its own commit. */
export interface Made {
    readonly number: number;
    readonly began: number;
    readonly did: readonly Did[];
    /** Version of the pipeline in which it was started. @default the pipeline's */
    readonly version?: number;
    /** What the list of executions says of it, beside the commit. */
    readonly more?: Partial<PipelineExecutionSummary>;
    /** First line of the commit's message. @default Change, and the number */
    readonly message?: string;
    /** Whether the lists know it no longer. */
    readonly old?: boolean;
}

/** A stage as GetPipelineState tells it. */
export interface Stage {
    readonly latest?: readonly [number: number, status: StageExecutionStatus];
    readonly inbound?: readonly (readonly [number: number, status: StageExecutionStatus])[];
    readonly more?: Partial<StageState>;
    /** Numbers of the executions that have succeeded in it in the pipeline's version. */
    readonly succeeded?: readonly number[];
}

export interface World {
    readonly version: number;
    readonly executionMode?: ExecutionMode;
    readonly executions: readonly Made[];
    readonly stages: Readonly<Record<string, Stage>>;
    /** How many entries one answer has. @default 100, as AWS's */
    readonly page?: number;
}

/** A condition of a stage with one rule. */
export const condition = (
    ruleName: string,
    status: "InProgress" | "Failed" | "Succeeded",
    minutes: number,
    message?: string,
): StageConditionState => ({
    conditionStates: [
        {
            ruleStates: [
                {
                    ruleName,
                    latestExecution: {
                        status,
                        lastStatusChange: ago(minutes),
                        ...(message !== undefined && { errorDetails: { message } }),
                    },
                },
            ],
        },
    ],
});

/** The commit of an execution, as a connection tells it. */
export const commitOf = (number: number, message = `Change ${number}`) => ({
    actionName: "source",
    revisionId: commitId(number),
    revisionSummary: JSON.stringify({ ProviderType: "GitHub", CommitMessage: `${message}\n\nAnd why.` }),
    revisionUrl: `https://git.example/commit/${number}`,
});

/** A page of `all`; the token is where the next one begins. */
function paged<T>(all: readonly T[], size: number, token = "0"): { readonly part: T[]; readonly nextToken?: string } {
    const from = Number(token);
    const next = from + size;
    return { part: all.slice(from, next), ...(next < all.length && { nextToken: String(next) }) };
}

const summaryOf = ({ number, began, message, more }: Made): PipelineExecutionSummary => ({
    pipelineExecutionId: id(number),
    status: "Succeeded",
    startTime: ago(began),
    lastUpdateTime: ago(began),
    executionType: "STANDARD",
    sourceRevisions: [commitOf(number, message)],
    ...more,
});

/** Actions of all executions, the newest first. */
const actionsOf = ({ executions, version }: World): ActionExecutionDetail[] =>
    executions
        .flatMap(made =>
            made.did.map(([stageName, actionName, status, began, ended, more]) => ({
                pipelineExecutionId: id(made.number),
                pipelineVersion: made.version ?? version,
                stageName,
                actionName,
                status,
                startTime: ago(began),
                lastUpdateTime: ago(ended),
                ...more,
            })),
        )
        .sort((a, b) => b.startTime.getTime() - a.startTime.getTime());

/** As AWS does it, the state of an action is that of its last run, whichever execution that was in. */
function stateOf(stageName: string, { latest, inbound = [], more }: Stage, world: World): StageState {
    const newest = new Map<string, ActionExecutionDetail>();
    actionsOf(world)
        .filter(action => action.stageName === stageName)
        .reverse()
        .forEach(action => newest.set(action.actionName ?? "", action));
    const execution = ([number, status]: readonly [number, StageExecutionStatus]) => ({
        pipelineExecutionId: id(number),
        status,
    });
    return {
        stageName,
        inboundTransitionState: { enabled: true },
        actionStates: [...newest].map(([actionName, { status, lastUpdateTime }]) => ({
            actionName,
            latestExecution: { ...(status && { status }), ...(lastUpdateTime && { lastStatusChange: lastUpdateTime }) },
        })),
        ...(latest && { latestExecution: execution(latest) }),
        inboundExecutions: inbound.map(execution),
        ...more,
    };
}

const fault = { $metadata: {}, message: "not there" };

/** Stand-in for CodePipeline that knows `worlds`, by the names of their pipelines. */
export function codePipeline(worlds: () => Readonly<Record<string, World>>) {
    const mock = mockClient(CodePipelineClient);
    const world = (name = "") => {
        const found = worlds()[name];
        if (found === undefined) {
            throw new PipelineNotFoundException(fault);
        }
        return found;
    };
    const install = () => {
        mock.reset();
        mock.on(GetPipelineCommand).callsFake(({ name }: { name: string }) => {
            const { version, executionMode = "QUEUED" } = world(name);
            return { pipeline: { version, executionMode } };
        });
        mock.on(GetPipelineStateCommand).callsFake(({ name }: { name: string }) => {
            const there = world(name);
            return {
                stageStates: Object.entries(there.stages).map(([stage, state]) => stateOf(stage, state, there)),
            };
        });
        mock.on(ListPipelineExecutionsCommand).callsFake((input: ListPipelineExecutionsCommand["input"]) => {
            const { executions, stages, page = 100 } = world(input.pipelineName);
            const stage = input.filter?.succeededInStage?.stageName;
            const asked = executions.filter(({ number, old = false }) =>
                stage === undefined ? !old : (stages[stage].succeeded ?? []).includes(number),
            );
            const { part, nextToken } = paged(asked.map(summaryOf), page, input.nextToken);
            return { pipelineExecutionSummaries: part, nextToken };
        });
        mock.on(ListActionExecutionsCommand).callsFake((input: ListActionExecutionsCommand["input"]) => {
            const there = world(input.pipelineName);
            const of = input.filter?.pipelineExecutionId;
            const asked = actionsOf(there).filter(action => of === undefined || action.pipelineExecutionId === of);
            const { part, nextToken } = paged(asked, there.page ?? 100, input.nextToken);
            return { actionExecutionDetails: part, nextToken };
        });
        mock.on(GetPipelineExecutionCommand).callsFake((input: GetPipelineExecutionCommand["input"]) => {
            const { executions, version } = world(input.pipelineName);
            const made = executions.find(({ number }) => id(number) === input.pipelineExecutionId);
            if (made === undefined) {
                throw new PipelineExecutionNotFoundException(fault);
            }
            const { sourceRevisions = [], startTime: _, ...summary } = summaryOf(made);
            const artifactRevisions = sourceRevisions.map(({ actionName: __, ...revision }) => ({
                name: "SourceArtifact",
                ...revision,
            }));
            return { pipelineExecution: { ...summary, pipelineVersion: made.version ?? version, artifactRevisions } };
        });
    };
    return { mock, install };
}
