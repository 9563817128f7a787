import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Notice } from "../notice";
import { attributesOf } from "./attributes";

/**
 * Sends `notice` itself.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export async function toQueue(notice: Notice, target: string, url: string, sqs: SQSClient): Promise<void> {
    try {
        await sqs.send(
            new SendMessageCommand({
                QueueUrl: url,
                MessageBody: JSON.stringify(notice),
                MessageAttributes: attributesOf(notice),
            }),
        );
    } catch (error) {
        throw new Error(
            `${target} was not told: ${error instanceof Error ? `${error.name}: ${error.message}` : "no reason"}`,
        );
    }
}
