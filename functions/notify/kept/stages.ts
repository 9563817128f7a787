import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Table } from "../../lib/claims";
import type { StageEvent } from "../../lib/event";
import { Later } from "../../lib/queue";
import { afterFailure, afterSuccess, noHistory, outcomeOf, type History, type Outcome, type Told } from "./history";
import { day, itemOf, keyOf, valueOf } from "./item";

/** How long a stage is remembered in which nothing happens: longer than CodePipeline keeps its history. */
const memory = 400 * day;

/** Tries of a change beside others that change the same stage. */
const tries = 5;

const toldBy = ({ id, time, execution }: StageEvent): Told => ({ event: id, time: time.toISOString(), execution });

/**
 * Notes that a stage has failed.
 *
 * @returns when it has succeeded since, if it has: events come in any order
 */
export async function noteFailure(table: Table, event: StageEvent): Promise<string | undefined> {
    const { lastSuccess } = await changed(table, event, history => afterFailure(history, toldBy(event)));
    return lastSuccess !== undefined && lastSuccess.time >= event.time.toISOString() ? lastSuccess.time : undefined;
}

/** Notes that a stage has succeeded, and says what that made of it: the same, however often the event comes. */
export async function noteSuccess(table: Table, event: StageEvent): Promise<Outcome> {
    const history = await changed(table, event, before => afterSuccess(before, toldBy(event)));
    return outcomeOf(history, event.id) ?? { event: event.id };
}

/** The history of the event's stage after `change`, which is made again when somebody else was faster. */
async function changed(
    { dynamodb, name, now = Date.now }: Table,
    { pipeline, stage }: StageEvent,
    change: (history: History) => History,
): Promise<History> {
    const key = { pk: `failing#${pipeline}`, sk: stage };
    for (let attempt = 0; attempt < tries; attempt++) {
        const { Item } = await dynamodb.send(
            new GetItemCommand({ TableName: name, Key: keyOf(key), ConsistentRead: true }),
        );
        const before = valueOf<History>(Item) ?? noHistory;
        const after = change(before);
        if (after === before) {
            return before;
        }
        const version = Number(Item?.version?.N ?? 0);
        try {
            await dynamodb.send(
                new PutItemCommand({
                    TableName: name,
                    Item: { ...itemOf(key, after, now() + memory), version: { N: String(version + 1) } },
                    ...(Item === undefined
                        ? { ConditionExpression: "attribute_not_exists(pk)" }
                        : {
                              ConditionExpression: "#version = :version",
                              ExpressionAttributeNames: { "#version": "version" },
                              ExpressionAttributeValues: { ":version": { N: String(version) } },
                          }),
                }),
            );
            return after;
        } catch (error) {
            if (!(error instanceof ConditionalCheckFailedException)) {
                throw error;
            }
        }
    }
    throw new Later(2, `the stage ${stage} of ${pipeline} changes too fast`);
}
