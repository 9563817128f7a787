import { eventOf, question } from "../tests/functions/support/job";
import type { Question } from "./functions";

const execution = "4ac1a2a5-2e4d-4f2f-9b0a-1f7c3c1f8f10";

const surroundings = {
    account: "111111111111",
    region: "eu-west-1",
    prefix: "shop",
    table: "shop--fleet--operations",
    queue: "ENDPOINT/events",
    deadLetters: "ENDPOINT/dead",
};

/** A batch of one message. */
const batch = (index: number, body: object) => ({
    Records: [
        {
            messageId: `m${index}`,
            receiptHandle: `r${index}`,
            body: JSON.stringify(body),
            attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(Date.now()) },
        },
    ],
});

/** The state change of a stage, as EventBridge sends it. */
const failure = (index: number) => ({
    version: "0",
    id: `6d1a0d5a-1b8e-4b0c-8f35-${String(index).padStart(12, "0")}`,
    "detail-type": "CodePipeline Stage Execution State Change",
    source: "aws.codepipeline",
    account: "111111111111",
    time: "2026-11-27T08:15:30Z",
    region: "eu-west-1",
    resources: ["arn:aws:codepipeline:eu-west-1:111111111111:shop--orders"],
    detail: { pipeline: "shop--orders", "execution-id": execution, stage: "prod", state: "FAILED", version: 3.0 },
});

/** What a service's rule makes of an alarm that has risen now. */
const alarm = (index: number) => ({
    pipeline: "shop--orders",
    stage: "prod",
    environment: "prod",
    service: "orders",
    event: {
        version: "0",
        id: `0b1c2d3e-1b8e-4b0c-8f35-${String(index).padStart(12, "0")}`,
        "detail-type": "CloudWatch Alarm State Change",
        source: "aws.cloudwatch",
        account: "111111111111",
        time: new Date(Date.now() - index).toISOString(),
        region: "eu-west-1",
        resources: ["arn:aws:cloudwatch:eu-west-1:111111111111:alarm:orders-5xx"],
        detail: {
            alarmName: "orders-5xx",
            state: { value: "ALARM", reason: "5 of 5 datapoints were greater than 1.0" },
            previousState: { value: "OK" },
        },
    },
});

const begun = 1_795_766_400;

/** What CodePipeline says of the execution. */
const answers = {
    GetPipelineExecution: {
        pipelineExecution: {
            pipelineName: "shop--orders",
            pipelineExecutionId: execution,
            status: "Failed",
            executionType: "STANDARD",
        },
    },
    ListActionExecutions: {
        actionExecutionDetails: [
            {
                pipelineExecutionId: execution,
                actionExecutionId: "a1",
                stageName: "prod",
                actionName: "deploy",
                status: "Failed",
                startTime: begun,
                lastUpdateTime: begun + 200,
                input: { actionTypeId: { category: "Deploy", owner: "AWS", provider: "ECS", version: "1" } },
                output: {
                    executionResult: {
                        externalExecutionSummary: "it did not pass",
                        errorDetails: { code: "JobFailed", message: "it did not pass" },
                    },
                },
            },
        ],
    },
    ListTagsForResource: { tags: [{ key: "service", value: "orders" }] },
    ListPipelineExecutions: { pipelineExecutionSummaries: [] },
    GetPipeline: { pipeline: { name: "shop--orders", stages: [], version: 3 } },
    Query: { Items: [], Count: 0 },
    GetSecretValue: { SecretString: "0123456789abcdef0123456789abcdef" },
};

/** What each function is asked whose time is measured. */
export const questions: Readonly<Record<string, Question | undefined>> = {
    check: {
        event: () => eventOf(JSON.stringify({ ...question, alarms: [] })),
        answers: { GetParameters: { Parameters: [], InvalidParameters: [] } },
    },
    notify: {
        settings: {
            ...surroundings,
            environments: [{ name: "prod", stage: "prod", approvalStage: "approve-prod", notify: {} }],
            notify: { "on-call": ["failed"] },
            targets: { "on-call": { type: "pager", url: "ENDPOINT/v2/enqueue", key: { secret: "pager" } } },
            statuses: [],
            approvalReminderHours: 2,
            stuckHours: 6,
        },
        event: index => batch(index, failure(index)),
        answers,
    },
    metrics: {
        settings: {
            ...surroundings,
            environments: [{ name: "prod", stage: "prod", approvalStage: "approve-prod" }],
            metrics: "stages",
            namespace: "service-pipelines/shop",
        },
        event: index => batch(index, failure(index)),
        answers,
    },
    rollback: {
        settings: {
            ...surroundings,
            notifyQueue: "ENDPOINT/notify",
            environments: [{ name: "prod", stage: "prod", approvalStage: "approve-prod" }],
        },
        event: index => batch(index, alarm(index)),
        answers,
    },
};
