import * as assert from "node:assert/strict";
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { handleBatch, Later, Malformed, Misconfigured } from "../../../functions/lib/queue";
import { quiet } from "../support/quiet";
import { MemoryTable } from "../support/table";

const sent = Date.parse("2026-11-27T08:00:00Z");
const hour = 60 * 60 * 1000;

/** A message as Lambda hands it over, which has come `times`. */
const record = (id: string, body: unknown, times = 1) => ({
    messageId: id,
    receiptHandle: `receipt of ${id}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(times), SentTimestamp: String(sent) },
});

describe("a batch", () => {
    const lines = quiet();
    const sqs = mockClient(SQSClient);
    let table: MemoryTable;
    let now: number;
    let random: number;

    beforeEach(() => {
        sqs.reset();
        sqs.on(SendMessageCommand).resolves({});
        sqs.on(ChangeMessageVisibilityCommand).resolves({});
        table = new MemoryTable();
        now = sent;
        random = 1;
    });

    /** What Lambda is told of `records`, each handled by what its body is the key of. */
    async function answer(
        records: readonly object[],
        handle: (body: unknown) => Promise<void>,
        counted = true,
    ): Promise<string[]> {
        const { batchItemFailures } = await handleBatch({ Records: records }, handle, {
            sqs: new SQSClient({}),
            queue: "https://sqs/notify",
            deadLetters: "https://sqs/notify-dead",
            random: () => random,
            now: () => now,
            ...(counted && { table: table.table(() => now) }),
        });
        return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    }
    const waits = () =>
        sqs
            .commandCalls(ChangeMessageVisibilityCommand)
            .map(({ args: [{ input }] }) => [input.QueueUrl, input.ReceiptHandle, input.VisibilityTimeout]);
    const wait = () => waits().at(-1)?.[2];
    const dead = () => sqs.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);
    const letter = (body: string, reason: string) => ({
        QueueUrl: "https://sqs/notify-dead",
        MessageBody: body,
        MessageAttributes: { reason: { DataType: "String", StringValue: reason } },
    });
    const throws = (error: unknown) => {
        const reason = error as Error;
        return () => Promise.reject(reason);
    };
    const broken = throws(new Error("no answer"));

    it("is done when each message is, and nothing is asked of SQS or the table", async () => {
        const bodies: unknown[] = [];
        const failures = await answer([record("a", { n: 1 }), record("b", "[]")], body => {
            bodies.push(body);
            return Promise.resolve();
        });
        assert.deepEqual([failures, bodies], [[], [{ n: 1 }, []]]);
        assert.deepEqual([sqs.calls().length, table.sent, lines], [0, [], []]);
    });

    it("takes an empty batch", async () => assert.deepEqual(await answer([], broken), []));

    for (const event of [undefined, null, {}, { Records: {} }]) {
        it(`fails on ${JSON.stringify(event)}, which is no batch`, async () => {
            const line = { sqs: new SQSClient({}), queue: "q", deadLetters: "d" };
            await assert.rejects(handleBatch(event, broken, line), /expected an event of SQS with Records/);
        });
    }

    it("fails for one message without harm to those around it", async () => {
        const done: unknown[] = [];
        const failures = await answer([record("a", 1), record("b", 2), record("c", 3)], body => {
            if (body === 2) {
                throw new Error("no answer");
            }
            done.push(body);
            return Promise.resolve();
        });
        assert.deepEqual([failures, done], [["b"], [1, 3]]);
        assert.deepEqual(waits(), [["https://sqs/notify", "receipt of b", 5]]);
        assert.deepEqual(lines, ['{"message":"b","reason":"Error: no answer"}']);
    });

    for (const [title, body, error, reason] of [
        ["is no JSON", "{", undefined, "Malformed: expected a message in JSON"],
        ["is malformed", "1", new Malformed("expected an event"), "Malformed: expected an event"],
        [
            "is for a target that is wrong",
            "1",
            new Misconfigured("team answered 404"),
            "Misconfigured: team answered 404",
        ],
    ] as const) {
        it(`fails for good, with the reason, for a message that ${title}`, async () => {
            assert.deepEqual(await answer([record("a", body)], throws(error)), []);
            assert.deepEqual([dead(), waits()], [[letter(body, reason)], []]);
            assert.deepEqual(lines, [JSON.stringify({ message: "a", reason, givenUp: true })]);
        });
    }

    for (const [title, error, reason] of [
        ["control characters", new Malformed("\u0000a\u001b[31mred\u0007"), "Malformed: \uFFFDared\uFFFD"],
        ["half a character", new Malformed("x\uD83D"), "Malformed: x\uFFFD"],
        ["no error", "text", "something was thrown that is no error"],
        ["an object without a text", Object.create(null), "something was thrown that is no error"],
    ] as const) {
        it(`fails with a reason that SQS takes, although ${title} was thrown`, async () => {
            await answer([record("a", 1, 95)], throws(error));
            assert.deepEqual(dead(), [letter("1", reason)]);
        });
    }

    it("fails with a reason of at most 1000 characters, the last of which is whole", async () => {
        await answer([record("a", 1)], throws(new Malformed("😀".repeat(1000))));
        const [{ MessageAttributes }] = dead();
        const reason = MessageAttributes?.reason.StringValue ?? "";
        assert.ok(reason.length <= 1000 && /^Malformed: (😀)+…$/u.test(reason));
    });

    it("keeps a message that the dead letters do not take", async () => {
        sqs.on(SendMessageCommand).rejects(new Error("AccessDenied"));
        assert.deepEqual(await answer([record("a", "{")], broken), ["a"]);
        assert.match(lines[1], /the dead letters take nothing: Error: AccessDenied/);
    });

    it("backs off threefold up to a quarter of an hour, at least by half, and gives up at the tenth failure", async () => {
        const seen: unknown[] = [];
        for (let time = 1; time <= 9; time++) {
            random = 0;
            const [least] = await answer([record("a", 1, time)], broken).then(() => [wait()]);
            // The same again: what has been counted once too often is taken back.
            table.put({ pk: { S: "tries#a" }, sk: { S: "failed" }, failures: { N: String(time - 1) } });
            random = 1;
            assert.deepEqual(await answer([record("a", 1, time)], broken), ["a"]);
            seen.push([least, wait()]);
        }
        const long = [450, 900];
        assert.deepEqual(seen, [[3, 5], [8, 15], [23, 45], [68, 135], [203, 405], long, long, long, long]);
        assert.deepEqual(dead(), []);
        assert.deepEqual(await answer([record("a", 1, 10)], broken), []);
        assert.deepEqual(dead(), [letter("1", "Error: no answer")]);
    });

    it("counts the failures of each message, and not how often it was told to wait", async () => {
        for (let time = 1; time <= 40; time++) {
            assert.deepEqual(await answer([record("a", 1, time)], throws(new Later(1, "busy"))), ["a"]);
        }
        assert.deepEqual(table.items.size, 0);
        assert.deepEqual(await answer([record("a", 1, 41), record("b", 1)], broken), ["a", "b"]);
        assert.deepEqual([wait(), dead()], [5, []]);
        const expires = { N: String(sent / 1000 + 48 * 60 * 60) };
        const one = { failed: { failures: { N: "1" }, expires } };
        assert.deepEqual([table.under("tries#a"), table.under("tries#b")], [one, one]);
    });

    it("counts each time that a message has come where there is no table", async () => {
        assert.deepEqual(await answer([record("a", 1, 9)], broken, false), ["a"]);
        assert.deepEqual(await answer([record("a", 1, 10)], broken, false), []);
    });

    it("goes on trying while the table cannot count, until the queue's redrive is near", async () => {
        table.before = () => {
            throw new Error("ThrottlingException");
        };
        assert.deepEqual(await answer([record("a", 1, 94)], broken), ["a"]);
        assert.equal(wait(), 900);
        assert.match(lines[0], /the tries could not be counted/);
        assert.deepEqual(await answer([record("a", 1, 95)], broken), []);
        assert.deepEqual(dead(), [letter("1", "Error: no answer")]);
    });

    for (const [title, seconds, times, [least, most]] of [
        ["as long as its receiver wants", 30, 1, [30, 38]],
        ["no longer than a quarter of an hour in one go", 86_400, 1, [900, 900]],
        ["a second at least", 0, 1, [1, 2]],
        ["longer when it has waited before", 1, 7, [64, 80]],
        ["not longer than ever for that", 1, 60, [900, 900]],
    ] as const) {
        it(`waits ${title}`, async () => {
            const seen = [];
            for (random of [0, 1]) {
                assert.deepEqual(await answer([record("a", 1, times)], throws(new Later(seconds, "busy"))), ["a"]);
                seen.push(wait());
            }
            assert.deepEqual(seen, [least, most]);
        });
    }

    it("fails for good for a message that has been told to wait for more than a day", async () => {
        now = sent + 24 * hour;
        assert.deepEqual(await answer([record("a", 1, 9)], throws(new Later(1, "busy"))), ["a"]);
        now += 1;
        assert.deepEqual(await answer([record("a", 1, 9)], throws(new Later(1, "busy"))), []);
        assert.deepEqual(dead(), [letter("1", "Later: busy")]);
    });

    it("may fail after more than a day as often as before it", async () => {
        now = sent + 48 * hour;
        assert.deepEqual(await answer([record("a", 1, 9)], broken), ["a"]);
    });

    it("has time for most of a day before the queue's redrive takes a message that is told to wait", async () => {
        random = 0;
        let times = 0;
        while ((await answer([record("a", 1, ++times)], throws(new Later(1, "busy")))).length > 0) {
            now += Number(wait()) * 1000;
        }
        assert.deepEqual([times, (now - sent) / hour > 21], [95, true]);
        assert.deepEqual(dead(), [letter("1", "Later: busy")]);
    });

    it("keeps a message whose wait cannot be set", async () => {
        sqs.on(ChangeMessageVisibilityCommand).rejects(new Error("InvalidParameterValue"));
        assert.deepEqual(await answer([record("a", 1)], broken), ["a"]);
        assert.match(lines[1], /the wait could not be set: Error: InvalidParameterValue/);
    });

    it("takes messages of a queue that says nothing of their past", async () => {
        const { attributes: _, ...bare } = record("a", 1);
        assert.deepEqual(await answer([bare], throws(new Later(9, "busy"))), ["a"]);
    });
});
