import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { testFormats } from "../catalog/codebuild/reports";
import { coverageFormats } from "../catalog/codebuild/coverage";
import { suites } from "../catalog/suites";
import { planOf, stackFile } from "./support/plans";

const page = readFileSync(join(__dirname, "../docs/suites.md"), "utf8");
interface Service {
    readonly suites: Readonly<Record<string, { readonly type?: string }>>;
}

const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => parse(text) as object);
const [service] = blocks as { orders: Service }[];
/** What the page says of custom actions, and of suites that use them. */
const custom = blocks.find(block => "customActions" in block) as {
    readonly customActions: object;
    readonly services: { readonly orders: Service };
};
const suitesOfPage = { ...service.orders.suites, ...custom.services.orders.suites };
const plan = planOf({
    ...stackFile("environments: [{ name: dev }, { name: staging }]"),
    customActions: custom.customActions,
    services: { orders: { ...service.orders, suites: suitesOfPage } },
});
const [orders] = plan.pipelines;

describe("the page of suites", () => {
    it("shows a service that a stack file takes as it stands, with every kind of suite", () => {
        assert.deepEqual(
            orders.stages.map(({ name, actions }) => [name, actions.map(action => action.name)]),
            [
                ["Source", ["source"]],
                ["Build", ["build", "seal"]],
                ["Suites", ["acceptance", "contract", "image", "quality", "unit"]],
                ["dev", ["verify", "deploy", "integration"]],
                ["staging", ["verify", "deploy", "devices", "end-to-end", "integration", "performance"]],
            ],
        );
        assert.deepEqual(
            [...new Set(Object.values(suitesOfPage).map(({ type }) => type ?? "codebuild"))].sort(),
            suites.map(({ type }) => type),
        );
    });

    it("shows suites in the order of their needs", () => {
        const order = (stage: number) =>
            Object.fromEntries(orders.stages[stage].actions.map(({ name, runOrder }) => [name, runOrder]));
        assert.deepEqual(order(2), { acceptance: 1, contract: 1, image: 1, unit: 1, quality: 2 });
        assert.deepEqual(order(4), {
            verify: 1,
            deploy: 2,
            devices: 3,
            integration: 3,
            "end-to-end": 4,
            performance: 5,
        });
    });

    it("names every format of reports", () => {
        const [, section] = /^## Reports\n([^]*?)^## /m.exec(page) ?? [];
        for (const format of [...Object.keys(testFormats), ...Object.keys(coverageFormats)]) {
            assert.ok(section.includes(`\`${format}\``), format);
        }
    });
});
