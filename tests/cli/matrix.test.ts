import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { matrixOf } from "../../blueprint/stacks/matrix";
import { matrixFile, matrixText } from "../../cli/matrix-file";
import { projectFolder } from "../../cli/options";
import { filesIn } from "../../config/from-file";
import { both, fleet } from "../blueprint/stacks/support";
import { inFolder } from "../support/stack-files";

function run(...args: string[]) {
    const command = ["-r", "ts-node/register", "cli/matrix.ts", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: projectFolder, encoding: "utf8" });
    return { code: status, stdout, stderr };
}

describe("npm run matrix", function () {
    // Each test starts processes of its own.
    this.timeout(60_000);

    it("has written the file of this project", () => {
        const said = readFileSync(join(projectFolder, matrixFile), "utf8");
        assert.equal(said, matrixText(matrixOf(filesIn(projectFolder)).matrix), "`npm run matrix` writes it");
    });

    it("writes what --check then passes, and fails on with the stacks that differ", () =>
        inFolder(fleet, folder => {
            const file = join(folder, matrixFile);
            const missing = run("--config", folder, "--check");
            assert.deepEqual([missing.code, missing.stdout, existsSync(file)], [1, "", false]);
            assert.match(missing.stderr, /^stacks\.json is not what the stack files say, as it is not there: `npm run/);
            const written = run("--config", folder);
            const said = "stacks.json: 1 platform, 2 stacks of services, 0 other stacks\n";
            assert.deepEqual([written.code, written.stdout], [0, said]);
            const text = readFileSync(file, "utf8");
            assert.deepEqual(run("--config", folder, "--check"), { code: 0, stdout: said, stderr: "" });
            const other = text.replace('"team-b"', '"team-c"');
            writeFileSync(file, other);
            const stale = run("--config", folder, "--check");
            assert.equal(stale.code, 1);
            assert.match(stale.stderr, /^stacks\.json is not what the stack files say, of team-b, team-c: /);
            assert.equal(readFileSync(file, "utf8"), other);
        }));

    it("writes nothing where the stack files have problems, and tells them", () =>
        inFolder({ dev: both("dev", ["web"]), prod: "config: [" }, folder => {
            const { code, stdout, stderr } = run("--config", folder);
            assert.deepEqual([code, stdout, existsSync(join(folder, matrixFile))], [1, "", false]);
            assert.match(stderr, /^Pulumi\.prod\.yaml:1:9 /);
        }));

    for (const [title, args, message] of [
        ["an unknown option", ["--chek"], /--chek/],
        ["a folder that is not there", ["--config", "nowhere"], /a folder with stack files.*which is not there/],
        ["a folder without stack files", ["--config", "docs"], /no stack file such as Pulumi\.dev\.yaml in "docs"/],
    ] as const) {
        it(`fails on ${title}`, () => {
            const { code, stdout, stderr } = run(...args);
            assert.deepEqual([code, stdout], [2, ""]);
            assert.match(stderr, message);
            assert.match(stderr, /\n--help tells the usage\n$/);
        });
    }
});
