import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { parse } from "yaml";
import { importText } from "../../cli/import";
import { imported } from "../../cli/import/service";
import { projectFolder } from "../../cli/options";
import { action, pipeline, stage } from "./import/support";

const deploy = (configuration: Readonly<Record<string, string>>) => action("Deploy", "S3", "Deploy", configuration);
const json = pipeline(stage("Live", deploy({ BucketName: "web", Extract: "true" })));

describe("npm run import", () => {
    it("prints the entry as YAML, below comments that say all else", () => {
        const text = importText(JSON.stringify(json));
        const { entry } = imported(json);
        assert.deepEqual(parse(text), { "orders-pipeline": entry });
        const comments = text.split("\n").filter(line => line.startsWith("#"));
        for (const title of [
            "Environments that the stack file has to have",
            "To fill in",
            "Not expressed by this entry",
        ]) {
            assert.ok(
                comments.some(line => line.startsWith(`# ${title}`)),
                `${title} is missing`,
            );
        }
        assert.ok(comments.includes("#   - name: live"));
        assert.ok(comments.some(line => line.includes("pipeline.roleArn: each pipeline gets a role of its own")));
    });

    it("names the service as it is told to", () => {
        assert.deepEqual(Object.keys(parse(importText(JSON.stringify(json), undefined, "orders")) as object), [
            "orders",
        ]);
        assert.throws(
            () => importText(JSON.stringify(json), undefined, "Orders"),
            /^Error: --name: expected .*, found "Orders"$/,
        );
    });

    it("shows any text as text: what is a comment stays one, and the entry says what it says", () => {
        const hostile = fc.oneof(
            fc.string(),
            fc.constantFrom(
                "a\nb: c",
                "# x",
                "\u2028x",
                "- y\r\n- z",
                "<script>",
                "'\"",
                "x".repeat(100),
                "\u0000\u001b[31m",
            ),
        );
        fc.assert(
            fc.property(hostile, hostile, hostile, (name, value, extra) => {
                const odd = pipeline({
                    ...stage(name, deploy({ BucketName: value, Extract: "true", [`K${extra}`]: extra })),
                    note: extra,
                });
                const text = importText(JSON.stringify(odd));
                assert.deepEqual(parse(text), { "orders-pipeline": imported(odd).entry });
                assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), JSON.stringify(text));
            }),
        );
    });

    const run = (args: readonly string[], input = "") =>
        spawnSync(process.execPath, ["cli/run.js", "import", ...args], { cwd: projectFolder, encoding: "utf8", input });

    it("is a command that reads standard input, with its help and exit codes", () => {
        const done = run(["--from-json", "-"], JSON.stringify(json));
        assert.deepEqual([done.status, done.stderr], [0, ""]);
        assert.equal(done.stdout, importText(JSON.stringify(json)));
        assert.match(run(["--help"]).stdout, /^Usage: npm run --silent import -- --from-json FILE/);
        const usage = run([]);
        assert.deepEqual([usage.status, usage.stdout], [2, ""]);
        assert.match(usage.stderr, /^expected --from-json FILE/);
    });

    for (const [title, args, input, message] of [
        ["no JSON", ["--from-json", "-"], "name: x", /^--from-json: expected JSON, found "name: x"/],
        ["no pipeline", ["--from-json", "-"], "{}", /^expected a pipeline, with `stages`/],
        ["a file that is not there", ["--from-json", "/nowhere.json"], "", /^--from-json: no file "\/nowhere\.json"$/m],
        [
            "projects that are none",
            ["--from-json", "-", "--projects", "package.json"],
            "{}",
            /^--projects: expected what `aws codebuild batch-get-projects` prints/,
        ],
    ] as const) {
        it(`fails for ${title}`, () => {
            const { status, stdout, stderr } = run(args, input);
            assert.deepEqual([status, stdout], [1, ""]);
            assert.match(stderr, message);
        });
    }
});
