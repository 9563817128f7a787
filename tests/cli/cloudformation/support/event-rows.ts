import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as codeconnections from "@pulumi/aws/codeconnections";
import * as codestarnotifications from "@pulumi/aws/codestarnotifications";
import * as scheduler from "@pulumi/aws/scheduler";
import { ref, sub, type Rows } from "./render";

const topic = "arn:aws:sns:eu-west-1:111111111111:news";
const topicRef = sub("arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:news");
const starter = "arn:aws:iam::111111111111:role/starter";
const starterRef = sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/starter");
const dead = "arn:aws:sqs:eu-west-1:111111111111:dead";
const deadRef = sub("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:dead");
const queue = "arn:aws:sqs:eu-west-1:111111111111:work.fifo";
const queueRef = sub("arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:work.fifo");

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];

const rule = () => {
    const made = new cloudwatch.EventRule("pushed", {
        name: "shop--pushed",
        description: "A push",
        eventPattern: JSON.stringify({ source: ["aws.s3"] }),
        eventBusName: "default",
        roleArn: starter,
        state: "ENABLED",
        tags,
    });
    new cloudwatch.EventTarget("pushed-first", {
        rule: made.name,
        targetId: "pipeline",
        arn: topic,
        roleArn: starter,
        deadLetterConfig: { arn: dead },
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 3 },
        inputTransformer: { inputPaths: { key: "$.detail.key" }, inputTemplate: '"<key>"' },
    });
    new cloudwatch.EventTarget("pushed-second", {
        rule: made.name,
        targetId: "queue",
        arn: queue,
        inputPath: "$.detail",
        sqsTarget: { messageGroupId: "all" },
    });
};

export const eventRows: Rows = {
    "a rule with all of its targets": {
        make: rule,
        expected: [
            {
                Type: "AWS::Events::Rule",
                Properties: {
                    Name: "shop--pushed",
                    Description: "A push",
                    EventPattern: { source: ["aws.s3"] },
                    EventBusName: "default",
                    RoleArn: starterRef,
                    State: "ENABLED",
                    Tags,
                    Targets: [
                        {
                            Id: "pipeline",
                            Arn: topicRef,
                            RoleArn: starterRef,
                            DeadLetterConfig: { Arn: deadRef },
                            RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3 },
                            InputTransformer: { InputPathsMap: { key: "$.detail.key" }, InputTemplate: '"<key>"' },
                        },
                        { Id: "queue", Arn: queueRef, InputPath: "$.detail", SqsParameters: { MessageGroupId: "all" } },
                    ],
                },
            },
        ],
    },
    "a rule that a clock drives": {
        make: () => new cloudwatch.EventRule("nightly", { scheduleExpression: "rate(1 day)" }),
        expected: [{ Type: "AWS::Events::Rule", Properties: { ScheduleExpression: "rate(1 day)" } }],
    },
    "a schedule in its group": {
        make: () => {
            const group = new scheduler.ScheduleGroup("group", { name: "shop", tags });
            new scheduler.Schedule("nightly", {
                name: "shop--nightly",
                description: "Every night",
                groupName: group.name,
                scheduleExpression: "cron(0 2 * * ? *)",
                scheduleExpressionTimezone: "Europe/Berlin",
                startDate: "2030-01-01T00:00:00Z",
                endDate: "2031-01-01T00:00:00Z",
                state: "ENABLED",
                kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/00000000-1111-2222-3333-444444444444",
                flexibleTimeWindow: { mode: "FLEXIBLE", maximumWindowInMinutes: 15 },
                target: {
                    arn: queue,
                    roleArn: starter,
                    input: "{}",
                    deadLetterConfig: { arn: dead },
                    retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 3 },
                    sqsParameters: { messageGroupId: "all" },
                },
            });
        },
        expected: [
            { Type: "AWS::Scheduler::ScheduleGroup", Properties: { Name: "shop", Tags } },
            {
                Type: "AWS::Scheduler::Schedule",
                Properties: {
                    Name: "shop--nightly",
                    Description: "Every night",
                    GroupName: ref("aws:scheduler/scheduleGroup:ScheduleGroup", "group"),
                    ScheduleExpression: "cron(0 2 * * ? *)",
                    ScheduleExpressionTimezone: "Europe/Berlin",
                    StartDate: "2030-01-01T00:00:00Z",
                    EndDate: "2031-01-01T00:00:00Z",
                    State: "ENABLED",
                    KmsKeyArn: sub(
                        "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/00000000-1111-2222-3333-444444444444",
                    ),
                    FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
                    Target: {
                        Arn: queueRef,
                        RoleArn: starterRef,
                        Input: "{}",
                        DeadLetterConfig: { Arn: deadRef },
                        RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3 },
                        SqsParameters: { MessageGroupId: "all" },
                    },
                },
            },
        ],
    },
    connections: {
        make: () => {
            new codeconnections.Connection("github", { name: "shop--github", providerType: "GitHub", tags });
            new codeconnections.Connection("server", {
                name: "shop--server",
                hostArn: "arn:aws:codeconnections:eu-west-1:111111111111:host/h",
            });
        },
        expected: [
            {
                Type: "AWS::CodeConnections::Connection",
                Properties: { ConnectionName: "shop--github", ProviderType: "GitHub", Tags },
            },
            {
                Type: "AWS::CodeConnections::Connection",
                Properties: {
                    ConnectionName: "shop--server",
                    HostArn: sub("arn:${AWS::Partition}:codeconnections:${AWS::Region}:${AWS::AccountId}:host/h"),
                },
            },
        ],
    },
    "a notification rule": {
        make: () =>
            new codestarnotifications.NotificationRule("news", {
                name: "shop--news",
                detailType: "BASIC",
                eventTypeIds: ["codepipeline-pipeline-pipeline-execution-failed"],
                resource: "arn:aws:codepipeline:eu-west-1:111111111111:shop--web",
                status: "ENABLED",
                targets: [
                    { address: topic },
                    { address: "arn:aws:chatbot::111111111111:chat/c", type: "AWSChatbotSlack" },
                ],
                tags,
            }),
        expected: [
            {
                Type: "AWS::CodeStarNotifications::NotificationRule",
                Properties: {
                    Name: "shop--news",
                    DetailType: "BASIC",
                    EventTypeIds: ["codepipeline-pipeline-pipeline-execution-failed"],
                    Resource: sub("arn:${AWS::Partition}:codepipeline:${AWS::Region}:${AWS::AccountId}:shop--web"),
                    Status: "ENABLED",
                    Targets: [
                        { TargetAddress: topicRef, TargetType: "SNS" },
                        {
                            TargetAddress: sub("arn:${AWS::Partition}:chatbot::${AWS::AccountId}:chat/c"),
                            TargetType: "AWSChatbotSlack",
                        },
                    ],
                    Tags: { a: "1" },
                },
            },
        ],
    },
};
