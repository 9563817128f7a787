import * as assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { linesOn, Stopped } from "../../../cli/add/terminal";
import { projectFolder } from "../../../cli/options";

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

    it("go on unless they were stopped since the last answer", async () => {
        const { input, ask, goOn, close } = open(true);
        input.write("one\r");
        assert.equal(await ask("first: "), "one");
        await goOn();
        input.write("\u0003");
        await assert.rejects(goOn(), Stopped);
        close();
    });

    it("are stopped where nobody is there any more", async () => {
        const { input, ask } = open(false);
        input.end("one\n");
        assert.equal(await ask("first: "), "one");
        await assert.rejects(ask("second: "), Stopped);
    });
});

describe("npm run add on a terminal", () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "add-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    for (const [title, key] of [
        ["Ctrl+C", "\u0003"],
        ["Ctrl+D", "\u0004"],
    ] as const) {
        it(`says one line where ${title} stops it`, async function () {
            if (spawnSync("script", ["--version"]).error !== undefined) {
                this.skip();
            }
            const before = readFileSync(join(projectFolder, "Pulumi.dev.yaml"), "utf8");
            const file = join(folder, "Pulumi.dev.yaml");
            writeFileSync(file, before);
            // `script` is the terminal.
            const command = `'${process.execPath}' cli/run.js add --config '${file}'`;
            const running = spawn("script", ["-qec", command, "/dev/null"], { cwd: projectFolder });
            let shown = "";
            let isPressed = false;
            running.stdout.on("data", (data: Buffer) => {
                shown += data.toString();
                if (!isPressed && /service: [^\n]*$/.test(shown)) {
                    isPressed = true;
                    running.stdin.write(key);
                }
            });
            const [code] = (await once(running, "close")) as [number];
            assert.equal(code, 130);
            assert.match(shown, /Name of the service: [^]*\nnothing was changed\r?\n$/);
            assert.doesNotMatch(shown, /Error/);
            assert.equal(readFileSync(file, "utf8"), before);
        });
    }
});
