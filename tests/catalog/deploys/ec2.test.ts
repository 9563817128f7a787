import * as assert from "node:assert/strict";
import { ec2 } from "../../../catalog/deploys/ec2";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const tagged = "tagKey: Name, tagValue: orders-prod";
const inline = `${tagged}, targetDirectory: /srv/orders, postScript: restart.sh`;
const words = (yaml: string) => read(ec2.settings, `{ ${yaml} }`);
const planned = (yaml: string) => only(ec2.plan(words(yaml), at("deploy", [built, source], prod)));

const group = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/codepipeline/shop--orders";
const logGrant = {
    sid: "WriteActionLog",
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [group, `${group}:*`],
};
const commandGrants = [
    {
        sid: "CommandTaggedInstances",
        actions: ["ssm:SendCommand"],
        resources: ["arn:aws:ec2:eu-west-1:222222222222:instance/*"],
        conditions: { StringEquals: { "aws:ResourceTag/Name": "orders-prod" } },
    },
    {
        sid: "CommandByDocument",
        actions: ["ssm:SendCommand"],
        resources: [
            "arn:aws:ssm:eu-west-1::document/AWS-RunPowerShellScript",
            "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
        ],
    },
    {
        sid: "FollowCommands",
        actions: [
            "ec2:DescribeInstances",
            "ssm:CancelCommand",
            "ssm:DescribeInstanceInformation",
            "ssm:ListCommandInvocations",
        ],
        resources: ["*"],
        reason: "these actions of EC2 and Systems Manager have no resource-level permission",
    },
];

