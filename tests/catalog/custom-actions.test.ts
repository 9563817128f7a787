import * as assert from "node:assert/strict";
import { custom as customBuild } from "../../catalog/builds/custom";
import { jenkins as jenkinsBuild } from "../../catalog/builds/jenkins";
import { customAction, customActionOf, definitionOf } from "../../catalog/custom-actions";
import { custom as customDeploy } from "../../catalog/deploys/custom";
import { custom as customSuite } from "../../catalog/suites/custom";
import { jenkins as jenkinsSuite } from "../../catalog/suites/jenkins";
import { at, built, dev, only, prod, read, refusals, source } from "./support/place";

const docs = "https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html";

const polls = (what: string) => [
    `a worker of the custom action ${what} polls CodePipeline in eu-west-1, as the policy AWSCodePipelineCustomActionAccess lets it`,
];

const jenkinsType = (category: string) => ({
    category,
    owner: "Custom",
    provider: "ShopJenkins",
    version: "1",
    inputs: [0, 5],
    outputs: [0, 5],
    configuration: { required: ["ProjectName"], optional: ["JobList"] },
    docs,
});

describe("build jenkins", () => {
    it("has the server build its project of the source, and hands on what it publishes", () => {
        const settings = read(jenkinsBuild.settings, "{ server: build-server, project: orders }");
        assert.deepEqual(only(jenkinsBuild.plan(settings, at("build", [source, built]))), {
            name: "build",
            action: jenkinsType("Build"),
            summary: "ShopJenkins (custom action) orders",
            configuration: { ProjectName: "orders" },
            inputs: ["SourceArtifact"],
            outputs: [{ key: "build", name: "BuildArtifact", opening: [] }],
            grants: [],
            weakens: [],
            prerequisites: polls("Build ShopJenkins 1"),
        });
    });

    it("for an environment says that it builds anew", () => {
        const settings = read(jenkinsBuild.settings, "{ server: build-server, project: orders }");
        const step = only(jenkinsBuild.plan(settings, at("build", [source], dev)));
        assert.equal(step.outputs[0].name, "BuildArtifact__dev");
        assert.deepEqual(step.weakens, ["build builds anew for dev: what is deployed there was tested nowhere before"]);
    });

    it("takes a project of 20 characters, by which the plugin asks for jobs", () =>
        assert.deepEqual(refusals(jenkinsBuild.settings, `{ server: a, project: ${"x".repeat(20)} }`), []));

    for (const [title, project] of [
        ["21 characters", "x".repeat(21)],
        ["a folder", "team/orders"],
        ["a space", "my orders"],
        ["no name", '""'],
    ]) {
        it(`fails on a project of ${title}`, () =>
            assert.deepEqual(refusals(jenkinsBuild.settings, `{ server: a, project: ${project} }`), [
                "project: the name of a project of at most 20 letters, digits, `_` and `-`: by it the plugin asks for jobs",
            ]));
    }
});

describe("suite jenkins", () => {
    it("has the server test the artifact, and hands on nothing", () => {
        const settings = read(jenkinsSuite.settings, "{ server: test-server, project: acceptance }");
        assert.deepEqual(only(jenkinsSuite.plan(settings, at("acceptance", [built, source], prod))), {
            name: "acceptance",
            action: jenkinsType("Test"),
            summary: "ShopJenkins (custom action) acceptance",
            configuration: { ProjectName: "acceptance" },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [],
            prerequisites: polls("Test ShopJenkins 1"),
        });
    });
});

