import * as assert from "node:assert/strict";
import { imported } from "../../../cli/import/service";
import { action, ecs, pipeline, stage } from "./support";

const one = { events: ["OPEN", "UPDATED"], branches: { includes: ["main"] }, filePaths: { excludes: ["**/*.md"] } };
const unit = stage("Unit", action("Test", "CodeBuild", "Unit", { ProjectName: "orders-unit" }));

/** A pipeline that these filters start, and no change of its source. */
function started(filters: object, more: object = {}, last: object = unit) {
    const json = pipeline(last);
    const [{ actions }] = json.pipeline.stages as { actions: { configuration: Record<string, string> }[] }[];
    actions[0] = { ...actions[0], configuration: { ...actions[0].configuration, DetectChanges: "false" } };
    return imported({
        ...json,
        pipeline: {
            ...json.pipeline,
            executionMode: "PARALLEL",
            triggers: [
                {
                    providerType: "CodeStarSourceConnection",
                    gitConfiguration: { sourceActionName: "Source", ...filters },
                },
            ],
            ...more,
        },
    });
}

describe("a pipeline that pull requests start", () => {
    it("becomes the check of a service that nobody else starts", () => {
        const { entry, toFill, notExpressed } = started({ pullRequest: [one] });
        assert.deepEqual(entry.pullRequests, {
            branches: ["main"],
            excludePaths: ["**/*.md"],
            events: ["opened", "updated"],
        });
        assert.deepEqual(
            [entry.trigger, entry.executionMode, entry.deploy],
            [{ manual: true }, undefined, { type: "none" }],
        );
        assert.ok(toFill.some(([word, what]) => word === "pullRequests" && what.includes("move this key")));
        assert.ok(!notExpressed.some(([path]) => /triggers|DetectChanges|executionMode/.test(path)));
    });

    it("tells where its executions wait for one another", () => {
        const { entry, notExpressed } = started({ pullRequest: [one] }, { executionMode: "QUEUED" });
        assert.equal(entry.executionMode, undefined);
        assert.match(notExpressed.find(([path]) => path === "pipeline.executionMode")?.[1] ?? "", /at the same time/);
    });

    for (const [title, filters, last, why] of [
        ["deploys", { pullRequest: [one] }, stage("Live", ecs("live")), /does something else, too/],
        [
            "is started by pushes, too",
            { pullRequest: [one], push: [{ branches: { includes: ["main"] } }] },
            unit,
            /does something else, too/,
        ],
        ["has two filters", { pullRequest: [one, one] }, unit, /one filter/],
        ["names no branch", { pullRequest: [{ events: ["OPEN"] }] }, unit, /names the branches/],
        ["names no event", { pullRequest: [{ branches: { includes: ["main"] } }] }, unit, /names its events/],
        ["names another event", { pullRequest: [{ ...one, events: ["OPEN", "LABELED"] }] }, unit, /names its events/],
    ] as const) {
        it(`is listed with why where it ${title}`, () => {
            const { entry, notExpressed } = started(filters, {}, last);
            assert.deepEqual(
                [entry.pullRequests, entry.trigger, entry.executionMode],
                [undefined, undefined, "parallel"],
            );
            const said = notExpressed.find(([path]) => path === "pipeline.triggers[0].gitConfiguration.pullRequest");
            assert.match(said?.[1] ?? JSON.stringify(notExpressed), why);
        });
    }
});
