import * as assert from "node:assert/strict";
import { Later } from "../../../functions/lib/errors";
import { hold, passHold } from "../../../functions/lib/holds";
import { quiet } from "../support/quiet";
import { MemoryTable } from "../support/table";

describe("a hold", () => {
    const lines = quiet();
    let memory: MemoryTable;
    let seconds: number;

    beforeEach(() => {
        memory = new MemoryTable();
        seconds = 1_795_766_400;
    });

    /** The table as another container sees it: of what one keeps in memory, the other knows nothing. */
    const container = () => memory.table(() => seconds * 1000);

    it("keeps who asked from asking again, without the table", async () => {
        const here = container();
        await passHold(here, "team");
        await hold(here, "team", 30);
        memory.sent.length = 0;
        await assert.rejects(passHold(here, "team"), error => {
            assert.ok(error instanceof Later);
            assert.deepEqual([error.seconds, error.message], [30, "team has told to wait"]);
            return true;
        });
        seconds += 29.5;
        await assert.rejects(passHold(here, "team"), { seconds: 1 });
        assert.deepEqual(memory.sent, []);
        seconds += 0.5;
        await passHold(here, "team");
    });

    it("keeps the other containers from asking too, and is forgotten by itself", async () => {
        const there = container();
        await passHold(there, "team");
        await hold(container(), "team", 30);
        await assert.rejects(passHold(there, "team"), { seconds: 30 });
        const until = { N: String(seconds + 30) };
        assert.deepEqual(memory.under("hold#team"), { hold: { held: until, expires: until } });
        seconds += 30;
        await passHold(there, "team");
    });

    it("is not forgotten by who had asked the table before it began", async () => {
        const here = container();
        memory.after = async command => {
            if (command === "GetItemCommand") {
                memory.after = () => undefined;
                await hold(here, "team", 30);
            }
        };
        await assert.rejects(passHold(here, "team"), { seconds: 30 });
        await assert.rejects(passHold(here, "team"), { seconds: 30 });
    });

    it("keeps nobody from asking another target", async () => {
        const here = container();
        await hold(here, "team", 30);
        await passHold(here, "pager");
    });

    it("is as long as the longest wait that was asked for", async () => {
        const here = container();
        await hold(here, "team", 60);
        await hold(here, "team", 10);
        await assert.rejects(passHold(here, "team"), { seconds: 60 });
        await assert.rejects(passHold(container(), "team"), { seconds: 60 });
        await hold(container(), "team", 90);
        await assert.rejects(passHold(container(), "team"), { seconds: 90 });
        assert.deepEqual(lines, []);
    });

    it("holds here although it cannot be kept", async () => {
        memory.before = () => {
            throw new Error("ThrottlingException");
        };
        const here = container();
        await hold(here, "team", 30);
        assert.deepEqual(lines, ['{"reason":"the wait for team was not kept: Error: ThrottlingException"}']);
        await assert.rejects(passHold(here, "team"), { seconds: 30 });
    });
});
