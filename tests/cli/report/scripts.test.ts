import * as assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../../cli/options";
import { dataIn } from "./support/reports";
import { start } from "./support/start";

describe("npm start -- --html FILE --script FILE", function () {
    // Each test starts a process of its own.
    this.timeout(120_000);
    let folder: string;
    let target: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "scripts-"));
        target = join(folder, "report.html");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    const script = (text: string, name = "release.yaml") => {
        writeFileSync(join(folder, name), text);
        return ["--script", join(folder, name)];
    };

    const html = (...args: readonly string[]) => start("--stack", "prod", "--html", target, ...args);

    /** What was played, by pipeline: the name of the script, or `-` where there was none. */
    const played = () =>
        dataIn(readFileSync(target, "utf8")).pipelines.flatMap(({ key, simulations = [] }) =>
            simulations.map(one => `${key} ${one.script ?? "-"}`),
        );

    const sound = "commits: [{ id: a }]\nexpect: [{ reaches: { commit: a, environment: prod } }]\n";

    it("plays each script on the pipeline that it names", () => {
        const { code, stdout, stderr } = html(
            ...script(`service: orders\n${sound}`),
            ...script(`service: web\n${sound}`, "other.yaml"),
        );
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^a report of \d+ KB was written/);
        assert.deepEqual(played(), ["orders release.yaml", "web other.yaml"]);
    });

    it("plays a script that names none on the pipeline of --service; without a script, one commit", () => {
        assert.equal(html("--service", "orders", ...script(sound)).code, 0);
        assert.deepEqual(played(), ["orders release.yaml"]);
        assert.equal(html("--service", "orders").code, 0);
        assert.deepEqual(played(), ["orders -"]);
        assert.equal(html().code, 0);
        assert.deepEqual(played(), []);
    });

    it("writes the report where an expectation is not met, tells it with its line, and exits with 1", () => {
        const { code, stdout, stderr } = html(
            ...script("service: orders\ncommits: [{ id: a }]\nexpect: [{ rolledBack: { environment: prod } }]\n"),
        );
        assert.deepEqual([code, stdout], [1, ""]);
        assert.match(
            stderr,
            /^release\.yaml:3:12 expect\[0\]\.rolledBack: expected: prod is rolled back; found: .*\n1 expectation not met; a report of \d+ KB was written to .*\n$/,
        );
        assert.deepEqual(played(), ["orders release.yaml"]);
    });

    it("shows in its messages no character that moves a cursor", () => {
        const { stderr } = html(
            ...script(
                'service: orders\ncommits: [{ id: "\\e[31m<b>" }]\nexpect: [{ status: { commit: "\\e[31m<b>", is: Failed } }]\n',
            ),
        );
        assert.match(stderr, /\[31m<b> is Failed/);
        assert.doesNotMatch(stderr, /\u001b/);
    });

    for (const [title, text, args, message] of [
        [
            "that names no service",
            sound,
            [],
            /^release\.yaml:1:1 service: expected the service whose pipeline is played, in the script or as --service NAME, found neither\n1 problem; nothing was done\n$/,
        ],
        [
            "that names one that is not there",
            `service: ordrs\n${sound}`,
            [],
            /^release\.yaml:1:1 service: expected a service of the stack prod, found "ordrs"; did you mean "orders"\?\n1 problem/,
        ],
        [
            "that names another than --service",
            `service: web\n${sound}`,
            ["--service", "orders"],
            /^release\.yaml:1:1 service: expected "orders", which is played, found "web"\n1 problem/,
        ],
        [
            "with a key that is none",
            "service: orders\ncommits: [{ id: a, att: 1h }]\n",
            [],
            /did you mean "at"\?\n1 problem; nothing was done\n$/,
        ],
        ["that is no YAML", "service: [\n", [], /^release\.yaml:\d+:\d+ .*\n1 problem; nothing was done\n$/],
    ] as const) {
        it(`fails with 1, and writes nothing, for a script ${title}`, () => {
            const { code, stdout, stderr } = html(...script(text), ...args);
            assert.deepEqual([code, stdout], [1, ""]);
            assert.match(stderr, message);
            assert.equal(existsSync(target), false);
        });
    }

    it("fails with 2, and writes nothing, for a script that is not there, and for one without a report", () => {
        const { code, stderr } = html("--script", "nowhere.yaml");
        assert.deepEqual([code, existsSync(target)], [2, false]);
        assert.match(stderr, /--script: no file "nowhere\.yaml"/);
        const alone = start(...script(sound));
        assert.equal(alone.code, 2);
        assert.match(alone.stderr, /expected --html beside --script/);
        assert.equal(start("--all", ...script(sound)).code, 2);
    });

    it("plays nothing on a stack file with problems, and writes the report of these", () => {
        const file = join(folder, "Pulumi.prod.yaml");
        writeFileSync(
            file,
            readFileSync(join(projectFolder, "Pulumi.prod.yaml"), "utf8").replace("cluster:", "clutser:"),
        );
        const { code, stderr } = start("--config", file, "--html", target, ...script(`service: orders\n${sound}`));
        assert.equal(code, 1);
        assert.match(stderr, /clutser: unknown key.*\n1 problem; a report of/);
        assert.deepEqual(played(), []);
    });
});
