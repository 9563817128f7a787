import * as assert from "node:assert/strict";
import { progress } from "../../cli/progress";

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean) {
    const written: string[] = [];
    return { written, isTTY, write: (text: string) => written.push(text) > 0 } as unknown as NodeJS.WriteStream & {
        written: string[];
    };
}

describe("progress", () => {
    const clock = Date.now;
    let now = 0;
    beforeEach(() => {
        now = 0;
        Date.now = () => now;
    });
    afterEach(() => {
        Date.now = clock;
    });

    it("shows nothing within the first second", () => {
        const terminal = stream(true);
        const bar = progress("recording", 2, terminal);
        now = 900;
        bar.step();
        bar.clear();
        assert.deepEqual(terminal.written, []);
    });

    it("draws the share that is done, and clears its line", () => {
        const terminal = stream(true);
        const bar = progress("recording", 2, terminal);
        now = 1100;
        bar.step();
        bar.clear();
        assert.deepEqual(terminal.written, [`\rrecording ${"█".repeat(15)}${"░".repeat(15)} 1/2`, "\r\u001b[K"]);
    });

    it("keeps a stream clean that is no terminal", () => {
        const file = stream(false);
        const bar = progress("recording", 1, file);
        now = 5000;
        bar.step();
        bar.clear();
        assert.deepEqual(file.written, []);
    });
});
