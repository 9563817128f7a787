import type {
    ActionEvent,
    AlarmEvent,
    Event,
    FailedAction,
    PipelineEvent,
    RollbackEvent,
    StageEvent,
    Trigger,
} from "./event";
import { given, mapOf, momentOf, numberOf, oneOf, shown, text, textOf, type Fields } from "./fields";
import { Malformed } from "./errors";

/**
 * What `body` tells of. Keys that are needed have to be right; others are left out where they are absent or of another
 * kind, so that AWS may add to its events as it likes.
 *
 * @throws Malformed with what was expected and what was found
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function eventOf(body: unknown): Event {
    const event = mapOf(body);
    if (event === undefined) {
        throw new Malformed(`expected an event as an object, found ${shown(body)}`);
    }
    const source = text(event, "source");
    const type = text(event, "detail-type");
    const read = readers[`${source}: ${type}`];
    if (read === undefined) {
        throw new Malformed(
            `expected one of the events ${Object.keys(readers).join(", ")}, found ${shown(`${source}: ${type}`)}`,
        );
    }
    const time = momentOf(event.time);
    if (time === undefined) {
        throw new Malformed(`expected time: a time as ISO 8601, found ${shown(event.time)}`);
    }
    return read({ id: text(event, "id"), time }, mapOf(event.detail) ?? {}, event);
}

type Reader = (base: Pick<Event, "id" | "time">, detail: Fields, event: Fields) => Event;

const pipelineStates = [
    "CANCELED",
    "FAILED",
    "RESUMED",
    "STARTED",
    "STOPPED",
    "STOPPING",
    "SUCCEEDED",
    "SUPERSEDED",
] as const;
const stageStates = ["CANCELED", "FAILED", "RESUMED", "STARTED", "STOPPED", "STOPPING", "SUCCEEDED"] as const;
const actionStates = ["ABANDONED", "CANCELED", "FAILED", "STARTED", "SUCCEEDED"] as const;
const alarmStates = ["ALARM", "INSUFFICIENT_DATA", "OK"] as const;

const tick: Reader = base => ({ kind: "tick", ...base });

/** By source and type. A rule on a schedule sends its own event, if it is not told to send another. */
const readers: Readonly<Record<string, Reader | undefined>> = {
    "aws.codepipeline: CodePipeline Pipeline Execution State Change": pipelineEvent,
    "aws.codepipeline: CodePipeline Stage Execution State Change": stageEvent,
    "aws.codepipeline: CodePipeline Action Execution State Change": actionEvent,
    "aws.cloudwatch: CloudWatch Alarm State Change": alarmEvent,
    "aws.cloudwatch: CloudWatch Alarm Contributor State Change": contributorEvent,
    "service-pipelines: Rollback": rollbackEvent,
    "service-pipelines: Tick": tick,
    "aws.events: Scheduled Event": tick,
};

function pipelineEvent(...[base, detail]: Parameters<Reader>): PipelineEvent {
    return {
        kind: "pipeline",
        ...base,
        ...ofExecution(detail),
        state: oneOf(pipelineStates, detail, "state", "detail.state"),
        ...given("stopReason", textOf(detail["stop-execution-comments"])),
    };
}

function stageEvent(...[base, detail, event]: Parameters<Reader>): StageEvent {
    return {
        kind: "stage",
        ...base,
        ...ofExecution(detail),
        stage: text(detail, "stage", "detail.stage"),
        state: oneOf(stageStates, detail, "state", "detail.state"),
        failedActions: failedActions(event),
        ...given("retried", momentOf(detail["stage-last-retry-attempt-time"])),
    };
}

function actionEvent(...[base, detail]: Parameters<Reader>): ActionEvent {
    const type = mapOf(detail.type) ?? {};
    const result = resultOf(mapOf(detail["execution-result"]) ?? {});
    return {
        kind: "action",
        ...base,
        ...ofExecution(detail),
        stage: text(detail, "stage", "detail.stage"),
        action: text(detail, "action", "detail.action"),
        ...given("actionExecution", textOf(detail["action-execution-id"])),
        state: oneOf(actionStates, detail, "state", "detail.state"),
        category: text(type, "category", "detail.type.category"),
        ...given("owner", textOf(type.owner)),
        ...given("provider", textOf(type.provider)),
        ...given("region", textOf(detail.region)),
        ...(Object.keys(result).length > 0 && { result }),
    };
}

const resultOf = (result: Fields): NonNullable<ActionEvent["result"]> => ({
    ...given("url", textOf(result["external-execution-url"])),
    ...given("summary", textOf(result["external-execution-summary"])),
    ...given("id", textOf(result["external-execution-id"])),
    ...given("errorCode", textOf(result["error-code"])),
});

