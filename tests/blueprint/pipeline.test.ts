import * as assert from "node:assert/strict";
import { componentStatements, rolesOf } from "../../blueprint/roles";
import { Reference } from "../../catalog/reference";
import {
    deployRole,
    ecsService,
    fleetOf,
    pipelineOf,
    reference,
    roleOf,
    threeEnvironments,
    type Words,
} from "./support/fleet";

const fleetWith = (orders: Words, environments: readonly object[] = threeEnvironments) =>
    fleetOf({ environments, services: { orders } });
const fleet = fleetWith(reference);
const pipeline = pipelineOf(fleet);
const key = new Reference("artifactKey");
const bucket = "arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1";
const inThisAccount = { StringEquals: { "aws:ResourceAccount": "111111111111" } };
const ecsEverywhere =
    "ecs:DescribeTaskDefinition has no resource-level permission, and a revision has no ARN before it is registered";
const toEcs = { StringEquals: { "iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] } };

describe("the reference pipeline", () => {
    it("is called after its service, and found in the console", () => {
        const { service, name, arn, consoleUrl, folder, executionMode, triggers, revision } = pipeline;
        assert.deepEqual(
            { service, name, arn, consoleUrl, folder, executionMode, triggers, revision },
            {
                service: "orders",
                name: "shop--orders",
                arn: "arn:aws:codepipeline:eu-west-1:111111111111:shop--orders",
                consoleUrl:
                    "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders/view?region=eu-west-1",
                folder: "shop--orders",
                executionMode: "QUEUED",
                triggers: [],
                revision: {
                    label: "commit",
                    id: "#{SourceVariables.CommitId}",
                    message: "#{SourceVariables.CommitMessage}",
                },
            },
        );
    });

    it("has a role that may do this, and nothing else", () => {
        const { statements, ...role } = pipeline.role;
        assert.deepEqual(role, {
            name: "shop--orders--pipeline",
            arn: "arn:aws:iam::111111111111:role/shop--orders--pipeline",
            of: "pipeline shop--orders",
            trust: { service: "codepipeline.amazonaws.com" },
            path: ["services", "orders"],
        });
        const allow = (Sid: string, Action: string[], Resource: unknown[], more: object = {}) => ({
            Sid,
            Effect: "Allow",
            Action,
            Resource,
            ...more,
        });
        const ask = (word: string) =>
            allow(
                `Ask${word}`,
                ["lambda:InvokeFunction"],
                [`arn:aws:lambda:eu-west-1:111111111111:function:shop--fleet--${word.toLowerCase()}`],
            );
        assert.deepEqual(statements, [
            allow(
                "UseArtifacts",
                [
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    "s3:PutObject",
                    "s3:PutObjectAcl",
                    "s3:GetObjectTagging",
                    "s3:GetObjectVersionTagging",
                    "s3:PutObjectTagging",
                ],
                [`${bucket}/shop--orders/*`],
                { Condition: inThisAccount },
            ),
            allow("FindBucket", ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"], [bucket], {
                Condition: inThisAccount,
            }),
            allow("UseArtifactKey", ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"], [key]),
            allow("UseConnection", ["codeconnections:UseConnection"], [new Reference("connection:github")]),
            allow(
                "RunOwnProjects",
                ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                [
                    "arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--build",
                    "arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--integration",
                ],
            ),
            ask("Seal"),
            ask("Verify"),
            allow(
                "UpdateEcsService",
                ["ecs:DescribeServices", "ecs:UpdateService"],
                [
                    "arn:aws:ecs:eu-west-1:111111111111:service/shop-dev/orders",
                    "arn:aws:ecs:eu-west-1:111111111111:service/shop-staging/orders",
                ],
            ),
            allow("RegisterTaskDefinition", ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"], ["*"], {
                reason: ecsEverywhere,
            }),
            allow(
                "TagTaskDefinition",
                ["ecs:TagResource"],
                ["arn:aws:ecs:eu-west-1:111111111111:task-definition/*:*"],
                { Condition: { StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" } } },
            ),
            allow("PassTaskRoles", ["iam:PassRole"], ["arn:aws:iam::111111111111:role/orders-task"], {
                Condition: toEcs,
            }),
            allow(
                "AskApprovers",
                ["sns:Publish"],
                [
                    "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--staging",
                    "arn:aws:sns:eu-west-1:111111111111:shop--fleet--approve--prod",
                ],
            ),
            allow(
                "WatchGateAlarms",
                ["cloudwatch:DescribeAlarms"],
                ["arn:aws:cloudwatch:eu-west-1:111111111111:alarm:orders-prod-5xx"],
            ),
            allow("AssumeDeployRoles", ["sts:AssumeRole"], [deployRole]),
        ]);
    });

    it("has a role for each project, and three in all", () => {
        assert.deepEqual(
            rolesOf(pipeline, fleet).map(({ name, of }) => [name, of]),
            [
                ["shop--orders--pipeline", "pipeline shop--orders"],
                ["shop--orders--build", "project shop--orders--build"],
                ["shop--orders--integration", "project shop--orders--integration"],
            ],
        );
    });

    it("has one project for a suite of several environments, with the secrets of all of them", () => {
        const names = pipeline.components.map(({ logicalName }) => logicalName);
        assert.deepEqual(names, ["orders--build", "orders--integration"]);
        const secrets = roleOf(fleet, "shop--orders--integration").statements.filter(({ Sid }) =>
            Sid.startsWith("Read"),
        );
        assert.deepEqual(
            secrets.map(({ Sid, Resource }) => [Sid, Resource]),
            [
                ["ReadArtifacts", [`${bucket}/shop--orders/*`]],
                [
                    "ReadNamedSecrets",
                    [
                        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:api-key-dev-??????",
                        "arn:aws:secretsmanager:eu-west-1:111111111111:secret:api-key-staging-??????",
                    ],
                ],
            ],
        );
    });

    it("tells whom the deploy role of another account must trust and what it must be allowed", () => {
        assert.deepEqual(
            pipeline.foreignRoles.map(({ arn, environment, trusts, statements }) => [
                arn,
                environment,
                trusts,
                statements.map(({ Sid, Action, Resource }) => [Sid, Action.length, Resource]),
            ]),
            [
                [
                    deployRole,
                    "prod",
                    ["arn:aws:iam::111111111111:role/shop--orders--pipeline"],
                    [
                        ["ReadArtifacts", 2, [`${bucket}/shop--orders/*`]],
                        ["FindBucket", 4, [bucket]],
                        ["OpenArtifacts", 2, [key]],
                        ["UpdateEcsService", 2, ["arn:aws:ecs:eu-west-1:222222222222:service/shop-prod/orders"]],
                        ["RegisterTaskDefinition", 2, ["*"]],
                        ["TagTaskDefinition", 1, ["arn:aws:ecs:eu-west-1:222222222222:task-definition/*:*"]],
                        ["PassTaskRoles", 1, ["arn:aws:iam::222222222222:role/orders-task"]],
                    ],
                ],
            ],
        );
    });
});

describe("a pipeline", () => {
    it("assumes no role where a script deploys: the project does", () => {
        const permissions = [
            {
                actions: ["batch:RegisterJobDefinition"],
                resources: ["arn:aws:batch:{region}:{account}:job-definition/a*"],
                reason: "It does.",
            },
        ];
        const script = { ...ecsService("orders"), deploy: { type: "script", commands: ["./deploy.sh"], permissions } };
        const orders = pipelineOf(fleetWith(script));
        const batch = (account: string) => ({
            Sid: "Permission1",
            Effect: "Allow",
            Action: ["batch:RegisterJobDefinition"],
            Resource: [`arn:aws:batch:eu-west-1:${account}:job-definition/a*`],
            reason: "It does.",
        });
        assert.deepEqual(orders.foreignRoles, [
            {
                arn: deployRole,
                environment: "prod",
                trusts: ["arn:aws:iam::111111111111:role/shop--orders--deploy--prod"],
                statements: [batch("222222222222")],
            },
        ]);
        const own = orders.components.map(component =>
            componentStatements(component).filter(({ Sid }) => Sid === "Permission1" || Sid === "AssumeDeployRole"),
        );
        // The project of another account's environment may assume the role there, and nothing else.
        assert.deepEqual(own, [
            [],
            [batch("111111111111")],
            [batch("111111111111")],
            [{ Sid: "AssumeDeployRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [deployRole] }],
        ]);
        assert.equal(
            orders.role.statements.some(({ Action }) => Action.includes("sts:AssumeRole")),
            false,
        );
        assert.deepEqual(
            orders.components.map(({ logicalName }) => logicalName),
            ["orders--build", "orders--deploy--dev", "orders--deploy--staging", "orders--deploy--prod"],
        );
    });

    it("starts by paths, or by an upload with a role that may start it and no other", () => {
        const source = { repository: "acme/shop", paths: ["orders/**"] };
        assert.deepEqual(pipelineOf(fleetWith({ ...reference, source })).triggers, [
            {
                action: "source",
                pushes: [{ branches: { includes: ["main"] }, paths: { includes: ["orders/**"] } }],
            },
        ]);
        const dropped = fleetWith({
            source: { type: "s3", bucket: "drops", key: "a.zip" },
            build: { type: "none" },
            deploy: { type: "s3", bucket: "site-{environment}" },
        });
        const [trigger, ...none] = pipelineOf(dropped).components;
        assert.deepEqual(none, []);
        assert.deepEqual(componentStatements(trigger), [
            {
                Sid: "StartPipeline",
                Effect: "Allow",
                Action: ["codepipeline:StartPipelineExecution"],
                Resource: ["arn:aws:codepipeline:eu-west-1:111111111111:shop--orders"],
            },
        ]);
        assert.deepEqual(rolesOf(pipelineOf(dropped), dropped)[1].of, "event rule shop--orders--upload");
        assert.deepEqual(pipelineOf(dropped).prerequisites, [
            "bucket drops is versioned and sends its notifications to EventBridge",
            "the alarm orders-prod-5xx is in account 111111111111 and eu-west-1, as no gate reads one of 222222222222 in eu-west-1; there it can watch metrics of 222222222222",
        ]);
    });

    it("lets builds and tests of a full clone use the connection", () => {
        const cloned = fleetWith({ ...reference, source: { repository: "acme/orders", fullClone: true } });
        for (const role of ["shop--orders--build", "shop--orders--integration"]) {
            const use = roleOf(cloned, role).statements.filter(({ Sid }) => Sid === "UseConnection");
            assert.deepEqual(
                use.map(({ Resource }) => Resource),
                [[new Reference("connection:github")]],
            );
        }
    });

    it("says once what it weakens, wherever it does", () => {
        const orders = pipelineOf(
            fleetWith({
                ...reference,
                build: { commands: ["make"], privileged: true },
                environments: { prod: { skipApproval: "Read-only." } },
            }),
        );
        assert.deepEqual(orders.weakens, [
            "build runs privileged: it owns its build machine",
            "no approval before prod: Read-only.",
        ]);
    });

    it("stays as it is when a service is added beside it", () => {
        const services = { a: ecsService("a"), orders: reference, "orders-api": ecsService("orders-api") };
        assert.deepEqual(pipelineOf(fleetOf({ environments: threeEnvironments, services })), pipeline);
    });
});
