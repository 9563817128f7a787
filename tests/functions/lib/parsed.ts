import type { ActionEvent, AlarmEvent, Event, PipelineEvent, StageEvent } from "../../../functions/lib/event";
import type { Sample } from "../fixtures/events";

const execution = "12345678-1234-5678-abcd-12345678abcd";
const id = "01234567-EXAMPLE";
const startTime = new Date("2023-10-26T13:49:39.208Z");

const ofPipeline = (time: string, more: Pick<PipelineEvent, "state"> & Partial<PipelineEvent>): PipelineEvent => ({
    kind: "pipeline",
    id,
    time: new Date(time),
    pipeline: "myPipeline",
    execution,
    attempt: 1,
    startTime,
    ...more,
});

const ofStage = (time: string, more: Pick<StageEvent, "state"> & Partial<StageEvent>): StageEvent => ({
    kind: "stage",
    id,
    time: new Date(time),
    pipeline: "myPipeline",
    execution,
    attempt: 1,
    startTime,
    stage: "Deploy",
    failedActions: [],
    ...more,
});

const ofAction = (time: string, more: Pick<ActionEvent, "state"> & Partial<ActionEvent>): ActionEvent => ({
    kind: "action",
    id,
    time: new Date(time),
    pipeline: "myPipeline",
    execution,
    attempt: 1,
    stage: "Deploy",
    action: "Deploy",
    actionExecution: "47f821c5-a902-44b2-ae61-b878d31ecd21",
    category: "Deploy",
    owner: "AWS",
    provider: "CodeDeploy",
    region: "us-west-2",
    ...more,
});

const begun = new Date("2023-10-26T13:51:09.981Z");
const approve = { stage: "Approve", action: "Approve", category: "Approval", provider: "Manual", startTime: begun };

const revision = {
    connection:
        "arn:aws:codestar-connections:eu-central-1:123456789012:connection/0f5b706a-1a1d-46c5-86b6-f177321bcfb2",
    repository: "mmajor/sample-project",
    commit: "commit_ID",
    message: "Update file README.md",
    author: "Mary Major",
    written: new Date("2023-08-16T21:08:08Z"),
    tag: "gitlab-v4.2.1",
};

