import { SQSClient } from "@aws-sdk/client-sqs";
import { handleBatch, type Answer } from "../lib/queue";
import { readSettings } from "../lib/settings";

const sqs = new SQSClient({});

/** Takes the messages of the function's queue. */
export async function handler(event: unknown): Promise<Answer> {
    const { queue, deadLetters } = readSettings();
    return handleBatch(event, () => Promise.resolve(), { sqs, queue, deadLetters });
}
