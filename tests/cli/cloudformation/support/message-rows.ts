import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import { jsonStringify } from "@pulumi/pulumi";
import { att, ref, sub, type Rows } from "./render";

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];

const anyone = (action: string) => ({
    Version: "2012-10-17" as const,
    Statement: [
        { Effect: "Allow" as const, Principal: { Service: "events.amazonaws.com" }, Action: action, Resource: "*" },
    ],
});

const topicType = "aws:sns/topic:Topic";
const queueType = "aws:sqs/queue:Queue";

const topic = () => {
    const made = new sns.Topic("news", {
        name: "shop--news",
        displayName: "News",
        kmsMasterKeyId: "alias/shop",
        tracingConfig: "Active",
        tags,
    });
    new sns.TopicPolicy("news-policy", { arn: made.arn, policy: anyone("sns:Publish") });
    new sns.TopicSubscription("news-queue", {
        topic: made.arn,
        protocol: "sqs",
        endpoint: "arn:aws:sqs:eu-west-1:111111111111:work",
        rawMessageDelivery: true,
        filterPolicy: JSON.stringify({ kind: ["failed"] }),
        filterPolicyScope: "MessageBody",
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111111111111:dead" }),
    });
    new sns.TopicSubscription("news-site", {
        topic: made.arn,
        protocol: "https",
        endpoint: "https://ops.example/hook",
        deliveryPolicy: JSON.stringify({ healthyRetryPolicy: { numRetries: 3 } }),
    });
    new sns.TopicSubscription("news-stream", {
        topic: made.arn,
        protocol: "firehose",
        endpoint: "arn:aws:firehose:eu-west-1:111111111111:deliverystream/news",
        subscriptionRoleArn: "arn:aws:iam::111111111111:role/stream",
    });
};

const queue = () => {
    const dead = new sqs.Queue("dead", { name: "shop--dead", sqsManagedSseEnabled: true });
    const work = new sqs.Queue("work", {
        name: "shop--work",
        delaySeconds: 1,
        kmsMasterKeyId: "alias/shop",
        kmsDataKeyReusePeriodSeconds: 300,
        maxMessageSize: 1024,
        messageRetentionSeconds: 3600,
        receiveWaitTimeSeconds: 20,
        visibilityTimeoutSeconds: 60,
        redrivePolicy: jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 }),
        redriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }),
        tags,
    });
    new sqs.QueuePolicy("work-policy", { queueUrl: work.url, policy: anyone("sqs:SendMessage") });
};

const arn = (service: string, resource: string) =>
    sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`);

export const messageRows: Rows = {
    "a topic with its policy and those who are told": {
        make: topic,
        expected: [
            {
                Type: "AWS::SNS::Topic",
                Properties: {
                    TopicName: "shop--news",
                    DisplayName: "News",
                    KmsMasterKeyId: "alias/shop",
                    TracingConfig: "Active",
                    Tags,
                },
            },
            {
                Type: "AWS::SNS::TopicPolicy",
                Properties: { Topics: [ref(topicType, "news")], PolicyDocument: anyone("sns:Publish") },
            },
            {
                Type: "AWS::SNS::Subscription",
                Properties: {
                    TopicArn: ref(topicType, "news"),
                    Protocol: "sqs",
                    Endpoint: arn("sqs", "work"),
                    RawMessageDelivery: true,
                    FilterPolicy: { kind: ["failed"] },
                    FilterPolicyScope: "MessageBody",
                    RedrivePolicy: { deadLetterTargetArn: arn("sqs", "dead") },
                },
            },
            {
                Type: "AWS::SNS::Subscription",
                Properties: {
                    TopicArn: ref(topicType, "news"),
                    Protocol: "https",
                    Endpoint: "https://ops.example/hook",
                    DeliveryPolicy: { healthyRetryPolicy: { numRetries: 3 } },
                },
            },
            {
                Type: "AWS::SNS::Subscription",
                Properties: {
                    TopicArn: ref(topicType, "news"),
                    Protocol: "firehose",
                    Endpoint: arn("firehose", "deliverystream/news"),
                    SubscriptionRoleArn: sub("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/stream"),
                },
            },
        ],
    },
    "a queue with its policy and its dead letters": {
        make: queue,
        expected: [
            { Type: "AWS::SQS::Queue", Properties: { QueueName: "shop--dead", SqsManagedSseEnabled: true } },
            {
                Type: "AWS::SQS::Queue",
                Properties: {
                    QueueName: "shop--work",
                    DelaySeconds: 1,
                    KmsMasterKeyId: "alias/shop",
                    KmsDataKeyReusePeriodSeconds: 300,
                    MaximumMessageSize: 1024,
                    MessageRetentionPeriod: 3600,
                    ReceiveMessageWaitTimeSeconds: 20,
                    VisibilityTimeout: 60,
                    RedrivePolicy: { deadLetterTargetArn: att(queueType, "dead", "Arn"), maxReceiveCount: 3 },
                    RedriveAllowPolicy: { redrivePermission: "denyAll" },
                    Tags,
                },
            },
            {
                Type: "AWS::SQS::QueuePolicy",
                Properties: { Queues: [ref(queueType, "work")], PolicyDocument: anyone("sqs:SendMessage") },
            },
        ],
    },
    "a topic and a queue that keep the order": {
        make: () => {
            new sns.Topic("ordered", { name: "ordered.fifo", fifoTopic: true, contentBasedDeduplication: true });
            new sqs.Queue("ordered-queue", {
                name: "ordered.fifo",
                fifoQueue: true,
                contentBasedDeduplication: true,
                deduplicationScope: "messageGroup",
                fifoThroughputLimit: "perMessageGroupId",
            });
        },
        expected: [
            {
                Type: "AWS::SNS::Topic",
                Properties: { TopicName: "ordered.fifo", FifoTopic: true, ContentBasedDeduplication: true },
            },
            {
                Type: "AWS::SQS::Queue",
                Properties: {
                    QueueName: "ordered.fifo",
                    FifoQueue: true,
                    ContentBasedDeduplication: true,
                    DeduplicationScope: "messageGroup",
                    FifoThroughputLimit: "perMessageGroupId",
                },
            },
        ],
    },
};
