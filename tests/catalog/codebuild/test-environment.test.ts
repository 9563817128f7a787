import * as assert from "node:assert/strict";
import type { Step, Variable } from "../../../catalog/plan";
import { codebuild } from "../../../catalog/suites/codebuild";
import { at, built, dev, only, prod, projectOf, read, refusals, source } from "../support/place";

const role = '"arn:aws:iam::{account}:role/cfn-{environment}"';
const staging = { ...dev, name: "staging", region: "eu-central-1" };
const suite = (more: string, own = "commands: [make]") =>
    read(codebuild.settings, `{ ${own}, testEnvironment: { template: t.yaml, executionRoleArn: ${role}, ${more} } }`);
const planned = (more: string, environment?: typeof dev) =>
    only(codebuild.plan(suite(more), at("it", [source, built], environment)));
const check = (more: string, own?: string) => codebuild.check?.(suite(more, own));

/** What a suite without a test environment is granted beside. */
const usual = projectOf(only(codebuild.plan(read(codebuild.settings, "commands: [make]"), at("it", [source], dev))));

describe("the plan of a test environment", () => {
    it("stands in a project of its own in each environment, whose stacks are named after both", () => {
        const step = planned("outputs: { API_URL: ApiUrl }", staging);
        const project = projectOf(step);
        assert.equal(project.physicalName, "shop--orders--it--staging");
        assert.equal(project.logicalName, "orders--it--staging");
        assert.equal(project.description, "Tests orders: it in staging");
        assert.equal(step.configuration.ProjectName, "shop--orders--it--staging");
        assert.equal(step.summary, "make, in a stack of its own, shop--orders--it--staging--…");
        assert.deepEqual(step.passes, ["arn:aws:iam::111111111111:role/cfn-staging"]);
        assert.deepEqual(step.prerequisites, []);
        assert.deepEqual(step.grants[0].resources, [
            "arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--it--staging",
        ]);
        assert.deepEqual(project.variables, []);
    });

    it("may handle the stacks of this suite in this environment, with this role, and nothing else", () => {
        const own = projectOf(planned("", staging)).grants.slice(usual.grants.length);
        assert.deepEqual(own, [
            {
                sid: "RunTestEnvironment",
                actions: [
                    "cloudformation:CreateStack",
                    "cloudformation:DeleteStack",
                    "cloudformation:DescribeStackEvents",
                    "cloudformation:DescribeStacks",
                ],
                resources: ["arn:aws:cloudformation:eu-central-1:111111111111:stack/shop--orders--it--staging--*/*"],
            },
            {
                sid: "FindLeftTestEnvironments",
                actions: ["cloudformation:ListStacks"],
                resources: ["*"],
                reason: "cloudformation:ListStacks has no resource-level permission",
            },
            {
                sid: "PassExecutionRole",
                actions: ["iam:PassRole"],
                resources: ["arn:aws:iam::111111111111:role/cfn-staging"],
                conditions: { StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
            },
            {
                sid: "AskForOwnBuilds",
                actions: ["codebuild:BatchGetBuilds"],
                resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--it--staging"],
            },
        ]);
    });

    it("has its stacks made by the deploy role of its environment, which its own role may assume", () => {
        const step = planned("", prod);
        const { grants, buildspec } = projectOf(step);
        assert.deepEqual(grants.slice(usual.grants.length), [
            {
                sid: "AssumeDeployRole",
                actions: ["sts:AssumeRole"],
                resources: ["arn:aws:iam::222222222222:role/deploy"],
            },
            {
                sid: "AskForOwnBuilds",
                actions: ["codebuild:BatchGetBuilds"],
                resources: ["arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--it--prod"],
            },
        ]);
        assert.deepEqual(
            step.assumed?.map(({ sid, resources }) => [sid, ...resources]),
            [
                [
                    "RunTestEnvironment",
                    "arn:aws:cloudformation:eu-west-1:222222222222:stack/shop--orders--it--prod--*/*",
                ],
                ["FindLeftTestEnvironments", "*"],
                ["PassExecutionRole", "arn:aws:iam::222222222222:role/cfn-prod"],
            ],
        );
        assert.equal(
            step.summary,
            "make, in a stack of its own, shop--orders--it--prod--…, assuming the role arn:aws:iam::222222222222:role/deploy",
        );
        assert.equal(
            buildspec.match(/ aws cloudformation /g)?.length,
            buildspec.match(/AWS_PROFILE=deploy aws /g)?.length,
        );
        assert.deepEqual(step.weakens, [
            "it may assume the role arn:aws:iam::222222222222:role/deploy for its test environment, and so may its commands",
        ]);
        assert.equal(planned("", dev).assumed, undefined);
        assert.deepEqual(planned("", dev).weakens, []);
    });

    it("before any environment stands in the one project of the suite", () => {
        const { physicalName, description, buildspec } = projectOf(planned(""));
        assert.deepEqual([physicalName, description], ["shop--orders--it", "Tests orders: it"]);
        assert.ok(buildspec.includes('export TEST_STACK="shop--orders--it--${CODEBUILD_BUILD_ID##*:}"'));
    });

    it("names its stacks so that the longest name is one of CloudFormation's", () => {
        const environment = { ...dev, name: "e".repeat(80) };
        const step = only(codebuild.plan(suite(""), at("it", [source], environment)));
        const [, prefix] = /stack of its own, (.*)…/.exec(step.summary) ?? [];
        const id = "11111111-2222-3333-4444-555555555555";
        assert.match(`${prefix}${id}`, /^[A-Za-z][A-Za-z0-9-]{127}$/);
    });

    const given = (step: Step) => JSON.parse(step.configuration.EnvironmentVariables as string) as Variable[];
    const parametersOf = (variables: readonly Variable[]) =>
        variables.filter(({ name }) => name === "TEST_PARAMETERS").map(({ value }) => JSON.parse(value) as unknown);

    it("keeps parameters that are always the same in the project", () => {
        const step = planned('parameters: { Stage: "{environment}", Size: "2" }', dev);
        assert.deepEqual(parametersOf(projectOf(step).variables), [
            [
                { ParameterKey: "Stage", ParameterValue: "dev" },
                { ParameterKey: "Size", ParameterValue: "2" },
            ],
        ]);
        assert.deepEqual(parametersOf(given(step)), []);
    });

    it("is given parameters by the action where one of them is a variable of the pipeline", () => {
        const step = planned('parameters: { Tag: "#{build.TAG}", Size: "2" }', dev);
        assert.deepEqual(projectOf(step).variables, []);
        assert.deepEqual(parametersOf(given(step)), [
            [
                { ParameterKey: "Tag", ParameterValue: "#{build.TAG}" },
                { ParameterKey: "Size", ParameterValue: "2" },
            ],
        ]);
    });

    it("asks for capabilities and parameters only where there are some", () => {
        const { buildspec } = projectOf(planned("", dev));
        assert.doesNotMatch(buildspec, /--capabilities|--parameters/);
    });

    it("says what the execution role needs where the template expands macros", () => {
        assert.deepEqual(planned("capabilities: [CAPABILITY_AUTO_EXPAND]", dev).prerequisites, [
            "arn:aws:iam::111111111111:role/cfn-dev may use the template's macros: cloudformation:CreateChangeSet on arn:aws:cloudformation:eu-west-1:aws:transform/*",
        ]);
    });

    it("judges coverage while it is there, after the commands", () => {
        const own = "commands: [make], reports: { coverage: { format: jacoco, file: j.xml, minimum: 80 } }";
        const { buildspec } = projectOf(only(codebuild.plan(suite("", own), at("it", [source], dev))));
        const places = ["create-stack", "- make", "coverage: ", "finally:", "delete-stack"].map(word =>
            buildspec.lastIndexOf(word),
        );
        assert.deepEqual(
            places,
            [...places].sort((a, b) => a - b),
        );
        assert.ok(places.every(place => place > 0));
    });
});

describe("the key testEnvironment", () => {
    it("takes a template, and a role to make it with", () => assert.deepEqual(check(""), []));

    for (const [title, problems, path, message] of [
        [
            "a buildspec, which would have to set it up itself",
            check("", "buildspec: ci.yml"),
            ["testEnvironment"],
            "expected `commands`, which are what runs while the test environment is there",
        ],
        [
            "commands before it alone",
            check("", "preBuild: [make]"),
            ["testEnvironment"],
            "expected `commands`, which are what runs while the test environment is there",
        ],
        [
            "commands after it",
            check("", "commands: [a], postBuild: [b]"),
            ["postBuild"],
            "expected no `postBuild` beside `testEnvironment`, which is gone by then: put it into `commands`",
        ],
        [
            "an output in a variable that the suite has already",
            check("outputs: { A: B }", "commands: [a], environment: { A: x }"),
            ["testEnvironment", "outputs", "A"],
            "is also a variable of the suite: a variable has one value",
        ],
        [
            "an output in a secret",
            check("outputs: { A: B }", "commands: [a], secrets: { A: x }"),
            ["testEnvironment", "outputs", "A"],
            "is also a variable of the suite: a variable has one value",
        ],
        ...["ENVIRONMENT", "TEST_STACK", "TEST_PARAMETERS", "TEST_LEFTOVERS"].map(
            name =>
                [
                    `an output in ${name}`,
                    check(`outputs: { ${name}: B }`),
                    ["testEnvironment", "outputs", name],
                    "is set by the pipeline; choose another name",
                ] as const,
        ),
        [
            "a variable that it sets itself",
            check("", "commands: [a], environment: { TEST_STACK: x }"),
            ["environment", "TEST_STACK"],
            "is set by the pipeline; choose another name",
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.deepEqual(problems, [{ path, message }]));
    }

    it("is what makes those names the pipeline's", () =>
        assert.deepEqual(
            codebuild.check?.(read(codebuild.settings, "{ commands: [a], environment: { TEST_STACK: x } }")),
            [],
        ));

    for (const [title, words, refused] of [
        ["no template", `executionRoleArn: ${role}`, ["testEnvironment.template"]],
        ["no role: the build's own would make anything", "template: a", ["testEnvironment.executionRoleArn"]],
        [
            "a role for everything",
            'template: a, executionRoleArn: "arn:aws:iam::111111111111:role/*"',
            ["testEnvironment.executionRoleArn"],
        ],
        [
            "an output that CloudFormation does not take",
            `template: a, executionRoleArn: ${role}, outputs: { A: Api-Url }`,
            ["testEnvironment.outputs.A"],
        ],
        [
            "an output in a variable of the AWS CLI",
            `template: a, executionRoleArn: ${role}, outputs: { AWS_REGION: Region }`,
            ["testEnvironment.outputs.AWS_REGION"],
        ],
        [
            "a parameter that CloudFormation does not take",
            `template: a, executionRoleArn: ${role}, parameters: { a-b: c }`,
            ["testEnvironment.parameters.a-b"],
        ],
        [
            "an unknown capability",
            `template: a, executionRoleArn: ${role}, capabilities: [CAPABILITY_ALL]`,
            ["testEnvironment.capabilities.0"],
        ],
        [
            "a name for the stack: another suite could have the same",
            `template: a, executionRoleArn: ${role}, stack: test`,
            ["testEnvironment"],
        ],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(codebuild.settings, `{ commands: [a], testEnvironment: { ${words} } }`).map(
                    line => line.split(":")[0],
                ),
                refused,
            ));
    }
});
