import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { patience } from "../lib/patience";
import { handleBatch, type Answer } from "../lib/queue";
import { readSettings } from "../lib/settings";
import { handle } from "./handle";
import type { RollbackSettings } from "./settings";

const asking = new CodePipelineClient({ ...patience, maxAttempts: 1 });
const codepipeline = new CodePipelineClient(patience);
const cloudwatch = new CloudWatchClient(patience);
const dynamodb = new DynamoDBClient(patience);
const sqs = new SQSClient(patience);

/** Takes the messages of the function's queue: alarms that have changed, each with the stage that goes back because of it. */
export async function handler(event: unknown): Promise<Answer> {
    const { table: name, notifyQueue, queue, deadLetters } = readSettings<RollbackSettings>();
    const table = { dynamodb, name };
    const tools = { asking, codepipeline, cloudwatch, sqs, table, notifyQueue };
    return handleBatch(event, body => handle(body, tools), { sqs, queue, deadLetters, table });
}
