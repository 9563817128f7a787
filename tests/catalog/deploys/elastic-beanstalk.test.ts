import * as assert from "node:assert/strict";
import { elasticBeanstalk } from "../../../catalog/deploys/elastic-beanstalk";
import { shown } from "../../../catalog/reference";
import { at, built, dev, only, prod, read, refusals, source } from "../support/place";

const role = "arn:aws:iam::222222222222:role/instances";
const base = "application: orders, environmentName: orders-prod, environmentId: e-abcd1234ef";
const words = (yaml = "") => read(elasticBeanstalk.settings, `{ ${base}${yaml} }`);
const planned = (yaml = "", environment = prod) =>
    only(elasticBeanstalk.plan(words(yaml), at("deploy", [built, source], environment)));

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:222222222222:${resource}`;
const bucket = "arn:aws:s3:::elasticbeanstalk-eu-west-1-222222222222";
const stack = arn("cloudformation", "stack/*eb-e-abcd1234ef-*");

const version = [
    {
        sid: "MakeApplicationVersion",
        actions: [
            "elasticbeanstalk:CreateApplicationVersion",
            "elasticbeanstalk:DescribeApplicationVersions",
            "elasticbeanstalk:DescribeApplications",
        ],
        resources: [
            arn("elasticbeanstalk", "application/orders"),
            arn("elasticbeanstalk", "applicationversion/orders/*"),
        ],
    },
    {
        sid: "UpdateEnvironment",
        actions: [
            "elasticbeanstalk:DescribeConfigurationSettings",
            "elasticbeanstalk:DescribeEnvironmentHealth",
            "elasticbeanstalk:DescribeEnvironmentResources",
            "elasticbeanstalk:DescribeEnvironments",
            "elasticbeanstalk:DescribeEvents",
            "elasticbeanstalk:DescribeInstancesHealth",
            "elasticbeanstalk:UpdateEnvironment",
        ],
        resources: [arn("elasticbeanstalk", "environment/orders/orders-prod")],
    },
    {
        sid: "FindBeanstalkBucket",
        actions: ["elasticbeanstalk:CreateStorageLocation"],
        resources: ["*"],
        reason: "elasticbeanstalk:CreateStorageLocation has no resource-level permission",
    },
    {
        sid: "StoreApplicationVersion",
        actions: [
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:GetObjectAcl",
            "s3:GetObjectVersion",
            "s3:GetObjectVersionAcl",
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectVersionAcl",
        ],
        resources: [`${bucket}/*`],
    },
    {
        sid: "UseBeanstalkBucket",
        actions: ["s3:GetBucketLocation", "s3:GetBucketPolicy", "s3:ListBucket", "s3:PutBucketPolicy"],
        resources: [bucket],
    },
];

const environmentStack = [
    {
        sid: "UpdateEnvironmentStack",
        actions: [
            "cloudformation:CancelUpdateStack",
            "cloudformation:CreateStack",
            "cloudformation:DeleteStack",
            "cloudformation:DescribeStackEvents",
            "cloudformation:DescribeStackResource",
            "cloudformation:DescribeStackResources",
            "cloudformation:DescribeStacks",
            "cloudformation:GetTemplate",
            "cloudformation:ListStackResources",
            "cloudformation:TagResource",
            "cloudformation:UntagResource",
            "cloudformation:UpdateStack",
        ],
        resources: [stack],
    },
    {
        sid: "UpdateEnvironmentGroups",
        actions: [
            "autoscaling:AttachInstances",
            "autoscaling:CreateAutoScalingGroup",
            "autoscaling:CreateLaunchConfiguration",
            "autoscaling:CreateOrUpdateTags",
            "autoscaling:DeleteAutoScalingGroup",
            "autoscaling:DeleteLaunchConfiguration",
            "autoscaling:DeleteScheduledAction",
            "autoscaling:DetachInstances",
            "autoscaling:PutNotificationConfiguration",
            "autoscaling:PutScalingPolicy",
            "autoscaling:PutScheduledUpdateGroupAction",
            "autoscaling:ResumeProcesses",
            "autoscaling:SuspendProcesses",
            "autoscaling:TerminateInstanceInAutoScalingGroup",
            "autoscaling:UpdateAutoScalingGroup",
        ],
        resources: [
            arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/*eb-e-abcd1234ef-*"),
            arn("autoscaling", "launchConfiguration:*:launchConfigurationName/*eb-e-abcd1234ef-*"),
        ],
    },
    {
        sid: "MoveTraffic",
        actions: [
            "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
            "elasticloadbalancing:DeregisterTargets",
            "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
            "elasticloadbalancing:RegisterTargets",
        ],
        resources: [
            arn("elasticloadbalancing", "targetgroup/awseb-*"),
            arn("elasticloadbalancing", "targetgroup/eb-*"),
            arn("elasticloadbalancing", "loadbalancer/awseb-e-*"),
            arn("elasticloadbalancing", "loadbalancer/eb-*"),
        ],
    },
];

const instances = [
    {
        sid: "UseLaunchTemplates",
        actions: [
            "ec2:CreateLaunchTemplate",
            "ec2:CreateLaunchTemplateVersion",
            "ec2:DeleteLaunchTemplate",
            "ec2:DeleteLaunchTemplateVersions",
        ],
        resources: [arn("ec2", "launch-template/*")],
    },
    {
        sid: "RunInstancesOfTemplates",
        actions: ["ec2:RunInstances"],
        resources: ["*"],
        reason: "an instance takes images, subnets and security groups whose names the environment alone knows",
        conditions: { ArnLike: { "ec2:LaunchTemplate": arn("ec2", "launch-template/*") } },
    },
    {
        sid: "TagNewInstances",
        actions: ["ec2:CreateTags"],
        resources: [arn("ec2", "*/*")],
        conditions: {
            StringEquals: { "ec2:CreateAction": ["AllocateAddress", "CreateLaunchTemplate", "RunInstances"] },
        },
    },
    {
        sid: "EndOwnInstances",
        actions: ["ec2:TerminateInstances"],
        resources: [arn("ec2", "instance/*")],
        conditions: { StringLike: { "ec2:ResourceTag/aws:cloudformation:stack-id": stack } },
    },
    { sid: "ReadInstances", actions: ["ec2:DescribeInstanceAttribute"], resources: [arn("ec2", "instance/*")] },
    {
        sid: "MoveAddress",
        actions: ["ec2:AllocateAddress", "ec2:AssociateAddress", "ec2:DisassociateAddress", "ec2:ReleaseAddress"],
        resources: [arn("ec2", "elastic-ip/*"), arn("ec2", "instance/*"), arn("ec2", "network-interface/*")],
    },
    {
        sid: "DescribeEnvironmentParts",
        actions: [
            "autoscaling:DescribeAccountLimits",
            "autoscaling:DescribeAutoScalingGroups",
            "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations",
            "autoscaling:DescribeLoadBalancers",
            "autoscaling:DescribeNotificationConfigurations",
            "autoscaling:DescribeScalingActivities",
            "autoscaling:DescribeScheduledActions",
            "ec2:DescribeAccountAttributes",
            "ec2:DescribeAddresses",
            "ec2:DescribeAvailabilityZones",
            "ec2:DescribeImages",
            "ec2:DescribeInstances",
            "ec2:DescribeKeyPairs",
            "ec2:DescribeLaunchTemplates",
            "ec2:DescribeLaunchTemplateVersions",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSnapshots",
            "ec2:DescribeSpotInstanceRequests",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "elasticloadbalancing:DescribeInstanceHealth",
            "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetHealth",
            "logs:DescribeLogGroups",
        ],
        resources: ["*"],
        reason: "these Describe actions have no resource-level permission",
    },
];

