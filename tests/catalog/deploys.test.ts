import * as assert from "node:assert/strict";
import { ecs } from "../../catalog/deploys/ecs";
import { at, built, dev, only, prod, read, refusals, source } from "./support/place";

describe("deploy ecs", () => {
    const planned = (yaml: string, environment = prod) =>
        only(ecs.plan(read(ecs.settings, `{ ${yaml} }`), at("deploy", [built, source], environment)));
    const base = "cluster: shop-prod, service: orders";

    it("updates the one service, by the environment's deploy role", () => {
        const step = planned(`${base}, taskRoles: ["arn:aws:iam::222222222222:role/task"]`);
        assert.deepEqual(step, {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "ECS",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["ClusterName", "ServiceName"],
                    optional: ["FileName", "DeploymentTimeout"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html",
            },
            byDeployRole: true,
            configuration: {
                ClusterName: "shop-prod",
                ServiceName: "orders",
                FileName: "imagedefinitions.json",
            },
            inputs: ["BuildArtifact"],
            imageFiles: { BuildArtifact: ["imagedefinitions.json"] },
            outputs: [],
            grants: [
                {
                    sid: "UpdateEcsService",
                    actions: ["ecs:DescribeServices", "ecs:UpdateService"],
                    resources: ["arn:aws:ecs:eu-west-1:222222222222:service/shop-prod/orders"],
                },
                {
                    sid: "RegisterTaskDefinition",
                    actions: ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"],
                    resources: ["*"],
                    reason: "ecs:DescribeTaskDefinition has no resource-level permission, and a revision has no ARN before it is registered",
                },
                {
                    sid: "TagTaskDefinition",
                    actions: ["ecs:TagResource"],
                    resources: ["arn:aws:ecs:eu-west-1:222222222222:task-definition/*:*"],
                    conditions: { StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" } },
                },
                {
                    sid: "PassTaskRoles",
                    actions: ["iam:PassRole"],
                    resources: ["arn:aws:iam::222222222222:role/task"],
                    conditions: {
                        StringEquals: { "iam:PassedToService": ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"] },
                    },
                },
            ],
            passes: ["arn:aws:iam::222222222222:role/task"],
            targets: [{ what: "ECS service orders of cluster shop-prod", account: "222222222222" }],
            summary: "ECS service orders of cluster shop-prod",
        });
    });

    it("passes no role when none is named", () => {
        const sids = planned(`${base}, taskRoles: []`).grants.map(({ sid }) => sid);
        assert.deepEqual(sids, ["UpdateEcsService", "RegisterTaskDefinition", "TagTaskDefinition"]);
    });

    it("hands on its own file and its own timeout, in minutes", () => {
        const step = planned(`${base}, taskRoles: [], imageDefinitions: images.json, timeoutMinutes: 20`, dev);
        assert.deepEqual(step.configuration, {
            ClusterName: "shop-prod",
            ServiceName: "orders",
            FileName: "images.json",
            DeploymentTimeout: "20",
        });
    });

    for (const [title, yaml, refused] of [
        ["missing task roles: the first deploy would fail", base, "taskRoles"],
        ["a role of all roles", `${base}, taskRoles: ["arn:aws:iam::222222222222:role/*"]`, "taskRoles.0"],
        ["a user in a role's place", `${base}, taskRoles: ["arn:aws:iam::222222222222:user/task"]`, "taskRoles.0"],
        ["a cluster's ARN", 'cluster: "arn:aws:ecs:x", service: a, taskRoles: []', "cluster"],
        ["a timeout of 61 minutes", `${base}, taskRoles: [], timeoutMinutes: 61`, "timeoutMinutes"],
        ["a timeout of none", `${base}, taskRoles: [], timeoutMinutes: 0`, "timeoutMinutes"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(ecs.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
