import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { testFormats } from "../catalog/codebuild/reports";
import { coverageFormats } from "../catalog/codebuild/coverage";
import { suites } from "../catalog/suites";
import { planOf, stackFile } from "./support/plans";

const page = readFileSync(join(__dirname, "../docs/suites.md"), "utf8");
const [service] = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text);
const plan = planOf(
    stackFile(`{ environments: [{ name: dev }, { name: staging }], services: ${JSON.stringify(parse(service))} }`),
);
const [orders] = plan.pipelines;

describe("the page of suites", () => {
    it("shows a service that a stack file takes as it stands, with every kind of suite", () => {
        assert.deepEqual(
            orders.stages.map(({ name, actions }) => [name, actions.map(action => action.name)]),
            [
                ["Source", ["source"]],
                ["Build", ["build"]],
                ["Suites", ["contract", "image", "quality", "unit"]],
                ["dev", ["deploy", "integration"]],
                ["staging", ["deploy", "end-to-end", "integration", "performance"]],
            ],
        );
        const { suites: written } = (parse(service) as { orders: { suites: Record<string, { type?: string }> } })
            .orders;
        assert.deepEqual(
            [...new Set(Object.values(written).map(({ type }) => type ?? "codebuild"))].sort(),
            suites.map(({ type }) => type),
        );
    });

    it("shows suites in the order of their needs", () => {
        const order = (stage: number) =>
            Object.fromEntries(orders.stages[stage].actions.map(({ name, runOrder }) => [name, runOrder]));
        assert.deepEqual(order(2), { contract: 1, image: 1, unit: 1, quality: 2 });
        assert.deepEqual(order(4), { deploy: 1, integration: 2, "end-to-end": 3, performance: 4 });
    });

    it("names every format of reports", () => {
        const [, section] = /^## Reports\n([^]*?)^## /m.exec(page) ?? [];
        for (const format of [...Object.keys(testFormats), ...Object.keys(coverageFormats)]) {
            assert.ok(section.includes(`\`${format}\``), format);
        }
    });
});