const notices = [
    {
        sid: "KeepEnvironmentLogs",
        actions: ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
        resources: [arn("logs", "log-group:/aws/elasticbeanstalk/orders-prod/*")],
    },
    {
        sid: "UseEnvironmentTopic",
        actions: ["sns:CreateTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
        resources: [arn("sns", "ElasticBeanstalkNotifications-Environment-orders-prod*")],
    },
];

describe("deploy elastic-beanstalk", () => {
    it("brings a version into one environment, by the environment's deploy role", () => {
        assert.deepEqual(planned(), {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "ElasticBeanstalk",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: { required: ["ApplicationName", "EnvironmentName"], optional: [] },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Beanstalk.html",
            },
            byDeployRole: true,
            passes: [],
            summary: "Elastic Beanstalk environment orders-prod of application orders",
            configuration: { ApplicationName: "orders", EnvironmentName: "orders-prod" },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [...version, ...environmentStack, ...instances, ...notices],
            targets: [
                { what: "Elastic Beanstalk environment orders-prod of application orders", account: "222222222222" },
            ],
            prerequisites: [
                "the Elastic Beanstalk environment orders-prod of application orders has the id e-abcd1234ef",
            ],
        });
    });

    it("passes the roles that are named, and no other", () => {
        const step = planned(`, roles: ["${role}"]`);
        assert.deepEqual(step.passes, [role]);
        assert.deepEqual(step.grants.slice(-1), [
            {
                sid: "PassEnvironmentRoles",
                actions: ["iam:PassRole"],
                resources: [role],
                conditions: {
                    StringEquals: {
                        "iam:PassedToService": [
                            "elasticbeanstalk.amazonaws.com",
                            "ec2.amazonaws.com",
                            "autoscaling.amazonaws.com",
                            "elasticloadbalancing.amazonaws.com",
                            "cloudformation.amazonaws.com",
                        ],
                    },
                },
            },
        ]);
    });

    it("keeps versions in the bucket of the environment's own account", () => {
        const buckets = planned("", dev).grants.flatMap(({ resources }) =>
            resources.filter(resource => shown(resource).startsWith("arn:aws:s3:::")),
        );
        const own = "arn:aws:s3:::elasticbeanstalk-eu-west-1-111111111111";
        assert.deepEqual(buckets, [`${own}/*`, own]);
    });

    for (const [title, yaml, refused] of [
        ["no id", "application: a, environmentName: abcd", "environmentId"],
        ["an id of every environment", 'application: a, environmentName: abcd, environmentId: "e-*"', "environmentId"],
        ["a name as id", "application: a, environmentName: abcd, environmentId: abcd", "environmentId"],
        ["every application", 'application: "*", environmentName: abcd, environmentId: e-1', "application"],
        [
            "a name of 101 characters",
            `application: ${"a".repeat(101)}, environmentName: abcd, environmentId: e-1`,
            "application",
        ],
        [
            "an environment of 3 characters",
            "application: a, environmentName: abc, environmentId: e-1",
            "environmentName",
        ],
        [
            "an environment of 41 characters",
            `application: a, environmentName: ${"a".repeat(41)}, environmentId: e-1`,
            "environmentName",
        ],
        [
            "an environment with a hyphen last",
            "application: a, environmentName: abcd-, environmentId: e-1",
            "environmentName",
        ],
        ["a role of all roles", `${base}, roles: ["arn:aws:iam::222222222222:role/*"]`, "roles.0"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(elasticBeanstalk.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    for (const name of ["abcd", "a".repeat(40)]) {
        it(`accepts an environment of ${name.length} characters`, () => {
            const yaml = `{ application: ${"a".repeat(100)}, environmentName: ${name}, environmentId: e-1 }`;
            assert.deepEqual(refusals(elasticBeanstalk.settings, yaml), []);
        });
    }
});
