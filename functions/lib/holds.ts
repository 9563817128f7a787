import {
    ConditionalCheckFailedException,
    GetItemCommand,
    PutItemCommand,
    type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import type { Table } from "./claims";
import { Later } from "./errors";

/** Until when targets want to be left alone, in seconds, as far as this container knows. */
const known = new WeakMap<DynamoDBClient, Map<string, number>>();

function knownOf({ dynamodb }: Table): Map<string, number> {
    const holds = known.get(dynamodb) ?? new Map<string, number>();
    known.set(dynamodb, holds);
    return holds;
}

const keyOf = (target: string) => ({ pk: { S: `hold#${target}` }, sk: { S: "hold" } });

const secondsOf = ({ now = Date.now }: Table) => now() / 1000;

/**
 * Returns when `target` may be asked.
 *
 * @throws Later when it has told this container, or another, to wait
 */
export async function passHold(table: Table, target: string): Promise<void> {
    const holds = knownOf(table);
    const here = holds.get(target);
    if (here === undefined || here <= secondsOf(table)) {
        const { Item } = await table.dynamodb.send(new GetItemCommand({ TableName: table.name, Key: keyOf(target) }));
        // While the table was asked, another message of the batch may have been told to wait.
        holds.set(target, Math.max(holds.get(target) ?? 0, Number(Item?.held?.N ?? 0)));
    }
    const left = (holds.get(target) ?? 0) - secondsOf(table);
    if (left > 0) {
        throw new Later(Math.ceil(left), `${target} has told to wait`);
    }
}

/** Keeps everybody from asking `target` for so many seconds; of two waits the longer one holds. */
export async function hold(table: Table, target: string, seconds: number): Promise<void> {
    const until = Math.ceil(secondsOf(table) + seconds);
    const holds = knownOf(table);
    holds.set(target, Math.max(until, holds.get(target) ?? 0));
    try {
        await table.dynamodb.send(
            new PutItemCommand({
                TableName: table.name,
                Item: { ...keyOf(target), held: { N: String(until) }, expires: { N: String(until) } },
                ConditionExpression: "attribute_not_exists(pk) OR #held < :held",
                ExpressionAttributeNames: { "#held": "held" },
                ExpressionAttributeValues: { ":held": { N: String(until) } },
            }),
        );
    } catch (error) {
        // What this container knows is enough for it; another one may ask once in vain.
        if (!(error instanceof ConditionalCheckFailedException)) {
            console.error(JSON.stringify({ reason: `the wait for ${target} was not kept: ${String(error)}` }));
        }
    }
}
