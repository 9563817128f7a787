import {
    ConditionalCheckFailedException,
    DeleteItemCommand,
    DynamoDBClient,
    PutItemCommand,
    UpdateItemCommand,
    type DeleteItemCommandInput,
    type PutItemCommandInput,
    type UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { Table } from "../../../../functions/lib/claims";

type Item = NonNullable<PutItemCommandInput["Item"]>;

/** A table in memory that takes an item once, as claims do. */
export function tableOf(now: () => number): Table {
    const dynamodb = new DynamoDBClient({ region: "eu-central-1" });
    const items = new Map<string, Item>();
    const keyOf = ({ pk, sk }: Item = {}) => `${pk.S} ${sk.S}`;
    mockClient(dynamodb)
        .on(PutItemCommand)
        .callsFake(({ Item: item = {} }: PutItemCommandInput) => {
            const old = items.get(keyOf(item));
            if (old !== undefined) {
                throw new ConditionalCheckFailedException({
                    $metadata: {},
                    message: "The conditional request failed",
                    Item: old,
                });
            }
            items.set(keyOf(item), item);
            return {};
        })
        .on(UpdateItemCommand)
        .callsFake(({ Key: { pk, sk } = {} }: UpdateItemCommandInput) => {
            items.set(keyOf({ pk, sk }), { pk, sk });
            return {};
        })
        .on(DeleteItemCommand)
        .callsFake(({ Key }: DeleteItemCommandInput) => {
            items.delete(keyOf(Key));
            return {};
        });
    return { dynamodb, name: "shop--fleet--operations", now };
}
