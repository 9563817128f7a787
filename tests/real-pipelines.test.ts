import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { StagePlan } from "../blueprint/plan";
import { planStack } from "../blueprint/stack";
import { fromFile } from "../config/from-file";
import { problemLines } from "../config/read";

const folder = join(__dirname, "real-pipelines");
const files = readdirSync(folder).sort();

/** `dev: deploy | smoke, load`: the actions of a stage by name, those of one run order between bars. */
function outline({ name, actions }: StagePlan): string {
    const orders = [...new Set(actions.map(({ runOrder }) => runOrder))].sort((a, b) => a - b);
    const at = (order: number) =>
        actions
            .filter(({ runOrder }) => runOrder === order)
            .map(action => action.name)
            .sort()
            .join(", ");
    assert.deepEqual(orders, Array.from({ length: orders.length }, (_, index) => index + 1), `run orders of ${name}`);
    return `${name}: ${orders.map(at).join(" | ")}`;
}

const untested = (file: string, service: string, environment: string) =>
    `${file}: nothing tests ${service} before it is deployed to ${environment}: add a suite, or run tests in its build`;

/** What the stack files are warned of, and rightly: two of these projects go to production without a test. */
const warned: Readonly<Record<string, string>> = {
    "cross-account-sam.yaml": untested("cross-account-sam.yaml", "sample-lambda", "production"),
    "serverless-starter.yaml": untested("serverless-starter.yaml", "serverless-pipeline", "production"),
};

const source = "Source: source";
const build = "Build: build";
const stack = (name: string) => `${name}-changes | ${name}`;
const everywhere = ["", "--us-east-1", "--us-east-2", "--us-west-1"];

/** The stages of each file's pipeline. */
const outlines: Readonly<Record<string, readonly string[]>> = {
OUTLINES
};

describe("pipelines of public projects", () => {
    it("are all here, each with the repository and the file that it is taken from", () => {
        assert.deepEqual(Object.keys(outlines).sort(), files);
        assert.ok(files.length >= 20);
        for (const file of files) {
            const [first] = readFileSync(join(folder, file), "utf8").split("\n");
            assert.match(first, /^# [\w.-]+\/[\w.-]+, [\w./-]+\.\w+: \S.*\.$/, file);
        }
    });

    for (const file of files) {
        it(`are accepted: ${basename(file, ".yaml")}`, () => {
            const { plan, problems, warnings } = planStack(fromFile(join(folder, file), "real"));
            assert.deepEqual(problemLines(problems), []);
            const said = problemLines(warnings).map(line => line.replace(/:\d+:\d+ services\.[\w-]+/, ""));
            assert.deepEqual(said, file in warned ? [warned[file]] : []);
            assert.deepEqual(plan?.pipelines.map(({ stages }) => stages.map(outline)), [outlines[file]]);
        });
    }
});
