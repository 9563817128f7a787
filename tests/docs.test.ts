import * as assert from "node:assert/strict";
import { parse } from "yaml";
import { project } from "../config/source";
import { pipelineUrn } from "./engine/support/spread";
import { blocksOf, pages as allPages, textOf } from "./support/pages";
import { planOf, stackFile, type Values } from "./support/plans";
import { planOfStack } from "./support/spread";

const pages = ["docs/getting-started.md", ...allPages.filter(page => page.startsWith("docs/how-to/"))];

/**
 * The blocks of `page` in YAML: services, keys of the stack file, or files, which begin with a comment that names them: stack files that stand
 * beside one another, and files of other programs.
 */
const blocks = (page: string) => blocksOf(page, "yaml");

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

/** Where a block has environments and no services: one that writes something else in each. */
const services = {
    web: {
        source: { type: "s3", bucket: "drops", key: "web.zip" },
        build: { type: "none" },
        deploy: { type: "s3", bucket: "site-{environment}" },
    },
};

describe("pages of docs", () => {
    it("have their YAML found", () => assert.ok(pages.flatMap(blocks).length > 30));

    for (const page of pages) {
        it(`${page}: shows services and keys that a stack file takes as they stand, and files that are YAML`, () => {
            const all = blocks(page);
            assert.equal(all.length, textOf(page).split("```yaml").length - 1);
            const fleet = stackFiles(all);
            Object.keys(fleet).forEach(stack => planOfStack(stack, fleet));
            for (const block of all) {
                const value = parse(block) as object;
                if (block.startsWith(`${project}:`)) {
                    planOf({ ...stackFile(), services, ...own(value) });
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

    it("docs/how-to/split-a-fleet.md: moves pipelines by the names that they have on the engine", () => {
        const commands = [
            ...textOf("docs/how-to/split-a-fleet.md").matchAll(/^ *pulumi state move ([^]*?)^ *```$/gm),
        ].map(([, text]) => text.split(/[\s\\]+/).filter(word => word !== ""));
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
