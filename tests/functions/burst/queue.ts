import type { Clock } from "./clock";

/** What the function does not get through to, or gets twice. Between 0 and 1. */
const again = 0.01;

/** How often a message comes before the redrive takes it, and how long it is hidden while a function is at it. */
const maxReceiveCount = 100;
const visibility = 6 * 60 * 1000;

interface Message {
    readonly id: string;
    readonly body: string;
    readonly sent: number;
    receives: number;
    visible: number;
}

/** A message that nobody could handle. */
export interface DeadLetter {
    readonly body: string;
    /** Absent when the queue's redrive has taken it. */
    readonly reason?: string;
}

/** A queue of SQS: messages come at least once, in any order. */
export class Queue {
    readonly deadLetters: DeadLetter[] = [];

    /** How often a message was handed over. */
    receives = 0;

    private readonly messages = new Map<string, Message>();

    constructor(
        private readonly clock: Clock,
        private readonly random: () => number,
    ) {}

    get size(): number {
        return this.messages.size;
    }

    send(body: string): void {
        const id = `m${this.messages.size}-${this.receives}`;
        this.messages.set(id, { id, body, sent: this.clock.now, receives: 0, visible: this.clock.now });
    }

    /** At most ten messages that can be seen now, as Lambda hands them over. */
    receive(): object[] {
        const batch: object[] = [];
        for (const message of this.messages.values()) {
            if (batch.length === 10) {
                break;
            }
            if (message.visible > this.clock.now) {
                continue;
            }
            message.receives += 1;
            this.receives += 1;
            if (message.receives > maxReceiveCount) {
                this.messages.delete(message.id);
                this.deadLetters.push({ body: message.body });
                continue;
            }
            // Now and then one of its servers does not hear that somebody has the message.
            message.visible = this.clock.now + (this.random() < again ? 0 : visibility);
            // Those that are waiting stand behind those that have not come yet.
            this.messages.delete(message.id);
            this.messages.set(message.id, message);
            batch.push({
                messageId: message.id,
                receiptHandle: message.id,
                body: message.body,
                attributes: {
                    ApproximateReceiveCount: String(message.receives),
                    SentTimestamp: String(message.sent),
                },
            });
        }
        return batch;
    }

    hide(id: string, seconds: number): void {
        const message = this.messages.get(id);
        if (message !== undefined) {
            message.visible = this.clock.now + seconds * 1000;
        }
    }

    delete(id: string): void {
        this.messages.delete(id);
    }
}
