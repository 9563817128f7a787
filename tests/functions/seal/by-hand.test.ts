import * as assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aws } from "../support/aws";
import { answered, built, executionId, zip } from "../support/seals";

const page = readFileSync(join(__dirname, "../../../docs/artifact-integrity.md"), "utf8");

/** The commands of the page that need no AWS. */
const commands = [...page.matchAll(/```sh\n([^`]*)```/g)].map(([, text]) => text).at(-1) ?? "";

describe("a seal that is checked by hand", function () {
    this.timeout(30_000);
    let folder: string;
    before(function () {
        if (["jq", "openssl", "bash"].some(tool => spawnSync(tool, ["--version"]).error !== undefined)) {
            this.skip();
        }
        folder = mkdtempSync(join(tmpdir(), "by-hand-"));
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("is found to be right with the commands of the page, and wrong when it was changed", async () => {
        const aws = new Aws();
        const artifacts = built(aws, { orders: await zip({ "app.js": "a" }) });
        await answered(aws, "seal", { artifacts });
        const seal = aws.bucket.read(`seals/shop--orders/${executionId(1)}/orders.json`);
        writeFileSync(join(folder, "key.pem"), aws.publicKey().export({ format: "pem", type: "spki" }));
        writeFileSync(join(folder, "seal.json"), seal);
        const printed = execFileSync("bash", ["-euo", "pipefail", "-c", commands], { cwd: folder, encoding: "utf8" });
        const sum = createHash("sha256").update("a").digest("hex");
        assert.match(printed, /^Verified OK\n/);
        assert.ok(printed.includes(`${sum}  app.js\n`));
        const envelope = JSON.parse(seal.toString()) as { payload: string };
        const payload = Buffer.from(envelope.payload, "base64").toString().replace("app.js", "App.js");
        const forged = { ...envelope, payload: Buffer.from(payload).toString("base64") };
        writeFileSync(join(folder, "seal.json"), JSON.stringify(forged));
        const { stdout, status } = spawnSync("bash", ["-euo", "pipefail", "-c", commands], {
            cwd: folder,
            encoding: "utf8",
        });
        assert.match(stdout, /Verification failure/i);
        assert.notEqual(status, 0);
    });
});