const ofAlarm = (eventId: string, time: string, alarm: string, more: Partial<AlarmEvent>): AlarmEvent => ({
    kind: "alarm",
    id: eventId,
    time: new Date(time),
    alarm,
    alarmArn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${alarm}`,
    state: "ALARM",
    ...more,
});

const muted = "arn:aws:cloudwatch:us-east-1:1234567890:alarm-mute-rule:testMute";

/** What is read of each documented event that is read. */
export const parsed = {
    "pipeline-started": ofPipeline("2020-01-24T22:03:07Z", {
        state: "STARTED",
        trigger: {
            type: "StartPipelineExecution",
            detail: "arn:aws:sts::123456789012:assumed-role/Admin/my-user",
        },
    }),
    "pipeline-stopping": ofPipeline("2020-01-24T22:02:20Z", {
        state: "STOPPING",
        stopReason: "Stopping the pipeline for an update",
    }),
    "pipeline-succeeded": ofPipeline("2020-01-24T22:03:44Z", { state: "SUCCEEDED" }),
    "pipeline-succeeded-git-tag": ofPipeline("2023-10-26T13:50:53Z", {
        id: "b128b002-09fd-4574-4eba-27152726c777",
        pipeline: "BuildFromTag",
        execution: "e17b5773-cc0d-4db2-9ad7-594c73888de8",
        revision,
        state: "SUCCEEDED",
    }),
    "pipeline-failed": ofPipeline("2020-01-31T18:55:43Z", { state: "FAILED" }),
    "pipeline-failed-git-tag": ofPipeline("2020-01-31T18:55:43Z", { revision, state: "FAILED" }),
    "pipeline-canceled": ofPipeline("2020-01-31T18:55:43Z", { state: "CANCELED" }),
    "pipeline-resumed": ofPipeline("2020-01-31T18:55:43Z", { state: "RESUMED" }),
    "pipeline-stopped": ofPipeline("2020-01-31T18:55:43Z", { state: "STOPPED" }),
    "pipeline-superseded": ofPipeline("2020-01-31T18:55:43Z", { state: "SUPERSEDED" }),
    "stage-started": ofStage("2020-01-24T22:03:07Z", { stage: "Prod", state: "STARTED" }),
    "stage-stopping": ofStage("2020-01-24T22:02:20Z", { state: "STOPPING" }),
    "stage-stopped": ofStage("2020-01-31T18:21:39Z", { state: "STOPPED" }),
    "stage-resumed": {
        kind: "stage",
        id: "38656bcd-a798-5f92-c738-02a71be484e1",
        time: new Date("2023-10-26T14:14:56Z"),
        pipeline: "BuildFromTag",
        execution: "05dafb6a-5a56-4951-a858-968795364846",
        attempt: 2,
        stage: "Build",
        state: "RESUMED",
        failedActions: [],
        retried: new Date("2023-10-26T14:14:56.305Z"),
    },
    "stage-canceled": ofStage("2020-01-31T18:21:39Z", { state: "CANCELED" }),
    "stage-failed": ofStage("2020-01-31T18:21:39Z", { state: "FAILED" }),
    "stage-succeeded": ofStage("2020-01-31T18:21:39Z", { state: "SUCCEEDED" }),
    "action-started": {
        kind: "action",
        id,
        time: new Date("2020-01-24T22:03:07Z"),
        pipeline: "myPipeline",
        execution,
        attempt: 1,
        startTime: begun,
        stage: "Prod",
        action: "myAction",
        actionExecution: "47f821c5-a902-44b2-ae61-b878d31ecd21",
        state: "STARTED",
        category: "Deploy",
        owner: "AWS",
        provider: "CodeDeploy",
    },
    "action-succeeded": ofAction("2020-01-24T22:03:11Z", {
        startTime: begun,
        stage: "Source",
        action: "Source",
        state: "SUCCEEDED",
        category: "Source",
        provider: "CodeCommit",
        result: {
            url: "https://us-west-2.console.aws.amazon.com/codecommit/home#/repository/my-repo/commit/8cf40f2EXAMPLE",
            summary: "Added LICENSE.txt",
            id: "8cf40fEXAMPLE",
        },
    }),
    "action-failed": ofAction("2020-01-31T18:55:43Z", {
        startTime: begun,
        state: "FAILED",
        result: {
            url: "https://us-west-2.console.aws.amazon.com/codedeploy/home?#/deployments/<ID>",
            summary: "Deployment <ID> failed",
            id: "<ID>",
            errorCode: "JobFailed",
        },
    }),
    "action-abandoned": ofAction("2020-01-31T18:21:39Z", { state: "ABANDONED" }),
    "action-canceled": ofAction("2020-01-31T18:21:39Z", { state: "CANCELED" }),
    "action-other-region": ofAction("2020-01-31T18:21:39Z", { state: "SUCCEEDED", region: "eu-west-1" }),
    "approval-started": ofAction("2020-01-24T22:03:07Z", { ...approve, state: "STARTED" }),
    "approval-succeeded": ofAction("2020-01-24T22:03:07Z", { ...approve, state: "SUCCEEDED" }),
    "approval-failed": ofAction("2020-01-31T18:55:43Z", { ...approve, state: "FAILED" }),
    "alarm-metric": ofAlarm("c4c1c1c9-6542-e61b-6ef0-8c4d36933a92", "2019-10-02T17:04:40Z", "ServerCpuTooHigh", {
        previousState: "OK",
        reason: "Threshold Crossed: 1 out of the last 1 datapoints [99.50160229693434 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
        description: "Goes into alarm when server CPU utilization is too high!",
        heldBackBy: muted,
    }),
    "alarm-metric-math": ofAlarm(
        "2dde0eb1-528b-d2d5-9ca6-6d590caf2329",
        "2019-10-02T17:20:48Z",
        "TotalNetworkTrafficTooHigh",
        {
            previousState: "INSUFFICIENT_DATA",
            reason: "Threshold Crossed: 1 out of the last 1 datapoints [45628.0 (02/10/19 17:10:00)] was greater than the threshold (10000.0) (minimum 1 datapoint for OK -> ALARM transition).",
            description: "Goes into alarm if total network traffic exceeds 10Kb",
            heldBackBy: muted,
        },
    ),
    "alarm-anomaly": ofAlarm(
        "daafc9f1-bddd-c6c9-83af-74971fcfc4ef",
        "2019-10-03T16:00:04Z",
        "EC2 CPU Utilization Anomaly",
        {
            previousState: "OK",
            reason: "Thresholds Crossed: 1 out of the last 1 datapoints [0.0 (03/10/19 15:58:00)] was less than the lower thresholds [0.020599444741798756] or greater than the upper thresholds [0.3006915352732461] (minimum 1 datapoint for OK -> ALARM transition).",
            description: "Goes into alarm if CPU Utilization is out of band",
            heldBackBy: muted,
        },
    ),
    "alarm-composite": ofAlarm(
        "d3dfc86d-384d-24c8-0345-9f7986db0b80",
        "2022-07-22T15:57:45Z",
        "ServiceAggregatedAlarm",
        {
            previousState: "OK",
            reason: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:SuppressionDemo.EventBridge.FirstChild transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC",
            heldBackBy: muted,
        },
    ),
    "alarm-multi-series": ofAlarm(
        "80ddd249-dedf-7c4d-0708-0eb78132dd78",
        "2025-12-01T13:42:04Z",
        "DynamoDBInsightsAlarm",
        {
            previousState: "INSUFFICIENT_DATA",
            reason: "6 out of 6 time series evaluated to ALARM",
            description: "Metrics Insights alarm for DynamoDB ConsumedWriteCapacity per TableName",
            sumsUp: true,
        },
    ),
    "alarm-contributor": ofAlarm(
        "6d226bbc-07f0-9a31-3359-1736968f8ded",
        "2025-12-01T13:42:04Z",
        "DynamoDBInsightsAlarm",
        {
            previousState: "OK",
            reason: "Threshold Crossed: 1 datapoint was less than the threshold (1.0). The most recent datapoint which crossed the threshold: [0.0 (01/12/25 13:34:00)].",
            description: "Metrics Insights alarm for DynamoDB ConsumedWriteCapacity per TableName",
            of: { TableName: "example-dynamodb-table-name" },
            heldBackBy: "arn:aws:cloudwatch:us-east-1:1234567890:alarm-mute-rule:testMute",
        },
    ),
    scheduled: { kind: "tick", id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", time: new Date("2015-10-08T16:53:06Z") },
    tick: { kind: "tick", id: "tick-2026-01-02T03:05:00Z", time: new Date("2026-01-02T03:05:00Z") },
    "rollback-started": {
        kind: "rollback",
        id: "rollback-c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
        time: new Date("2026-01-02T03:04:05Z"),
        pipeline: "shop--orders",
        stage: "prod",
        alarm: "orders-5xx",
        started: {
            execution: "22222222-2222-4222-8222-222222222222",
            target: "11111111-1111-4111-8111-111111111111",
        },
        from: "33333333-3333-4333-8333-333333333333",
        reason: "the alarm orders-5xx is raised",
    },
    "rollback-refused": {
        kind: "rollback",
        id: "rollback-2dde0eb1-528b-d2d5-9ca6-6d590caf2329",
        time: new Date("2026-01-02T03:04:05Z"),
        pipeline: "shop--orders",
        stage: "prod",
        alarm: "orders-5xx",
        reason: "no earlier execution has succeeded in prod since the pipeline was changed",
    },
} satisfies Partial<Record<Sample, Event>>;
