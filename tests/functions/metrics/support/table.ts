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
    const done = new Map<string, "claimed" | "done">();
    const keyOf = ({ pk, sk }: Item = {}) => `${pk.S} ${sk.S}`;
    mockClient(dynamodb)
        .on(PutItemCommand)
        .callsFake(({ Item }: PutItemCommandInput) => {
            const key = keyOf(Item);
            const state = done.get(key);
            if (state !== undefined) {
                throw new ConditionalCheckFailedException({
                    $metadata: {},
                    message: "The conditional request failed",
                    ...(state === "claimed" && { Item }),
                });
            }
            done.set(key, "claimed");
            return {};
        })
        .on(UpdateItemCommand)
        .callsFake(({ Key }: UpdateItemCommandInput) => {
            done.set(keyOf(Key), "done");
            return {};
        })
        .on(DeleteItemCommand)
        .callsFake(({ Key }: DeleteItemCommandInput) => {
            done.delete(keyOf(Key));
            return {};
        });
    return { dynamodb, name: "shop--fleet--operations", now };
}