function ofExecution(detail: Fields) {
    const told = mapOf(detail["execution-trigger"]) ?? {};
    const trigger = triggerOf(told);
    const revision = revisionOf(told);
    return {
        pipeline: text(detail, "pipeline", "detail.pipeline"),
        execution: text(detail, "execution-id", "detail.execution-id"),
        ...given("attempt", numberOf(detail["pipeline-execution-attempt"])),
        ...given("startTime", momentOf(detail["start-time"])),
        ...given("trigger", trigger),
        ...(Object.keys(revision).length > 0 && { revision }),
        ...(isRollback(trigger) && { type: "ROLLBACK" as const }),
    };
}

function triggerOf(told: Fields): Trigger | undefined {
    const type = textOf(told["trigger-type"]);
    return type === undefined ? undefined : { type, ...given("detail", textOf(told["trigger-detail"])) };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ExecutionTrigger.html triggerType */
const isRollback = (trigger?: Trigger): boolean =>
    trigger?.type === "ManualRollback" || trigger?.type === "AutomatedRollback";

const revisionOf = (told: Fields): NonNullable<PipelineEvent["revision"]> => ({
    ...given("connection", textOf(told["connection-arn"])),
    ...given("repository", textOf(told["full-repository-name"])),
    ...given("commit", textOf(told["commit-id"])),
    ...given("message", textOf(told["commit-message"])),
    ...given("author", textOf(told["author-display-name"])),
    ...given("written", momentOf(told["author-date"])),
    ...given("branch", textOf(told["branch-name"])),
    ...given("tag", textOf(told["tag-name"])),
});

function failedActions(event: Fields): FailedAction[] {
    const { failedActions: told } = mapOf(event.additionalAttributes) ?? {};
    return (Array.isArray(told) ? (told as readonly unknown[]) : []).flatMap(each => {
        const { action, additionalInformation } = mapOf(each) ?? {};
        const name = textOf(action);
        return name === undefined
            ? []
            : [{ action: name, ...given("additionalInformation", textOf(additionalInformation)) }];
    });
}

function alarmEvent(...[base, detail, event]: Parameters<Reader>): AlarmEvent {
    const state = mapOf(detail.state) ?? {};
    const previous = alarmStates.find(value => value === mapOf(detail.previousState)?.value);
    const [arn] = Array.isArray(event.resources) ? (event.resources as readonly unknown[]) : [];
    return {
        kind: "alarm",
        ...base,
        alarm: text(detail, "alarmName", "detail.alarmName"),
        alarmArn: text({ arn }, "arn", "resources[0]"),
        state: oneOf(alarmStates, state, "value", "detail.state.value"),
        ...given("previousState", previous),
        ...given("reason", textOf(state.reason)),
        ...given("description", textOf(mapOf(detail.configuration)?.description)),
        ...(watchesSeveral(detail) && { sumsUp: true }),
        ...given("heldBackBy", textOf(mapOf(detail.muteDetail)?.mutedByArn) ?? textOf(state.actionsSuppressedBy)),
    };
}

/** Whether the alarm is about a query of Metrics Insights that finds a time series for each value of something. */
function watchesSeveral({ configuration }: Fields): boolean {
    const metrics = mapOf(configuration)?.metrics;
    return (Array.isArray(metrics) ? (metrics as readonly unknown[]) : []).some(metric =>
        / group by /i.test(textOf(mapOf(metric)?.expression) ?? ""),
    );
}

/**
 * One time series of several. It says nothing of its state before, but is only ever in one of two.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Acting_Alarm_Changes.html
 */
function contributorEvent(...[base, detail, event]: Parameters<Reader>): AlarmEvent {
    const { sumsUp: _, previousState: __, ...alarm } = alarmEvent(base, detail, event);
    const attributes = Object.entries(mapOf(mapOf(detail.alarmContributor)?.attributes) ?? {});
    return {
        ...alarm,
        previousState: alarm.state === "ALARM" ? "OK" : "ALARM",
        of: Object.fromEntries(
            attributes.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
        ),
    };
}

/** Our own message: what is there has to be right. */
function rollbackEvent(...[base, detail]: Parameters<Reader>): RollbackEvent {
    const started = mapOf(detail.started);
    if (detail.started !== undefined && started === undefined) {
        throw new Malformed(
            `expected detail.started: an object, or none where nothing was started, found ${shown(detail.started)}`,
        );
    }
    return {
        kind: "rollback",
        ...base,
        pipeline: text(detail, "pipeline", "detail.pipeline"),
        stage: text(detail, "stage", "detail.stage"),
        alarm: text(detail, "alarm", "detail.alarm"),
        ...given(
            "started",
            started && {
                execution: text(started, "execution", "detail.started.execution"),
                target: text(started, "target", "detail.started.target"),
            },
        ),
        ...(detail.from !== undefined && { from: text(detail, "from", "detail.from") }),
        ...given("refusal", textOf(detail.refusal)),
        reason: text(detail, "reason", "detail.reason"),
    };
}
