import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../../cli/options";
import { committedText, dataIn } from "./support/reports";
import { start } from "./support/start";

describe("npm start -- --html", function () {
    // Each test starts a process of its own.
    this.timeout(120_000);
    let folder: string;
    let target: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "report-"));
        target = join(folder, "report.html");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const written = () => readFileSync(target, "utf8");

    it("writes one file, the same each time, and says so", () => {
        const { code, stdout, stderr } = start("--stack", "prod", "--html", target);
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^a report of \d+ KB was written to .*report\.html\n$/);
        const first = written();
        assert.equal(dataIn(first).pipelines.length, 6);
        start("--stack", "prod", "--html", target);
        assert.equal(written(), first);
    });

    it("writes the problems too, tells them, and exits with 1", () => {
        const file = join(folder, "Pulumi.prod.yaml");
        writeFileSync(file, committedText("prod").replace("cluster:", "clutser:"));
        const { code, stdout, stderr } = start("--config", file, "--html", target);
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(stderr, /clutser: unknown key.*\n1 problem; a report of \d+ KB was written to .*report\.html\n$/);
        assert.deepEqual(
            dataIn(written()).problems.map(({ path }) => path),
            ["services.orders.deploy.clutser"],
        );
    });

    it("takes --service, --compare and --strict as the other outputs do", () => {
        const file = join(folder, "Pulumi.prod.yaml");
        writeFileSync(file, committedText("prod").replace("timeoutHours: 48", "timeoutHours: 24"));
        const compare = ["--compare", join(projectFolder, "Pulumi.prod.yaml")];
        assert.equal(start("--config", file, "--html", target, "--service", "web", ...compare).code, 0);
        const { pipelines, change } = dataIn(written());
        assert.deepEqual(
            [pipelines.map(({ key }) => key), change?.pipelines.map(({ key }) => key)],
            [["web"], ["web"]],
        );
        writeFileSync(file, committedText("prod").replace("amazonlinux-aarch64", "amazonlinux2-aarch64"));
        assert.equal(start("--config", file, "--html", target).code, 0);
        assert.equal(dataIn(written()).warnings.length, 1);
        assert.equal(start("--config", file, "--html", target, "--strict").code, 1);
        assert.deepEqual([dataIn(written()).warnings.length, dataIn(written()).problems.length], [0, 1]);
    });

    it("writes nothing for wrong usage", () => {
        for (const args of [["--service", "order"], ["--compare", "no-such-revision"], ["--json"]]) {
            assert.equal(start("--html", target, ...args).code, 2, args.join(" "));
            assert.equal(existsSync(target), false);
        }
    });

    it("loads no Pulumi, and without --html neither esbuild nor what lays out", () => {
        const loaded = (...args: string[]) => {
            const code = `
                const { Module } = require("node:module");
                const load = Module._load;
                const seen = new Set();
                Module._load = function (name, ...rest) { seen.add(name); return load.call(this, name, ...rest); };
                process.argv.splice(1, process.argv.length, "start", ...${JSON.stringify(args)});
                process.on("exit", () => process.stderr.write("\\nloaded " + [...seen].filter(name => /pulumi|esbuild|dagre/.test(name)).join(" ")));
                require("./cli/run.js").run("start");`;
            const { stderr } = spawnSync(process.execPath, ["-e", code], { cwd: projectFolder, encoding: "utf8" });
            return /loaded (.*)$/
                .exec(stderr)?.[1]
                .split(" ")
                .filter(name => name !== "");
        };
        // What bundles the command itself is kept after the first time.
        loaded("--html", target);
        assert.deepEqual(loaded("--html", target), ["esbuild"]);
        assert.deepEqual(loaded(), []);
    });
});
