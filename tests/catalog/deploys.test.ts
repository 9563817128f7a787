import * as assert from "node:assert/strict";
import { ecs } from "../../catalog/deploys/ecs";
import { s3 } from "../../catalog/deploys/s3";
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

describe("deploy s3", () => {
    const planned = (yaml: string) =>
        only(s3.plan(read(s3.settings, `{ ${yaml} }`), at("deploy", [built, source], prod)));
    const Condition = { StringEquals: { "aws:ResourceAccount": "222222222222" } };

    it("unpacks into the whole bucket", () => {
        const step = planned("bucket: shop-web, cacheControl: no-cache");
        assert.deepEqual(step.configuration, { BucketName: "shop-web", Extract: "true", CacheControl: "no-cache" });
        assert.deepEqual([step.action.category, step.action.provider], ["Deploy", "S3"]);
        assert.deepEqual(step.inputs, ["BuildArtifact"]);
        assert.equal(step.byDeployRole, true);
        assert.deepEqual(step.grants, [
            {
                sid: "WriteDeployedFiles",
                actions: ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
                resources: ["arn:aws:s3:::shop-web/*"],
                conditions: Condition,
            },
            {
                sid: "FindDeployBucket",
                actions: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
                resources: ["arn:aws:s3:::shop-web"],
                conditions: Condition,
            },
        ]);
        assert.deepEqual(step.targets, [{ what: "s3://shop-web/" }]);
    });

    for (const [title, yaml, configuration, resource, target] of [
        [
            "a folder",
            "bucket: shop-web, prefix: app/v1",
            { BucketName: "shop-web", Extract: "true", ObjectKey: "app/v1" },
            "arn:aws:s3:::shop-web/app/v1/*",
            "s3://shop-web/app/v1/",
        ],
        [
            "one archive",
            "bucket: shop-web, prefix: app.zip, extract: false",
            { BucketName: "shop-web", Extract: "false", ObjectKey: "app.zip" },
            "arn:aws:s3:::shop-web/app.zip",
            "s3://shop-web/app.zip",
        ],
    ] as const) {
        it(`writes ${title}, and may write nothing beside it`, () => {
            const step = planned(yaml);
            assert.deepEqual(step.configuration, configuration);
            assert.deepEqual(step.grants[0].resources, [resource]);
            assert.deepEqual(step.targets, [{ what: target }]);
        });
    }

    it("fails on an archive without a key", () => {
        const check = (yaml: string) => s3.check?.(read(s3.settings, `{ ${yaml} }`));
        assert.deepEqual(check("bucket: shop-web, extract: false"), [
            { path: [], message: "expected `prefix`, the key of the archive, because `extract` is false" },
        ]);
        assert.deepEqual(check("bucket: shop-web, extract: false, prefix: a.zip"), []);
        assert.deepEqual(check("bucket: shop-web"), []);
    });

    for (const prefix of ["app/", "/app", "*", "app?"]) {
        it(`fails on the prefix ${prefix}, which would be granted otherwise than it is written`, () => {
            const message = 'prefix: a key such as "orders/release.zip", without `*`, `?` and a slash at an end';
            assert.deepEqual(refusals(s3.settings, `{ bucket: shop-web, prefix: "${prefix}" }`), [message]);
        });
    }
});
