import * as assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { planStack } from "../blueprint/stack";
import { fromFile, stackFile as fileOf, stacksIn } from "../config/from-file";
import { problemLines } from "../config/read";
import { project } from "../config/source";
import { planOf, stackFile } from "./support/plans";

const folder = join(__dirname, "../docs/how-to");

/** The blocks of `page` in YAML: services, keys of the stack file, or files, which begin with a comment that names them. */
const blocks = (page: string) =>
    [...readFileSync(join(folder, page), "utf8").matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text);

describe("docs/how-to", () => {
    for (const page of readdirSync(folder)) {
        it(`${page}: shows services and keys that a stack file takes as they stand, and files that are YAML`, () => {
            const all = blocks(page);
            assert.ok(all.length > 0);
            for (const block of all) {
                const value = parse(block) as object;
                if (block.startsWith(`${project}:`)) {
                    const own = Object.entries(value).map(([key, inner]) => [
                        key.replace(`${project}:`, ""),
                        inner as unknown,
                    ]);
                    planOf({ ...stackFile(), ...(Object.fromEntries(own) as object) });
                } else if (!/^# (\.|Pulumi\.)/.test(block)) {
                    const plan = planOf(stackFile(`{ services: ${JSON.stringify(value)} }`));
                    assert.deepEqual(
                        plan.pipelines.map(({ service }) => service),
                        Object.keys(value).sort(),
                    );
                }
            }
        });

        const files = blocks(page).filter(block => block.startsWith("# Pulumi."));
        if (files.length > 0) {
            it(`${page}: shows stack files that are sound beside one another`, () => {
                const beside = mkdtempSync(join(tmpdir(), "docs-"));
                try {
                    for (const text of files) {
                        writeFileSync(join(beside, text.slice(2, text.indexOf("\n"))), text);
                    }
                    const stacks = stacksIn(beside);
                    assert.equal(stacks.length, files.length);
                    for (const stack of stacks) {
                        const { problems } = planStack(fromFile(fileOf(beside, stack), stack));
                        assert.deepEqual(problemLines(problems), []);
                    }
                } finally {
                    rmSync(beside, { recursive: true });
                }
            });
        }
    }
});
