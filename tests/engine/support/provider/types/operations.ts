import type { Properties } from "../values";
import { needs, type ResourceType } from "./type";

const key = ["aws:kms/key:Key", "aws:kms/alias:Alias"];
const queue = "aws:sqs/queue:Queue";

/** The number at `key` of `properties`. */
const number = (properties: Properties, at: string, otherwise: number) => Number(properties[at] ?? otherwise);

/** What stands around functions: queues, tables and alarms. */
export const operations: Readonly<Record<string, ResourceType>> = {
    [queue]: {
        name: "name",
        pattern: /^[A-Za-z0-9_-]{1,80}$/,
        unique: ["name"],
        id: "https://sqs.{region}.amazonaws.com/{account}/{name}",
        replace: ["name", "fifoQueue"],
        references: [
            needs("kmsMasterKeyId", ...key),
            {
                path: "redrivePolicy",
                to: [queue],
                reads: ({ redrivePolicy }) =>
                    redrivePolicy === undefined
                        ? []
                        : [
                              {
                                  path: "redrivePolicy",
                                  value: (JSON.parse(redrivePolicy as string) as { deadLetterTargetArn: unknown })
                                      .deadLetterTargetArn,
                              },
                          ],
            },
        ],
        refuses: properties =>
            number(properties, "visibilityTimeoutSeconds", 30) > 43_200
                ? ["visibilityTimeoutSeconds: at most twelve hours"]
                : [],
        outputs: {
            arn: "arn:{partition}:sqs:{region}:{account}:{name}",
            url: "https://sqs.{region}.amazonaws.com/{account}/{name}",
        },
    },
    "aws:sqs/queuePolicy:QueuePolicy": {
        unique: ["queueUrl"],
        id: "{queueUrl}",
        replace: ["queueUrl"],
        documents: ["policy"],
        references: [needs("queueUrl", queue)],
        outputs: {},
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
        unique: ["eventSourceArn", "functionName"],
        id: "{uuid}",
        replace: ["eventSourceArn"],
        references: [needs("eventSourceArn", queue), needs("functionName", "aws:lambda/function:Function")],
        refuses: ({ scalingConfig }) =>
            scalingConfig !== undefined && number(scalingConfig as Properties, "maximumConcurrency", 2) < 2
                ? ["scalingConfig.maximumConcurrency: from 2"]
                : [],
        outputs: { arn: "arn:{partition}:lambda:{region}:{account}:event-source-mapping:{uuid}", uuid: "{uuid}" },
    },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        unique: ["policyName"],
        id: "{policyName}",
        replace: ["policyName"],
        documents: ["policyDocument"],
        outputs: {},
    },
    "aws:cloudwatch/queryDefinition:QueryDefinition": {
        name: "name",
        pattern: /^.{1,255}$/,
        unique: ["name"],
        id: "{uuid}",
        replace: [],
        references: [needs("logGroupNames[*]", "aws:cloudwatch/logGroup:LogGroup")],
        outputs: { queryDefinitionId: "{uuid}" },
    },
    "aws:cloudtrail/trail:Trail": {
        name: "name",
        pattern: /^[A-Za-z0-9._-]{3,128}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name"],
        outputs: { arn: "arn:{partition}:cloudtrail:{region}:{account}:trail/{name}", homeRegion: "{region}" },
    },
    "aws:dynamodb/table:Table": {
        name: "name",
        pattern: /^[A-Za-z0-9_.-]{3,255}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name", "hashKey", "rangeKey"],
        outputs: { arn: "arn:{partition}:dynamodb:{region}:{account}:table/{name}" },
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        name: "name",
        pattern: /^.{1,255}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name"],
        references: [
            needs("alarmActions[*]", "aws:sns/topic:Topic"),
            needs("okActions[*]", "aws:sns/topic:Topic"),
            needs("dimensions.QueueName", queue),
        ],
        outputs: { arn: "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}" },
    },
};
