import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FleetChange } from "../../blueprint/change";
import { baseline, committed, planOfText } from "../../cli/baseline";
import { changeLines } from "../../cli/change";
import { paintFor } from "../../cli/paint";
import { stackText } from "../blueprint/support/fleet";

const nothing: FleetChange = { added: [], removed: [], edited: [], beside: [] };
const lines = (change: Partial<FleetChange>) => changeLines({ ...nothing, ...change }, "HEAD", paintFor({}));

describe("what a change does to pipelines", () => {
    it("is said in one line when it is nothing", () => {
        assert.deepEqual(lines({}), ["Against HEAD: no pipeline changes"]);
    });

    it("tells what comes, what goes, and what goes on as it was, without a warning", () => {
        assert.deepEqual(lines({ added: ["a", "b"], removed: ["c"], beside: ["d"] }), [
            "Against HEAD",
            "  added    a, b",
            "  removed  c",
            "  beside   d (projects and roles alone)",
        ]);
    });

    it("warns of edited pipelines: their executions stop, and there is nothing to go back to", () => {
        const edited = [
            { service: "orders", stages: ["prod"], rollsBack: true },
            { service: "web", stages: [], rollsBack: false },
        ];
        assert.deepEqual(lines({ edited }), [
            "Against HEAD",
            "  edited   orders: prod",
            "  edited   web: the pipeline as a whole",
            "  weaker   saving an edited pipeline stops its running executions: bring it up when none runs",
            "  weaker   2 pipelines have nothing to roll back to until the next success; of these roll back by themselves: orders",
        ]);
        assert.match(lines({ edited: edited.slice(1) }).at(-1) ?? "", /1 pipeline has nothing .* next success$/);
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
        git("init", "-q");
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
