import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { eventOf } from "../functions/lib/parse";
import { statusOf, type Naming } from "../functions/notify/statuses/statuses";
import { changed, type Sample } from "./functions/fixtures/events";
import { planOf, stackFile } from "./support/plans";

const page = readFileSync(join(__dirname, "../docs/commit-statuses.md"), "utf8");

const naming: Naming = {
    prefix: "shop",
    region: "eu-west-1",
    environments: [
        { name: "dev", stage: "dev", approvalStage: "Approve-dev", notify: {} },
        { name: "prod", stage: "prod", approvalStage: "Approve-prod", notify: {} },
    ],
};

const test = { type: { category: "Test" } };
const check = { pipeline: "shop--orders--check" };

/** One event of each sort that is told of. */
const events: readonly (readonly [Sample, object])[] = [
    ["stage-started", { stage: "Build" }],
    ["action-started", { stage: "Suites", action: "unit", ...test }],
    ["action-started", { stage: "dev", action: "integration", ...test }],
    ["stage-started", { stage: "prod" }],
    ["pipeline-succeeded", check],
    ["stage-started", { stage: "Build", ...check }],
    ["action-started", { stage: "Suites", action: "unit", ...test, ...check }],
];

describe("docs/commit-statuses.md", () => {
    it("shows connections that a stack file takes as they stand", () => {
        const [, block] = /^```yaml\n([^]*?)^```$/m.exec(page) ?? [];
        const { connections } = parse(block) as { connections: Record<string, object> };
        const { statuses } = planOf({ ...stackFile(), connections }).shared.operations;
        assert.deepEqual(
            statuses.map(({ key }) => key),
            Object.keys(connections),
        );
    });

    it("names the statuses as they are named", () => {
        assert.deepEqual(
            [...page.matchAll(/^\| `(shop[^`]*)`/gm)].map(([, name]) => name),
            events.map(
                ([name, detail]) =>
                    statusOf(eventOf(changed(name, { pipeline: "shop--orders", ...detail })), naming)?.status.context,
            ),
        );
    });
});
