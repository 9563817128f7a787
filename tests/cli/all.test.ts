import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { allOptions, asksForAll } from "../../cli/all-options";
import { allJson, allText } from "../../cli/all";
import { projectFolder, UsageError } from "../../cli/options";
import { paintFor } from "../../cli/paint";
import { both, fleet, planned, platform, site, standing, type Stacks } from "../blueprint/stacks/support";
import { inFolder } from "../support/stack-files";

const plain = paintFor({ isTTY: false });

const text = (stacks: Stacks) => allText(planned(stacks), plain).split("\n");

describe("options of npm start -- --all", () => {
    it("look at the project's stack files, or at those of a folder", () => {
        assert.deepEqual(allOptions(["--all"], projectFolder), { folder: projectFolder, json: false, strict: false });
        const fixtures = join(projectFolder, "tests/engine/fixtures/stacks");
        assert.deepEqual(allOptions(["--all", "--config", fixtures, "--json", "--strict"], projectFolder), {
            folder: fixtures,
            json: true,
            strict: true,
        });
    });

    it("are looked at where all stacks are asked for, and no help", () => {
        const asked = [["--all"], ["--json", "--all"], ["--all", "--help"], ["--json"]].map(args => asksForAll(args));
        assert.deepEqual(asked, [true, true, false, false]);
    });

    for (const [option, value] of [
        ["stack", "dev"],
        ["service", "orders"],
        ["account", "111111111111"],
        ["html", "r.html"],
        ["cloudformation", "t.json"],
        ["compare", "HEAD"],
        ["permissions"],
        ["what-if", "releases=1"],
        ["validate"],
    ]) {
        it(`fails on --${option}, which is asked of one stack`, () => {
            assert.throws(
                () => allOptions(["--all", `--${option}`, ...(value === undefined ? [] : [value])], projectFolder),
                (error: unknown) =>
                    error instanceof UsageError &&
                    error.message ===
                        `expected either --all or --${option}, found both: --${option} is asked of one stack`,
            );
        });
    }

    for (const [title, folder, message] of [
        ["a stack file", "Pulumi.dev.yaml", /a folder with stack files, found "Pulumi\.dev\.yaml", which is a file/],
        ["a folder that is not there", "nowhere", /found "nowhere", which is not there/],
        ["a folder without stack files", "docs", /no stack file such as Pulumi\.dev\.yaml in "docs"/],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.throws(
                () => allOptions(["--all", "--config", folder], projectFolder),
                (error: unknown) => error instanceof UsageError && message.test(error.message),
            );
        });
    }
});

describe("the text of all stacks", () => {
    it("has one line for each stack, in columns, with what it is and what it makes", () => {
        const [heading, ...lines] = text({
            ...fleet,
            dev: both("dev", ["web"]),
            lost: standing(["shop"], "", "nowhere"),
        });
        assert.equal(heading, "5 stacks, 5 services");
        assert.deepEqual(lines.slice(0, 5), [
            "  base    platform             3 services in 2 stacks  111111111111  eu-west-1  87 resources",
            "  dev     both                 1 service               111111111111  eu-west-1  90 resources",
            "  lost    services on nowhere  1 service               111111111111  eu-west-1  not planned   1 problem",
            "  team-a  services on base     1 service               111111111111  eu-west-1  5 resources",
            "  team-b  services on base     2 services              111111111111  eu-west-1  9 resources",
        ]);
    });

    it("has the quotas of each account and region, with the room that is left, and what is used up first", () => {
        const lines = text(fleet);
        const start = lines.findIndex(line => line.startsWith("Quotas of account"));
        assert.deepEqual(lines.slice(start), [
            "Quotas of account 111111111111  beside what else is there",
            "      7 of 1000  IAM roles in the account (can be raised to 5000): room for 993 services more, raised for 4993",
            "  eu-west-1",
            "      3 of 1000  pipelines in the region (can be raised): room for 997 services more",
            "      6 of 300   EventBridge rules on the bus (can be raised)",
            "      1 of 10    resource policies of CloudWatch Logs in the region",
            "  room for 993 services more like the average one before AWS has to raise: IAM roles in the account",
        ]);
    });

    it("ends with the warnings of all", () => {
        const untold = { ...fleet, base: platform("notify: {}") };
        const lines = text(untold);
        const warnings = lines.slice(lines.indexOf("Warnings") + 1);
        assert.ok(warnings.length > 0 && warnings.every(line => line.startsWith("  Pulumi.base.yaml:")));
    });
});

describe("the JSON of all stacks", () => {
    it("holds stacks, problems, warnings and quotas with what each stack takes, and survives being written", () => {
        const broken = { ...fleet, prod: { ...both("prod", []), services: { web: { ...site(), deploi: {} } } } };
        const shown = allJson(planned(broken));
        assert.deepEqual(JSON.parse(JSON.stringify(shown)), shown);
        assert.deepEqual(Object.keys(shown), ["stacks", "problems", "warnings", "quotas"]);
        assert.deepEqual(
            shown.problems.map(({ file, path }) => [file, path]),
            [["Pulumi.prod.yaml", "services.web.deploi"]],
        );
        assert.deepEqual(shown.quotas.find(({ what }) => what === "pipelines in the region")?.stacks, {
            "team-b": 2,
            "team-a": 1,
        });
    });
});

describe("npm start -- --all", function () {
    // Each test starts processes of its own.
    this.timeout(60_000);

    const start = (...args: string[]) => {
        const command = ["-r", "ts-node/register", "cli/start.ts", "--all", ...args];
        const { status, stdout, stderr } = spawnSync(process.execPath, command, {
            cwd: projectFolder,
            encoding: "utf8",
        });
        return { code: status, stdout, stderr };
    };

    it("shows the stacks of this project, and exits with 0", () => {
        const { code, stdout, stderr } = start();
        assert.deepEqual([code, stderr], [0, ""]);
        assert.match(stdout, /^2 stacks, 12 services\n {2}dev +both +6 services .*\n {2}prod +both +6 services /);
    });

    it("exits with 1 and prints every problem on standard error, the table all the same", () =>
        inFolder({ ...fleet, "team-b": standing(["mail"], "unknown: 1") }, folder => {
            const { code, stdout, stderr } = start("--config", folder);
            assert.equal(code, 1);
            assert.match(stdout, /\n {2}team-b .* not planned +1 problem\n/);
            assert.match(stderr, /^Pulumi\.team-b\.yaml:\d+:3 unknown: unknown key.*\n1 problem in 3 stacks\n$/);
            const json = start("--config", folder, "--json");
            const { problems } = JSON.parse(json.stdout) as { problems: { path: string }[] };
            assert.deepEqual([json.code, problems.map(({ path }) => path)], [1, ["unknown"]]);
        }));

    it("is strict where that is wanted, and exits with 2 for an option of one stack", () =>
        inFolder({ dev: both("dev", ["web"], "notify: {}") }, folder => {
            assert.equal(start("--config", folder).code, 0);
            assert.equal(start("--config", folder, "--strict").code, 1);
            const { code, stdout, stderr } = start("--validate");
            assert.deepEqual([code, stdout], [2, ""]);
            assert.match(stderr, /^expected either --all or --validate, found both.*\n--help tells the usage\n$/);
        }));
});
