import { ConditionalCheckFailedException, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Table } from "./claims";
import { Later } from "./errors";

/** How long the last word on something is remembered: longer than any queue keeps an older one. In seconds. */
const memory = 30 * 24 * 60 * 60;

/** How long a word holds that nobody has finished: longer than a receiver is waited for. In seconds. */
const lease = 60;

/** Seconds after which somebody who is at it has probably finished. */
const soon = 5;

/**
 * Does `deed`, which says something of `what`, unless a later word has been said: words have an order, and of two only the
 * later one may stand at last. Two are never said at the same time, as the receiver might hear them in either order.
 *
 * @param order - of two words the later one is the greater text; a word that is said again has the same
 * @returns whether it was done now
 * @throws Later while another is at it; whatever `deed` throws
 */
export async function forward(table: Table, what: string, order: string, deed: () => Promise<void>): Promise<boolean> {
    const { now = Date.now } = table;
    const seconds = Math.floor(now() / 1000);
    const claimed = String(seconds + lease);
    if (!(await taken(table, what, order, { seconds, claimed }))) {
        return false;
    }
    try {
        await deed();
    } catch (error) {
        // Over at once, so that the next try may go on.
        await settle(table, what, claimed, "SET claimed = :now", { ":now": { N: "0" } });
        throw error;
    }
    await settle(table, what, claimed, "REMOVE claimed");
    return true;
}

const keyOf = (what: string) => ({ pk: { S: `latest#${what}` }, sk: { S: "word" } });

/** Whether this word is now the last one, and ours to say. */
async function taken(
    { dynamodb, name }: Table,
    what: string,
    order: string,
    { seconds, claimed }: { readonly seconds: number; readonly claimed: string },
): Promise<boolean> {
    try {
        await dynamodb.send(
            new UpdateItemCommand({
                TableName: name,
                Key: keyOf(what),
                UpdateExpression: "SET #latest = :order, claimed = :claimed, expires = :expires",
                // A later word while nobody speaks, or the same one again that was not said to its end.
                ConditionExpression:
                    "attribute_not_exists(pk) OR (#latest < :order AND attribute_not_exists(claimed)) OR (#latest <= :order AND claimed <= :now)",
                ExpressionAttributeNames: { "#latest": "latest" },
                ExpressionAttributeValues: {
                    ":order": { S: order },
                    ":claimed": { N: claimed },
                    ":now": { N: String(seconds) },
                    ":expires": { N: String(seconds + memory) },
                },
                ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            }),
        );
        return true;
    } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
            throw error;
        }
        const { latest, claimed: other } = error.Item ?? {};
        const left = Number(other?.N ?? 0) - seconds;
        if (left > 0 && (latest?.S ?? "") <= order) {
            throw new Later(Math.min(soon, left), `another is speaking of ${what}`);
        }
        return false;
    }
}

/** Ends what `claimed` began, as long as nobody has taken over; what fails here the lease mends. */
async function settle(
    { dynamodb, name }: Table,
    what: string,
    claimed: string,
    update: string,
    values: Readonly<Record<string, { readonly N: string }>> = {},
): Promise<void> {
    try {
        await dynamodb.send(
            new UpdateItemCommand({
                TableName: name,
                Key: keyOf(what),
                UpdateExpression: update,
                ConditionExpression: "claimed = :claimed",
                ExpressionAttributeValues: { ":claimed": { N: claimed }, ...values },
            }),
        );
    } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
            console.error(JSON.stringify({ reason: `the last word on ${what} was not settled: ${String(error)}` }));
        }
    }
}
