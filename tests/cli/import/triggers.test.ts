import * as assert from "node:assert/strict";
import { imported } from "../../../cli/import/service";
import { ecs, pipeline, source, stage } from "./support";

describe("what starts an imported pipeline", () => {
    it("takes triggers, variables and the execution mode", () => {
        const { pipeline: plain } = pipeline(stage("Live", ecs("live")));
        const push = [
            { branches: { includes: ["main"], excludes: ["wip/*"] }, filePaths: { includes: ["orders/**"] } },
        ];
        const { entry } = imported({
            pipeline: {
                ...plain,
                executionMode: "SUPERSEDED",
                variables: [{ name: "TARGET", defaultValue: "all", description: "Which" }],
                triggers: [
                    {
                        providerType: "CodeStarSourceConnection",
                        gitConfiguration: { sourceActionName: "Source", push },
                    },
                ],
            },
        });
        assert.deepEqual(entry.source, {
            type: "connection",
            connection: "github",
            repository: "acme/orders",
            branch: "main",
            branches: ["main"],
            excludeBranches: ["wip/*"],
            paths: ["orders/**"],
        });
        assert.equal(entry.executionMode, "superseded");
        assert.deepEqual(entry.variables, { TARGET: { default: "all", description: "Which" } });
    });

    it("takes changes for what starts it, unless neither they nor a trigger do", () => {
        const quiet = { ...source, configuration: { ...source.configuration, DetectChanges: "false" } };
        const { pipeline: plain } = pipeline(stage("Live", ecs("live")));
        const push = [{ branches: { includes: ["main"] } }];
        const trigger = {
            providerType: "CodeStarSourceConnection",
            gitConfiguration: { sourceActionName: "Source", push },
        };
        const lost = (triggers: readonly object[]) =>
            imported({
                pipeline: { ...plain, stages: [stage("Source", quiet), ...plain.stages.slice(1)], triggers },
            }).notExpressed.filter(([path]) => path.endsWith("DetectChanges"));
        assert.deepEqual(lost([trigger]), []);
        assert.equal(lost([]).length, 1);
    });
});
