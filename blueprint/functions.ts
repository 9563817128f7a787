import { arn } from "../catalog/arn";
import { allow, type Grant } from "../catalog/grant";
import { queueUrl, useKey } from "../catalog/messages";
import { Reference } from "../catalog/reference";
import type { Ground } from "./place";
import type { FunctionPlan, FunctionQueuePlan, QueuePlan } from "./plan";
import { statements } from "./policy";
import { roleArn } from "./role-terms";
import { functionTrust } from "./trust";
import { openSecrets } from "./secret-keys";

/** Longest name of a Lambda function, and of an IAM role. */
const longestName = 64;

/** Longest name of a queue: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html. */
const longestQueue = 80;

/** Name of the function whose code lies in `functions/<key>/`, and of its role. */
export const functionName = (ground: Ground, key: string) => ground.names.shared(longestName, key);

/** Its ARN. */
export const functionArn = (ground: Ground, key: string) =>
    arn("lambda", `function:${functionName(ground, key)}`, ground.home);

/** What one function differs in from the others. */
export interface FunctionWords extends Pick<
    FunctionPlan,
    "key" | "description" | "timeoutSeconds" | "memoryMb" | "settings"
> {
    readonly grants: readonly Grant[];
    /** Where the stack file says what makes its policy long. @default environments */
    readonly path?: readonly string[];
}

/** How a function takes its messages. */
export interface Listening {
    readonly batchSize: number;
    readonly maximumConcurrency: number;
    /** Names of the EventBridge rules that send, or a pattern of them. */
    readonly rules: readonly string[];
}

/** The queue of the fleet that is called `<prefix>--fleet--<key>`. */
export function queueOf({ names, home }: Ground, ...key: readonly string[]): QueuePlan {
    const name = names.shared(longestQueue, ...key);
    const queueArn = arn("sqs", name, home);
    return { name, arn: queueArn, url: queueUrl(queueArn) };
}

/**
 * The queue that `key` listens to. EventBridge sends with the queue's policy, and with no role.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html (six times the time-out)
 */
function listening(
    key: string,
    { rules, ...rest }: Listening,
    timeoutSeconds: number,
    ground: Ground,
): FunctionQueuePlan {
    const queue = queueOf(ground, key);
    return {
        ...queue,
        ...rest,
        hiddenSeconds: 6 * timeoutSeconds,
        mostReceives: 100,
        policy: [
            {
                Sid: "SendByRules",
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: ["sqs:SendMessage"],
                Resource: [queue.arn],
                Condition: {
                    ArnLike: { "aws:SourceArn": rules.map(rule => arn("events", `rule/${rule}`, ground.home)) },
                },
            },
        ],
    };
}

/**
 * A function with its log group, its dead letters and its role, which writes and leaves them there, and may do what `grants` say.
 *
 * @param listens - how it takes messages from a queue of its own; without it, it is called
 */
export function functionPlan(
    { grants, path = ["environments"], ...words }: FunctionWords,
    logDays: number,
    ground: Ground,
    listens?: Listening,
): FunctionPlan {
    const name = functionName(ground, words.key);
    const group = `${ground.logGroup}/functions/${words.key}`;
    const queue = listens && listening(words.key, listens, words.timeoutSeconds, ground);
    const deadLetters = queueOf(ground, words.key, "dead-letters");
    return {
        ...words,
        name,
        arn: functionArn(ground, words.key),
        logs: { group, days: logDays },
        ...(queue && { queue }),
        deadLetters: {
            ...deadLetters,
            alarm: {
                name: ground.names.shared(255, words.key, "dead-letters"),
                description: `The function ${name} could not handle something: see ${deadLetters.name}`,
            },
        },
        role: {
            name,
            arn: roleArn(ground.roles, name),
            of: `function ${name}`,
            trust: functionTrust,
            statements: statements([
                allow(
                    "WriteOwnLogs",
                    ["logs:CreateLogStream", "logs:PutLogEvents"],
                    [arn("logs", `log-group:${group}:log-stream:*`, ground.home)],
                ),
                ...(queue === undefined
                    ? []
                    : [
                          allow(
                              "TakeMessages",
                              [
                                  "sqs:ChangeMessageVisibility",
                                  "sqs:DeleteMessage",
                                  "sqs:GetQueueAttributes",
                                  "sqs:ReceiveMessage",
                              ],
                              [queue.arn],
                          ),
                      ]),
                allow("LeaveDeadLetters", ["sqs:SendMessage"], [deadLetters.arn]),
                useKey(new Reference("artifactKey"), "sqs", ground.home),
                ...grants,
                ...openSecrets(grants, ground),
            ]),
            path,
        },
    };
}
