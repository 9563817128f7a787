import * as assert from "node:assert/strict";
import type { ActionPlan, StagePlan } from "../../blueprint/plan";
import { ecsService, fleetOf, pipelineOf, reference, stageOf, threeEnvironments, type Words } from "./support/fleet";

const stagesOf = (service: Words, environments: readonly object[] = threeEnvironments) =>
    pipelineOf(fleetOf({ environments, services: { orders: service } })).stages;

const shape = (actions: readonly ActionPlan[]) => actions.map(({ name, runOrder }) => [name, runOrder]);

const outline = (stages: readonly StagePlan[]) =>
    stages.map(({ name, purpose, actions }) => [name, purpose, shape(actions)]);

describe("stages", () => {
    it("go from the source through every environment, an approval directly before its own", () => {
        assert.deepEqual(outline(stagesOf(reference)), [
            ["Source", "source", [["source", 1]]],
            [
                "Build",
                "build",
                [
                    ["build", 1],
                    ["seal", 2],
                ],
            ],
            [
                "dev",
                "environment",
                [
                    ["verify", 1],
                    ["deploy", 2],
                    ["integration", 3],
                ],
            ],
            ["Approve-staging", "approval", [["approve", 1]]],
            [
                "staging",
                "environment",
                [
                    ["verify", 1],
                    ["deploy", 2],
                    ["integration", 3],
                ],
            ],
            ["Approve-prod", "approval", [["approve", 1]]],
            [
                "prod",
                "environment",
                [
                    ["verify", 1],
                    ["deploy", 2],
                ],
            ],
        ]);
    });

    it("hold suites before any deploy in a stage of their own, in the order that they ask for", () => {
        const suites = {
            unit: { commands: ["a"] },
            lint: { commands: ["b"] },
            contract: { commands: ["c"], needs: ["unit", "lint"] },
            late: { after: "deploy", commands: ["d"] },
        };
        assert.deepEqual(outline(stagesOf({ ...reference, suites }, [{ name: "dev" }])).slice(2), [
            [
                "Suites",
                "test",
                [
                    ["contract", 2],
                    ["lint", 1],
                    ["unit", 1],
                ],
            ],
            [
                "dev",
                "environment",
                [
                    ["verify", 1],
                    ["deploy", 2],
                    ["late", 3],
                ],
            ],
        ]);
    });

    it("run several deploys in parallel unless they wait, and tests after all of them", () => {
        const stack = { type: "cloudformation", executionRoleArn: "arn:aws:iam::111111111111:role/cfn" };
        const [, , dev] = stagesOf(
            {
                source: { repository: "acme/orders" },
                build: { commands: ["make"] },
                deploys: {
                    base: { ...stack, stack: "base" },
                    app: { ...stack, stack: "app", needs: ["base"] },
                    site: { type: "s3", bucket: "site" },
                },
                suites: {
                    smoke: { after: "deploy", commands: ["a"] },
                    load: { after: "deploy", commands: ["b"], needs: ["smoke"] },
                },
            },
            [{ name: "dev" }],
        );
        assert.deepEqual(shape(dev.actions), [
            ["verify", 1],
            ["app-changes", 4],
            ["app", 5],
            ["base-changes", 2],
            ["base", 3],
            ["site", 2],
            ["load", 7],
            ["smoke", 6],
        ]);
    });

    it("leave out the build where there is none, and deploy the source itself", () => {
        const stages = stagesOf(
            { source: { repository: "acme/web" }, build: { type: "none" }, deploy: { type: "s3", bucket: "site" } },
            [{ name: "dev" }],
        );
        assert.deepEqual(outline(stages), [
            ["Source", "source", [["source", 1]]],
            ["Seal", "seal", [["seal-source", 1]]],
            [
                "dev",
                "environment",
                [
                    ["verify", 1],
                    ["deploy", 2],
                ],
            ],
        ]);
        assert.deepEqual(
            stages.flatMap(({ actions }) => actions.map(({ inputs }) => inputs)),
            [[], ["SourceArtifact"], ["SourceArtifact"], ["SourceArtifact"]],
        );
    });

    it("deploy what was built, and test the source with what was built", () => {
        const [source, build, dev] = stagesOf(reference);
        assert.deepEqual(
            [source.actions[0].outputs, build.actions[0].inputs],
            [["SourceArtifact"], ["SourceArtifact"]],
        );
        assert.deepEqual(build.actions[0].outputs, ["BuildArtifact"]);
        assert.deepEqual(
            dev.actions.map(({ inputs }) => inputs),
            [["BuildArtifact"], ["BuildArtifact"], ["SourceArtifact", "BuildArtifact"]],
        );
    });

    it("keep the environments that the service is deployed to, in the list's order", () => {
        const environments = [{ name: "z-first" }, { name: "middle" }, { name: "a-last" }];
        const service = { ...ecsService("orders"), environments: { middle: { skip: "not there" } } };
        assert.deepEqual(
            stagesOf(service, environments).map(({ name }) => name),
            ["Source", "Build", "z-first", "a-last"],
        );
    });
});

