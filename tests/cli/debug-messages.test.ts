import * as assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { joinDebugMessages, type Log } from "../../cli/debug-messages";

/** A log that notes what it is told, and what keeps the engine from being left. */
function noted() {
    const told: string[] = [];
    let open = 0;
    const tell =
        (severity: string) =>
        (message: string, ...about: unknown[]) => {
            // The SDK itself waits for what is under way, so what is told may be left only after it has begun.
            told.push([severity, message, ...about.map(String)].join(" "));
            return Promise.resolve();
        };
    const log: Log = { debug: tell("debug"), info: tell("info"), warn: tell("warn"), error: tell("error") };
    const keepAlive = () => {
        open++;
        return () => {
            open--;
        };
    };
    joinDebugMessages(log, keepAlive);
    return { log, told, open: () => open };
}

describe("debug messages", () => {
    it("are sent together, in their order, soon", async () => {
        const { log, told, open } = noted();
        await log.debug("one");
        await log.debug("two");
        assert.deepEqual(told, []);
        assert.equal(open(), 1, "the program could end before they are sent");
        await sleep(100);
        assert.deepEqual(told, ["debug one\ntwo"]);
        assert.equal(open(), 0, "the program cannot end");
        await log.debug("three");
        assert.equal(open(), 1);
        await sleep(100);
        assert.deepEqual(told, ["debug one\ntwo", "debug three"]);
        assert.equal(open(), 0);
    });

    it("are sent when they are long enough", async () => {
        const { log, told, open } = noted();
        const long = "x".repeat(40_000);
        await log.debug(long);
        assert.equal(told.length, 0);
        await log.debug(long);
        assert.deepEqual(told, [`debug ${long}\n${long}`]);
        assert.equal(open(), 0);
    });

    for (const severity of ["info", "warn", "error"] as const) {
        it(`are sent before any of ${severity}`, async () => {
            const { log, told, open } = noted();
            await log.debug("before");
            await log[severity]("said", "of a resource");
            assert.deepEqual(told, ["debug before", `${severity} said of a resource`]);
            assert.equal(open(), 0);
        });
    }

    it("of a resource are sent at once, after those before", async () => {
        const { log, told } = noted();
        await log.debug("before");
        await log.debug("of it", "resource");
        assert.deepEqual(told, ["debug before", "debug of it resource"]);
    });
});
