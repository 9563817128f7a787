import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { FleetPlan } from "../../../blueprint/plan";
import { planStack } from "../../../blueprint/stack";
import { summaryText } from "../../../cli/markdown/summary";
import { projectFolder } from "../../../cli/options";
import { fromFile } from "../../../config/from-file";
import { committed, planOf, stackFile } from "../../support/plans";
import { inFolder } from "../../support/stack-files";
import { stackFiles } from "../../support/stacks";

const nothing = { problems: [], warnings: [] };
const summary = (plan: FleetPlan, before?: FleetPlan) =>
    summaryText({
        ...nothing,
        stack: plan.stack,
        plan,
        ...(before && { previous: { since: "HEAD", plan: before } }),
    });

/** A service for each name, with these keys. */
const fleet = (services: Readonly<Record<string, string>>, more = "") =>
    planOf(
        stackFile(`${more}
services: { ${Object.entries(services)
            .map(([name, keys]) => `${name}: { source: { repository: acme/${name} }, build: { type: none }, ${keys} }`)
            .join(", ")} }`),
    );
const site = (name: string) => `deploy: { type: s3, bucket: site-${name} }`;

/** The cells of each row of the table. */
const rows = (text: string) =>
    text
        .split("\n")
        .filter(line => line.startsWith("| "))
        .map(line => line.slice(2, -2).split(" | "));

describe("a summary for a pull request", () => {
    for (const [file, stack] of Object.entries(stackFiles)) {
        it(`has a row for each pipeline of ${file}, and nothing that is HTML but what it is made of`, () => {
            const { plan } = planStack(fromFile(join(projectFolder, file), stack));
            assert.ok(plan);
            const text = summary(plan, planOf(committed("dev"), stack));
            const table = rows(text);
            assert.ok(table.every(row => row.length === 5));
            if (!text.includes("left out")) {
                assert.equal(table.length, plan.pipelines.length + 2);
            }
            const outside = text.replace(/^```mermaid$[^]*?^```$/gm, "").replace(/`[^`]*`/g, "");
            assert.deepEqual(
                [...new Set(outside.match(/<[^>]*>/g))].filter(
                    tag => !/^<\/?(details|summary|code)>$|^<!-- /.test(tag),
                ),
                [],
            );
            assert.doesNotMatch(outside, /@|https?:|#\d|undefined|\[object/);
        });
    }

    it("begins with what it is found by, and says that all is well", () => {
        const text = summary(planOf(committed("prod"), "prod"));
        assert.match(text, /^<!-- service-pipelines: prod -->\n## Stack `prod`\n\nNo problem, no warning\.\n/);
        assert.deepEqual(rows(text)[3], [
            "`orders`",
            "6",
            "`staging` → `prod`",
            "`staging`: `release@shop.example`, 168 h; `prod`: `on-call@shop.example`, `release@shop.example`, 48 h",
            "$0.1647",
        ]);
        assert.doesNotMatch(text, /mermaid/);
    });

    it("tells problems and warnings with file and line, and no pipeline", () => {
        const problem = (message: string) => ({
            path: ["services", "web"],
            message,
            position: { file: "Pulumi.t.yaml", line: 3, column: 5 },
        });
        const text = summaryText({ stack: "t", problems: [problem("@team <b>no</b>")], warnings: [problem("a`b")] });
        assert.match(text, /\*\*1 problem: nothing can be brought up\.\*\*/);
        assert.ok(text.includes("- `Pulumi.t.yaml:3:5 services.web: @team <b>no</b>`\n"));
        assert.ok(text.includes("- <code>Pulumi&#46;t&#46;yaml&#58;3&#58;5 services&#46;web&#58; a&#96;b</code>"));
        assert.doesNotMatch(text, /\| Pipeline/);
    });

    it("says what is added, removed, changed, replaced, and draws what is new or changed", () => {
        const before = fleet({ a: site("a"), b: site("b"), c: site("c") });
        const after = fleet({ a: site("a"), b: site("other"), d: site("d") });
        const text = summary(after, before);
        assert.ok(text.includes("- **added**: `d`\n- **removed**: `c`\n- **changed**: `b`\n"));
        assert.ok(text.includes("\n- **changed**: `dev: deploy: BucketName site-b → site-other` (`b`)\n"));
        assert.match(
            text,
            /\n- Saving a changed pipeline stops its running executions: bring it up when none runs\.\n/,
        );
        assert.deepEqual(text.match(/<summary>.*<\/summary>/g), [
            "<summary>Pipelines of <code>b</code></summary>",
            "<summary>Pipelines of <code>d</code></summary>",
        ]);
        assert.doesNotMatch(text, /replaced/);
        const moved = fleet({ a: site("a") }, "prefix: other");
        assert.match(
            summary(moved, before),
            /\*\*replaced\*\*: `a` \(was `shop--a`\)\n- \*\*replaced\*\*: the artifact bucket, and with it/,
        );
    });

    it("says whose permissions became broader, to what, and that others are not", () => {
        const deploy = (permissions: string) => ({
            a: `deploy: { type: script, commands: [./x], permissions: [${permissions}] }`,
        });
        const may = (...actions: string[]) =>
            fleet(
                deploy(`{ actions: [${actions.join(", ")}], resources: ["arn:aws:s3:::shop-x/*"], reason: Because. }`),
            );
        const broader = summary(may("s3:GetObject", "s3:PutObject"), may("s3:GetObject"));
        assert.match(broader, /\*\*Permissions\*\*: 1 holder may do more than before/);
        assert.match(broader, / {2}- .*`s3:PutObject` on `arn:aws:s3:::shop-x\/\*`$/m);
        const less = summary(may("s3:GetObject"), may("s3:GetObject", "s3:PutObject"));
        assert.match(less, /\*\*Permissions\*\*: nothing may do more than before; 1 other change, none broader\./);
    });

    it("says what it costs more, at rest and for each release", () => {
        const before = fleet({ a: site("a") });
        assert.match(summary(before, before), /\*\*Cost at rest\*\*: \$[\d.]+ a month, as before\./);
        const after = fleet({
            a: `${site("a")}, suites: { t: { commands: [make] } }`,
        });
        assert.match(summary(after, before), /- A release of `a`: \$0\.\d+ → \$0\.\d+/);
    });

    it("says where nothing can be compared", () => {
        const plan = fleet({ a: site("a") });
        const text = summaryText({ ...nothing, stack: "t", plan, previous: { since: "<i>x</i>" } });
        assert.ok(text.includes("### Against `<i>x</i>`\n\nIt has problems there"));
    });

    it("has at most 65,536 characters, with a line that says what is left out, of 400 services that are new", () => {
        const names = Array.from({ length: 400 }, (_, index) => `service-${index}`);
        const after = fleet(Object.fromEntries(names.map(name => [name, site(name)])));
        const text = summary(after, fleet({ a: site("a") }));
        assert.ok(text.length <= 65_536 && text.length > 40_000, String(text.length));
        assert.match(text, /\d+ more lines left out: a comment has at most 65,536 characters/);
        assert.equal(text.match(/^```/gm)?.length ?? 0, 2 * (text.match(/^```mermaid$/gm)?.length ?? 0));
        assert.equal(text.match(/^<details>$/gm)?.length, text.match(/^<\/details>$/gm)?.length);
    });
});

