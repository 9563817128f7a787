import type { TopicArgs, TopicPolicyArgs, TopicSubscriptionArgs } from "@pulumi/aws/sns";
import type { QueueArgs, QueuePolicyArgs } from "@pulumi/aws/sqs";
import { document, listed, shape, tags, to } from "../shape";
import { refIsArn, refOnly, type Mappings } from "./mapping";

/**
 * Topics and queues.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SNS.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SQS.html
 */
export const snsSqs: Mappings = {
    "aws:sns/topic:Topic": {
        type: "AWS::SNS::Topic",
        shape: shape<TopicArgs>(
            ["contentBasedDeduplication", "displayName", "fifoTopic", "kmsMasterKeyId", "tracingConfig"],
            { name: to("TopicName"), tags },
        ),
        outputs: { ...refIsArn, name: "${.TopicName}" },
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        type: "AWS::SNS::Subscription",
        shape: shape<TopicSubscriptionArgs>(
            ["endpoint", "filterPolicyScope", "protocol", "rawMessageDelivery", "subscriptionRoleArn"],
            {
                deliveryPolicy: document("DeliveryPolicy"),
                filterPolicy: document("FilterPolicy"),
                redrivePolicy: document("RedrivePolicy"),
                topic: to("TopicArn"),
            },
        ),
        outputs: refIsArn,
    },
    "aws:sns/topicPolicy:TopicPolicy": {
        type: "AWS::SNS::TopicPolicy",
        shape: shape<TopicPolicyArgs>([], { arn: listed("Topics"), policy: document("PolicyDocument") }),
        outputs: refOnly,
    },
    "aws:sqs/queue:Queue": {
        type: "AWS::SQS::Queue",
        shape: shape<QueueArgs>(
            [
                "contentBasedDeduplication",
                "deduplicationScope",
                "delaySeconds",
                "fifoQueue",
                "fifoThroughputLimit",
                "kmsDataKeyReusePeriodSeconds",
                "kmsMasterKeyId",
                "sqsManagedSseEnabled",
            ],
            {
                maxMessageSize: to("MaximumMessageSize"),
                messageRetentionSeconds: to("MessageRetentionPeriod"),
                name: to("QueueName"),
                receiveWaitTimeSeconds: to("ReceiveMessageWaitTimeSeconds"),
                redriveAllowPolicy: document("RedriveAllowPolicy"),
                redrivePolicy: document("RedrivePolicy"),
                tags,
                visibilityTimeoutSeconds: to("VisibilityTimeout"),
            },
        ),
        outputs: { id: "${}", url: "${}", name: "${.QueueName}", arn: "${.Arn}" },
    },
    "aws:sqs/queuePolicy:QueuePolicy": {
        type: "AWS::SQS::QueuePolicy",
        shape: shape<QueuePolicyArgs>([], { policy: document("PolicyDocument"), queueUrl: listed("Queues") }),
        outputs: refOnly,
    },
};
