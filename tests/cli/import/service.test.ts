import * as assert from "node:assert/strict";
import { imported } from "../../../cli/import/service";
import type { ActionPlan, FleetPlan } from "../../../blueprint/plan";
import { shown } from "../../../catalog/reference";
import { planOf, stackFile } from "../../support/plans";
import { action, approve, ecs, pipeline, source, stage } from "./support";

/** The plan of the imported entry, in a stack file that has the environments which it asks for. */
function planned(json: object): FleetPlan {
    const { entry, environments } = imported(json);
    return planOf({
        ...stackFile(),
        connections: { github: { provider: "GitHub" } },
        environments: environments.map(({ name, account, deployRoleArn, approval }) => ({
            name,
            artifactReaders: ["arn:aws:iam::{account}:role/instances"],
            ...(account !== undefined && { account, deployRoleArn }),
            ...(approval !== undefined && { approval: { ...(approval as object), notify: ["release@acme.example"] } }),
        })),
        defaults: {},
        services: { orders: entry },
    });
}

/** The actions of a plan that deploy, by stage. */
const deploysOf = ({ pipelines }: FleetPlan) =>
    pipelines[0].stages.flatMap(({ name, actions }) =>
        actions.filter(one => one.action.category === "Deploy").map(one => [name, configurationOf(one)] as const),
    );

const configurationOf = ({ configuration }: ActionPlan) =>
    Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, shown(value)]));

