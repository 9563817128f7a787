import * as assert from "node:assert/strict";
import {
    DeleteItemCommand,
    GetItemCommand,
    PutItemCommand,
    QueryCommand,
    UpdateItemCommand,
    type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
import { once } from "../../../functions/lib/claims";
import { Later } from "../../../functions/lib/queue";
import { MemoryTable } from "./table";

const key = { pk: { S: "a" }, sk: { S: "1" } };
const TableName = "operations";

describe("the table in memory", () => {
    let memory: MemoryTable;
    beforeEach(() => (memory = new MemoryTable()));
    const send = (command: object) =>
        memory.table().dynamodb.send(command as never) as unknown as Promise<Record<string, unknown>>;

    it("keeps, updates, gives and forgets items", async () => {
        await send(new PutItemCommand({ TableName, Item: { ...key, claimed: { N: "1" } } }));
        const { Attributes } = await send(
            new UpdateItemCommand({
                TableName,
                Key: key,
                UpdateExpression:
                    "SET #who = if_not_exists(#who, :who), expires = claimed + :one ADD #n :one REMOVE claimed",
                ExpressionAttributeNames: { "#who": "who", "#n": "n" },
                ExpressionAttributeValues: { ":who": { S: "x" }, ":one": { N: "1" } },
                ReturnValues: "ALL_NEW",
            }),
        );
        const item = { ...key, who: { S: "x" }, expires: { N: "2" }, n: { N: "1" } };
        assert.deepEqual(Attributes, item);
        assert.deepEqual(await send(new GetItemCommand({ TableName, Key: key })), { Item: item });
        await send(new DeleteItemCommand({ TableName, Key: key }));
        assert.equal(memory.items.size, 0);
    });

    const conditioned = (condition: string, values = {}) =>
        send(
            new PutItemCommand({
                TableName,
                Item: key,
                ConditionExpression: condition,
                ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
            }),
        );
    const five = { ":n": { N: "5" } };
    for (const [condition, values, passes] of [
        ["attribute_not_exists(pk)", {}, false],
        ["attribute_exists(pk) AND attribute_not_exists(expires)", {}, true],
        ["claimed < :n", five, false],
        ["claimed <= :n", five, true],
        ["expires < :n", five, false],
        ["expires >= :n", five, false],
        ["NOT expires < :n", five, true],
        ["attribute_not_exists(pk) OR (attribute_exists(claimed) AND claimed = :n)", five, true],
        ["claimed BETWEEN :n AND :n", five, true],
        ["claimed = :n", { ":n": { S: "5" } }, false],
        ["begins_with(pk, :n)", { ":n": { S: "a" } }, true],
    ] as const) {
        it(`${passes ? "passes" : "refuses"} by ${condition}`, async () => {
            memory.put({ ...key, claimed: { N: "5" } });
            const done = conditioned(condition, values);
            await (passes ? done : assert.rejects(done, { name: "ConditionalCheckFailedException" }));
        });
    }

    for (const [title, condition, values] of [
        ["a word that DynamoDB reserves", "state = :n", five],
        ["a value that is not defined", "claimed = :other", five],
        ["a value that is not used", "attribute_exists(pk)", five],
        ["a comparison without an end", "claimed =", five],
        ["two conditions without a word between", "attribute_exists(pk) attribute_exists(sk)", {}],
    ] as const) {
        it(`fails on ${title}`, async () => {
            await assert.rejects(conditioned(condition, values), { name: "ValidationException" });
        });
    }

    it("pages in the order of its keys", async () => {
        memory.pageSize = 2;
        for (const sk of ["3", "1", "5", "2", "4"]) {
            memory.put({ pk: { S: "a" }, sk: { S: sk } });
        }
        memory.put({ pk: { S: "b" }, sk: { S: "1" } });
        const pages: unknown[] = [];
        let ExclusiveStartKey: QueryCommandInput["ExclusiveStartKey"];
        do {
            const { Items, LastEvaluatedKey } = await send(
                new QueryCommand({
                    TableName,
                    KeyConditionExpression: "pk = :pk AND sk <= :sk",
                    ExpressionAttributeValues: { ":pk": { S: "a" }, ":sk": { S: "4" } },
                    ExclusiveStartKey,
                }),
            );
            pages.push((Items as { sk: { S: string } }[]).map(({ sk }) => sk.S));
            ExclusiveStartKey = LastEvaluatedKey as typeof ExclusiveStartKey;
        } while (ExclusiveStartKey !== undefined);
        assert.deepEqual(pages, [
            ["1", "2"],
            ["3", "4"],
        ]);
    });

    it("serves claims: once, not twice, and not beside another", async () => {
        let deeds = 0;
        const deed = () => Promise.resolve(void deeds++);
        assert.deepEqual(
            [await once(memory.table(), "x", "y", deed), await once(memory.table(), "x", "y", deed)],
            [true, false],
        );
        assert.equal(deeds, 1);
        await once(memory.table(), "x", "z", () => assert.rejects(once(memory.table(), "x", "z", deed), Later));
        assert.equal(deeds, 1);
    });
});
