import * as assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { linesOn, Stopped } from "../../../cli/add/terminal";

describe("questions on a terminal", () => {
    const open = (isTerminal: boolean) => {
        const [input, output] = [new PassThrough(), new PassThrough()];
        const shown: string[] = [];
        output.on("data", (data: Buffer) => shown.push(data.toString()));
        return { input, shown, ...linesOn(input, output, isTerminal) };
    };

    it("are answered by lines, also by those that were typed before them", async () => {
        const { input, shown, ask, close } = open(false);
        input.write("one\ntwo\nthree\n");
        assert.equal(await ask("what is wrong\nfirst: "), "one");
        await new Promise(resolve => setImmediate(resolve));
        assert.equal(await ask("second: "), "two");
        assert.equal(await ask("third: "), "three");
        assert.equal(shown.join(""), "what is wrong\nfirst: second: third: ");
        close();
    });

    for (const [title, key] of [
        ["Ctrl+C", "\u0003"],
        ["Ctrl+D", "\u0004"],
    ] as const) {
        it(`are stopped by ${title}`, async () => {
            const { input, ask } = open(true);
            const answer = ask("first: ");
            input.write(key);
            await assert.rejects(answer, Stopped);
            await assert.rejects(ask("second: "), Stopped);
        });
    }

    it("are stopped where nobody is there any more", async () => {
        const { input, ask } = open(false);
        input.end("one\n");
        assert.equal(await ask("first: "), "one");
        await assert.rejects(ask("second: "), Stopped);
    });
});
