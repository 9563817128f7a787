import {
    CodePipelineClient,
    GetPipelineCommand,
    GetPipelineExecutionCommand,
    GetPipelineStateCommand,
    ListActionExecutionsCommand,
    ListPipelineExecutionsCommand,
    ListRuleExecutionsCommand,
    ListTagsForResourceCommand,
    type ActionExecutionDetail,
    type PipelineExecutionSummary,
} from "@aws-sdk/client-codepipeline";
import { mockClient } from "aws-sdk-client-mock";
import type { Event } from "../../../../functions/lib/event";
import { Facts } from "../../../../functions/notify/facts";
import { handle } from "../../../../functions/notify/handle";
import type { Notice } from "../../../../functions/notify/notice";
import { happenings, type NotifySettings } from "../../../../functions/notify/settings";
import type { WholeWorld } from "../../../../functions/notify/world";
import { MemoryTable } from "../../support/table";

export const region = "eu-west-1";
export const account = "111111111111";
export const pipeline = "shop--orders";
export const execution = "11111111-1111-4111-8111-111111111111";
export const commitId = "0123456789abcdef0123456789abcdef01234567";

const environmentOf = (name: string) => ({ name, stage: name, approvalStage: `Approve-${name}`, notify: {} });

/** Settings of a stack with two environments, in which the target `all` hears of everything. */
export const settings: NotifySettings = {
    account,
    region,
    prefix: "shop",
    table: "operations",
    deadLetters: "https://sqs/dead",
    queue: "https://sqs/notify",
    environments: [environmentOf("test"), environmentOf("prod")],
    notify: { all: happenings },
    targets: { all: { type: "queue", url: "https://sqs/all" } },
    statuses: [],
    approvalReminderHours: 4,
    stuckHours: 6,
};

/** A moment on the day on which everything happens. */
export const at = (clock: string) => new Date(`2026-11-27T${clock}Z`);

/** What AWS says of the execution's source. */
export const source: ActionExecutionDetail = {
    pipelineExecutionId: execution,
    stageName: "Source",
    actionName: "source",
    status: "Succeeded",
    startTime: at("10:00:00"),
    lastUpdateTime: at("10:00:05"),
    input: { actionTypeId: { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" } },
    output: {
        outputVariables: {
            CommitId: commitId,
            CommitMessage: "Count the parcels\n\nThey were too many.",
            FullRepositoryName: "acme/orders",
        },
    },
};

/** The commit that the execution brings, as a notice shows it. */
export const commit = {
    id: commitId,
    message: "Count the parcels",
    repository: "acme/orders",
    url: "https://commits/0123456",
};

const console = `https://${region}.console.aws.amazon.com/codesuite/codepipeline/pipelines/${pipeline}`;

/** Links of every notice about the execution. */
export const links = {
    pipeline: `${console}/view?region=${region}`,
    execution: `${console}/executions/${execution}/visualization?region=${region}`,
};

/** A world in which AWS knows the pipeline of orders, and whatever a test says besides. */
export class TestWorld {
    readonly aws = mockClient(CodePipelineClient);
    readonly memory = new MemoryTable();

    /** What has been delivered: notice and target. */
    readonly delivered: { readonly notice: Notice; readonly target: string }[] = [];

    /** Lines of metrics. */
    readonly lines: string[] = [];

    /** Events with which something was to be done beside. */
    readonly events: Event[] = [];

    /** What a target does with a notice, before it takes it. */
    receive: (notice: Notice, target: string) => void | Promise<void> = () => undefined;

    clock = at("12:00:00").getTime();

    constructor(own: NotifySettings = settings) {
        this.world = {
            settings: own,
            table: this.memory.table(() => this.clock),
            facts: new Facts(new CodePipelineClient({}), own, () => this.clock),
            now: () => this.clock,
            deliver: async (notice, target) => {
                await this.receive(notice, target);
                this.delivered.push({ notice, target });
            },
            write: line => void this.lines.push(line),
            beside: [event => Promise.resolve(void this.events.push(event))],
        };
        this.aws.reset();
        this.aws.on(ListTagsForResourceCommand).resolves({ tags: [{ key: "service", value: "orders" }] });
        this.aws.on(GetPipelineExecutionCommand).resolves({
            pipelineExecution: {
                status: "InProgress",
                executionType: "STANDARD",
                artifactRevisions: [
                    {
                        name: "SourceArtifact",
                        revisionId: commitId,
                        revisionSummary: '{"ProviderType":"GitHub","CommitMessage":"Count the parcels"}',
                        revisionUrl: "https://commits/0123456",
                    },
                ],
            },
        });
        this.aws.on(GetPipelineCommand).resolves({ pipeline: structure() });
        this.aws.on(ListPipelineExecutionsCommand).resolves({});
        this.aws.on(ListRuleExecutionsCommand).resolves({});
        this.aws.on(GetPipelineStateCommand).resolves({});
        this.acts();
    }

    /** Says what has run in the execution, beside its source. */
    acts(...actions: readonly ActionExecutionDetail[]): void {
        this.aws.on(ListActionExecutionsCommand).resolves({ actionExecutionDetails: [...actions, source] });
    }

    readonly world: WholeWorld;

    /** Says which executions there were, and which of them went through prod. */
    executions(all: readonly PipelineExecutionSummary[], released: readonly PipelineExecutionSummary[]): void {
        this.aws
            .on(ListPipelineExecutionsCommand)
            .resolves({ pipelineExecutionSummaries: [...all] })
            .on(ListPipelineExecutionsCommand, {
                pipelineName: pipeline,
                filter: { succeededInStage: { stageName: "prod" } },
            })
            .resolves({ pipelineExecutionSummaries: [...released] });
    }

    /** Notices that `all` is told because of `event`. */
    async told(event: Event): Promise<Notice[]> {
        const before = this.delivered.length;
        await handle(event, this.world);
        return this.delivered.slice(before).flatMap(({ notice, target }) => (target === "all" ? [notice] : []));
    }

    /** Names of the commands that CodePipeline has got, in the order of the alphabet. */
    asked(): string[] {
        return this.aws
            .calls()
            .map(call => call.args[0].constructor.name.replace(/Command$/, ""))
            .sort();
    }
}

/** The pipeline: to prod only with a yes, which may take a day. */
export const structure = (more: { readonly executionMode?: "PARALLEL" | "QUEUED" } = {}) => ({
    name: pipeline,
    roleArn: "arn:aws:iam::111111111111:role/orders",
    executionMode: "QUEUED" as const,
    ...more,
    stages: [
        { name: "Source", actions: [] },
        { name: "test", actions: [] },
        {
            name: "Approve-prod",
            actions: [
                {
                    name: "approve",
                    actionTypeId: {
                        category: "Approval" as const,
                        owner: "AWS" as const,
                        provider: "Manual",
                        version: "1",
                    },
                    timeoutInMinutes: 24 * 60,
                },
            ],
        },
        { name: "prod", actions: [] },
    ],
});