describe("deploy ec2", () => {
    it("unpacks into a directory of the tagged instances, by the environment's deploy role", () => {
        assert.deepEqual(planned(inline), {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "EC2",
                version: "1",
                inputs: [1, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["InstanceTagKey", "InstanceType"],
                    optional: [
                        "InstanceTagValue",
                        "TargetDirectory",
                        "DeploySpec",
                        "MaxBatch",
                        "MaxError",
                        "TargetGroupNameList",
                        "PreScript",
                        "PostScript",
                    ],
                },
                openedBy: "the instances",
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EC2Deploy.html",
            },
            byDeployRole: true,
            summary: "/srv/orders on EC2 instances tagged Name=orders-prod",
            configuration: {
                InstanceTagKey: "Name",
                InstanceTagValue: "orders-prod",
                InstanceType: "EC2",
                TargetDirectory: "/srv/orders",
                PostScript: "restart.sh",
            },
            inputs: ["BuildArtifact"],
            outputs: [],
            grants: [...commandGrants, logGrant],
            prerequisites: [
                "the roles of the instances, `artifactReaders` of prod, may s3:GetObject on arn:aws:s3:::artifacts/shop--orders/* and kms:Decrypt on its key",
            ],
            targets: [
                {
                    what: "directory /srv/orders of EC2 instances tagged Name=orders-prod",
                    account: "222222222222",
                },
            ],
        });
    });

    it("takes instances out of their target groups, and may touch no other", () => {
        const step = planned(`${inline}, preScript: stop.sh, targetGroups: [web, api], maxBatch: 50%, maxError: 1`);
        assert.deepEqual(step.configuration, {
            InstanceTagKey: "Name",
            InstanceTagValue: "orders-prod",
            InstanceType: "EC2",
            TargetDirectory: "/srv/orders",
            PreScript: "stop.sh",
            PostScript: "restart.sh",
            TargetGroupNameList: "web,api",
            MaxBatch: "50%",
            MaxError: "1",
        });
        assert.deepEqual(step.grants, [
            ...commandGrants,
            {
                sid: "MoveTrafficOfTargetGroups",
                actions: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
                resources: [
                    "arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/web/*",
                    "arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/api/*",
                ],
            },
            {
                sid: "DescribeTargetGroups",
                actions: [
                    "elasticloadbalancing:DescribeTargetGroupAttributes",
                    "elasticloadbalancing:DescribeTargetGroups",
                    "elasticloadbalancing:DescribeTargetHealth",
                ],
                resources: ["*"],
                reason: "Elastic Load Balancing's Describe actions have no resource-level permission",
            },
            logGrant,
        ]);
    });

    it("leaves where files go to a deploy spec file, and so claims no directory", () => {
        const step = planned(`${tagged}, deploySpec: appspec.yml`);
        assert.deepEqual(step.configuration, {
            InstanceTagKey: "Name",
            InstanceTagValue: "orders-prod",
            InstanceType: "EC2",
            DeploySpec: "appspec.yml",
        });
        assert.equal(step.targets, undefined);
        assert.equal(step.summary, "appspec.yml on EC2 instances tagged Name=orders-prod");
    });

    it("commands managed nodes where they are told, and no instance", () => {
        const step = planned(`${inline}, instanceType: SSM_MANAGED_NODE`);
        assert.deepEqual(step.grants[0], {
            ...commandGrants[0],
            resources: ["arn:aws:ssm:eu-west-1:222222222222:managed-instance/*"],
        });
        assert.equal(step.summary, "/srv/orders on managed nodes tagged Name=orders-prod");
    });

    const either = "expected either `deploySpec`, or `targetDirectory` and `postScript`: the file says it";
    const incomplete = "expected `targetDirectory` and `postScript`, or a `deploySpec` file";
    for (const [title, yaml, problems] of [
        ["nothing of what is done with the files", tagged, [{ path: [], message: incomplete }]],
        ["a directory without a script", `${tagged}, targetDirectory: /srv`, [{ path: [], message: incomplete }]],
        ["a script without a directory", `${tagged}, postScript: a.sh`, [{ path: [], message: incomplete }]],
        ["a spec file and a directory", `${inline}, deploySpec: a.yml`, ["targetDirectory", "postScript"]],
        ["a spec file and a script", `${tagged}, deploySpec: a.yml, preScript: a.sh`, ["preScript"]],
    ] as const) {
        it(`fails on ${title}`, () => {
            const expected = problems.map(problem =>
                typeof problem === "string" ? { path: [problem], message: either } : problem,
            );
            assert.deepEqual(ec2.check?.(words(yaml)), expected);
        });
    }

    it("accepts either way by itself", () => {
        assert.deepEqual(ec2.check?.(words(inline)), []);
        assert.deepEqual(ec2.check?.(words(`${tagged}, deploySpec: a.yml`)), []);
    });

    for (const [title, yaml, refused] of [
        ["a key alone: all that has it would be deployed to", "tagKey: Name", "tagValue"],
        ["a tag of every value", 'tagKey: Name, tagValue: "*"', "tagValue"],
        ["a policy variable as a tag", 'tagKey: Name, tagValue: "a$b"', "tagValue"],
        ["a tag key of 129 characters", `tagKey: ${"a".repeat(129)}, tagValue: a`, "tagKey"],
        ["a tag value of 257 characters", `tagKey: a, tagValue: ${"a".repeat(257)}`, "tagValue"],
        ["a directory without its root", `${tagged}, targetDirectory: srv`, "targetDirectory"],
        ["a target group's ARN", `${tagged}, targetGroups: ["arn:aws:elasticloadbalancing:a"]`, "targetGroups.0"],
        ["a batch of none", `${tagged}, maxBatch: 0`, "maxBatch"],
        ["a batch of 0 %", `${tagged}, maxBatch: 0%`, "maxBatch"],
        ["a batch of 101 %", `${tagged}, maxBatch: 101%`, "maxBatch"],
        ["another type of instance", `${tagged}, instanceType: WINDOWS`, "instanceType"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(ec2.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("accepts the longest tags and the whole fleet at once", () => {
        const yaml = `tagKey: ${"a".repeat(128)}, tagValue: ${"a".repeat(256)}, maxBatch: 100%, maxError: 500`;
        assert.deepEqual(refusals(ec2.settings, `{ ${yaml} }`), []);
    });
});
