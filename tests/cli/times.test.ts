import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { phases, spend, spentOn, timed } from "../../catalog/phases";
import { projectFolder } from "../../cli/options";

describe("the times of phases", () => {
    it("are told apart from what is within them, also when they are promised", async () => {
        const [output, rules] = [spentOn("output"), spentOn("rules")];
        const result = await timed("output", async () => {
            await Promise.resolve();
            return timed("rules", () => {
                spend("load", 1_000_000);
                return 7;
            });
        });
        assert.equal(result, 7);
        // What was spent on loading is taken off what it was spent in.
        assert.ok(spentOn("rules") < rules);
        assert.ok(Math.abs(spentOn("output") - output) < 1_000);
        spend("load", -1_000_000);
    });

    it("are told of work that fails", async () => {
        const before = spentOn("yaml");
        const late = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), 5));
        await assert.rejects(timed("yaml", late), /late/);
        assert.ok(spentOn("yaml") > before);
        assert.throws(() =>
            timed("yaml", () => {
                throw new Error("at once");
            }),
        );
    });

    it("are written where the environment names a file, in all phases", () => {
        const folder = mkdtempSync(join(tmpdir(), "times-"));
        const file = join(folder, "times.json");
        try {
            const { status } = spawnSync(process.execPath, ["cli/run.js", "start", "--json"], {
                cwd: projectFolder,
                env: { ...process.env, SERVICE_PIPELINES_TIMES: file },
                stdio: "ignore",
            });
            assert.equal(status, 0);
            type Times = Record<string, { readonly milliseconds: number; readonly peakMegabytes?: number }>;
            const times = JSON.parse(readFileSync(file, "utf8")) as Times;
            assert.deepEqual(Object.keys(times), [...phases, "total"]);
            const idle = phases.filter(phase => times[phase].milliseconds === 0);
            assert.deepEqual(idle, ["validation"]);
            const sum = phases.reduce((all, phase) => all + times[phase].milliseconds, 0);
            assert.ok(sum <= times.total.milliseconds + 1, "phases overlap");
            assert.ok((times.total.peakMegabytes ?? 0) > 50);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
