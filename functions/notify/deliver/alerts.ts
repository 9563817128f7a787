import { ConditionalCheckFailedException, UpdateItemCommand, type AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Table } from "../../lib/claims";
import { day } from "../kept/item";

/** What is done to an alert of a pager, and when that happened which it tells of, as ISO 8601 in UTC. */
export interface Turn {
    readonly alert: string;
    readonly closes: boolean;
    readonly time: string;
}

/** The newest of what was told of an alert, by what it does. */
interface Newest {
    readonly opened: string;
    readonly closed: string;
}

/** Longer than any queue keeps what is older. */
const memory = 30 * day;

/**
 * Opens or closes an alert, unless that which came in the meantime has made an end of it: messages come in any order, and an
 * alert that is opened after what closes it would stay open for ever. Of one second, what closes counts as the later.
 *
 * @param open - sends the event itself
 * @param close - sends that the alert is over, which does no harm where it is
 */
export async function inTurn(
    table: Table,
    { alert, closes, time }: Turn,
    open: () => Promise<void>,
    close: () => Promise<void>,
): Promise<void> {
    if (closes) {
        const { opened } = await noted(table, alert, "closed", time);
        return opened > time ? undefined : close();
    }
    const before = await noted(table, alert, "opened", time);
    if (before.closed >= time) {
        return before.opened > before.closed ? undefined : close();
    }
    await open();
    try {
        const after = await noted(table, alert, "opened", time);
        if (after.closed >= time && after.opened <= after.closed) {
            await close();
        }
    } catch (error) {
        // It is told all the same, and must not be told twice.
        console.error(JSON.stringify({ reason: `whether the alert ${alert} is over is not known: ${String(error)}` }));
    }
}

/** Notes that something of `time` is told of `alert`, and says what is the newest. */
async function noted(
    { dynamodb, name, now = Date.now }: Table,
    alert: string,
    what: keyof Newest,
    time: string,
): Promise<Newest> {
    try {
        const { Attributes } = await dynamodb.send(
            new UpdateItemCommand({
                TableName: name,
                Key: { pk: { S: `alert#${alert}` }, sk: { S: "newest" } },
                UpdateExpression: "SET #what = :time, expires = :expires",
                ConditionExpression: "attribute_not_exists(#what) OR #what < :time",
                ExpressionAttributeNames: { "#what": what },
                ExpressionAttributeValues: {
                    ":time": { S: time },
                    ":expires": { N: String(Math.floor((now() + memory) / 1000)) },
                },
                ReturnValues: "ALL_NEW",
                ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            }),
        );
        return newestOf(Attributes);
    } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
            throw error;
        }
        return newestOf(error.Item);
    }
}

const newestOf = ({ opened, closed }: Record<string, AttributeValue> = {}): Newest => ({
    opened: opened?.S ?? "",
    closed: closed?.S ?? "",
});
