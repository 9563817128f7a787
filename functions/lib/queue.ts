import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

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

/** Nothing will ever make this message right: it goes to the dead letters with the reason. */
export class Malformed extends Error {
    override readonly name = "Malformed";
}

/** Later is better: the receiver has said so, or somebody else is at it. */
export class Later extends Error {
    override readonly name = "Later";

    /** @param seconds - until it is worth trying again */
    constructor(
        readonly seconds: number,
        message: string,
    ) {
        super(message);
    }
}

/** Where a batch comes from, and what becomes of it. */
export interface Line {
    readonly sqs: SQSClient;
    /** URLs of the queue and of its dead letters. */
    readonly queue: string;
    readonly deadLetters: string;
    /** Between 0 and 1. @default Math.random */
    readonly random?: () => number;
    /** Now, in milliseconds. @default Date.now */
    readonly now?: () => number;
}

/** Seconds that SQS can hide a message for: a receipt lives for twelve hours, and nobody waits that long in one go. */
const longestWait = 900;

/** Tries after which a message that fails goes to the dead letters; and how long one that has to wait may get, in ms. */
const tries = 10;
const longestLife = 24 * 60 * 60 * 1000;

/**
 * Handles each message of `event` by itself: one that fails harms no other. It is tried again after a while that grows and
 * varies, or when its receiver wants it; one that nothing can make right goes to the dead letters with its reason.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html (batchItemFailures)
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
export async function handleBatch(
    event: unknown,
    handle: (body: unknown) => Promise<void>,
    line: Line,
): Promise<Answer> {
    const { Records: records = [] } = (event ?? {}) as { readonly Records?: readonly Received[] };
    const failed = await Promise.all(records.map(record => settled(record, handle, line)));
    return {
        batchItemFailures: records
            .filter((_, index) => failed[index])
            .map(({ messageId }) => ({ itemIdentifier: messageId })),
    };
}

/** Whether the message of `record` has to come again. */
async function settled(record: Received, handle: (body: unknown) => Promise<void>, line: Line): Promise<boolean> {
    try {
        await handle(parsed(record.body));
        return false;
    } catch (error) {
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        console.error(JSON.stringify({ message: record.messageId, reason }));
        return hopeless(error, record, line) ? !(await buried(record, reason, line)) : postponed(record, error, line);
    }
}

function parsed(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        throw new Malformed("expected a message in JSON");
    }
}

const receives = ({ attributes }: Received) => Number(attributes?.ApproximateReceiveCount ?? 1);

function hopeless(error: unknown, record: Received, { now = Date.now }: Line): boolean {
    const age = now() - Number(record.attributes?.SentTimestamp ?? now());
    return error instanceof Malformed || (error instanceof Later ? age > longestLife : receives(record) >= tries);
}

/** Whether the message now lies in the dead letters. */
async function buried({ body }: Received, reason: string, { sqs, deadLetters }: Line): Promise<boolean> {
    try {
        await sqs.send(
            new SendMessageCommand({
                QueueUrl: deadLetters,
                MessageBody: body,
                MessageAttributes: { reason: { DataType: "String", StringValue: reason.slice(0, 1000) } },
            }),
        );
        return true;
    } catch (error) {
        console.error(JSON.stringify({ reason: `the dead letters take nothing: ${String(error)}` }));
        return false;
    }
}

/** Always true: the message comes again. */
async function postponed(record: Received, error: unknown, line: Line): Promise<boolean> {
    const { random = Math.random } = line;
    // Full jitter, so that what failed together does not come back together; never earlier than the receiver wants it.
    const backOff = Math.min(longestWait, 5 * 2 ** (receives(record) - 1));
    const wait = error instanceof Later ? error.seconds + random() * Math.min(30, error.seconds) : random() * backOff;
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