describe("an approval's stage", () => {
    const stages = stagesOf(reference);
    const [action] = stages[5].actions;

    it("asks on the environment's topic, with the commit, its message and what to look at", () => {
        assert.deepEqual(action.configuration, {
            NotificationArn: "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--prod",
            CustomData:
                "orders to prod: commit #{SourceVariables.CommitId} - Check staging. - #{SourceVariables.CommitMessage}",
        });
        assert.equal(action.timeoutMinutes, 48 * 60);
        assert.deepEqual(action.path, ["environments", 2, "approval"]);
        assert.deepEqual(stages[5].approval, {
            environment: "prod",
            notify: ["on-call@shop.example", "release@shop.example"],
            timeoutHours: 48,
            instructions: "Check staging.",
        });
    });

    it("leaves variables to CodePipeline, beside placeholders that are filled", () => {
        const approval = {
            instructions: "{service}: #{build.Version}",
            reviewUrl: "https://x.example/{environment}/#{codepipeline.PipelineExecutionId}",
        };
        const build = { commands: ["make"], exportedVariables: ["Version"] };
        const [, , asked] = stagesOf({ ...ecsService("orders"), build }, [{ name: "dev", approval }]);
        assert.deepEqual(asked.actions[0].configuration, {
            NotificationArn: "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--dev",
            CustomData:
                "orders to dev: commit #{SourceVariables.CommitId} - orders: #{build.Version} - #{SourceVariables.CommitMessage}",
            ExternalEntityLink: "https://x.example/dev/#{codepipeline.PipelineExecutionId}",
        });
        assert.equal(asked.approval?.reviewUrl, "https://x.example/dev/#{codepipeline.PipelineExecutionId}");
    });

    it("has neither gates nor an answer to failure: a no must not roll anything back", () => {
        assert.deepEqual([stages[5].before, stages[5].after, stages[5].onFailure], [[], [], "stop"]);
        assert.equal(stages[5].environment, "prod");
    });

    it("shows a page to look at, and a version where there is no commit", () => {
        const environments = [{ name: "dev", approval: { reviewUrl: "https://x.example/{service}?{environment}" } }];
        const service = {
            source: { type: "s3", bucket: "drops", key: "a.zip" },
            build: { type: "none" },
            deploy: { type: "s3", bucket: "site" },
        };
        const [, , approval] = stagesOf(service, environments);
        assert.deepEqual(approval.actions[0].configuration, {
            NotificationArn: "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--dev",
            CustomData: "orders to dev: version #{SourceVariables.VersionId}",
            ExternalEntityLink: "https://x.example/orders?dev",
        });
        assert.equal(approval.actions[0].timeoutMinutes, 168 * 60);
    });

    it("is there only where it is asked for, or not given up with a reason", () => {
        const service = { ...reference, environments: { prod: { skipApproval: "Read-only." } } };
        assert.deepEqual(
            stagesOf(service).map(({ name }) => name),
            ["Source", "Build", "dev", "Approve-staging", "staging", "prod"],
        );
    });
});

describe("an environment's stage", () => {
    it("opens and closes by its gates", () => {
        const { before, after } = stagesOf(reference)[6];
        assert.deepEqual(before, [
            {
                name: "window",
                provider: "DeploymentWindow",
                configuration: { Cron: "* * 8-16 ? * MON-THU *", TimeZone: "Europe/Berlin" },
                grants: [],
                summary: "window * * 8-16 ? * MON-THU * (Europe/Berlin)",
            },
        ]);
        assert.deepEqual(
            after.map(({ name, configuration }) => [name, configuration]),
            [["alarm", { AlarmName: "orders-prod-5xx", WaitTime: "10" }]],
        );
    });

    it("numbers gates of one kind: rules of one condition need names of their own", () => {
        const alarm = (name: string) => ({ type: "alarm", name });
        const environments = [{ name: "dev", before: [alarm("a"), alarm("b")], after: [alarm("a"), alarm("c")] }];
        const dev = stagesOf(ecsService("orders"), environments)[2];
        assert.deepEqual(
            [dev.before, dev.after].map(rules => rules.map(({ name }) => name)),
            [
                ["alarm", "alarm-2"],
                ["alarm", "alarm-2"],
            ],
        );
    });

    for (const onFailure of ["stop", "rollback", "retry", "retry-all"]) {
        it(`answers a failure with ${onFailure}, and no stage before it does`, () => {
            const stages = stagesOf(ecsService("orders"), [{ name: "dev", onFailure }]);
            assert.deepEqual(
                stages.map(stage => stage.onFailure),
                ["stop", "stop", onFailure],
            );
        });
    }

    it("deploys by the environment's role, and tests by the pipeline's", () => {
        const service = {
            ...reference,
            suites: { smoke: { after: "deploy", commands: ["a"] } },
        };
        const stages = pipelineOf(fleetOf({ environments: threeEnvironments, services: { orders: service } }));
        const roles = (name: string) => stageOf(stages, name).actions.map(({ roleArn }) => roleArn);
        assert.deepEqual(roles("prod"), [undefined, "arn:aws:iam::222222222222:role/shop-deploy", undefined]);
        assert.deepEqual(roles("dev"), [undefined, undefined, undefined]);
    });
});
