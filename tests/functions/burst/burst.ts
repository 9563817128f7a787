import { once } from "../../../functions/lib/claims";
import { handleBatch, Malformed, together } from "../../../functions/lib/queue";
import { deliver } from "../../../functions/notify/deliver";
import type { Notice } from "../../../functions/notify/notice";
import type { Delivery } from "../../../functions/notify/settings";
import { MemoryTable } from "../support/table";
import { Clock, randomOf } from "./clock";
import { Container, queues, type Surroundings } from "./container";
import { Queue } from "./queue";
import { Ledger, Web, type Faults } from "./receivers";

/** A burst: so many events, each once or more, in any order, while things go wrong. */
export interface Burst {
    readonly events: number;
    readonly seed: number;
    readonly faults: Faults;
}

/** What came of a burst. */
export interface Outcome {
    /** Messages that were queued, those that are none of ours among them, and how often one was handed to the function. */
    readonly messages: number;
    readonly receives: number;
    /** Of the messages those that are malformed, or whose target is gone. */
    readonly unsendable: number;
    /** What receivers have taken: each message to each target once. */
    readonly sent: number;
    /** Neither sent nor in the dead letters. */
    readonly lost: readonly string[];
    /** Taken more often than the function could know of. */
    readonly doubledByUs: readonly string[];
    /** Taken once more because an answer or a mark was lost. */
    readonly doubledByLostAnswers: number;
    readonly deadLetters: number;
    readonly withoutReason: number;
    readonly crashes: number;
    readonly hours: number;
}

const deliveries: Readonly<Record<string, Delivery>> = {
    slack: { type: "slack", webhook: { secret: "slack" } },
    pager: { type: "pager", url: "https://pager.example/v2/enqueue", key: { secret: "key" } },
    webhook: { type: "webhook", url: { secret: "webhook" }, headers: {} },
    mail: { type: "topic", arn: "arn:aws:sns:eu-west-1:111111111111:mail", format: "text" },
    audit: { type: "queue", url: queues.audit },
    gone: { type: "slack", webhook: { secret: "gone" } },
};

/** So many containers run at the same time, for so long at most. */
const concurrency = 5;
const timeout = 60_000;

const noticeOf = (index: number): Notice => ({
    version: 1,
    id: `event-${index}`,
    happening: "failed",
    time: "2026-11-27T08:00:00.000Z",
    service: `service-${index % 200}`,
    environment: "prod",
    // The page of a pager says nothing of the event that it is about but what is in its texts.
    title: `event-${index} has failed`,
    links: {},
});

/** Every event goes to all targets but the one that is gone, to which every fiftieth goes. */
const targetsOf = ({ id }: Notice): string[] =>
    Object.keys(deliveries).filter(target => target !== "gone" || Number(id.slice("event-".length)) % 50 === 0);

const gone = (body: string): boolean => targetsOf(JSON.parse(body) as Notice).includes("gone");

/** Handles a message by the real code: claims and deliveries. */
async function handle(body: unknown, { world }: Container): Promise<void> {
    const notice = body as Notice;
    if (notice.version !== 1) {
        throw new Malformed("expected a notice");
    }
    await together(
        targetsOf(notice).map(
            target => () =>
                once(world.table, notice.id, target, () => deliver(notice, target, deliveries[target], world)),
        ),
    );
}

/** Runs a burst until its queue is empty. */
export async function run({ events, seed, faults }: Burst): Promise<Outcome> {
    const random = randomOf(seed);
    const clock = new Clock();
    const ledger = new Ledger();
    const queue = new Queue(clock, random);
    const web = new Web(clock, random, faults, ledger);
    const around: Surroundings = { clock, random, faults, ledger, queue, web, memory: new MemoryTable() };
    const started = clock.now;
    const notices = Array.from({ length: events }, (_, index) => noticeOf(index));
    const bodies = shuffled(
        [
            ...notices.flatMap(notice => Array<string>(copies(random())).fill(JSON.stringify(notice))),
            ...Array.from({ length: Math.ceil(events / 100) }, (_, index) => (index % 2 === 0 ? "{" : '{"version":2}')),
        ],
        random,
    );
    bodies.forEach(body => queue.send(body));
    const crashes = { count: 0 };
    const { error } = console;
    console.error = () => undefined;
    try {
        await clock.run(Promise.all(Array.from({ length: concurrency }, () => work(around, crashes))));
    } finally {
        console.error = error;
    }
    return {
        messages: bodies.length,
        receives: queue.receives,
        unsendable: bodies.filter(body => !body.includes("event-") || gone(body)).length,
        ...counted(notices, around),
        crashes: crashes.count,
        hours: (clock.now - started) / 3_600_000,
    };
}

/** Three of ten events come more than once. */
const copies = (chance: number): number => (chance < 0.7 ? 1 : chance < 0.9 ? 2 : 3);

function shuffled<T>(items: T[], random: () => number): T[] {
    for (let index = items.length - 1; index > 0; index--) {
        const other = Math.floor(random() * (index + 1));
        [items[index], items[other]] = [items[other], items[index]];
    }
    return items;
}

/** One of the containers that Lambda keeps: it is followed by another when it dies. */
async function work(around: Surroundings, crashes: { count: number }): Promise<void> {
    const { queue, clock, random } = around;
    let container = new Container(around);
    while (queue.size > 0) {
        const records = queue.receive() as { messageId: string }[];
        if (records.length === 0) {
            await clock.sleep(1000);
            continue;
        }
        const answer = await Promise.race([
            handleBatch({ Records: records }, body => handle(body, container), {
                ...container.line,
                queue: queues.events,
                deadLetters: queues.deadLetters,
                random,
                now: () => clock.now,
            }),
            container.death,
            clock.sleep(timeout).then(() => "late" as const),
        ]);
        if (typeof answer === "string") {
            crashes.count += 1;
            container.end();
            container = new Container(around);
            continue;
        }
        const failed = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        records.filter(({ messageId }) => !failed.has(messageId)).forEach(({ messageId }) => queue.delete(messageId));
    }
}

function counted(notices: readonly Notice[], { ledger, queue }: Surroundings) {
    const buried = new Set(queue.deadLetters.map(({ body }) => /event-\d+/.exec(body)?.[0]));
    const keys = notices.flatMap(notice => targetsOf(notice).map(target => ({ target, id: notice.id })));
    const taken = (key: string) => ledger.taken.get(key) ?? 0;
    const names = keys.map(({ target, id }) => `${target} ${id}`);
    return {
        sent: names.filter(name => taken(name) > 0).length,
        lost: keys
            .filter(({ target, id }) => taken(`${target} ${id}`) === 0 && !buried.has(id))
            .map(({ target, id }) => `${target} ${id}`),
        doubledByUs: names.filter(name => taken(name) > 1 + (ledger.unsure.get(name) ?? 0)),
        doubledByLostAnswers: names.reduce((sum, name) => sum + Math.max(0, taken(name) - 1), 0),
        deadLetters: queue.deadLetters.length,
        withoutReason: queue.deadLetters.filter(({ reason }) => reason === undefined).length,
    };
}
