import {
    ConditionalCheckFailedException,
    DeleteItemCommand,
    GetItemCommand,
    PutItemCommand,
    QueryCommand,
    UpdateItemCommand,
    type AttributeValue,
    type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import type { Table } from "../../../functions/lib/claims";
import { meets, Reader, updated, ValidationException, type Item, type Meanings } from "./expressions";

/** What the inputs of all commands have in common. */
interface Expressions {
    readonly ConditionExpression?: string;
    readonly UpdateExpression?: string;
    readonly KeyConditionExpression?: string;
    readonly FilterExpression?: string;
    readonly ExpressionAttributeNames?: Record<string, string>;
    readonly ExpressionAttributeValues?: Record<string, AttributeValue>;
    readonly ReturnValuesOnConditionCheckFailure?: string;
}

/** A table with the keys `pk` and `sk` in memory. It obeys the expressions that the functions use, and takes no others. */
export class MemoryTable {
    /** Everything that is in it, by key. */
    readonly items = new Map<string, Item>();

    /** Names of the commands that have been sent. */
    readonly sent: string[] = [];

    /** Called before each command: what it throws, the table throws. */
    before: (command: string) => void | Promise<void> = () => undefined;

    /** Called after each command: what it throws reaches the caller although the command has worked. */
    after: (command: string) => void | Promise<void> = () => undefined;

    /** At most so many items are in an answer of Query. */
    pageSize = 1000;

    /** What functions take for the table. */
    table(now?: () => number): Table {
        const dynamodb = { send: (command: unknown) => this.send(command) } as unknown as DynamoDBClient;
        return { dynamodb, name: "operations", ...(now !== undefined && { now }) };
    }

    /** The items whose `pk` is or begins with `pk`, without their keys, by `sk`. */
    under(pk: string): Record<string, Item> {
        return Object.fromEntries(
            this.sorted()
                .filter(item => item.pk.S?.startsWith(pk))
                .map(({ pk: _, sk, ...rest }) => [String(sk.S), rest]),
        );
    }

    /** Puts an item in, whatever is there. */
    put(item: Item): void {
        this.items.set(keyOf(item), item);
    }

    private async send(command: unknown): Promise<unknown> {
        const name = (command as object).constructor.name;
        this.sent.push(name);
        await this.before(name);
        const answer = this.answer(command);
        await this.after(name);
        return structuredClone(answer);
    }

    private answer(command: unknown): unknown {
        if (command instanceof GetItemCommand) {
            const { Key = {} } = command.input;
            return { Item: this.items.get(keyOf(Key)) };
        }
        if (command instanceof PutItemCommand) {
            const { Item = {} } = command.input;
            const old = this.checked(Item, command.input);
            this.items.set(keyOf(Item), structuredClone(Item));
            return old;
        }
        if (command instanceof DeleteItemCommand) {
            const { Key = {} } = command.input;
            this.checked(Key, command.input);
            this.items.delete(keyOf(Key));
            return {};
        }
        if (command instanceof UpdateItemCommand) {
            const { Key = {}, UpdateExpression = "", ReturnValues } = command.input;
            const item = this.checked(Key, command.input, use => updated(use(UpdateExpression), this.at(Key)));
            this.items.set(keyOf(Key), item);
            return ReturnValues === "ALL_NEW" ? { Attributes: item } : {};
        }
        if (command instanceof QueryCommand) {
            return this.query(command);
        }
        throw new ValidationException(`${(command as object).constructor.name} is not known here`);
    }

    private at = (key: Item): Item => this.items.get(keyOf(key)) ?? { pk: key.pk, sk: key.sk };

    /** Checks the condition on the item of `key`, then does `work`; every placeholder has to be used. */
    private checked(key: Item, input: Expressions, work?: (use: (text: string) => Reader) => Item): Item {
        const { use, finish } = placeholders(input);
        const old = this.items.get(keyOf(key));
        const { ConditionExpression } = input;
        const passes = ConditionExpression === undefined || whole(use(ConditionExpression), old);
        const result = work?.(use) ?? {};
        finish();
        if (!passes) {
            throw new ConditionalCheckFailedException({
                message: "The conditional request failed",
                $metadata: {},
                ...(input.ReturnValuesOnConditionCheckFailure === "ALL_OLD" &&
                    old !== undefined && { Item: structuredClone(old) }),
            });
        }
        return result;
    }

    private query({ input }: QueryCommand): unknown {
        const { KeyConditionExpression = "", FilterExpression, ExclusiveStartKey, Limit, ScanIndexForward } = input;
        const { use, finish } = placeholders(input);
        const from = ExclusiveStartKey === undefined ? undefined : keyOf(ExclusiveStartKey);
        const backwards = ScanIndexForward === false;
        // Read once against nothing, so that a wrong expression fails although nothing is there.
        whole(use(KeyConditionExpression), undefined);
        const found = this.sorted(backwards)
            .filter(item => whole(use(KeyConditionExpression), item))
            .filter(item => from === undefined || (backwards ? keyOf(item) < from : keyOf(item) > from));
        const size = Math.min(Limit ?? this.pageSize, this.pageSize);
        const page = found.slice(0, size);
        const Items = page.filter(item => FilterExpression === undefined || whole(use(FilterExpression), item));
        if (page.length > 0 || FilterExpression === undefined) {
            finish();
        }
        const last = page.at(-1);
        return {
            Items,
            ...(found.length > size && last !== undefined && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }),
        };
    }

    private sorted(backwards = false): Item[] {
        const all = [...this.items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
        return backwards ? all.reverse() : all;
    }
}

function keyOf({ pk, sk }: Item): string {
    if (!pk?.S || !sk?.S) {
        throw new ValidationException("expected the keys pk and sk, neither of them empty");
    }
    return `${pk.S}\u0000${sk.S}`;
}

function whole(reader: Reader, item: Item | undefined): boolean {
    const result = meets(reader, item);
    if (!reader.finished) {
        throw new ValidationException("the expression goes on behind its end");
    }
    return result;
}

/** Readers of the expressions of one command, and the check at the end that no placeholder is left over. */
function placeholders({ ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: Expressions) {
    const meanings: Meanings = { names, values };
    const used = new Set<string>();
    return {
        use: (text: string) => new Reader(text, meanings, used),
        finish: () => {
            const left = [...Object.keys(names), ...Object.keys(values)].filter(word => !used.has(word));
            if (left.length > 0) {
                throw new ValidationException(`${left.join(", ")} is defined and not used`);
            }
        },
    };
}
