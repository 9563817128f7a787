import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { Later } from "../../../functions/lib/errors";
import { forward } from "../../../functions/lib/forward";
import { quiet } from "../support/quiet";
import { MemoryTable } from "../support/table";

const never = () => Promise.reject(new Error("nothing was to be said"));

describe("words of which the latest stands", () => {
    const lines = quiet();
    let memory: MemoryTable;
    let said: string[];
    let now: number;
    const table = () => memory.table(() => now);
    const say = (word: string) => forward(table(), "prod", word, () => Promise.resolve(void said.push(word)));

    beforeEach(() => {
        memory = new MemoryTable();
        said = [];
        now = Date.parse("2026-01-02T03:04:05Z");
    });

    it("are said in their order, each once", async () => {
        assert.deepEqual([await say("1"), await say("2"), await say("2"), await say("1")], [true, true, false, false]);
        assert.deepEqual(said, ["1", "2"]);
    });

    it("of one thing say nothing of another", async () => {
        await say("2");
        assert.equal(await forward(table(), "dev", "1", () => Promise.resolve()), true);
    });

    it("are said again after a failure, at once", async () => {
        await assert.rejects(
            forward(table(), "prod", "1", () => Promise.reject(new Error("no answer"))),
            { message: "no answer" },
        );
        assert.equal(await say("1"), true);
        assert.equal(await say("1"), false);
    });

    it("give way to a later one that has failed: it will come again", async () => {
        await assert.rejects(
            forward(table(), "prod", "2", () => Promise.reject(new Error("no answer"))),
            Error,
        );
        assert.equal(await say("1"), false);
        assert.equal(await say("2"), true);
        assert.deepEqual(said, ["2"]);
    });

    for (const [title, word, other] of [
        ["a later one waits for an earlier one", "1", "2"],
        ["the same one waits for itself", "1", "1"],
    ] as const) {
        it(`are never said beside each other: ${title}`, async () => {
            await forward(table(), "prod", word, async () => {
                await assert.rejects(say(other), (error: unknown) => {
                    assert.ok(error instanceof Later);
                    assert.deepEqual([error.seconds, error.message], [5, "another is speaking of prod"]);
                    return true;
                });
            });
            assert.equal(await say(other), other !== word);
        });
    }

    it("are never said beside each other: an earlier one need not wait", async () => {
        await forward(table(), "prod", "2", async () => assert.equal(await say("1"), false));
    });

    it("are said when the lease of one that died is over, and not before", async () => {
        const died = forward(table(), "prod", "1", () => new Promise<void>(() => undefined));
        void died;
        await new Promise(setImmediate);
        now += 59_000;
        await assert.rejects(say("2"), (error: unknown) => error instanceof Later && error.seconds === 1);
        now += 1000;
        assert.equal(await say("2"), true);
    });

    it("do not end what another has taken over", async () => {
        const taken = { latest: { S: "2" }, claimed: { N: String(now / 1000 + 120) } };
        await forward(table(), "prod", "1", () =>
            Promise.resolve(memory.put({ pk: { S: "latest#prod" }, sk: { S: "word" }, ...taken })),
        );
        assert.deepEqual(memory.under("latest#prod").word, taken);
    });

    it("fails when the table does, with nothing said", async () => {
        memory.before = () => {
            throw new Error("no table");
        };
        await assert.rejects(forward(table(), "prod", "1", never), { message: "no table" });
    });

    it("are said although the table fails when it is to note that", async () => {
        const done = forward(table(), "prod", "1", () => {
            memory.before = () => {
                throw new Error("no table");
            };
            return Promise.resolve();
        });
        assert.equal(await done, true);
        assert.deepEqual(lines, ['{"reason":"the last word on prod was not settled: Error: no table"}']);
    });

    it("are forgotten after a month", async () => {
        await say("1");
        assert.deepEqual(memory.under("latest#prod"), {
            word: { latest: { S: "1" }, expires: { N: String(now / 1000 + 30 * 24 * 60 * 60) } },
        });
    });

    it("end with the greatest, however they come and how often", async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 }), async words => {
                memory = new MemoryTable();
                said = [];
                for (const word of words) {
                    await say(String(word));
                }
                assert.deepEqual(said, [...new Set(said)].sort());
                assert.equal(said.at(-1), String(Math.max(...words)));
            }),
        );
    });
});
