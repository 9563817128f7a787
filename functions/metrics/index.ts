import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { patience } from "../lib/patience";
import { handleBatch, type Answer } from "../lib/queue";
import { readSettings } from "../lib/settings";
import { archiveOf, handle } from "./handle";
import type { MetricsSettings } from "./settings";

const archive = archiveOf(new CodePipelineClient(patience));
const dynamodb = new DynamoDBClient(patience);
const sqs = new SQSClient(patience);

/** Turns what has ended in pipelines into metrics: each message of the function's queue tells of a state that has changed. */
export async function handler(event: unknown): Promise<Answer> {
    const settings = readSettings<MetricsSettings>();
    const { queue, deadLetters } = settings;
    const table = { dynamodb, name: settings.table };
    return handleBatch(
        event,
        body =>
            handle(body, {
                settings,
                archive,
                table,
                // Not by console.log: Lambda would put the line into another.
                write: line => process.stdout.write(`${line}\n`),
            }),
        { sqs, queue, deadLetters, table },
    );
}
