import * as assert from "node:assert/strict";
import { rolesOf } from "../../blueprint/roles";
import { Reference } from "../../catalog/reference";
import { deployRole, fleetOf, pipelineOf, reference, roleOf, threeEnvironments, type Words } from "./support/fleet";

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
