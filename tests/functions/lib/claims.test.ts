import * as assert from "node:assert/strict";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { once, type Table } from "../../../functions/lib/claims";
import { Later } from "../../../functions/lib/errors";
import { quiet } from "../support/quiet";
import { MemoryTable } from "../support/table";

const lease = 5 * 60;
const memory = 16 * 24 * 60 * 60;

describe("once", () => {
    const lines = quiet();
    let memoryTable: MemoryTable;
    let table: Table;
    let seconds: number;
    let done: number;

    beforeEach(() => {
        memoryTable = new MemoryTable();
        seconds = 1_795_766_400;
        done = 0;
        table = memoryTable.table(() => seconds * 1000 + 999);
    });

    const deed = () => {
        done += 1;
        return Promise.resolve();
    };
    const fails = () => Promise.reject(new Error("no answer"));
    const tell = (what = "event/failed", whom = "team", work: () => Promise<void> = deed) =>
        once(table, what, whom, work);
    const item = () => memoryTable.under("done#event/failed").team as Record<string, unknown> | undefined;

    /** Throws at the next command called `name`, before or after it has worked. */
    function break_(when: "after" | "before", name: string): void {
        memoryTable[when] = command => {
            if (command === name) {
                memoryTable[when] = () => undefined;
                throw new Error("connection reset");
            }
        };
    }

    it("does a deed, and remembers it for longer than any queue keeps a message", async () => {
        assert.deepEqual([await tell(), done], [true, 1]);
        assert.deepEqual(item(), { expires: { N: String(seconds + memory) } });
        assert.ok(memory > 14 * 24 * 60 * 60);
    });

    it("does it no second time, however late", async () => {
        await tell();
        seconds += 10 * lease;
        assert.deepEqual([await tell(), done], [false, 1]);
    });

    it("does it for each target and each event", async () => {
        assert.deepEqual(
            [await tell("a", "x"), await tell("a", "y"), await tell("b", "x"), await tell("a", "x"), done],
            [true, true, true, false, 3],
        );
    });

    it("fails for whom another is at it, until the lease is over", async () => {
        let finish = () => undefined as void;
        const first = tell(undefined, undefined, () => new Promise<void>(resolve => (finish = resolve)));
        await new Promise(setImmediate);
        for (const [later, left] of [
            [0, lease + 1],
            [lease - 1, 2],
            [1, 1],
        ]) {
            seconds += later;
            await assert.rejects(tell(), error => {
                assert.ok(error instanceof Later);
                assert.deepEqual([error.seconds, error.message], [left, "another is telling team of event/failed"]);
                return true;
            });
        }
        finish();
        assert.deepEqual([await first, await tell(), done], [true, false, 0]);
    });

    it("is done by the next when who claimed it has died", async () => {
        break_("after", "PutItemCommand");
        await assert.rejects(tell(), /connection reset/);
        seconds += lease + 1;
        assert.deepEqual([await tell(), done, await tell()], [true, 1, false]);
    });

    it("fails when the deed does, and may be done at once", async () => {
        await assert.rejects(tell(undefined, undefined, fails), /no answer/);
        assert.deepEqual([item(), await tell(), done], [undefined, true, 1]);
    });

    it("fails with the deed's error although the claim cannot be given back; the lease mends it", async () => {
        break_("before", "DeleteItemCommand");
        await assert.rejects(tell(undefined, undefined, fails), /no answer/);
        assert.match(lines[0], /a claim was not given back: Error: connection reset/);
        await assert.rejects(tell(), Later);
        seconds += lease + 1;
        assert.deepEqual([await tell(), done], [true, 1]);
    });

    it("fails without the deed when the claim cannot be written", async () => {
        break_("before", "PutItemCommand");
        await assert.rejects(tell(), /connection reset/);
        assert.deepEqual([done, await tell(), done], [0, true, 1]);
    });

    it("takes a claim as its own that was written although its answer was lost, when the SDK tries again", async () => {
        // As the SDK does: the same command once more.
        const { dynamodb } = table;
        const send = dynamodb.send.bind(dynamodb) as (command: unknown) => Promise<unknown>;
        const again = {
            send: (command: unknown) => send(command).catch(() => send(command)),
        } as unknown as typeof dynamodb;
        break_("after", "PutItemCommand");
        assert.deepEqual([await once({ ...table, dynamodb: again }, "event/failed", "team", deed), done], [true, 1]);
    });

    it("fails when the mark is lost before it is written: the deed is done once more after the lease, as nobody knows of it", async () => {
        break_("before", "UpdateItemCommand");
        await assert.rejects(tell(), /connection reset/);
        await assert.rejects(tell(), Later);
        seconds += lease + 1;
        assert.deepEqual([await tell(), done], [true, 2]);
    });

    it("fails when only the answer to the mark is lost, and is not done again", async () => {
        break_("after", "UpdateItemCommand");
        await assert.rejects(tell(), /connection reset/);
        assert.deepEqual([await tell(), done], [false, 1]);
    });

    it("leaves the claim of another alone when it fails after its own lease", async () => {
        let fail = () => undefined as void;
        const frozen = tell(
            undefined,
            undefined,
            () => new Promise((_, reject) => (fail = () => reject(new Error("late")))),
        );
        await new Promise(setImmediate);
        seconds += lease + 1;
        let finish = () => undefined as void;
        const other = tell(undefined, undefined, () => new Promise<void>(resolve => (finish = resolve)));
        await new Promise(setImmediate);
        fail();
        await assert.rejects(frozen, /late/);
        await assert.rejects(tell(), Later);
        finish();
        assert.deepEqual([await other, await tell()], [true, false]);
    });

    it("fails for whom nothing is said of who is at it: it is not taken as done", async () => {
        const refuses = {
            send: () => Promise.reject(new ConditionalCheckFailedException({ message: "", $metadata: {} })),
        };
        await assert.rejects(once({ ...table, dynamodb: refuses as never }, "a", "b", deed), Later);
        assert.equal(done, 0);
    });
});
