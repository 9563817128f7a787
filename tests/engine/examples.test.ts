import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn } from "../../cli/generated";
import { projectFolder } from "../../cli/options";
import { needsEngine, Sandbox, succeeded, type Outcome } from "./support/stack";

/** Examples that run at the same time: one for each core. */
const together = 2;

const stack = "example";

/** Names of the roles that environments deploy with: they are there before the stack is. */
const deployRoles = (text: string) =>
    new Set([...text.matchAll(/deployRoleArn: "arn:aws:iam::\{account\}:role\/([\w-]+)"/g)].map(([, name]) => name));

/** Brings up the stack of one example, in an account of its own. */
async function up(file: string): Promise<{ outcome: Outcome; pipelines: number }> {
    const sandbox = Sandbox.open();
    try {
        const text = readFileSync(join(projectFolder, file), "utf8");
        sandbox.write(`Pulumi.${stack}.yaml`, text);
        for (const role of deployRoles(text)) {
            sandbox.seed("aws:iam/role:Role", { name: role });
        }
        const outcome = await sandbox.up(stack);
        return { outcome, pipelines: sandbox.cloud.list("aws:codepipeline/pipeline:Pipeline").length };
    } finally {
        sandbox.close();
    }
}

/** Starts `run` for each of `items`, at most {@link together} at a time, in their order. */
function pooled<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R>[] {
    const free = Array.from({ length: together }, () => Promise.resolve());
    return items.map((item, index) => {
        const slot = index % together;
        const result = free[slot].then(() => run(item));
        free[slot] = result.then(
            () => undefined,
            () => undefined,
        );
        return result;
    });
}

describe("the examples on the engine", function () {
    needsEngine(this);
    const files = filesIn("examples").sort();
    let running: ReturnType<typeof up>[];
    before(() => {
        running = pooled(files, up);
        // One that fails before its test asks for it is no unhandled rejection.
        for (const one of running) {
            one.catch(() => undefined);
        }
    });

    for (const [index, file] of files.entries()) {
        it(`${file} comes up`, async () => {
            const { outcome, pipelines } = await running[index];
            const { steps } = succeeded(outcome);
            assert.ok(steps.every(({ op }) => op === "create"));
            assert.ok(pipelines > 0, "no pipeline was made");
        });
    }
});