describe("npm start -- --markdown", function () {
    this.timeout(60_000);
    const run = (...args: string[]) =>
        spawnSync(process.execPath, ["cli/run.js", "start", ...args], { cwd: projectFolder, encoding: "utf8" });

    it("prints the summary, against another stack file where asked", () => {
        const { status, stdout, stderr } = run("--markdown", "--stack", "prod", "--compare", "Pulumi.prod.yaml");
        assert.deepEqual([status, stderr], [0, ""]);
        assert.match(stdout, /### Against `Pulumi\.prod\.yaml`\n\nNo pipeline changes\.\n/);
    });

    it("exits with 1 with --strict where somebody may do more than in the other file", () => {
        const service = `services: { web: { source: { repository: acme/web }, build: { type: none }, ${site("web")} } }`;
        const boundary = 'roles: { boundary: "arn:aws:iam::{account}:policy/most" }';
        inFolder({ bound: stackFile(`${boundary}\n${service}`), free: stackFile(service) }, folder => {
            const against = (stack: string, other: string, ...more: string[]) =>
                run("--markdown", "--config", `${folder}/Pulumi.${stack}.yaml`, "--compare", other, ...more);
            const [bound, free] = ["bound", "free"].map(stack => `${folder}/Pulumi.${stack}.yaml`) as [string, string];
            const { status, stdout, stderr } = against("free", bound, "--strict");
            assert.equal(status, 1);
            assert.match(stdout, /may do more/);
            assert.match(
                stderr,
                /^5 roles are broader than in .*Pulumi\.bound\.yaml: shop--web--pipeline, .*, which --strict does not let pass/,
            );
            assert.equal(against("free", bound).status, 0);
            assert.equal(against("bound", free, "--strict").status, 0);
        });
    });

    it("exits with 1 where there are problems, which the summary says", () => {
        inFolder({ bad: stackFile("services: { web: { deploi: {} } }") }, folder => {
            const { status, stdout, stderr } = run("--markdown", "--config", `${folder}/Pulumi.bad.yaml`);
            assert.equal(status, 1);
            assert.match(stdout, /\*\*3 problems: nothing can be brought up\.\*\*/);
            assert.match(stdout, /Pulumi\.bad\.yaml:\d+:\d+ services\.web\.deploi: unknown key/);
            assert.match(stderr, /services\.web\.deploi/);
        });
    });
});
