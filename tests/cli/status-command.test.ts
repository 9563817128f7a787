import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { statusUsage } from "../../cli/status-options";
import { exampleFile } from "./status/support/example";

describe("npm run status as a command", function () {
    // Each test starts a process of its own.
    this.timeout(60_000);
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "status-"));
        writeFileSync(join(folder, "Pulumi.prod.yaml"), exampleFile());
    });
    after(() => rmSync(folder, { recursive: true }));

    /** Runs it without AWS; its exit code and what it prints. */
    const command = (...args: readonly string[]) =>
        new Promise<{ code: number; stdout: string; stderr: string }>(resolve => {
            const env = {
                PATH: process.env.PATH,
                AWS_ACCESS_KEY_ID: "a",
                AWS_SECRET_ACCESS_KEY: "b",
                AWS_MAX_ATTEMPTS: "1",
                AWS_ENDPOINT_URL: "http://127.0.0.1:9",
            };
            const all = ["--no-warnings", "-r", "ts-node/register", "cli/status.ts", ...args];
            execFile(process.execPath, all, { env, cwd: join(__dirname, "../..") }, (error, stdout, stderr) =>
                resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
            );
        });

    it("tells its usage with 0", async () => {
        assert.deepEqual(await command("--help"), { code: 0, stdout: `${statusUsage}\n`, stderr: "" });
    });

    it("fails with 1 and the reason where AWS is out of reach", async () => {
        const { code, stdout, stderr } = await command("--config", join(folder, "Pulumi.prod.yaml"));
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, /ECONNREFUSED[^\n]*\n$/);
    });

    it("fails with 2 on wrong usage", async () => {
        const { code, stderr } = await command("--statos");
        assert.equal(code, 2);
        assert.match(stderr, /--statos[^\n]*\n--help tells the usage\n$/);
    });
});
