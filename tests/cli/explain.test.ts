import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { explain } from "../../cli/explain";
import { explainOptions, explainUsage } from "../../cli/explain-options";
import { projectFolder, UsageError } from "../../cli/options";
import { inFolder } from "../support/stack-files";
import { stackFile } from "../support/plans";

/** What is printed about `words`. */
function said(words: readonly string[], folder = projectFolder): string {
    const lines: string[] = [];
    explain(words, folder, text => lines.push(text));
    return lines.join("\n");
}

const firstLine = (...words: string[]) => said(words).split("\n")[0];
const fails = (words: readonly string[], message: RegExp, folder?: string) =>
    assert.throws(
        () => said(words, folder),
        error => error instanceof UsageError && message.test(error.message),
    );

/** Two services in `environments`. */
const stack = (...environments: string[]) =>
    stackFile(`environments: [${environments.map(name => `{ name: ${name} }`).join(", ")}]`);

describe("npm run explain", () => {
    it("finds the only stack in which the service has the environment", () => {
        assert.equal(firstLine("orders", "prod"), "How a change of orders gets to prod (stack prod)");
        assert.equal(firstLine("orders", "qa"), "How a change of orders gets to qa (stack dev)");
    });

    it("takes dev where several have it, and the last environment where none is named", () => {
        assert.equal(firstLine("orders"), "How a change of orders gets to qa (stack dev)");
        assert.equal(firstLine("orders", "--stack", "prod"), "How a change of orders gets to prod (stack prod)");
        assert.equal(
            firstLine("web", "staging", "--config", "Pulumi.prod.yaml"),
            "How a change of web gets to staging (stack prod)",
        );
    });

    it("asks which is meant where several have it and none is dev", () =>
        inFolder({ eu: stack("prod"), us: stack("prod") }, folder => {
            fails(["web", "prod"], /^web has prod in the stacks eu, us; expected --stack with one of them$/, folder);
            assert.match(said(["web", "prod", "--config", `${folder}/Pulumi.us.yaml`], folder), /\(stack us\)/);
        }));

    it("takes a stack file that cannot be read, so that what is wrong is told, and another only where it is named", () =>
        inFolder({ dev: "config: [", prod: stack("prod") }, folder => {
            assert.equal(explainOptions(["web", "prod"], folder)?.stack, "dev");
            assert.match(said(["web", "prod", "--config", `${folder}/Pulumi.prod.yaml`], folder), /\(stack prod\)/);
        }));

    it("fails on what is not there, with the nearest that is and its stack", () => {
        fails(
            ["ordres", "prod"],
            /^no service "ordres" in the stacks dev, prod; did you mean "orders"\? It is in the stacks dev, prod$/,
        );
        fails(
            ["orders", "prd"],
            /^no environment "prd" of orders; did you mean "prod"\? \(the stack dev has dev, qa, the stack prod has staging, prod\)$/,
        );
        fails(
            ["orders", "prod", "--stack", "dev"],
            /^orders is not deployed to "prod" in the stack dev: it is in prod \(--stack prod\)$/,
        );
        fails(["ordres", "--stack", "dev"], /^no service "ordres" in the stack dev; did you mean "orders"\?/);
        inFolder(
            {
                dev: stackFile(
                    "services: { shop: { source: { repository: acme/shop }, build: { type: none }, deploy: { type: s3, bucket: shop-site } } }",
                ),
                prod: stack("prod"),
            },
            folder => {
                fails(
                    ["web", "--config", `${folder}/Pulumi.dev.yaml`],
                    /^no service "web" in the stack dev: it is in prod/,
                    folder,
                );
            },
        );
    });

    for (const [title, words, message] of [
        ["no service", [], /expected a service and perhaps one of its environments.*found neither/],
        ["too many words", ["orders", "prod", "now"], /found "orders prod now"/],
        ["an unknown option", ["orders", "--stak", "dev"], /--stak/],
        ["two stacks", ["orders", "--stack", "dev", "--config", "x"], /either --stack or --config/],
        ["a stack without a file", ["orders", "--stack", "pord"], /did you mean "prod"/],
    ] as const) {
        it(`fails on ${title}`, () => fails(words, message));
    }

    it("prints one JSON object with --json, and the usage with --help", () => {
        const all = JSON.parse(said(["orders", "prod", "--json"])) as Record<string, unknown>;
        assert.deepEqual([all.stack, all.environment, all.pipeline], ["prod", "prod", "shop--orders"]);
        assert.equal(said(["--help"]), explainUsage);
    });

    it("says what its page shows", () => {
        const page = readFileSync(join(projectFolder, "docs/how-to/explain.md"), "utf8");
        const [, yaml] = /^```yaml\n([^]*?)^```$/m.exec(page) ?? [];
        const [, shown] = /^```text\n([^]*?)^```$/m.exec(page) ?? [];
        inFolder({ test: stackFile(`{ services: ${JSON.stringify(parse(yaml))} }`) }, folder => {
            assert.ok(said(["orders", "dev"], folder).startsWith(shown));
        });
    });

    it("exits with 0, with 1 for a stack file with problems, and with 2 for wrong usage", function () {
        this.timeout(60_000);
        const run = (...args: string[]) => {
            const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/run.js", "explain", ...args], {
                cwd: projectFolder,
                encoding: "utf8",
            });
            return { status, stdout, stderr };
        };
        assert.equal(run("orders", "prod").status, 0);
        const wrong = run("ordres");
        assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
        assert.match(wrong.stderr, /\n--help tells the usage\n$/);
        inFolder({ bad: stackFile("services: { web: { deploi: {} } }") }, folder => {
            const { status, stdout, stderr } = run("web", "--config", `${folder}/Pulumi.bad.yaml`);
            assert.deepEqual([status, stdout], [1, ""]);
            assert.match(stderr, /^Pulumi\.bad\.yaml:\d+:\d+ services\.web\.deploi: .*did you mean "deploy"/m);
        });
    });
});
