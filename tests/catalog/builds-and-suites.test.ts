import * as assert from "node:assert/strict";
import { codebuild as build, runConfiguration, weaknesses, what } from "../../catalog/builds/codebuild";
import { none } from "../../catalog/builds/none";
import { script } from "../../catalog/deploys/script";
import type { Variable } from "../../catalog/plan";
import { codebuild as suite } from "../../catalog/suites/codebuild";
import { at, built, dev, only, prod, projectOf, read, source } from "./support/place";

const run = (project: string) => [
    {
        sid: "RunOwnProjects",
        actions: ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
        resources: [`arn:aws:codebuild:eu-west-1:111111111111:project/${project}`],
    },
];

const action = (category: string) => ({
    category,
    owner: "AWS",
    provider: "CodeBuild",
    version: "1",
    homeOnly: true,
    inputs: [1, 5],
    outputs: [0, 5],
    configuration: {
        required: ["ProjectName"],
        optional: ["PrimarySource", "BatchEnabled", "BuildspecOverride", "CombineArtifacts", "EnvironmentVariables"],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html",
});

const variablesOf = (text: unknown) => JSON.parse(String(text)) as Variable[];

describe("build codebuild", () => {
    const planned = (yaml: string, inputs = [source]) =>
        only(build.plan(read(build.settings, `{ ${yaml} }`), at("build", inputs)));

    it("runs its project on the source and hands on one artifact", () => {
        const { needs, ...step } = planned("commands: [make]");
        assert.deepEqual(step, {
            name: "build",
            action: action("Build"),
            summary: "make in aws/codebuild/amazonlinux-aarch64-standard:3.0",
            configuration: { ProjectName: "shop--orders--build" },
            inputs: ["SourceArtifact"],
            outputs: [{ key: "build", name: "BuildArtifact", opening: [] }],
            grants: run("shop--orders--build"),
            weakens: [],
        });
        const project = projectOf({ ...step, needs });
        assert.equal(project.description, "Builds orders");
        assert.match(project.buildspec, /artifacts:\n {2}files:\n {4}- "\*\*\/\*"/);
        assert.ok(project.grants.some(({ actions }) => actions.includes("s3:PutObject")));
    });

    it("leaves the variables that it exports under its own name, and no namespace without any", () => {
        assert.equal(planned("commands: [make]").namespace, undefined);
        assert.equal(planned("commands: [make], exportedVariables: [VERSION]").namespace, "build");
        assert.equal(planned("buildspec: ci.yml, exportedVariables: [VERSION]").namespace, "build");
    });

    it("is no build at all with `type: none`", () => {
        assert.deepEqual(none.plan({}, at("build", [source])), []);
    });

    it("says what it weakens", () => {
        assert.deepEqual(weaknesses({ image: "a", privileged: false, notSecret: [], permissions: [] }, "build"), []);
        assert.deepEqual(planned("commands: [make], privileged: true, notSecret: [TOKEN_URL, KEY_ID]").weakens, [
            "build runs privileged: it owns its build machine",
            "build keeps TOKEN_URL, KEY_ID in plain text (notSecret)",
        ]);
    });

    for (const [actions, resources, line] of [
        ["s3:GetObject, s3:PutObject", "arn:aws:s3:::a/*", undefined],
        ["s3:GetObject", "*", "s3:GetObject on everything"],
        ["s3:Get*", "*", "s3:Get* on everything"],
        ["s3:Get*, s3:PutObject", "arn:aws:s3:::a/*", "s3:Get* on arn:aws:s3:::a/*"],
        ["s3:Get*, s3:PutObject", "*", "s3:Get*, s3:PutObject on everything"],
        ["s3:GetObject", "arn:aws:s3:::a/*, *", "s3:GetObject on everything"],
        ["s3:GetObject", "arn:aws:s3:::*", "s3:GetObject on arn:aws:s3:::*"],
        ["ecr:GetAuthorizationToken", "*", undefined],
        ["ecr:GetAuthorizationToken, ecr:PutImage", "*", "ecr:GetAuthorizationToken, ecr:PutImage on everything"],
    ] as const) {
        it(`says ${line === undefined ? "nothing" : "so"} of a permission for ${actions} on ${resources}`, () => {
            const quoted = resources.split(", ").map(resource => JSON.stringify(resource));
            const permission = `{ actions: [${actions}], resources: [${quoted.join(", ")}], reason: It reads. }`;
            assert.deepEqual(
                planned(`commands: [make], permissions: [${permission}]`).weakens,
                line === undefined ? [] : [`build may ${line}: It reads.`],
            );
        });
    }

    for (const [words, shown] of [
        [{ commands: ["a", "b", "c"] }, "a; b; c"],
        [{ commands: ["a", "b", "c", "d"] }, "a; b; c; …"],
        [{ install: ["i"], preBuild: ["p"], postBuild: ["q"] }, "p"],
        [{ postBuild: ["q"] }, "q"],
        [{ buildspec: "ci.yml" }, "ci.yml"],
    ] as const) {
        it(`shows ${JSON.stringify(words)} as ${shown}`, () => assert.equal(what(words), shown));
    }

    it("names the first of several inputs as the primary one, and variables only when there are some", () => {
        const variable: Variable = { name: "A", value: "b", type: "PLAINTEXT" };
        assert.deepEqual(runConfiguration("p", at("a", [source])), { ProjectName: "p" });
        assert.deepEqual(runConfiguration("p", at("a", [built, source]), [variable]), {
            ProjectName: "p",
            PrimarySource: "BuildArtifact",
            EnvironmentVariables: '[{"name":"A","value":"b","type":"PLAINTEXT"}]',
        });
    });
});

describe("suite codebuild", () => {
    const words =
        'commands: [make], environment: { A: "1", URL: "https://{environment}.{region}.x" }, secrets: { T: "t", K: "key-{environment}:k", P: "ssm:/{account}/p" }';
    const planned = (environment?: typeof dev) =>
        only(suite.plan(read(suite.settings, `{ ${words} }`), at("integration", [source, built], environment)));

    it("is told by the action which environment it tests", () => {
        const step = planned(prod);
        assert.deepEqual(variablesOf(step.configuration.EnvironmentVariables), [
            { name: "ENVIRONMENT", value: "prod", type: "PLAINTEXT" },
            { name: "URL", value: "https://prod.eu-west-1.x", type: "PLAINTEXT" },
            { name: "K", value: "key-prod:k", type: "SECRETS_MANAGER" },
            { name: "P", value: "/222222222222/p", type: "PARAMETER_STORE" },
        ]);
        const { EnvironmentVariables, ...configuration } = step.configuration;
        assert.deepEqual(configuration, { ProjectName: "shop--orders--integration", PrimarySource: "SourceArtifact" });
        assert.deepEqual(step.action, action("Test"));
        assert.deepEqual(step.inputs, ["SourceArtifact", "BuildArtifact"]);
        assert.deepEqual(step.outputs, []);
        assert.deepEqual(step.grants, run("shop--orders--integration"));
        assert.equal(step.byDeployRole, undefined);
    });

    it("runs in one project in all environments, with the secrets of this one granted", () => {
        const [first, second] = [projectOf(planned(dev)), projectOf(planned(prod))];
        const { grants: inDev, ...rest } = first;
        const { grants: inProd, ...same } = second;
        assert.deepEqual(rest, same);
        const secrets = (grants: typeof inDev) =>
            grants.filter(({ sid }) => sid.startsWith("ReadNamed")).flatMap(({ resources }) => resources);
        assert.deepEqual(secrets(inDev), [
            "arn:aws:secretsmanager:eu-west-1:111111111111:secret:t-??????",
            "arn:aws:secretsmanager:eu-west-1:111111111111:secret:key-dev-??????",
            "arn:aws:ssm:eu-west-1:111111111111:parameter/111111111111/p",
        ]);
        assert.deepEqual(secrets(inProd), [
            "arn:aws:secretsmanager:eu-west-1:111111111111:secret:t-??????",
            "arn:aws:secretsmanager:eu-west-1:111111111111:secret:key-prod-??????",
            "arn:aws:ssm:eu-west-1:111111111111:parameter/222222222222/p",
        ]);
    });

    it("leaves the variables that it exports under its own name and the environment's", () => {
        assert.equal(planned(prod).namespace, undefined);
        const settings = read(suite.settings, "{ commands: [make], exportedVariables: [A] }");
        assert.equal(only(suite.plan(settings, at("smoke", [source], prod))).namespace, "smoke__prod");
    });

    it("before any environment is told of none", () => {
        const step = only(
            suite.plan(read(suite.settings, '{ commands: [make], environment: { A: "1" } }'), at("unit", [source])),
        );
        assert.deepEqual(step.configuration, { ProjectName: "shop--orders--unit" });
        assert.deepEqual(projectOf(step).variables, [{ name: "A", value: "1", type: "PLAINTEXT" }]);
    });

    it("cannot write artifacts", () => {
        const actions = projectOf(planned(prod)).grants.flatMap(grant => grant.actions);
        assert.deepEqual(
            actions.filter(granted => granted.startsWith("s3:")),
            ["s3:GetObject", "s3:GetObjectVersion", "s3:GetBucketAcl", "s3:GetBucketLocation"],
        );
    });

    it("fails on a variable that the pipeline sets: AWS refuses two of one name", () => {
        assert.deepEqual(suite.check?.(read(suite.settings, "{ commands: [a], environment: { ENVIRONMENT: x } }")), [
            { path: ["environment", "ENVIRONMENT"], message: "is set by the pipeline; choose another name" },
        ]);
    });
});

describe("deploy script", () => {
    const planned = (yaml: string, environment: typeof prod) =>
        only(script.plan(read(script.settings, `{ ${yaml} }`), at("deploy", [built, source], environment)));

    it("runs a project of its own in each environment, by the pipeline's role", () => {
        const { needs, ...step } = planned("commands: [./deploy.sh]", prod);
        assert.deepEqual(step, {
            name: "deploy",
            action: action("Build"),
            summary: "script ./deploy.sh, assuming the role arn:aws:iam::222222222222:role/deploy",
            assumed: [],
            configuration: { ProjectName: "shop--orders--deploy--prod", PrimarySource: "BuildArtifact" },
            inputs: ["BuildArtifact", "SourceArtifact"],
            outputs: [],
            grants: run("shop--orders--deploy--prod"),
            weakens: [],
        });
        const project = projectOf({ ...step, needs });
        assert.equal(project.description, "Deploys orders to prod: deploy");
        assert.deepEqual(project.logs, { group: "/builds", stream: "orders/deploy/prod" });
        assert.deepEqual(project.variables, [
            { name: "ENVIRONMENT", value: "prod", type: "PLAINTEXT" },
            { name: "DEPLOY_ROLE_ARN", value: "arn:aws:iam::222222222222:role/deploy", type: "PLAINTEXT" },
        ]);
        assert.deepEqual(project.grants.at(-1), {
            sid: "AssumeDeployRole",
            actions: ["sts:AssumeRole"],
            resources: ["arn:aws:iam::222222222222:role/deploy"],
        });
    });

    it("says what its permissions leave open, as a suite does", () => {
        const words = "commands: [a], permissions: [{ actions: [ecs:List*], resources: ['*'], reason: It looks. }]";
        const suiteStep = only(suite.plan(read(suite.settings, `{ ${words} }`), at("smoke", [source], dev)));
        assert.deepEqual(suiteStep.weakens, ["smoke may ecs:List* on everything: It looks."]);
        assert.deepEqual(planned(words, prod).weakens, ["deploy may ecs:List* on everything: It looks."]);
    });

    it("leaves the variables that it exports under its own name and the environment's", () => {
        assert.equal(planned("commands: [a], exportedVariables: [A]", dev).namespace, "deploy__dev");
    });

    it("assumes no role where the environment has none", () => {
        const project = projectOf(planned("commands: [a]", dev));
        assert.deepEqual(project.variables, [{ name: "ENVIRONMENT", value: "dev", type: "PLAINTEXT" }]);
        assert.equal(
            project.grants.some(({ actions }) => actions.includes("sts:AssumeRole")),
            false,
        );
        assert.equal(
            project.grants.some(({ actions }) => actions.includes("s3:PutObject")),
            false,
        );
    });

    it("fails on variables that the pipeline sets, and on nothing to run", () => {
        const check = (yaml: string) => script.check?.(read(script.settings, `{ ${yaml} }`)).map(({ path }) => path);
        assert.deepEqual(check('environment: { ENVIRONMENT: x }, secrets: { DEPLOY_ROLE_ARN: "x" }'), [
            [],
            ["environment", "ENVIRONMENT"],
            ["secrets", "DEPLOY_ROLE_ARN"],
        ]);
        assert.deepEqual(check("commands: [a]"), []);
    });
});