describe("an imported pipeline", () => {
    it("deploys the same in the same environments, in their order", () => {
        const json = pipeline(
            stage("DeployToStaging", ecs("staging")),
            stage("Approve", approve),
            stage("DeployToProd", ecs("prod", { roleArn: "arn:aws:iam::222222222222:role/deploy" })),
        );
        const plan = planned(json);
        assert.deepEqual(deploysOf(plan), [
            ["staging", ecs("staging").configuration],
            ["prod", ecs("prod").configuration],
        ]);
        assert.equal(plan.accounts.prod, "222222222222");
        assert.deepEqual(
            plan.pipelines[0].stages.map(({ name }) => name),
            ["Source", "Build", "staging", "Approve-prod", "prod"],
        );
        const approval = plan.pipelines[0].stages.find(({ purpose }) => purpose === "approval")?.approval;
        assert.deepEqual(
            [approval?.timeoutHours, approval?.instructions, approval?.reviewUrl],
            [48, "Look first", "https://acme.example"],
        );
        const [first] = plan.pipelines[0].stages[0].actions;
        assert.deepEqual(
            [first.configuration.FullRepositoryId, first.configuration.BranchName],
            ["acme/orders", "main"],
        );
    });

    it("says once what environments have in common, and apart what is different in one", () => {
        const bucket = (name: string, CacheControl: string) =>
            action("Deploy", "S3", "Deploy", { BucketName: name, Extract: "true", CacheControl });
        const json = pipeline(
            stage("Dev", bucket("web-dev", "no-cache")),
            stage("Live", bucket("web-live", "max-age=60")),
        );
        const { entry } = imported(json);
        assert.deepEqual(entry.deploy, {
            type: "s3",
            bucket: "web-{environment}",
            extract: true,
            cacheControl: "no-cache",
        });
        assert.deepEqual(entry.environments, { live: { deploy: { cacheControl: "max-age=60" } } });
        assert.deepEqual(
            deploysOf(planned(json)).map(([, { BucketName, CacheControl }]) => [BucketName, CacheControl]),
            [
                ["web-dev", "no-cache"],
                ["web-live", "max-age=60"],
            ],
        );
    });

    for (const [provider, configuration, more] of [
        ["ECS", { ClusterName: "c", ServiceName: "s", FileName: "images.json", DeploymentTimeout: "20" }, {}],
        ["S3", { BucketName: "bucket", Extract: "false", ObjectKey: "app.zip", CacheControl: "no-cache" }, {}],
        ["CodeDeploy", { ApplicationName: "a", DeploymentGroupName: "g" }, {}],
        ["ElasticBeanstalk", { ApplicationName: "a", EnvironmentName: "environment" }, {}],
        ["Lambda", { FunctionName: "f", FunctionAlias: "live", DeployStrategy: "Canary10Percent5Minutes" }, {}],
        [
            "CodeDeployToECS",
            {
                ApplicationName: "a",
                DeploymentGroupName: "g",
                TaskDefinitionTemplatePath: "taskdef.json",
                AppSpecTemplatePath: "appspec.yaml",
            },
            {},
        ],
        [
            "EKS",
            {
                ClusterName: "c",
                Namespace: "shop",
                HelmReleaseName: "r",
                HelmChartLocation: "chart",
                HelmValuesFiles: "a.yaml,b.yaml",
            },
            {},
        ],
        [
            "EKS",
            { ClusterName: "c", ManifestFiles: "a.yaml", Subnets: "subnet-1,subnet-2", SecurityGroupIds: "sg-1" },
            {},
        ],
        [
            "AppConfig",
            {
                Application: "abc1234",
                Environment: "def1234",
                ConfigurationProfile: "abc1235",
                DeploymentStrategy: "abc1236",
                InputArtifactConfigurationPath: "c.json",
            },
            {},
        ],
    ] as const) {
        it(`deploys by ${provider} with the same configuration: ${Object.keys(configuration).join(", ")}`, () => {
            const [[, planned1]] = deploysOf(
                planned(pipeline(stage("Live", action("Deploy", provider, "Deploy", configuration, more)))),
            );
            assert.deepEqual(
                Object.fromEntries(Object.keys(configuration).map(key => [key, planned1[key]])),
                configuration,
            );
        });
    }

    it("makes one deploy of the two actions of a change set", () => {
        const stack = { StackName: "orders-live", ChangeSetName: "changes" };
        const { entry, notExpressed } = imported(
            pipeline(
                stage(
                    "Live",
                    action("Deploy", "CloudFormation", "Prepare", {
                        ...stack,
                        ActionMode: "CHANGE_SET_REPLACE",
                        TemplatePath: "out::packaged.yaml",
                        Capabilities: "CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND",
                        RoleArn: "arn:aws:iam::111111111111:role/cfn",
                        ParameterOverrides: '{"Stage":"live"}',
                    }),
                    action("Deploy", "CloudFormation", "Execute", { ...stack, ActionMode: "CHANGE_SET_EXECUTE" }),
                ),
            ),
        );
        assert.deepEqual(entry.deploy, {
            type: "cloudformation",
            stack: "orders-live",
            executionRoleArn: "arn:aws:iam::111111111111:role/cfn",
            capabilities: ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            template: "packaged.yaml",
            parameters: { Stage: "live" },
        });
        assert.ok(!notExpressed.some(([path]) => path.includes("configuration")), JSON.stringify(notExpressed));
    });

    it("takes a test before any deploy and one after it for suites", () => {
        const test = (name: string) => action("Test", "CodeBuild", name, { ProjectName: `orders-${name}` });
        const { entry, toFill } = imported(
            pipeline(
                stage("Checks", test("Unit")),
                stage("Dev", ecs("dev"), test("Api")),
                stage("Live", ecs("live"), test("Api")),
            ),
        );
        assert.deepEqual(entry.suites, {
            unit: { buildspec: "buildspec.yml" },
            api: { after: "deploy", environments: ["dev", "live"], buildspec: "buildspec.yml" },
        });
        assert.ok(toFill.some(([word, what]) => word === "suites.api.buildspec" && what.includes("orders-Api")));
    });

    it("takes what its projects say", () => {
        const project = {
            name: "orders-build",
            source: { buildspec: "ci/build.yml" },
            environment: {
                image: "aws/codebuild/standard:7.0",
                computeType: "BUILD_GENERAL1_MEDIUM",
                privilegedMode: true,
                environmentVariables: [
                    { name: "MODE", value: "ci", type: "PLAINTEXT" },
                    { name: "TOKEN", value: "npm:token", type: "SECRETS_MANAGER" },
                    { name: "KEY", value: "/orders/key", type: "PARAMETER_STORE" },
                ],
            },
            timeoutInMinutes: 20,
        };
        const { entry } = imported(pipeline(stage("Live", ecs("live"))), new Map([["orders-build", project]]));
        assert.deepEqual(entry.build, {
            buildspec: "ci/build.yml",
            image: "aws/codebuild/standard:7.0",
            compute: "medium",
            privileged: true,
            timeoutMinutes: 20,
            environment: { MODE: "ci" },
            secrets: { TOKEN: "npm:token", KEY: "ssm:/orders/key" },
        });
        const inline = new Map([["orders-build", { ...project, source: { buildspec: "version: 0.2\nphases: {}" } }]]);
        assert.ok(
            imported(pipeline(stage("Live", ecs("live"))), inline).toFill.some(
                ([word, what]) => word === "build.buildspec" && /stands in the project/.test(what),
            ),
        );
    });

    for (const [title, stages, path, why] of [
        [
            "an action of a provider that is not known",
            [stage("Live", action("Deploy", "Alexa", "Skill"))],
            "pipeline.stages[2].actions[0]",
            /no deploy for Alexa/,
        ],
        [
            "a state machine",
            [stage("Live", ecs("live"), action("Invoke", "StepFunctions", "Warm"))],
            "pipeline.stages[2].actions[1]",
            /step of the kind `step-functions`/,
        ],
        [
            "an approval that no deploy follows",
            [stage("Live", ecs("live")), stage("Approve", approve)],
            "pipeline.stages[3].actions[0].configuration.CustomData",
            /^"Look first" has no word here$/,
        ],
        [
            "a condition of no environment",
            [{ ...stage("Checks", approve), onFailure: { result: "ROLLBACK" } }],
            "pipeline.stages[2].onFailure",
            /^conditions are of an environment, and Checks deploys to none/,
        ],
        [
            "a word that nobody knows",
            [stage("Live", { ...ecs("live"), novelty: 1 })],
            "pipeline.stages[2].actions[0].novelty",
            /^1 has no word here$/,
        ],
    ] as const) {
        it(`tells of ${title}, and where it stands`, () => {
            const { notExpressed } = imported(pipeline(...stages));
            const said = notExpressed.find(([where]) => where === path);
            assert.match(said?.[1] ?? `nothing of ${path} in ${JSON.stringify(notExpressed)}`, why);
        });
    }

    it("keeps names apart that come to the same key, and makes keys of any name", () => {
        const json = pipeline(
            stage("Deploy", ecs("a")),
            stage("DEPLOY", ecs("b")),
            stage("Zürich 1", ecs("c")),
            stage("1", ecs("d")),
        );
        const names = imported(json).environments.map(({ name }) => String(name));
        assert.equal(new Set(names).size, 4);
        assert.ok(
            names.every(name => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)),
            names.join(),
        );
        assert.ok(source.name === "Source");
    });
});
