import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Table } from "./claims";
import { Later, Malformed, Misconfigured } from "./errors";
import { legible } from "./text";

export { Later, Malformed, Misconfigured, together } from "./errors";

/** A message of a queue, as Lambda hands it over. */
interface Received {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes?: { readonly ApproximateReceiveCount?: string; readonly SentTimestamp?: string };
}

/** What Lambda wants to know of a batch: which messages are to be handled again. */
export interface Answer {
    readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Where a batch comes from, and what becomes of it. */
export interface Line {
    readonly sqs: SQSClient;
    /** URLs of the queue and of its dead letters. */
    readonly queue: string;
    readonly deadLetters: string;
    /** Counts the tries that failed. @default - each time that a message has come counts as one that failed */
    readonly table?: Table;
    /** Between 0 and 1. @default Math.random */
    readonly random?: () => number;
    /** Now, in milliseconds. @default Date.now */
    readonly now?: () => number;
}

/** Seconds that SQS is asked to hide a message for: it could be twelve hours, but nobody waits that long in one go. */
const longestWait = 900;

/** Failed tries after which a message goes to the dead letters. */
const tries = 10;

/** How old one that is told to wait may get, in milliseconds. */
const longestLife = 24 * 60 * 60 * 1000;

/**
 * Times that a message may come, whatever the reason: the queue's own redrive, which is for what kills the function, takes
 * it after 100, and would say nothing of the reason.
 */
const receivesBeforeRedrive = 95;

/**
 * Handles each message of `event` by itself: one that fails harms no other. It is tried again after a while that grows and
 * varies, or when its receiver wants it; one that nothing can make right goes to the dead letters with its reason.
 *
 * @throws Error when the event is no batch
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (batchItemFailures)
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
export async function handleBatch(
    event: unknown,
    handle: (body: unknown) => Promise<void>,
    line: Line,
): Promise<Answer> {
    const { Records: records } = (event ?? {}) as { readonly Records?: readonly Received[] };
    if (!Array.isArray(records)) {
        throw new Error("expected an event of SQS with Records");
    }
    const failed = await Promise.all(records.map((record: Received) => settled(record, handle, line)));
    return {
        batchItemFailures: records
            .filter((_, index) => failed[index])
            .map(({ messageId }: Received) => ({ itemIdentifier: messageId })),
    };
}

/** Whether the message of `record` has to come again. */
async function settled(record: Received, handle: (body: unknown) => Promise<void>, line: Line): Promise<boolean> {
    try {
        await handle(parsed(record.body));
        return false;
    } catch (error) {
        const reason =
            error instanceof Error ? `${error.name}: ${error.message}` : "something was thrown that is no error";
        const failures = error instanceof Later || isForGood(error) ? 0 : await failuresOf(record, line);
        const givenUp = hopeless(error, record, failures, line);
        console.error(JSON.stringify({ message: record.messageId, reason, ...(givenUp && { givenUp }) }));
        return givenUp ? !(await buried(record, reason, line)) : postponed(record, error, failures, line);
    }
}

/** Whether no further try can make it right. */
const isForGood = (error: unknown) => error instanceof Malformed || error instanceof Misconfigured;

function parsed(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        throw new Malformed("expected a message in JSON");
    }
}

const receives = ({ attributes }: Received) => Number(attributes?.ApproximateReceiveCount ?? 1);

/**
 * How often the message has failed, this time included. SQS counts how often it has come, and so also when it was only told
 * to wait. While nobody can count, the back-off grows all the same, and {@link receivesBeforeRedrive} is the end.
 */
async function failuresOf(record: Received, { table, now = Date.now }: Line): Promise<number> {
    if (table === undefined) {
        return receives(record);
    }
    try {
        const { Attributes } = await table.dynamodb.send(
            new UpdateItemCommand({
                TableName: table.name,
                Key: { pk: { S: `tries#${record.messageId}` }, sk: { S: "failed" } },
                UpdateExpression: "ADD #failures :one SET expires = :expires",
                ExpressionAttributeNames: { "#failures": "failures" },
                ExpressionAttributeValues: {
                    ":one": { N: "1" },
                    ":expires": { N: String(Math.floor((now() + 2 * longestLife) / 1000)) },
                },
                ReturnValues: "ALL_NEW",
            }),
        );
        return Number(Attributes?.failures?.N ?? 1);
    } catch (error) {
        console.error(JSON.stringify({ reason: `the tries could not be counted: ${String(error)}` }));
        return Math.min(receives(record), tries - 1);
    }
}

function hopeless(error: unknown, record: Received, failures: number, { now = Date.now }: Line): boolean {
    if (isForGood(error) || receives(record) >= receivesBeforeRedrive) {
        return true;
    }
    const age = now() - Number(record.attributes?.SentTimestamp ?? now());
    return error instanceof Later ? age > longestLife : failures >= tries;
}

/** Whether the message now lies in the dead letters. */
async function buried({ body }: Received, reason: string, { sqs, deadLetters }: Line): Promise<boolean> {
    try {
        await sqs.send(
            new SendMessageCommand({
                QueueUrl: deadLetters,
                MessageBody: body,
                MessageAttributes: { reason: { DataType: "String", StringValue: legible(reason, 1000) } },
            }),
        );
        return true;
    } catch (error) {
        console.error(JSON.stringify({ reason: `the dead letters take nothing: ${String(error)}` }));
        return false;
    }
}

/** Always true: the message comes again. */
async function postponed(record: Received, error: unknown, failures: number, line: Line): Promise<boolean> {
    const { random = Math.random } = line;
    // Jitter, so that what failed together does not come back together; never earlier than the receiver wants it.
    const backOff = Math.min(longestWait, 5 * 3 ** (failures - 1)) * (0.5 + random() / 2);
    const wait = error instanceof Later ? patience(record, error) * (1 + random() / 4) : backOff;
    try {
        await line.sqs.send(
            new ChangeMessageVisibilityCommand({
                QueueUrl: line.queue,
                ReceiptHandle: record.receiptHandle,
                VisibilityTimeout: Math.min(longestWait, Math.ceil(wait)),
            }),
        );
    } catch (failure) {
        // It comes again all the same, when the queue's own time is over.
        console.error(JSON.stringify({ reason: `the wait could not be set: ${String(failure)}` }));
    }
    return true;
}

/** Seconds to wait: who is told again and again that it is too early waits longer each time, so that it can wait for a day. */
const patience = (record: Received, { seconds }: Later) =>
    Math.max(1, seconds, 2 ** Math.min(10, receives(record) - 1));
