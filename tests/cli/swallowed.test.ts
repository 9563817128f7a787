import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { projectFolder } from "../../cli/options";
import { keptByNpm, swallowed } from "../../cli/swallowed";

describe("options that npm keeps for itself", () => {
    const names = ["stack", "strict", "release-time", "json", "dry-run"];
    const started = { npm_lifecycle_event: "start" };

    for (const [title, environment, kept] of [
        ["none where it was told whose they are", started, []],
        ["one with a value", { ...started, npm_config_stack: "prod" }, ["stack"]],
        ["several", { ...started, npm_config_strict: "true", npm_config_stack: "prod" }, ["stack", "strict"]],
        ["one of two words", { ...started, npm_config_release_time: "true" }, ["release-time"]],
        ["none that are npm's own", { ...started, npm_config_json: "true", npm_config_loglevel: "silent" }, []],
        ["one of npm's own without which files are written", { ...started, npm_config_dry_run: "true" }, ["dry-run"]],
        ["none where npm is not there", { npm_config_stack: "prod" }, []],
    ] as const) {
        it(`are ${title}`, () => assert.deepEqual(swallowed(names, environment), kept));
    }

    it("are told with the command as it is to be written", () => {
        assert.match(keptByNpm(["stack", "strict"], started), /--stack and --strict .*`npm start -- --stack`/);
        assert.match(keptByNpm(["lift"], { npm_lifecycle_event: "freeze" }), /`npm run freeze -- --lift`/);
    });

    it("stop a command before it does anything, with 2", function () {
        this.timeout(60_000);
        for (const args of [
            ["start", "--stack=prod"],
            ["start", "--strict"],
            ["run", "explain", "orders", "--stack=prod"],
        ]) {
            const { status, stdout, stderr } = spawnSync("npm", args, { cwd: projectFolder, encoding: "utf8" });
            assert.deepEqual([status, stdout], [2, ""], args.join(" "));
            assert.match(stderr, /^npm took --(stack|strict) for an option of its own: expected `--` before/);
        }
    });
});
