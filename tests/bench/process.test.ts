import * as assert from "node:assert/strict";
import { run, startCommand, used, type Usage } from "../../bench/fleet/process";

/** Works a little, and writes at its end what it has used. */
const work = `
    for (let sum = 0; sum < 2e8; sum++);
    const { userCPUTime, maxRSS } = process.resourceUsage();
    console.log(JSON.stringify({ userCPUTime, maxRSS }));`;

const written = (output: string) => JSON.parse(output) as { readonly userCPUTime: number; readonly maxRSS: number };

describe("a measured process", () => {
    it("is told with its time and its memory, as the system counts them, and its workers not twice", async () => {
        const { wallSeconds, cpuSeconds, peakBytes, output } = await run({
            args: [
                "-e",
                `const kept = Buffer.alloc(2e8, 1); ${work} kept[0]++;
                new (require("node:worker_threads").Worker)("", { eval: true });`,
            ],
        });
        const { userCPUTime, maxRSS } = written(output);
        assert.ok(wallSeconds > 0 && cpuSeconds >= userCPUTime / 1e6, `${wallSeconds} s, ${cpuSeconds} s`);
        assert.ok(maxRSS * 1024 > 2e8 && peakBytes >= maxRSS * 1024 && peakBytes < 2 * maxRSS * 1024, `${peakBytes}`);
    });

    it("is counted with what it starts", async () => {
        const program = `
            const options = { stdio: "inherit" };
            require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(work)}], options);
            console.log(JSON.stringify(process.resourceUsage()));`;
        const { cpuSeconds, peakBytes, output } = await run({ args: ["-e", program] });
        const [child, own] = output.trim().split("\n").map(written);
        // The system tells of children in ticks of 10 ms, which it rounds down.
        assert.ok(cpuSeconds >= (own.userCPUTime + child.userCPUTime) / 1e6 - 0.02, `${cpuSeconds} s`);
        assert.ok(peakBytes >= (own.maxRSS + child.maxRSS) * 1024, `${peakBytes} bytes`);
    });

    it("is told with what it wrote, to both streams", async () => {
        const { output } = await run({ args: ["-e", "console.log('out'); console.error('err')"] });
        assert.deepEqual(output.trim().split("\n").sort(), ["err", "out"]);
    });

    it("fails where it ends otherwise than expected, with what it wrote", async () => {
        await assert.rejects(run({ args: ["-e", "console.error('why'); process.exit(3)"] }), /ended with 3\nwhy/);
        await run({ args: ["-e", "process.exit(3)"], code: 3 });
    });

    it("fails where it was killed", async () => {
        await assert.rejects(run({ args: ["-e", "process.kill(process.pid, 'SIGKILL')"] }), /ended with null/);
    });
});

describe("what processes used", () => {
    const first: Usage = { parent: 1, microseconds: 1_000_000, ofChildren: 500_000, peakKilobytes: 1000 };
    const second: Usage = { parent: 2, microseconds: 250_000, ofChildren: 0, peakKilobytes: 500 };

    it("is the time of the first with its children, so that none counts twice, and the peaks of all", () => {
        assert.deepEqual(used([second, first], 1), { cpuSeconds: 1.5, peakBytes: 1500 * 1024 });
    });

    it("is the sum where the system does not tell of children", () => {
        const without = ({ parent, microseconds, peakKilobytes }: Usage) => ({ parent, microseconds, peakKilobytes });
        assert.equal(used([second, first].map(without), 1).cpuSeconds, 1.25);
    });

    it("fails where the first said nothing", () => {
        assert.throws(() => used([second], 1), /was it killed/);
    });
});

describe("the command that is measured", () => {
    it("is that of npm start, without npm", () => {
        assert.ok(
            startCommand().some(arg => /\bcli\b/.test(arg)),
            startCommand().join(" "),
        );
    });
});
