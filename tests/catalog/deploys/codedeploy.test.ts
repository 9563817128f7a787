import * as assert from "node:assert/strict";
import { codedeploy } from "../../../catalog/deploys/codedeploy";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const arn = "arn:aws:codedeploy:eu-west-1:222222222222";

describe("deploy codedeploy", () => {
    it("deploys the artifact to one group, by the environment's deploy role", () => {
        const settings = read(codedeploy.settings, "{ application: orders, deploymentGroup: prod }");
        assert.deepEqual(only(codedeploy.plan(settings, at("deploy", [built, source], prod))), {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "CodeDeploy",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: { required: ["ApplicationName", "DeploymentGroupName"], optional: [] },
                openedBy: "the instances",
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeDeploy.html",
            },
            byDeployRole: true,
            summary: "CodeDeploy deployment group prod of application orders",
            configuration: { ApplicationName: "orders", DeploymentGroupName: "prod" },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [
                {
                    sid: "DeployToGroup",
                    actions: [
                        "codedeploy:CreateDeployment",
                        "codedeploy:GetDeployment",
                        "codedeploy:GetDeploymentGroup",
                        "codedeploy:ListDeployments",
                    ],
                    resources: [`${arn}:deploymentgroup:orders/prod`],
                },
                {
                    sid: "RegisterRevision",
                    actions: [
                        "codedeploy:GetApplication",
                        "codedeploy:GetApplicationRevision",
                        "codedeploy:ListDeploymentGroups",
                        "codedeploy:RegisterApplicationRevision",
                    ],
                    resources: [`${arn}:application:orders`, `${arn}:application:orders/*`],
                },
                {
                    sid: "ReadDeploymentConfig",
                    actions: ["codedeploy:GetDeploymentConfig"],
                    resources: [`${arn}:deploymentconfig:*`],
                },
                {
                    sid: "ListDeploymentConfigs",
                    actions: ["codedeploy:ListDeploymentConfigs"],
                    resources: ["*"],
                    reason: "codedeploy:ListDeploymentConfigs has no resource-level permission",
                },
            ],
            targets: [{ what: "CodeDeploy deployment group prod of application orders", account: "222222222222" }],
            prerequisites: [
                "the roles of the instances, `artifactReaders` of prod, may s3:GetObject on arn:aws:s3:::artifacts/shop--orders/* and kms:Decrypt on its key",
            ],
        });
    });

    it("names the bucket by its region where instances of another region fetch from it", () => {
        const settings = read(codedeploy.settings, "{ application: orders, deploymentGroup: prod }");
        const [step] = codedeploy.plan(settings, at("deploy", [built], { ...prod, region: "us-east-1" }));
        assert.deepEqual(step.prerequisites, [
            "the roles of the instances, `artifactReaders` of prod, may s3:GetObject on shop--orders/* in the artifact bucket of us-east-1 and kms:Decrypt on its key",
        ]);
    });

    it("says that Lambda functions are deployed by other kinds", () => {
        assert.match(
            codedeploy.limits?.[0] ?? "",
            /^Deployment groups of instances only\. .*`lambda`.*`cloudformation`/,
        );
    });

    for (const [title, yaml, refused] of [
        ["no application", "deploymentGroup: prod", "application"],
        ["no group", "application: orders", "deploymentGroup"],
        [
            "a group with its application before it",
            "application: orders, deploymentGroup: orders/prod",
            "deploymentGroup",
        ],
        ["every group", 'application: orders, deploymentGroup: "prod*"', "deploymentGroup"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(codedeploy.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
