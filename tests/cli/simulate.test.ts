import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../cli/options";
import { simulateUsage } from "../../cli/simulate-options";

const scripts = join(projectFolder, "docs/simulations");
const shop = ["--service", "orders", "--config", join(scripts, "Pulumi.shop.yaml")];

/** Runs the command as people do; NO_COLOR is not asked, as nothing here is a terminal. */
const simulate = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(projectFolder, "cli/run.js"), "simulate", ...args],
        {
            cwd: projectFolder,
            encoding: "utf8",
        },
    );
    return { status, stdout, stderr };
};

describe("npm run simulate", function () {
    // Each test starts a process of its own, the first of which makes its bundle.
    this.timeout(60_000);
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "simulate-"));
    });
    after(() => rmSync(folder, { recursive: true }));

    const script = (text: string) => {
        const file = join(folder, "release.yaml");
        writeFileSync(file, text);
        return [...shop, "--script", file];
    };

    it("tells its usage with 0", () => {
        assert.deepEqual(simulate("--help"), { status: 0, stdout: `${simulateUsage}\n`, stderr: "" });
    });

    it("without a script shows a commit that goes through", () => {
        const { status, stdout, stderr } = simulate("--service", "orders", "--stack", "prod");
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /^27m36s {2}#1 a {2}staging +a is in staging → releases \(succeeded\)$/m);
        assert.match(stdout, /^prod: a since 58m42s$/m);
    });

    for (const name of readdirSync(scripts).filter(file => !file.startsWith("Pulumi."))) {
        it(`meets what docs/simulations/${name} expects`, () => {
            const { status, stdout, stderr } = simulate(...shop, "--script", join(scripts, name));
            assert.deepEqual([status, stderr], [0, ""]);
            assert.match(stdout, /^\d+ expectations met$/m);
        });

        it(`docs/how-to/simulate.md shows ${name} as it is`, () => {
            const page = readFileSync(join(projectFolder, "docs/how-to/simulate.md"), "utf8");
            assert.ok(page.includes(`# ./${name}\n${readFileSync(join(scripts, name), "utf8")}`));
        });
    }

    it("docs/how-to/simulate.md shows their stack file as it is", () => {
        const page = readFileSync(join(projectFolder, "docs/how-to/simulate.md"), "utf8");
        assert.ok(page.includes(`# Pulumi.shop.yaml\n${readFileSync(join(scripts, "Pulumi.shop.yaml"), "utf8")}`));
    });

    it("tells an expectation that is not met with its line and what happened, and fails with 1", () => {
        const { status, stderr } = simulate(
            ...script("commits: [{ id: a }]\nexpect:\n  - rolledBack: { environment: prod }\n"),
        );
        assert.equal(status, 1);
        assert.equal(
            stderr,
            "release.yaml:3:5 expect[0].rolledBack: expected: prod is rolled back; found: it did not happen: prod is rolled back\n",
        );
    });

    it("plays on the service that the script names, and on no other than --service", () => {
        const named = (name: string) => script(`service: ${name}\ncommits: [{ id: a }]\n`).slice(2);
        const { status, stdout } = simulate(...named("orders"));
        assert.equal(status, 0);
        assert.match(stdout, /^orders, pipeline shop--orders/);
        const other = simulate(...named("order"));
        assert.deepEqual(
            [other.status, other.stderr],
            [
                1,
                'release.yaml:1:1 service: expected a service of the stack shop, found "order"; did you mean "orders"?\n',
            ],
        );
        const both = simulate("--service", "orders", ...named("order"));
        assert.deepEqual(
            [both.status, both.stderr],
            [1, 'release.yaml:1:1 service: expected "orders", which is played, found "order"\n'],
        );
    });

    it("takes the service as a word too", () => {
        const [word, option] = [
            simulate("orders", "--stack", "prod"),
            simulate("--service", "orders", "--stack", "prod"),
        ];
        assert.deepEqual([word.status, word.stdout], [0, option.stdout]);
    });

    it("prints one JSON object", () => {
        const { status, stdout } = simulate(
            ...script("commits: [{ id: a }]\nexpect: [{ status: { commit: a, is: Failed } }]\n"),
            "--json",
        );
        const { expectations, executions, environments, events } = JSON.parse(stdout);
        assert.equal(status, 1);
        assert.deepEqual(
            [expectations[0].met, expectations[0].position.line, executions[0].status, environments.length],
            [false, 2, "Succeeded", 2],
        );
        assert.equal(events[0].kind, "execution-started");
    });

    it("tells the problems of a script with 1, in JSON too, and plays nothing", () => {
        const { status, stdout, stderr } = simulate(...script("commits: [{ id: a, att: 1h }]\n"), "--json");
        const problem = 'release.yaml:1:20 commits[0].att: unknown key; did you mean "at"?';
        assert.deepEqual([status, stderr, JSON.parse(stdout)], [1, `${problem}\n`, { problems: [problem] }]);
    });

    it("shows hostile text as text", () => {
        const { status, stdout } = simulate(...script('commits: [{ id: "\\e[31m<script>\\r\\nx" }]\n'));
        assert.equal(status, 0);
        assert.ok(stdout.includes("[31m<script> x starts execution 1"));
        assert.ok(!/[\u001b\r]/.test(stdout));
    });

    for (const [title, args, message] of [
        ["without a service", [], /expected the name of a service/],
        ["on two services", ["orders", "--service", "web"], /expected one service, found also "orders"/],
        ["on a word that is none", ["ordrs"], /did you mean "orders"\?/],
        [
            "on a service that is not there",
            ["--service", "ordrs"],
            /no service "ordrs" in the stack dev; did you mean "orders"\?/,
        ],
        ["on a script that is not there", [...shop, "--script", "nowhere.yaml"], /--script: no file "nowhere.yaml"/],
        ["on a script that is a folder", [...shop, "--script", scripts], /which is a folder/],
        ["on an unknown option", ["--sript", "a"], /--sript/],
        ["on a stack that has no file", ["--service", "orders", "--stack", "prd"], /did you mean "prod"\?/],
    ] as const) {
        it(`fails with 2 ${title}`, () => {
            const { status, stdout, stderr } = simulate(...args);
            assert.deepEqual([status, stdout], [2, ""]);
            assert.match(stderr, message);
            assert.match(stderr, /--help tells the usage\n$/);
        });
    }
});
