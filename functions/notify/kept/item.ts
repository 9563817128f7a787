import {
    DeleteItemCommand,
    GetItemCommand,
    PutItemCommand,
    QueryCommand,
    type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import type { Table } from "../../lib/claims";

/**
 * Where something lies in the table. `notify` keeps here, by `pk`: `failing#<pipeline>` the history of each stage, `moment`
 * what is to be looked at and when, `approval` what waits for an answer, `author#<pipeline>` who has written a commit,
 * `rollback#<pipeline>` for which alarm an execution rolls back. What was told to whom lies under `done#<notice>`, what
 * a pager was told last of an alert under `alert#<target>#<alert>`.
 */
export interface Key {
    readonly pk: string;
    readonly sk: string;
}

/** Something in the table: a value of ours as JSON. */
export interface Kept<T> {
    readonly sk: string;
    readonly value: T;
}

export const day = 24 * 60 * 60 * 1000;

export const keyOf = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });

/** `value` as the table holds it until `until`, in milliseconds. */
export const itemOf = (key: Key, value: unknown, until: number) => ({
    ...keyOf(key),
    value: { S: JSON.stringify(value) },
    expires: { N: String(Math.floor(until / 1000)) },
});

/** The value of an item. */
export const valueOf = <T>(item: Record<string, AttributeValue> | undefined): T | undefined =>
    item?.value?.S === undefined ? undefined : (JSON.parse(item.value.S) as T);

/** Keeps `value` until `until`, in place of what is there. */
export async function keep({ dynamodb, name }: Table, key: Key, value: unknown, until: number): Promise<void> {
    await dynamodb.send(new PutItemCommand({ TableName: name, Item: itemOf(key, value, until) }));
}

/** What lies at `key`. */
export async function read<T>({ dynamodb, name }: Table, key: Key): Promise<T | undefined> {
    const { Item } = await dynamodb.send(
        new GetItemCommand({ TableName: name, Key: keyOf(key), ConsistentRead: true }),
    );
    return valueOf<T>(Item);
}

export async function forget({ dynamodb, name }: Table, key: Key): Promise<void> {
    await dynamodb.send(new DeleteItemCommand({ TableName: name, Key: keyOf(key) }));
}

/** All of `pk` whose `sk` is not behind `last`, in order, at most `limit` of them. */
export async function all<T>({ dynamodb, name }: Table, pk: string, last: string, limit: number): Promise<Kept<T>[]> {
    const found: Kept<T>[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
        const { Items = [], LastEvaluatedKey } = await dynamodb.send(
            new QueryCommand({
                TableName: name,
                KeyConditionExpression: "pk = :pk AND sk <= :last",
                ExpressionAttributeValues: { ":pk": { S: pk }, ":last": { S: last } },
                ConsistentRead: true,
                ...(ExclusiveStartKey && { ExclusiveStartKey }),
            }),
        );
        found.push(
            ...Items.flatMap(item => {
                const value = valueOf<T>(item);
                return value === undefined || item.sk.S === undefined ? [] : [{ sk: item.sk.S, value }];
            }),
        );
        ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined && found.length < limit);
    return found.slice(0, limit);
}
