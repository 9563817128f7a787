import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { parse } from "yaml";
import { matrixOf, type Matrix } from "../blueprint/stacks/matrix";
import { filesIn } from "../config/from-file";
import { fleet } from "./blueprint/stacks/support";
import { inFolder } from "./support/stack-files";

const root = join(__dirname, "..");
const page = readFileSync(join(root, "docs/how-to/ci.md"), "utf8");

/** The code blocks of the page in `language`. */
const blocks = (language: string) =>
    [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, of, text]) => (of === language ? [text] : []));

interface Step {
    readonly uses?: string;
    readonly run?: string;
}

interface Job {
    readonly needs?: string | readonly string[];
    readonly if?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, string>>;
    readonly strategy?: Readonly<Record<string, unknown>>;
    readonly concurrency?: { readonly group: string };
    readonly permissions?: Readonly<Record<string, string>>;
    readonly steps?: readonly Step[];
    readonly outputs?: Readonly<Record<string, string>>;
}

interface Workflow {
    readonly jobs: Readonly<Record<string, Job>>;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly on: { readonly workflow_call?: { readonly inputs: Readonly<Record<string, object>> } };
}

const workflows = new Map(
    blocks("yaml").flatMap(text => {
        const [, file] = /^# (\S+)\n/.exec(text) ?? [];
        return file === undefined ? [] : [[file, parse(text) as Workflow] as const];
    }),
);

const all = workflows.get(".github/workflows/stacks.yaml");
const one = workflows.get(".github/workflows/stack.yaml");

/** The matrix of a fleet that has stacks of all roles. */
const matrix = (): Matrix =>
    inFolder(
        { ...fleet, dev: { ...(fleet.base as object), role: "both" } },
        folder => matrixOf(filesIn(folder)).matrix,
    );

describe("docs/how-to/ci.md", () => {
    assert.ok(all && one);
    const lists = ["platforms", "services", "both"] as const;
    const steps = [...Object.values(all.jobs), ...Object.values(one.jobs)].flatMap(job => job.steps ?? []);

    it("runs platforms before the stacks on them, and the others beside both", () => {
        const needs = (job: string) => [all.jobs[job].needs ?? []].flat();
        assert.deepEqual(Object.keys(all.jobs), ["plan", ...lists]);
        assert.deepEqual(["plan", ...lists].map(needs), [[], ["plan"], ["plan", "platforms"], ["plan"]]);
    });

    for (const list of lists) {
        it(`takes the list ${list} as the matrix of its job, with keys that each of its stacks has, where there are any`, () => {
            const job = all.jobs[list];
            assert.equal(job.strategy?.matrix, `\${{ fromJSON(needs.plan.outputs.stacks).${list} }}`);
            assert.equal(job.if, `fromJSON(needs.plan.outputs.stacks).counts.${list} > 0`);
            assert.equal(job.strategy["fail-fast"], false);
            assert.ok(Number(job.strategy["max-parallel"]) > 1);
            const used = Object.values(job.with ?? {}).map(value => /^\$\{\{ matrix\.(\w+) \}\}$/.exec(value)?.[1]);
            const { include } = matrix()[list];
            assert.ok(include.length > 0 && used.length > 0);
            for (const stack of include) {
                assert.deepEqual(
                    used.filter(key => key === undefined || !Object.hasOwn(stack, key)),
                    [],
                );
            }
            assert.equal(matrix().counts[list], include.length);
        });

        it(`gives each stack of ${list} the inputs that its workflow takes`, () => {
            const { uses, with: given } = all.jobs[list];
            assert.equal(uses, "./.github/workflows/stack.yaml");
            assert.deepEqual(Object.keys(given ?? {}), Object.keys(one.on.workflow_call?.inputs ?? {}));
        });
    }

    it("hands on what a step has left", () => {
        assert.equal(all.jobs.plan.outputs?.stacks, "${{ steps.stacks.outputs.stacks }}");
        assert.match(
            steps.find(({ run = "" }) => run.includes("GITHUB_OUTPUT"))?.run ?? "",
            /^echo "stacks=\$\(jq -c \. stacks\.json\)" >> "\$GITHUB_OUTPUT"$/,
        );
    });

    it("uses inputs that there are, one stack at a time", () => {
        const text = JSON.stringify(one.jobs);
        const used = new Set([...text.matchAll(/inputs\.(\w+)/g)].map(([, name]) => name));
        assert.deepEqual([...used].sort(), Object.keys(one.on.workflow_call?.inputs ?? {}).sort());
        assert.match(one.jobs.stack.concurrency?.group ?? "", /inputs\.stack/);
    });

    it("runs commands of this project and of Pulumi alone", () => {
        const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
            scripts: Record<string, string>;
        };
        const known = (run: string) => {
            const [, script] = /^npm (?:run )?(start|[a-z:]+)(?: --|$)/.exec(run) ?? [];
            return (
                run === "npm ci" ||
                (script !== undefined && Object.hasOwn(scripts, script)) ||
                /^pulumi (preview|up) --stack "\$STACK" --non-interactive /.test(run) ||
                run.includes("$GITHUB_OUTPUT")
            );
        };
        const runs = steps.flatMap(({ run }) => run ?? []);
        assert.ok(runs.length > 5);
        assert.deepEqual(
            runs.filter(run => !known(run)),
            [],
        );
        assert.ok(runs.includes("npm start -- --all") && runs.includes("npm run matrix -- --check"));
    });

    it("uses actions of one version, and holds no secret", () => {
        const uses = steps.flatMap(step => step.uses ?? []);
        assert.ok(uses.length > 4);
        const lines = blocks("yaml")
            .flatMap(block => block.split("\n"))
            .filter(line => /^\s*- uses:/.test(line));
        assert.ok(lines.length >= uses.length);
        for (const line of lines) {
            assert.match(line, /- uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
        assert.ok(!/secrets\.|AKIA|aws[_-]secret/i.test(blocks("yaml").join("")));
    });

    it("asks for a token of OpenID Connect where a role is taken, and for nothing else", () => {
        assert.deepEqual(all.permissions, { contents: "read" });
        const permissions = lists.map(list => all.jobs[list].permissions);
        for (const asked of [...permissions, one.jobs.stack.permissions]) {
            assert.deepEqual(asked, { contents: "read", "id-token": "write" });
        }
    });

    it("reads of the matrix in Pulumi Deployments what there is, in TypeScript", () => {
        const [program] = blocks("ts");
        transformSync(program, { loader: "ts" });
        const [, list = ""] =
            /const \{ ([^}]+) \} = JSON\.parse\(readFileSync\("\.\.\/stacks\.json"/.exec(program) ?? [];
        assert.deepEqual(list.split(", "), lists);
        const [, job = ""] = /interface Job \{\n([^}]*)\}/.exec(program) ?? [];
        const keys = [...job.matchAll(/readonly (\w+)\??:/g)].map(([, key]) => key);
        assert.deepEqual(
            keys.filter(key => !matrix().services.include.every(stack => Object.hasOwn(stack, key))),
            [],
        );
        assert.ok(keys.length > 0);
    });

    it("shows a request that is JSON", () => {
        for (const body of blocks("json")) {
            assert.ok(JSON.parse(body));
        }
        assert.equal(blocks("json").length, 1);
    });
});
