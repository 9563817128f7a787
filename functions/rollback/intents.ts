import {
    ConditionalCheckFailedException,
    DeleteItemCommand,
    PutItemCommand,
    QueryCommand,
    UpdateItemCommand,
    type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import type { Table } from "../lib/claims";
import type { Stage } from "./history";

/** That a stage is to go back from one release to another, because an alarm rose: there is one for each release. */
export interface Intent {
    readonly from: string;
    readonly target: string;
    /** The rise of the alarm that asked. */
    readonly rise: string;
    /** When AWS was last asked for it. */
    readonly at: Date;
    /** The rollback, once AWS has named it. */
    readonly execution?: string;
}

/** How long a release is known to have been gone back from; in seconds. */
const memory = 400 * 24 * 60 * 60;

const partition = ({ pipeline, stage }: Stage) => ({ S: `rollback#${pipeline}#${stage}` });
const keyOf = (stage: Stage, from: string) => ({ pk: partition(stage), sk: { S: from } });
const seconds = ({ now = Date.now }: Table) => Math.floor(now() / 1000);

/** What was intended in `stage` because of `rise`. */
export async function intentOf(table: Table, stage: Stage, rise: string): Promise<Intent | undefined> {
    const { Items: items = [] } = await table.dynamodb.send(
        new QueryCommand({
            TableName: table.name,
            KeyConditionExpression: "pk = :stage",
            ExpressionAttributeValues: { ":stage": partition(stage) },
            ConsistentRead: true,
        }),
    );
    return items.map(read).find(intent => intent.rise === rise);
}

const read = ({ sk, target, rise, at, execution }: Record<string, AttributeValue>): Intent => ({
    from: sk.S ?? "",
    target: target.S ?? "",
    rise: rise.S ?? "",
    at: new Date(Number(at.N)),
    ...(execution?.S !== undefined && { execution: execution.S }),
});

/** Writes down what is about to be asked of AWS; false when another alarm was first with the same release. */
export async function intend(table: Table, stage: Stage, { from, target, rise }: Omit<Intent, "at">): Promise<boolean> {
    const { dynamodb, name, now = Date.now } = table;
    try {
        await dynamodb.send(
            new PutItemCommand({
                TableName: name,
                Item: {
                    ...keyOf(stage, from),
                    target: { S: target },
                    rise: { S: rise },
                    at: { N: String(now()) },
                    expires: { N: String(seconds(table) + memory) },
                },
                ConditionExpression: "attribute_not_exists(pk) OR #rise = :rise",
                ExpressionAttributeNames: { "#rise": "rise" },
                ExpressionAttributeValues: { ":rise": { S: rise } },
            }),
        );
        return true;
    } catch (error) {
        if (error instanceof ConditionalCheckFailedException) {
            return false;
        }
        throw error;
    }
}

/** Writes down which execution is the rollback. */
export async function fulfil(table: Table, stage: Stage, from: string, execution: string): Promise<void> {
    await table.dynamodb.send(
        new UpdateItemCommand({
            TableName: table.name,
            Key: keyOf(stage, from),
            UpdateExpression: "SET #execution = :execution",
            ExpressionAttributeNames: { "#execution": "execution" },
            ExpressionAttributeValues: { ":execution": { S: execution } },
        }),
    );
}

/** Takes an intent back that certainly came to nothing: another alarm may ask again. */
export async function abandon(
    table: Table,
    stage: Stage,
    { from, rise }: Pick<Intent, "from" | "rise">,
): Promise<void> {
    await table.dynamodb.send(
        new DeleteItemCommand({
            TableName: table.name,
            Key: keyOf(stage, from),
            ConditionExpression: "attribute_not_exists(pk) OR #rise = :rise",
            ExpressionAttributeNames: { "#rise": "rise" },
            ExpressionAttributeValues: { ":rise": { S: rise } },
        }),
    );
}
