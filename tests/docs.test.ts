import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { project } from "../config/source";
import { planOf, stackFile } from "./support/plans";

const folder = join(__dirname, "../docs/how-to");

/** The blocks of `page` in YAML: services, keys of the stack file, or files of other programs, which begin with a comment that names them. */
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
                } else if (!block.startsWith("# .")) {
                    const plan = planOf(stackFile(`{ services: ${JSON.stringify(value)} }`));
                    assert.deepEqual(
                        plan.pipelines.map(({ service }) => service),
                        Object.keys(value).sort(),
                    );
                }
            }
        });
    }
});
