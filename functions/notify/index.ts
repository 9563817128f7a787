import { CodePipelineClient } from "@aws-sdk/client-codepipeline";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { eventOf } from "../lib/parse";
import { patience } from "../lib/patience";
import { handleBatch, type Answer } from "../lib/queue";
import { readSettings } from "../lib/settings";
import { deliver } from "./deliver";
import { Facts } from "./facts";
import { handle } from "./handle";
import type { NotifySettings } from "./settings";
import { setStatuses } from "./statuses";
import type { WholeWorld } from "./world";

const codepipeline = new CodePipelineClient(patience);
const dynamodb = new DynamoDBClient(patience);
const secrets = new SecretsManagerClient(patience);
const sns = new SNSClient(patience);
const sqs = new SQSClient(patience);

/** Made once, so that what was found out serves the next events, too. */
let world: WholeWorld | undefined;

/** Tells people, and the hosts of repositories, what the messages of the function's queue say. */
export async function handler(event: unknown): Promise<Answer> {
    const settings = readSettings<NotifySettings>();
    const { queue, deadLetters } = settings;
    const known = (world ??= worldOf(settings));
    return handleBatch(event, async body => handle(eventOf(body), known), {
        sqs,
        queue,
        deadLetters,
        table: known.table,
    });
}

function worldOf(settings: NotifySettings): WholeWorld {
    const table = { dynamodb, name: settings.table };
    const facts = new Facts(codepipeline, settings);
    const clients = { facts, secrets, settings, sns, sqs, table };
    return {
        settings,
        table,
        facts,
        now: Date.now,
        deliver: (notice, target, delivery) => deliver(notice, target, delivery, clients),
        write: line => void process.stdout.write(`${line}\n`),
        beside: [event => setStatuses(event, clients)],
    };
}
