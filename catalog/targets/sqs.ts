import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { targetKind } from "../kind";
import { messageArn, queueUrl, useKey } from "../messages";
import { kmsKeyArn } from "../words";

/** Seconds of a day. */
const day = 24 * 60 * 60;

/** Longest name of a queue. */
const longestQueue = 80;

/**
 * A queue for programs: each message is what happened, as JSON. It is made here, or it is one that there is. One that is made is
 * encrypted with SQS's own key: whoever may read the queue needs no key of the stack.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export const sqs = targetKind({
    type: "sqs",
    limits: [
        "The same message may come twice, and messages in another order than they were sent: each has an id and a time.",
        "A queue that keeps the order (FIFO) is not written to.",
    ],
    docs: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html",
    settings: z.strictObject({
        retentionDays: z
            .int()
            .min(1)
            .max(14)
            .optional()
            .describe("Days for which a message waits that nobody takes, 1 to 14. @default 14"),
        queueArn: messageArn(
            "sqs",
            "queue",
            "An existing queue of the pipelines' region. @default one is made",
        ).optional(),
        keyArn: kmsKeyArn("With `queueArn`: the key that the queue is encrypted with. @default none of KMS").optional(),
    }),
    example: `
        type: sqs
        retentionDays: 4`,
    plan({ retentionDays = 14, queueArn, keyArn }, at) {
        const { home } = at;
        const name = at.physicalName(longestQueue);
        const queue = queueArn ?? arn("sqs", name, home);
        return {
            delivery: { type: "queue", url: queueUrl(queue) },
            grants: [
                allow("TellQueues", ["sqs:SendMessage"], [queue]),
                ...(keyArn === undefined ? [] : [useKey(keyArn, "sqs", home)]),
            ],
            ...(queueArn === undefined && { queue: { name, retentionSeconds: retentionDays * day } }),
            summary: queueArn === undefined ? `queue ${name}` : `queue ${queue}`,
        };
    },
    check: ({ retentionDays, queueArn, keyArn }) => [
        ...(queueArn !== undefined && retentionDays !== undefined
            ? [
                  {
                      path: ["retentionDays"],
                      message:
                          "expected either `retentionDays` or `queueArn`, found both: a queue that there is keeps messages as its owner says",
                  },
              ]
            : []),
        ...(queueArn === undefined && keyArn !== undefined
            ? [
                  {
                      path: ["keyArn"],
                      message: "expected it beside `queueArn` alone: a queue that is made has SQS's own key",
                  },
              ]
            : []),
    ],
});
