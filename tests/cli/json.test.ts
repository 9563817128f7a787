import * as assert from "node:assert/strict";
import { fleetJson } from "../../cli/json";
import type { Registration } from "../../cli/recorder";
import { planOf, stackFile } from "../support/plans";

const plan = planOf(stackFile());

const registration = (type: string, name: string, urn: string, parent?: string): Registration => ({
    type,
    name,
    urn,
    custom: false,
    dependencies: [],
    inputs: {},
    ...(parent !== undefined && { parent }),
});

const registrations = [
    registration("service-pipelines:index:Fleet", "fleet", "fleet"),
    registration("service-pipelines:index:ServicePipeline", "web", "web", "fleet"),
    registration("aws:iam/role:Role", "web-role", "web/role", "web"),
    registration("service-pipelines:index:BuildProject", "web--build", "web/build", "web"),
    registration("aws:iam/role:Role", "web--build-role", "web/build/role", "web/build"),
    registration("service-pipelines:index:ServicePipeline", "web-api", "web-api", "fleet"),
];

const valid = { stack: "test", plan, problems: [], warnings: [], registrations };

describe("the JSON of a fleet", () => {
    it("holds what the contract names, and all of it survives being written", () => {
        const shown = fleetJson(valid);
        assert.deepEqual(Object.keys(shown), [
            "stack",
            "spread",
            "problems",
            "warnings",
            "pipelines",
            "resources",
            "network",
            "cost",
            "quotas",
        ]);
        assert.deepEqual((JSON.parse(JSON.stringify(shown)) as typeof shown).resources, registrations);
    });

    it("shows which alarms roll a stage back", () => {
        const [pipeline] = fleetJson({
            ...valid,
            plan: planOf(stackFile('environments: [{ name: dev, rollbackOn: ["{service}-5xx"] }]')),
        }).pipelines;
        assert.deepEqual(
            pipeline.stages.map(({ rollbackOn }) => rollbackOn),
            [undefined, undefined, ["web-5xx"]],
        );
    });

    it("shows each action with its run order, configuration and artifacts, references by their handle", () => {
        const [pipeline] = fleetJson(valid).pipelines;
        assert.deepEqual([pipeline.service, pipeline.name], ["web", "shop--web"]);
        const [source, , dev] = pipeline.stages;
        assert.deepEqual(JSON.parse(JSON.stringify(source.actions[0])), {
            name: "source",
            category: "Source",
            provider: "CodeStarSourceConnection",
            summary: "acme/web, branch main",
            runOrder: 1,
            configuration: {
                ConnectionArn: "<connection:github>",
                FullRepositoryId: "acme/web",
                BranchName: "main",
                OutputArtifactFormat: "CODE_ZIP",
                DetectChanges: "true",
            },
            inputs: [],
            outputs: ["SourceArtifact"],
            namespace: "SourceVariables",
        });
        assert.deepEqual(
            [dev.name, dev.purpose, dev.environment, dev.otherwise, dev.check, dev.onFailure],
            ["dev", "environment", "dev", "fail", undefined, "stop"],
        );
    });

    it("shows what a stage is checked for", () => {
        const freezable = planOf(stackFile("environments: [{ name: dev, freezable: true }]"));
        const [, , dev] = fleetJson({ ...valid, plan: freezable }).pipelines[0].stages;
        assert.deepEqual(dev.check, {
            freezes: {
                dev: "/service-pipelines/shop/freeze/dev",
                "web in dev": "/service-pipelines/shop/freeze/dev/web",
            },
            alarms: [],
        });
        assert.deepEqual(
            dev.before.map(({ name, provider }) => [name, provider]),
            [["freeze", "LambdaInvoke"]],
        );
    });

    it("keeps to one service where one is asked for, below whatever component it is", () => {
        const { pipelines, resources } = fleetJson({ ...valid, service: "web" });
        assert.deepEqual(
            pipelines.map(({ service }) => service),
            ["web"],
        );
        assert.deepEqual(
            resources.map(({ urn }) => urn),
            ["web", "web/role", "web/build", "web/build/role"],
        );
    });

    it("shows the pipeline that checks pull requests behind the service's own, and with it", () => {
        const checked = planOf(
            stackFile(`
                services:
                    web:
                        source: { repository: acme/web, paths: [web/**] }
                        trigger: { after: [web-api] }
                        variables: { SIDE: { default: blue } }
                        build: { commands: [make] }
                        deploy: { type: s3, bucket: site }
                        pullRequests: {}
                    web-api: { source: { repository: acme/api }, build: { type: none }, deploy: { type: s3, bucket: api } }
            `),
        );
        const all = [
            ...registrations,
            registration("service-pipelines:index:ServicePipeline", "web--check", "web--check", "fleet"),
            registration("aws:iam/role:Role", "web--check-role", "web--check/role", "web--check"),
        ];
        const shown = fleetJson({ ...valid, plan: checked, registrations: all });
        assert.deepEqual(
            shown.pipelines.map(({ service, purpose, name }) => [service, purpose, name]),
            [
                ["web", "release", "shop--web"],
                ["web", "check", "shop--web--check"],
                ["web-api", "release", "shop--web-api"],
            ],
        );
        const [web, check] = shown.pipelines;
        const filters = { branches: { includes: ["main"] }, paths: { includes: ["web/**"] } };
        assert.deepEqual(
            [web.executionMode, web.triggers, web.starts, web.variables],
            [
                "QUEUED",
                [{ action: "source", pushes: [filters] }],
                ["after each release of web-api"],
                [{ name: "SIDE", default: "blue" }],
            ],
        );
        assert.deepEqual(
            [check.executionMode, check.triggers],
            ["PARALLEL", [{ action: "source", pullRequests: { ...filters, events: ["OPEN", "UPDATED"] } }]],
        );
        const one = fleetJson({ ...valid, plan: checked, registrations: all, service: "web" });
        assert.deepEqual(
            [one.pipelines.map(({ name }) => name), one.resources.map(({ urn }) => urn)],
            [
                ["shop--web", "shop--web--check"],
                ["web", "web/role", "web/build", "web/build/role", "web--check", "web--check/role"],
            ],
        );
    });

    it("shows problems with their places, and no pipelines", () => {
        const position = { file: "Pulumi.test.yaml", line: 3, column: 5 };
        const shown = fleetJson({
            stack: "test",
            problems: [{ path: ["services", "a", 0], message: "no", position }],
            warnings: [],
            registrations: [],
        });
        assert.deepEqual(shown, {
            stack: "test",
            spread: null,
            problems: [{ ...position, path: "services.a[0]", message: "no" }],
            warnings: [],
            pipelines: [],
            resources: [],
            network: null,
            cost: null,
            quotas: [],
        });
    });
});
