import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as fc from "fast-check";
import { planStack } from "../../../blueprint/stack";
import { label } from "../../../cli/mermaid/label";
import { mermaidText } from "../../../cli/mermaid/drawing";
import { projectFolder } from "../../../cli/options";
import { fromFile } from "../../../config/from-file";
import { committed, planOf, stackFile } from "../../support/plans";
import { stackFiles } from "../../support/stacks";
import { read } from "./support/grammar";

const orders = read(mermaidText(planOf(committed("prod"), "prod"), "orders"));

/** Whether `id` is of what stands in a stage. */
const isInner = (id: string) => /^p\d+s\d+[a-z]/.test(id);

/** The labels of what is in a stage, in the order in which they stand. */
const inStage = (stage: string) => (orders.inside.get(stage) ?? []).map(id => orders.labels.get(id));

describe("a pipeline as a flowchart", () => {
    for (const [file, stack] of Object.entries(stackFiles)) {
        it(`holds to the grammar, of each service of ${file}`, () => {
            const { plan } = planStack(fromFile(join(projectFolder, file), stack));
            assert.ok(plan);
            for (const { service } of plan.pipelines) {
                read(mermaidText(plan, service));
            }
        });
    }

    it("has stages in their order, begun by what starts the pipeline", () => {
        assert.equal(orders.labels.get("p1"), "orders: a change of acme/orders, branch main");
        assert.deepEqual(
            [...orders.inside.keys()].map(id => orders.labels.get(id)),
            ["Source", "Build", "Approve-staging", "staging", "Approve-prod", "prod"],
        );
        const between = orders.edges.filter(({ from, to }) => !isInner(from) && !isInner(to));
        assert.deepEqual(
            between.map(({ from, to }) => `${from} ${to}`),
            ["p1 p1s1", "p1s1 p1s2", "p1s2 p1s3", "p1s3 p1s4", "p1s4 p1s5", "p1s5 p1s6"],
        );
    });

    it("links nothing in a stage to what is outside, as then Mermaid would not keep the stage's direction", () => {
        for (const { from, to } of orders.edges.filter(edge => isInner(edge.from) || isInner(edge.to))) {
            assert.equal(/^p\d+s\d+/.exec(from)?.[0], /^p\d+s\d+/.exec(to)?.[0]);
        }
    });

    it("has gates before and after a stage's actions, and its way back", () => {
        assert.deepEqual(inStage("p1s6"), [
            "window * * 8-16 ? * MON-THU * (Europe/Berlin)",
            "alarm orders-prod-5xx of account 111111111111, watched for 10 min",
            "check: no freeze of prod and orders in prod",
            "verify: goes on only if BuildArtifact is as sealed",
            "deploy: ECS service orders of cluster shop-prod",
            "smoke: npm ci; npm run test:smoke",
            "the release that succeeded here last",
        ]);
        assert.deepEqual(
            orders.edges.filter(({ from }) => from.startsWith("p1s6")).map(edge => Object.values(edge).join(" ")),
            [
                "p1s6b1 p1s6a1",
                "p1s6a1 p1s6a2",
                "p1s6a2 p1s6a3",
                "p1s6a3 p1s6a4",
                "p1s6a4 p1s6z1",
                "p1s6z1 p1s6r the stage fails",
                "p1s6r p1s6b1 again, with its artifacts",
            ],
        );
    });

    it("has no way back where there is none, and says what is tried again", () => {
        const text = (onFailure: string) =>
            mermaidText(planOf(stackFile(`environments: [{ name: dev, onFailure: ${onFailure} }]`)), "web");
        assert.doesNotMatch(text("stop"), /the release that succeeded/);
        assert.match(text("retry"), /"dev: failed actions once more"/);
        assert.match(text("retry-all"), /"dev: once more if it fails"/);
        assert.match(text("rollback"), /the release that succeeded/);
    });

    it("lets what runs at the same time stand side by side, several after several through a point", () => {
        const drawing = mermaidText(
            planOf(
                stackFile(`services: { web: { source: { repository: acme/web }, build: { commands: [make] }, deploy: { type: s3, bucket: site },
                    suites: { a: { commands: [a] }, b: { commands: [b] }, c: { commands: [c], needs: [a, b] }, d: { commands: [d], needs: [a, b] } } } }`),
            ),
            "web",
        );
        const { edges } = read(drawing);
        assert.ok(drawing.includes("p1s3a1 & p1s3a2 --> p1s3j1"));
        assert.equal(edges.filter(({ to }) => to === "p1s3j1").length, 2);
        assert.equal(edges.filter(({ from }) => from === "p1s3j1").length, 2);
    });

    it("draws the pipeline that checks pull requests beside the one that releases", () => {
        const drawing = read(
            mermaidText(
                planOf(
                    stackFile(
                        `services: { web: { source: { repository: acme/web }, pullRequests: {}, build: { commands: [make] }, deploy: { type: s3, bucket: site } } }`,
                    ),
                ),
                "web",
            ),
        );
        assert.match(drawing.labels.get("p2") ?? "", /^web--check: when a pull request into main/);
    });
});

