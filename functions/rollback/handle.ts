import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { RollbackStageCommand, type CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { once, type Table } from "../lib/claims";
import { Later } from "../lib/queue";
import { alarmObstacle } from "./alarm";
import { historyOf, isOfVersion, rollbackSince } from "./history";
import { abandon, fulfil, intend, intentOf, type Intent } from "./intents";
import { hasRisen, requestOf, riseOf, type Request } from "./message";
import type { Refusal } from "./settings";
import { decide, type Decision } from "./target";

/** What the function works with. */
export interface Tools {
    /** Must not try again by itself: what AWS has taken, and answered in vain, would be asked for twice. */
    readonly asking: CodePipelineClient;
    readonly codepipeline: CodePipelineClient;
    readonly cloudwatch: CloudWatchClient;
    readonly sqs: SQSClient;
    readonly table: Table;
    readonly notifyQueue: string;
}

/** What has come of an alarm. */
interface Outcome {
    readonly started?: { readonly execution: string; readonly target: string };
    readonly from?: string;
    readonly refusal?: Refusal;
    readonly reason: string;
}

/** How long to wait when AWS says later, and how long a rollback that was begun may not show yet; in seconds. */
const later = 30;
const notShown = 60;

/**
 * Handles one message: a stage goes back when its alarm has risen, or people are told why not. Each rise of an alarm is
 * handled once, and each release is gone back from once, whoever asks.
 *
 * @throws Malformed, Later, or whatever is to be tried again
 */
export async function handle(body: unknown, tools: Tools): Promise<void> {
    const request = requestOf(body);
    if (!hasRisen(request.event)) {
        return;
    }
    await once(tools.table, `rise#${riseOf(request.event)}`, `${request.pipeline}#${request.stage}`, async () => {
        let outcome: Outcome;
        try {
            outcome = await settled(request, tools);
        } catch (error) {
            throw saysLater(error) ? new Later(later, String(error)) : error;
        }
        console.log(JSON.stringify({ pipeline: request.pipeline, stage: request.stage, ...outcome }));
        await tell(request, outcome, tools);
    });
}

async function settled(request: Request, tools: Tools): Promise<Outcome> {
    const { table } = tools;
    const intent = await intentOf(table, request, riseOf(request.event));
    if (intent !== undefined) {
        const execution = intent.execution ?? (await begun(request, intent, tools));
        if (execution !== undefined) {
            return startedBy(request, intent, execution);
        }
    }
    const decision = await decided(request, tools);
    if ("refusal" in decision) {
        if (intent !== undefined) {
            await abandon(table, request, intent);
        }
        return decision;
    }
    const wanted = { ...decision, rise: riseOf(request.event) };
    if (!(await intend(table, request, wanted))) {
        return {
            refusal: "already",
            reason: `${request.stage} is being rolled back from the release ${decision.from} already, because of another alarm: wait for it`,
            from: decision.from,
        };
    }
    return asked(request, wanted, tools);
}

/** The rollback that was asked for earlier, when nobody knows what AWS has said. */
async function begun(request: Request, { from, target, at }: Intent, tools: Tools): Promise<string | undefined> {
    const { table, codepipeline } = tools;
    const execution = await rollbackSince(request.pipeline, target, at, codepipeline);
    if (execution !== undefined) {
        await fulfil(table, request, from, execution);
        return execution;
    }
    const age = ((table.now ?? Date.now)() - at.getTime()) / 1000;
    if (age < notShown) {
        throw new Later(Math.ceil(notShown - age), "whether the rollback has begun is not known yet");
    }
    return undefined;
}

async function decided(request: Request, { table, cloudwatch, codepipeline }: Tools): Promise<Decision> {
    const { event, pipeline, stage } = request;
    const obstacle = await alarmObstacle(event, cloudwatch, new Date((table.now ?? Date.now)()));
    if (obstacle !== undefined) {
        return obstacle;
    }
    const history = await historyOf(request, codepipeline);
    if (history === undefined) {
        return { refusal: "gone", reason: `there is no pipeline ${pipeline} any more: nothing to go back in` };
    }
    const decision = decide(stage, { alarm: event.alarm, since: event.time }, history);
    if ("refusal" in decision || (await isOfVersion(pipeline, decision.target, history.version, codepipeline))) {
        return decision;
    }
    return {
        refusal: "no-target",
        reason: `the release ${decision.target} was started before the pipeline was last edited, and AWS goes back to none from before: release the last good commit again`,
        from: decision.from,
    };
}

/**
 * Asks AWS for the rollback. A no is certain, and so is "later"; after anything else nobody knows, and the intent stays
 * for the next try to find out.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RollbackStage.html
 */
async function asked(request: Request, wanted: Omit<Intent, "at">, tools: Tools): Promise<Outcome> {
    const { table, asking } = tools;
    const { pipeline, stage } = request;
    let execution: string | undefined;
    try {
        ({ pipelineExecutionId: execution } = await asking.send(
            new RollbackStageCommand({
                pipelineName: pipeline,
                stageName: stage,
                targetPipelineExecutionId: wanted.target,
            }),
        ));
    } catch (error) {
        if (!isRejection(error)) {
            throw error;
        }
        await abandon(table, request, wanted);
        if (saysLater(error)) {
            throw error;
        }
        return {
            refusal: "by-aws",
            reason: `AWS does not roll ${stage} back to the release ${wanted.target}: ${error.name}: ${error.message}`,
            from: wanted.from,
        };
    }
    if (execution === undefined) {
        throw new Error("RollbackStage has named no execution");
    }
    await fulfil(table, request, wanted.from, execution);
    return startedBy(request, wanted, execution);
}

const startedBy = (
    { event }: Request,
    { from, target }: Pick<Intent, "from" | "target">,
    execution: string,
): Outcome => ({
    started: { execution, target },
    from,
    reason: `the alarm ${event.alarm} rose after the release ${from}${event.reason === undefined ? "" : `: ${event.reason}`}`,
});

/** Whether AWS has said no, and so has done nothing. */
const isRejection = (error: unknown): error is Error =>
    error instanceof Error && (error as { readonly $fault?: string }).$fault === "client";

/** Errors after which AWS is to be asked again. */
const laterErrors = [
    "ConflictException",
    "RequestLimitExceeded",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
];

const saysLater = (error: unknown): boolean => error instanceof Error && laterErrors.includes(error.name);

/** Tells `notify`; the id is the same for all copies of the event, and another for each stage that the alarm is named by. */
async function tell({ event, pipeline, stage }: Request, outcome: Outcome, tools: Tools): Promise<void> {
    const { sqs, table, notifyQueue } = tools;
    const message = {
        id: `${event.id}#${pipeline}#${stage}`,
        time: new Date((table.now ?? Date.now)()).toISOString(),
        source: "service-pipelines",
        "detail-type": "Rollback",
        detail: { pipeline, stage, alarm: event.alarm, ...outcome },
    };
    await sqs.send(new SendMessageCommand({ QueueUrl: notifyQueue, MessageBody: JSON.stringify(message) }));
}
