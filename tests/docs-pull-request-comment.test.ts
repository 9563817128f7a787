import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { options } from "../cli/options";
import { hidden } from "../cli/markdown/escape";
import { planOf, committed } from "./support/plans";
import { summaryText } from "../cli/markdown/summary";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/how-to/pull-request-comment.md"), "utf8");
const [, text] = /^```yaml\n([^]*?)^```$/m.exec(page) ?? [];

interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly if?: string;
    readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
    readonly if?: string;
    readonly needs?: string;
    readonly permissions: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
    readonly steps: readonly Step[];
}

const workflow = parse(text) as {
    readonly on: object;
    readonly permissions: object;
    readonly jobs: { readonly summary: Job; readonly comment: Job };
};
const { summary, comment } = workflow.jobs;

describe("docs/how-to/pull-request-comment.md", () => {
    it("runs code of the pull request with a token that reads, and writes in a job that runs none", () => {
        assert.deepEqual(workflow.on, { pull_request: null });
        assert.deepEqual(workflow.permissions, {});
        assert.deepEqual(summary.permissions, { contents: "read" });
        assert.deepEqual(comment.permissions, { "pull-requests": "write" });
        assert.equal(summary.steps[0].with?.["persist-credentials"], false);
        assert.deepEqual(
            comment.steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []),
            ["actions/download-artifact"],
        );
        assert.ok(comment.steps.every(({ run = "" }) => !/npm|node|source |\. \.\/|eval/.test(run)));
    });

    it("writes nothing for forks, and also where the summary says problems", () => {
        assert.equal(
            comment.if,
            "${{ !cancelled() && github.event.pull_request.head.repo.full_name == github.repository }}",
        );
        assert.ok(summary.steps.slice(-2).every(step => step.if === "success() || failure()"));
    });

    it("names every action by the SHA of a commit, with its version behind it", () => {
        const uses = text.split("\n").filter(line => line.includes("uses:"));
        assert.equal(uses.length, 4);
        for (const line of uses) {
            assert.match(line, /uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
    });

    it("puts nothing that others write into a command", () => {
        for (const { run = "" } of [...summary.steps, ...comment.steps]) {
            assert.doesNotMatch(run, /\$\{\{/);
        }
        assert.deepEqual(comment.env, {
            GH_TOKEN: "${{ github.token }}",
            PULL_REQUEST: "${{ github.event.pull_request.number }}",
        });
        assert.doesNotMatch(text, /secrets\.|head_ref|title/);
    });

    it("calls npm start as it can be called, and compares with the branch that it is merged into", () => {
        const run = summary.steps.find(step => step.run?.startsWith("npm start"))?.run ?? "";
        const [, words] = /^npm start -- (.*) > summary\.md$/.exec(run) ?? [];
        const asked = options(words.replace('"$STACK"', summary.env.STACK).split(" "), root);
        assert.deepEqual([asked.stack, asked.markdown, asked.compare], ["prod", true, "HEAD^1"]);
        // The merge commit and both that it merges.
        assert.equal(summary.steps[0].with?.["fetch-depth"], 2);
    });

    it("finds the comment again by how each summary begins", () => {
        const run = comment.steps.at(-1)?.run ?? "";
        const [, begins] = /startswith\("([^"]+)"\)/.exec(run) ?? [];
        assert.ok(hidden("service-pipelines: prod").startsWith(begins));
        const plan = planOf(committed("prod"), "prod");
        assert.ok(summaryText({ stack: "prod", plan, problems: [], warnings: [] }).startsWith(begins));
    });

    it("shows commands that can be called as they stand", () => {
        const [, commands] = /^```sh\n([^]*?)^```$/m.exec(page) ?? [];
        for (const line of commands.trim().split("\n")) {
            const [, words] = /^npm start -- ([^#]*?) *#/.exec(line) ?? [];
            assert.ok(options(words.split(" "), root));
        }
    });
});