describe("a label of Mermaid", () => {
    for (const [title, text, expected] of [
        ["quotes and brackets", 'a "b" [c] {d} <e>', '"a #34;b#34; #91;c#93; #123;d#125; #60;e#62;"'],
        ["entity codes", "#quot; &lt;", '"#35;quot; #38;lt;"'],
        ["what would be Markdown", "`a` **b** __c__", '"#96;a#96; #42;#42;b#42;#42; #95;#95;c#95;#95;"'],
        ["what would be a list", "1. a", '"1#46; a"'],
        ["what would be a directive", "%%{init: {}}%%", '"#37;#37;#123;init: #123;#125;#125;#37;#37;"'],
        ["what would be a style", "classDef a: b;", '"classDef a#58; b;"'],
        ["what would be an icon", "fa:fa-car", '"fa#58;fa-car"'],
        ["what is no character to be seen", "a\n\u0007\u202eb", '"a b"'],
        ["nothing to be seen", "\n", '"#160;"'],
        ["a word of Mermaid", "end", '"end"'],
        ["101 characters", "x".repeat(101), `"${"x".repeat(99)}…"`],
    ] as const) {
        it(`is text of ${title}`, () => assert.equal(label(text), expected));
    }

    it("is one of the grammar, whatever the text, and what is seen is the text", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary", maxLength: 90 }), text => {
                const { labels } = read(
                    `flowchart LR\np1([${label(text)}])\nclassDef approval stroke-width:3px\nclassDef gate stroke-dasharray:4 3\n`,
                );
                const characters = text.replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ").trim();
                assert.equal(labels.get("p1"), characters || "\u00a0");
            }),
        );
    });
});

describe("npm start -- --mermaid", function () {
    this.timeout(60_000);
    const run = (...args: string[]) =>
        spawnSync(process.execPath, ["cli/run.js", "start", ...args], { cwd: projectFolder, encoding: "utf8" });

    it("prints the flowchart and nothing else", () => {
        const { status, stdout, stderr } = run("--stack", "prod", "--mermaid", "orders");
        assert.deepEqual([status, stderr], [0, ""]);
        assert.equal(stdout, mermaidText(planOf(committed("prod"), "prod"), "orders"));
    });

    it("fails on a service that is not there, with the nearest that is", () => {
        const { status, stdout, stderr } = run("--mermaid", "ordres");
        assert.deepEqual([status, stdout], [2, ""]);
        assert.match(stderr, /no service "ordres" in the stack dev; did you mean "orders"\?/);
    });

    it("fails on another option that asks for something of its own", () => {
        const { status, stderr } = run("--mermaid", "orders", "--json");
        assert.equal(status, 2);
        assert.match(stderr, /expected either --mermaid or --json, found both/);
    });
});
