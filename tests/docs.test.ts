import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { project } from "../config/source";
import { pipelineUrn } from "./engine/support/spread";
import { planOf, stackFile, type Values } from "./support/plans";
import { planOfStack } from "./support/spread";

const folder = join(__dirname, "../docs/how-to");

const textOf = (page: string) => readFileSync(join(folder, page), "utf8");

/**
 * The blocks of `page` in YAML: services, keys of the stack file, or files, which begin with a comment that names them: stack files that stand
 * beside one another, and files of other programs.
 */
const blocks = (page: string) => [...textOf(page).matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text);

/** What the stack files among `all` say, by stack. */
const stackFiles = (all: readonly string[]): Record<string, Values> =>
    Object.fromEntries(
        all.flatMap(block => {
            const [, stack] = /^# Pulumi\.([\w-]+)\.yaml\n/.exec(block) ?? [];
            return stack === undefined ? [] : [[stack, own((parse(block) as { readonly config: Values }).config)]];
        }),
    );

/** `values` with the keys of this project without their namespace. */
const own = (values: object): Values =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key.replace(`${project}:`, ""), value]));

describe("docs/how-to", () => {
    for (const page of readdirSync(folder)) {
        it(`${page}: shows services and keys that a stack file takes as they stand, and files that are YAML`, () => {
            const all = blocks(page);
            assert.ok(all.length > 0);
            const fleet = stackFiles(all);
            Object.keys(fleet).forEach(stack => planOfStack(stack, fleet));
            for (const block of all) {
                const value = parse(block) as object;
                if (block.startsWith(`${project}:`)) {
                    planOf({ ...stackFile(), ...own(value) });
                } else if (!/^# (\.|Pulumi\.)/.test(block)) {
                    const plan = planOf(stackFile(`{ services: ${JSON.stringify(value)} }`));
                    assert.deepEqual(
                        plan.pipelines.map(({ service }) => service),
                        Object.keys(value).sort(),
                    );
                }
            }
        });
    }

    it("split-a-fleet.md: moves pipelines by the names that they have on the engine", () => {
        const commands = [...textOf("split-a-fleet.md").matchAll(/^ *pulumi state move ([^]*?)^ *```$/gm)].map(
            ([, text]) => text.split(/[\s\\]+/).filter(word => word !== ""),
        );
        const command = (from: string, to: string, ...services: readonly string[]) => [
            "--source",
            from,
            "--dest",
            to,
            ...services.map(service => `'${pipelineUrn(from, service)}'`),
        ];
        assert.deepEqual(commands, [command("team-a", "team-b", "mail"), command("live", "team-a", "cart", "mail")]);
    });
});