describe("custom kinds", () => {
    it("of a suite tell the action what its properties are in each environment", () => {
        const settings = read(
            customSuite.settings,
            '{ action: device-lab, configuration: { Target: "https://{environment}.{account}.x" } }',
        );
        assert.deepEqual(only(customSuite.plan(settings, at("lab", [source], prod))), {
            name: "lab",
            action: {
                category: "Test",
                owner: "Custom",
                provider: "DeviceLab",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: { required: ["Target"], optional: ["JobList"] },
                docs,
            },
            summary: "DeviceLab (custom action) https://prod.222222222222.x",
            configuration: { Target: "https://prod.222222222222.x" },
            inputs: ["SourceArtifact"],
            outputs: [],
            grants: [],
            prerequisites: polls("Test DeviceLab 1"),
        });
    });

    it("of a build say to an action that exists whatever they are told to", () => {
        const settings = read(customBuild.settings, "{ action: firmware, configuration: { Board: b, Slot: s } }");
        const step = only(customBuild.plan(settings, at("build", [source])));
        assert.deepEqual(step.action, {
            category: "Build",
            owner: "Custom",
            provider: "Firmware",
            version: "2",
            inputs: [0, 5],
            outputs: [0, 5],
            configuration: { required: [], optional: ["Board", "Slot"] },
            docs,
        });
        assert.deepEqual(step.configuration, { Board: "b", Slot: "s" });
        assert.deepEqual(
            step.outputs.map(({ name }) => name),
            ["BuildArtifact"],
        );
        assert.equal(step.summary, "Firmware (custom action) b s");
    });

    it("of a deploy take the artifact, and hand on nothing", () => {
        const settings = read(customDeploy.settings, "{ action: mainframe }");
        const step = only(customDeploy.plan(settings, at("deploy", [built, source], prod)));
        assert.deepEqual(
            [step.action.category, step.configuration, step.inputs, step.outputs, step.grants, step.byDeployRole],
            ["Deploy", {}, ["BuildArtifact"], [], [], undefined],
        );
    });

    it("give an action that takes no artifact none", () => {
        const place = at("lab", [source]);
        const { "device-lab": lab } = place.customActions;
        const without = { ...place, customActions: { "device-lab": { ...lab, inputs: [0, 0] as const } } };
        const settings = read(customSuite.settings, "{ action: device-lab, configuration: { Target: x } }");
        assert.deepEqual(only(customSuite.plan(settings, without)).inputs, []);
    });

    for (const [title, yaml] of [
        ["a value that is too long", `{ action: a, configuration: { A: ${"x".repeat(1001)} } }`],
        ["an empty value", '{ action: a, configuration: { A: "" } }'],
        ["a property with a name that is too long", `{ action: a, configuration: { ${"x".repeat(51)}: v } }`],
        ["no action", "{ configuration: {} }"],
    ]) {
        it(`fail on ${title}`, () => assert.equal(refusals(customSuite.settings, yaml).length, 1));
    }
});

describe("a custom action", () => {
    const of = (yaml: string) => read(customAction, yaml);

    it("exists, unless its definition is there", () => {
        const settings = of("{ category: test, provider: Lab }");
        assert.deepEqual(settings, { category: "test", provider: "Lab", version: "1" });
        assert.equal(definitionOf(settings), undefined);
        assert.deepEqual(customActionOf(settings), {
            category: "Test",
            provider: "Lab",
            version: "1",
            inputs: [0, 5],
            outputs: [0, 5],
        });
    });

    it("of Jenkins is what its plugin works with", () => {
        for (const server of ["https://jenkins.example.com", "https://jenkins.example.com/"]) {
            assert.deepEqual(definitionOf(of(`{ category: build, provider: J, jenkins: "${server}" }`)), {
                properties: {
                    ProjectName: {
                        required: true,
                        key: true,
                        queryable: true,
                        type: "String",
                        description: "The project in Jenkins",
                    },
                },
                inputs: [0, 5],
                outputs: [0, 5],
                entityUrl: "https://jenkins.example.com/job/{Config:ProjectName}",
                executionUrl: "https://jenkins.example.com/job/{Config:ProjectName}/{ExternalExecutionId}",
            });
        }
    });

    it("that is made takes up to five artifacts and asks nothing unless it says so", () =>
        assert.deepEqual(definitionOf(of("{ category: test, provider: Lab, create: {} }")), {
            properties: {},
            inputs: [0, 5],
            outputs: [0, 5],
        }));

    for (const yaml of [
        `{ category: test, provider: ${"p".repeat(35)} }`,
        "{ category: test, provider: p, version: abcdefghi }",
        `{ category: test, provider: p, create: { properties: { ${"p".repeat(50)}: {} } } }`,
    ]) {
        it(`takes ${yaml.slice(0, 70)}`, () => assert.deepEqual(refusals(customAction, yaml), []));
    }

    for (const [title, yaml] of [
        ["a provider of 36 characters", `{ category: test, provider: ${"p".repeat(36)} }`],
        ["a provider with a space", "{ category: test, provider: my lab }"],
        ["a version of ten characters", "{ category: test, provider: p, version: abcdefghij }"],
        ["a version that is a number", "{ category: test, provider: p, version: 1 }"],
        ["another category", "{ category: invoke, provider: p }"],
        [
            "a property of 51 characters",
            `{ category: test, provider: p, create: { properties: { ${"p".repeat(51)}: {} } } }`,
        ],
        [
            "eleven properties",
            `{ category: test, provider: p, create: { properties: { ${Array.from({ length: 11 }, (_, index) => `p${index}: {}`).join(", ")} } } }`,
        ],
        ["a secret property", "{ category: test, provider: p, create: { properties: { a: { secret: true } } } }"],
        ["six artifacts", "{ category: test, provider: p, create: { inputs: [0, 6] } }"],
        ["a count without an end", "{ category: test, provider: p, create: { inputs: [1] } }"],
        ["an address that is none", "{ category: build, provider: p, jenkins: jenkins.example.com }"],
    ]) {
        it(`fails on ${title}`, () => assert.equal(refusals(customAction, yaml).length, 1));
    }
});
