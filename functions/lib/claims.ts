import { randomUUID } from "node:crypto";
import {
    ConditionalCheckFailedException,
    DeleteItemCommand,
    PutItemCommand,
    UpdateItemCommand,
    type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { Later } from "./errors";

/** The table of a stack. */
export interface Table {
    readonly dynamodb: DynamoDBClient;
    readonly name: string;
    /** Now, in milliseconds. @default Date.now */
    readonly now?: () => number;
}

/** How long something is remembered as done: longer than EventBridge (a day) and a queue (two weeks at most) keep it. In seconds. */
const memory = 16 * 24 * 60 * 60;

/** How long a claim holds that nobody has finished: longer than a function runs. In seconds. */
const lease = 5 * 60;

/**
 * Does `deed` once for `what` and `whom`: not again when it was done, not beside another that is at it. When it fails,
 * the next try may go on at once; when the function dies, after the lease.
 *
 * @returns whether it was done now
 * @throws Later while another is at it; whatever `deed` throws
 */
export async function once(table: Table, what: string, whom: string, deed: () => Promise<void>): Promise<boolean> {
    const { dynamodb, name, now = Date.now } = table;
    const seconds = Math.floor(now() / 1000);
    const key = { pk: { S: `done#${what}` }, sk: { S: whom } };
    const forget = { N: String(seconds + memory) };
    const claimant = randomUUID();
    try {
        await dynamodb.send(
            new PutItemCommand({
                TableName: name,
                Item: { ...key, claimed: { N: String(seconds + lease) }, claimant: { S: claimant }, expires: forget },
                // Neither done nor claimed, or claimed by one that died.
                ConditionExpression: "attribute_not_exists(pk) OR (attribute_exists(claimed) AND claimed < :now)",
                ExpressionAttributeValues: { ":now": { N: String(seconds) } },
                ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            }),
        );
    } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
            throw error;
        }
        const { Item: found } = error;
        if (found !== undefined && found.claimed === undefined) {
            return false;
        }
        // It is ours when the answer to the claim was lost, and the SDK has tried once more.
        if (found?.claimant?.S !== claimant) {
            const left = Number(found?.claimed?.N ?? seconds + lease) - seconds;
            throw new Later(Math.max(1, left + 1), `another is telling ${whom} of ${what}`);
        }
    }
    try {
        await deed();
    } catch (error) {
        await release(table, key, claimant);
        throw error;
    }
    await dynamodb.send(
        new UpdateItemCommand({
            TableName: name,
            Key: key,
            UpdateExpression: "REMOVE claimed, #claimant SET expires = :expires",
            ExpressionAttributeNames: { "#claimant": "claimant" },
            ExpressionAttributeValues: { ":expires": forget },
        }),
    );
    return true;
}

/** Gives a claim back, as long as it is ours; what fails here the lease mends. */
async function release(
    { dynamodb, name }: Table,
    key: Readonly<Record<"pk" | "sk", { S: string }>>,
    claimant: string,
): Promise<void> {
    try {
        await dynamodb.send(
            new DeleteItemCommand({
                TableName: name,
                Key: key,
                ConditionExpression: "#claimant = :claimant",
                ExpressionAttributeNames: { "#claimant": "claimant" },
                ExpressionAttributeValues: { ":claimant": { S: claimant } },
            }),
        );
    } catch (error) {
        console.error(JSON.stringify({ reason: `a claim was not given back: ${String(error)}` }));
    }
}
