import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ChangeMessageVisibilityCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Table } from "../../../functions/lib/claims";
import type { World } from "../../../functions/notify/deliver";
import type { MemoryTable } from "../support/table";
import type { Clock } from "./clock";
import type { Queue } from "./queue";
import type { Faults, Ledger, Web } from "./receivers";

/** What all containers share. */
export interface Surroundings {
    readonly clock: Clock;
    readonly random: () => number;
    readonly faults: Faults;
    readonly memory: MemoryTable;
    readonly queue: Queue;
    readonly web: Web;
    readonly ledger: Ledger;
}

export const queues = {
    events: "https://sqs/notify",
    deadLetters: "https://sqs/notify-dead",
    audit: "https://sqs/audit",
};

const never = new Promise<never>(() => undefined);

/** One container of the function: it may die at any of its calls, and then none of them comes back. */
export class Container {
    readonly world: World;
    readonly line: { readonly sqs: World["sqs"]; readonly table: Table };

    /** Comes when it dies. */
    readonly death: Promise<"died">;
    private die: () => void = () => undefined;
    private dead = false;

    /** What was taken by a receiver and is not marked yet: `target id`. */
    private readonly open = new Set<string>();

    constructor(private readonly around: Surroundings) {
        this.death = new Promise(resolve => (this.die = () => resolve("died")));
        const { clock, memory } = around;
        const table = memory.table(() => clock.now);
        const send = table.dynamodb.send.bind(table.dynamodb) as (command: unknown) => Promise<unknown>;
        const counted = {
            ...table,
            dynamodb: { send: (command: object) => this.marked(command, send) } as unknown as DynamoDBClient,
        };
        const client = (work: (command: object) => unknown) =>
            ({ send: (command: object) => this.call(() => Promise.resolve(work(command))) }) as never;
        const sqs = client(command => this.obey(command));
        this.line = { sqs, table: counted };
        this.world = {
            sqs,
            sns: client(command => this.take("mail", idOf((command as { input: { Message: string } }).input.Message))),
            secrets: client(command => ({
                SecretString: `https://${(command as { input: { SecretId: string } }).input.SecretId}.example/hook`,
            })),
            table: counted,
            fetch: (url, init) => this.call(() => this.fetched(url as URL, init)),
        };
    }

    /** Makes a call of the function: it may die before it, or after it. */
    private async call<T>(work: () => Promise<T>): Promise<T> {
        const { random, faults } = this.around;
        if (this.dies()) {
            return never;
        }
        if (random() < faults.aws / 2) {
            throw new Error("ThrottlingException");
        }
        const result = await work();
        // What arrives after its death is known to nobody either.
        return this.dies() ? never : result;
    }

    private dies(): boolean {
        if (this.dead || this.around.random() < this.around.faults.crash) {
            this.end();
        }
        return this.dead;
    }

    /** It is dead from now on. Whatever was taken and not marked: nobody knows of it. */
    end(): void {
        const { ledger } = this.around;
        this.dead = true;
        this.open.forEach(key => ledger.unsure.set(key, (ledger.unsure.get(key) ?? 0) + 1));
        this.open.clear();
        this.die();
    }

    private async fetched(url: URL, init: RequestInit | undefined): Promise<Response> {
        const id = idOf(init?.body as string);
        const response = await this.around.web.answer(url, id);
        if (response.ok) {
            this.open.add(`${url.hostname.split(".")[0]} ${id}`);
        }
        return response;
    }

    /** The receiver of a topic or a queue takes a message; whether its answer arrives is another matter. */
    private take(target: string, id: string): object {
        const { random, faults, ledger } = this.around;
        ledger.add("taken", target, id);
        if (random() < faults.lostAnswer) {
            ledger.add("unsure", target, id);
            throw new Error("the answer was lost");
        }
        this.open.add(`${target} ${id}`);
        return {};
    }

    private obey(command: object): object {
        const { queue, random, faults } = this.around;
        if (command instanceof ChangeMessageVisibilityCommand) {
            queue.hide(command.input.ReceiptHandle ?? "", command.input.VisibilityTimeout ?? 0);
        } else if (command instanceof SendMessageCommand) {
            const { QueueUrl, MessageBody: body = "", MessageAttributes } = command.input;
            if (QueueUrl === queues.audit) {
                return this.take("audit", idOf(body));
            }
            queue.deadLetters.push({ body, ...reasonOf(MessageAttributes?.reason.StringValue) });
        }
        if (random() < faults.aws / 2) {
            throw new Error("the answer was lost");
        }
        return {};
    }

    /** Whether a mark is lost is known here: what it was for may then be done once more. */
    private marked(command: object, send: (command: unknown) => Promise<unknown>): Promise<unknown> {
        const { random, faults, ledger } = this.around;
        const { input } = command as {
            input: { Key?: { pk: { S: string }; sk: { S: string } }; UpdateExpression?: string };
        };
        const key =
            input.UpdateExpression?.startsWith("REMOVE claimed") === true
                ? `${input.Key?.sk.S} ${input.Key?.pk.S.replace(/^done#/, "")}`
                : undefined;
        return this.call(async () => {
            const result = await send(command);
            if (key !== undefined) {
                this.open.delete(key);
            }
            if (random() < faults.aws / 2) {
                throw new Error("the answer was lost");
            }
            return result;
        }).catch((error: unknown) => {
            if (key !== undefined && this.open.delete(key)) {
                ledger.unsure.set(key, (ledger.unsure.get(key) ?? 0) + 1);
            }
            throw error;
        });
    }
}

const reasonOf = (reason: string | undefined) => (reason === undefined ? {} : { reason });

/** The id of the notice that a message of any kind is about. */
const idOf = (body: string): string => /event-\d+/.exec(body)?.[0] ?? "unknown";
