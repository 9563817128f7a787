import {
    ConditionalCheckFailedException,
    DeleteItemCommand,
    PutItemCommand,
    UpdateItemCommand,
    type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { Later } from "./queue";

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
    const until = String(seconds + lease);
    try {
        await dynamodb.send(
            new PutItemCommand({
                TableName: name,
                Item: { ...key, claimed: { N: until }, expires: forget },
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
        const claimed = error.Item?.claimed?.N;
        if (claimed === undefined) {
            return false;
        }
        throw new Later(Math.max(1, Number(claimed) - seconds), `another is telling ${whom} of ${what}`);
    }
    try {
        await deed();
    } catch (error) {
        await release(table, key, until);
        throw error;
    }
    await dynamodb.send(
        new UpdateItemCommand({
            TableName: name,
            Key: key,
            UpdateExpression: "REMOVE claimed SET expires = :expires",
            ExpressionAttributeValues: { ":expires": forget },
        }),
    );
    return true;
}

/** Gives a claim back, as long as it is ours; what fails here the lease mends. */
async function release(
    { dynamodb, name }: Table,
    key: Readonly<Record<"pk" | "sk", { S: string }>>,
    until: string,
): Promise<void> {
    try {
        await dynamodb.send(
            new DeleteItemCommand({
                TableName: name,
                Key: key,
                ConditionExpression: "claimed = :claimed",
                ExpressionAttributeValues: { ":claimed": { N: until } },
            }),
        );
    } catch (error) {
        console.error(JSON.stringify({ reason: `a claim was not given back: ${String(error)}` }));
    }
}
