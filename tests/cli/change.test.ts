import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetPlan } from "../../blueprint/plan";
import { baseline, committed, planOfText, previous } from "../../cli/baseline";
import { comparisonLines } from "../../cli/change";
import { paintFor } from "../../cli/paint";
import { stackText } from "../blueprint/support/fleet";
import { planOf, stackFile } from "../support/plans";

const services = (words: Readonly<Record<string, string>>, more = "") =>
    planOf(
        stackFile(
            `environments: [{ name: dev${more} }]
services: { ${Object.entries(words)
                .map(
                    ([name, keys]) =>
                        `${name}: { source: { repository: acme/${name} }, build: { type: none }, ${keys} }`,
                )
                .join(", ")} }`,
        ),
    );
const site = (name: string) => `deploy: { type: s3, bucket: site-${name} }`;
const lines = (was: FleetPlan | undefined, now: FleetPlan, beside?: string) =>
    comparisonLines(
        { since: "HEAD", ...(was && { plan: was }), ...(beside && { beside }) },
        now,
        undefined,
        paintFor({}),
    );

describe("what a change does to pipelines", () => {
    const before = services({ a: site("a"), b: site("b") });

    it("is said in one line when it is nothing, or cannot be told", () => {
        assert.deepEqual(lines(before, before), ["Against HEAD: no pipeline changes"]);
        assert.match(lines(undefined, before).join(), /^Against HEAD, which has problems/);
    });

    it("tells what comes and what goes, in the words of all reports", () => {
        const after = services({ a: site("a"), c: site("elsewhere") });
        assert.deepEqual(lines(before, after), [
            "Against HEAD",
            "  added    c",
            "  removed  b",
            "  note     a removed pipeline is deleted with its roles, its projects and the history of its executions",
        ]);
    });

    it("tells once what several pipelines have in common, with before and after, and marks what is weaker", () => {
        const on = (answer: string) => services({ a: site("a"), b: site("b") }, `, onFailure: ${answer}`);
        assert.deepEqual(lines(on("rollback"), on("stop")), [
            "Against HEAD",
            "  changed  a, b",
            "    weaker   dev: on failure rollback → stop (2 pipelines: a, b)",
            "  note     saving a changed pipeline stops its running executions: bring it up when none runs",
            "  note     2 pipelines have nothing to roll back to until the next success",
        ]);
        const back = lines(on("stop"), on("rollback"));
        assert.ok(back.includes("    changed  dev: on failure stop → rollback (2 pipelines: a, b)"));
        assert.match(back.at(-1) ?? "", /note +of these roll back by themselves, and until then cannot: a, b$/);
    });

    it("says that a pipeline is replaced where the stack is compared with its past, and not with a stack beside it", () => {
        const moved = planOf(
            stackFile(
                `prefix: mall
services: { a: { source: { repository: acme/a }, build: { type: none }, ${site("a")} } }`,
            ),
        );
        const past = lines(before, moved);
        assert.ok(past.includes("  replaced a (was shop--a)"), past.join("\n"));
        assert.match(past.join("\n"), /made anew/);
        const other = lines(before, moved, "dev").join("\n");
        assert.doesNotMatch(other, /made anew|replaced a|stops its running/);
        assert.match(other, /note +nothing is replaced: this is another stack, which stays as it is: dev$/);
    });
});

describe("what a stack file is compared with", () => {
    let folder: string;
    let file: string;
    const text = "config: { a:b: committed }";
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "baseline-"));
        file = join(folder, "Pulumi.dev.yaml");
        const git = (...args: string[]) =>
            assert.equal(
                spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: folder }).status,
                0,
            );
        writeFileSync(file, text);
        git("init", "-q", "--initial-branch=trunk");
        git("add", ".");
        git("commit", "-qm", "first");
        writeFileSync(file, "changed");
    });
    after(() => rmSync(folder, { recursive: true }));

    it("is what a revision of git says of it", () => {
        for (const found of [committed(file, "HEAD"), baseline(file, "HEAD")]) {
            assert.deepEqual([found?.name, found?.text], ["Pulumi.dev.yaml of HEAD", text]);
        }
    });

    it("has beside it the stack files of that revision", () => {
        const beside = committed(file, "HEAD")?.beside;
        assert.deepEqual(beside?.stacks(), ["dev"]);
        assert.deepEqual(beside?.read("dev")?.values, { "a:b": "committed" });
        assert.equal(beside?.read("none"), undefined);
    });

    it("is another file, where there is one of that name", () => {
        assert.deepEqual(baseline("Pulumi.none.yaml", file), { name: file, text: "changed" });
    });

    it("is of a stack beside it where it is the file of another one, and of its past where it is not", () => {
        const plan = planOf(stackFile());
        const [other, saved] = ["Pulumi.prod.yaml", "saved.yaml"].map(name => join(folder, name));
        for (const path of [other, saved]) {
            writeFileSync(path, text);
        }
        const beside = (compare: string) => previous({ stack: "dev", file, compare }, plan)?.beside;
        assert.deepEqual([other, saved, file, "HEAD"].map(beside), ["prod", undefined, undefined, undefined]);
    });

    it("is asked for again where it is neither, with what was meant: the file of a stack, or a branch", () => {
        const plan = planOf(stackFile());
        for (const [asked, meant] of [
            ["prod", `${join(folder, "Pulumi.prod.yaml")}?`],
            ["Pulumi.prdo.yaml", `${join(folder, "Pulumi.prod.yaml")}?`],
            ["trunc", "trunk?"],
            ["something-else", ""],
            // A stack is not compared with itself.
            ["dve", ""],
        ] as const) {
            assert.throws(
                () => previous({ stack: "dev", file, compare: asked }, plan),
                ({ message }: Error) =>
                    message.endsWith(
                        `${JSON.stringify(asked)} is neither a file nor a revision of git that has Pulumi.dev.yaml${meant && `; did you mean ${meant}`}`,
                    ),
                asked,
            );
        }
    });

    it("is nothing where neither is known, or outside a repository", () => {
        assert.equal(baseline(file, "no-such-revision"), undefined);
        assert.equal(committed(join(folder, "Pulumi.other.yaml"), "HEAD"), undefined);
        assert.equal(committed(join(tmpdir(), "Pulumi.dev.yaml"), "HEAD"), undefined);
    });

    it("has a plan, or none where it has problems", () => {
        assert.equal(planOfText(file, "dev", stackText())?.pipelines.length, 1);
        assert.equal(planOfText(file, "dev", "config: {}"), undefined);
    });
});
