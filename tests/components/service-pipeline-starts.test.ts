import * as assert from "node:assert/strict";
import { planOf, stackFile } from "../support/plans";
import { assertPreviewedAsDeployed, inputsOf, registered, tree } from "../support/recordings";
import { made } from "./support/service-pipeline";

const web = () =>
    planOf(
        stackFile(`
        services:
            web:
                source:
                    repository: acme/web
                    pushes:
                        - { tags: ["v*"], excludeTags: ["*-rc"] }
                        - branches: [main, "release/*"]
                          excludeBranches: [release/1]
                          paths: ["web/**"]
                          excludePaths: ["**/*.md"]
                        - { excludePaths: ["docs/**"] }
                trigger: { schedule: { cron: "0 6 ? * MON-FRI *" } }
                variables: { SIDE: { default: blue }, TARGET: { default: x, description: Where to } }
                executionMode: superseded
                build: { type: none }
                deploy: { type: s3, bucket: site }
                pullRequests:
                    paths: ["web/**"]
                    events: [opened, updated, closed]
                    build: { type: codebuild, commands: [make check] }
    `),
    ).pipelines;
const [nightly, check] = [() => web()[0], () => web()[1]];

describe("ServicePipeline, by what starts it", () => {
    it("registers a schedule where the service has one", async () => {
        const all = tree(await registered(made(nightly())));
        assert.deepEqual(all.slice(0, 4), [
            "ServicePipeline web",
            "  ScheduleTrigger web--schedule",
            "    RolePolicy web--schedule-policy < Role web--schedule-role",
            "    Role web--schedule-role",
        ]);
        assert.equal(all.length, 8);
    });

    it("passes on each filter of a trigger as AWS has it, and nothing that is not said", async () => {
        const { triggers } = inputsOf(await registered(made(nightly())), "Pipeline") as { triggers: unknown };
        const gitConfiguration = {
            sourceActionName: "source",
            pushes: [
                { tags: { includes: ["v*"], excludes: ["*-rc"] } },
                {
                    branches: { includes: ["main", "release/*"], excludes: ["release/1"] },
                    filePaths: { includes: ["web/**"], excludes: ["**/*.md"] },
                },
                { branches: { includes: ["main"] }, filePaths: { excludes: ["docs/**"] } },
            ],
        };
        assert.deepEqual(triggers, [{ providerType: "CodeStarSourceConnection", gitConfiguration }]);
    });

    it("is started by pull requests where it checks them, and says so", async () => {
        const all = await registered(made(check()));
        assert.deepEqual(tree(all).slice(0, 2), ["ServicePipeline web--check", "  BuildProject web--check--build"]);
        const { name, executionMode, triggers, tags: own } = inputsOf(all, "Pipeline") as Record<string, unknown>;
        assert.deepEqual(
            [name, executionMode, own],
            ["shop--web--check", "PARALLEL", { fleet: "shop", service: "web" }],
        );
        assert.deepEqual(triggers, [
            {
                providerType: "CodeStarSourceConnection",
                gitConfiguration: {
                    sourceActionName: "source",
                    pullRequests: [
                        {
                            events: ["OPEN", "UPDATED", "CLOSED"],
                            branches: { includes: ["main"] },
                            filePaths: { includes: ["web/**"] },
                        },
                    ],
                },
            },
        ]);
        assert.equal(inputsOf(all, "Role", "web--check-role").description, "Checks pull requests of web");
    });

    it("hands on variables, and the execution mode", async () => {
        const { variables, executionMode } = inputsOf(await registered(made(nightly())), "Pipeline") as Record<
            string,
            unknown
        >;
        assert.deepEqual(variables, [
            { name: "SIDE", defaultValue: "blue" },
            { name: "TARGET", defaultValue: "x", description: "Where to" },
        ]);
        assert.equal(executionMode, "SUPERSEDED");
    });

    it("previews the same resources as it deploys", async () => {
        await assertPreviewedAsDeployed(made(nightly()));
        await assertPreviewedAsDeployed(made(check()));
    });
});
