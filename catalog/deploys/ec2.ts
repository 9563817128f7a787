import { z } from "zod";
import { writeActionLog } from "../action-log";
import { arn, partitionOf } from "../arn";
import { allow, allowAnywhere, type Grant } from "../grant";
import { instancesOpenArtifacts, openedByInstances, readersOfExample } from "../instances";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import type { Problem } from "../problem";
import { template, text } from "../words";

const action: ActionType = {
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
    openedBy: openedByInstances,
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EC2Deploy.html",
};

const tag = (longest: number) =>
    z
        .string()
        .max(longest)
        .regex(/^[\p{L}\p{N} _.:/=+@{}-]+$/u, "a tag: letters, digits, spaces and `_.:/=+-@`");

/** A number of instances, or a part of all: https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_codepipeline_actions.Ec2MaxInstances.html. */
const instances = (description: string) =>
    z
        .union([
            z.int().min(1),
            z.string().regex(/^(?:[1-9]\d?|100)%$/, 'a number of instances, or a part such as "50%"'),
        ])
        .optional()
        .describe(description);

const script = (description: string) => text(`${description} Path from the root of the artifact.`);

/**
 * Files onto Linux instances that have a tag, by Systems Manager: unpacked into a directory and handed to a script, or
 * laid out by a deploy spec file, which may be an AppSpec file.
 *
 * The tag's value is asked for, though AWS takes a key alone: whatever has the key would be deployed to, and the role
 * could run commands on all of it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EC2Deploy.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html
 */
export const ec2 = kind({
    type: "ec2",
    actions: [action],
    settings: z.strictObject({
        tagKey: template("Key of the tag that the instances have.", tag(128)),
        tagValue: template("Value of the tag that the instances have.", tag(256)),
        instanceType: z
            .enum(["EC2", "SSM_MANAGED_NODE"])
            .default("EC2")
            .describe("EC2 instances, or nodes that Systems Manager manages. @default EC2"),
        targetDirectory: template(
            "Directory on the instances into which the artifact is unpacked; scripts run there. @default none: `deploySpec` says it",
            z.string().regex(/^\//, "an absolute path, such as /home/ec2-user/deploy"),
        ).optional(),
        preScript: script("Script that runs before the files are there. @default none").optional(),
        postScript: script("Script that runs once the files are there. @default none").optional(),
        deploySpec: text(
            "Deploy spec file in the artifact, instead of a directory and scripts: which files go where, and which scripts run. @default none: `targetDirectory` says it",
        ).optional(),
        targetGroups: z
            .array(
                template(
                    "Name of a target group.",
                    z.string().regex(/^[A-Za-z0-9{}-]{1,64}$/, "the name of a target group: letters, digits, hyphens"),
                ),
            )
            .default([])
            .describe("Target groups that an instance leaves while it is deployed to. @default none"),
        maxBatch: instances("How many instances are deployed to at the same time. @default AWS decides"),
        maxError: instances("On how many instances a deploy may fail before it stops. @default AWS decides"),
    }),
    oneOf: [
        ["targetDirectory", "deploySpec"],
        ["postScript", "deploySpec"],
    ],
    example: `
        type: ec2
        tagKey: Name
        tagValue: "orders-{environment}"
        targetDirectory: /home/ec2-user/orders
        postScript: scripts/restart.sh
        targetGroups: ["orders-{environment}"]
        maxBatch: 50%`,
    around: { environments: readersOfExample },
    limits: [
        "Linux instances only, at most 500; each has the SSM agent.",
        "An instance that has the artifact already, from an action that failed later, is passed over.",
        "A deploy that takes longer than 1 hour has failed.",
    ],
    plan(settings, at) {
        const where = at.environment as Environment;
        const { tagKey, tagValue, instanceType, targetDirectory, targetGroups, maxBatch, maxError } = settings;
        const tagged = `${instanceType === "EC2" ? "EC2 instances" : "managed nodes"} tagged ${tagKey}=${tagValue}`;
        const configuration = {
            InstanceTagKey: tagKey,
            InstanceTagValue: tagValue,
            InstanceType: instanceType,
            TargetDirectory: targetDirectory,
            PreScript: settings.preScript,
            PostScript: settings.postScript,
            DeploySpec: settings.deploySpec,
            TargetGroupNameList: targetGroups.length > 0 ? targetGroups.join(",") : undefined,
            MaxBatch: maxBatch,
            MaxError: maxError,
        };
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: `${targetDirectory ?? settings.deploySpec} on ${tagged}`,
                configuration: Object.fromEntries(
                    Object.entries(configuration).flatMap(([key, value]) =>
                        value === undefined ? [] : [[key, String(value)]],
                    ),
                ),
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: [
                    ...commandGrants(settings, where),
                    ...targetGroupGrants(targetGroups, where),
                    writeActionLog(at.pipelineArn, where),
                ],
                prerequisites: [instancesOpenArtifacts(at)],
                // Where a deploy spec file puts its files, it says itself.
                ...(targetDirectory !== undefined && {
                    targets: [{ what: `directory ${targetDirectory} of ${tagged}`, account: where.account }],
                }),
            },
        ];
    },
    check({ deploySpec, targetDirectory, preScript, postScript }): Problem[] {
        const inline = Object.entries({ targetDirectory, preScript, postScript }).filter(
            ([, value]) => value !== undefined,
        );
        if (deploySpec !== undefined) {
            return inline.map(([key]) => ({
                path: [key],
                message: "expected either `deploySpec`, or `targetDirectory` and `postScript`: the file says it",
            }));
        }
        return targetDirectory === undefined || postScript === undefined
            ? [{ path: [], message: "expected `targetDirectory` and `postScript`, or a `deploySpec` file" }]
            : [];
    },
});

/** Commands on the tagged instances alone, by the two documents that run a script. */
function commandGrants(
    { tagKey, tagValue, instanceType }: { tagKey: string; tagValue: string; instanceType: string },
    where: Environment,
): Grant[] {
    const document = (name: string) => `arn:${partitionOf(where.region)}:ssm:${where.region}::document/${name}`;
    return [
        allow(
            "CommandTaggedInstances",
            ["ssm:SendCommand"],
            [instanceType === "EC2" ? arn("ec2", "instance/*", where) : arn("ssm", "managed-instance/*", where)],
            { StringEquals: { [`aws:ResourceTag/${tagKey}`]: tagValue } },
        ),
        allow(
            "CommandByDocument",
            ["ssm:SendCommand"],
            [document("AWS-RunPowerShellScript"), document("AWS-RunShellScript")],
        ),
        allowAnywhere(
            "FollowCommands",
            [
                "ec2:DescribeInstances",
                "ssm:CancelCommand",
                "ssm:DescribeInstanceInformation",
                "ssm:ListCommandInvocations",
            ],
            "these actions of EC2 and Systems Manager have no resource-level permission",
        ),
    ];
}

/** Taking instances out of target groups and back; nothing where there are none. */
function targetGroupGrants(names: readonly string[], where: Environment): Grant[] {
    return names.length === 0
        ? []
        : [
              allow(
                  "MoveTrafficOfTargetGroups",
                  ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
                  names.map(name => arn("elasticloadbalancing", `targetgroup/${name}/*`, where)),
              ),
              allowAnywhere(
                  "DescribeTargetGroups",
                  [
                      "elasticloadbalancing:DescribeTargetGroupAttributes",
                      "elasticloadbalancing:DescribeTargetGroups",
                      "elasticloadbalancing:DescribeTargetHealth",
                  ],
                  "Elastic Load Balancing's Describe actions have no resource-level permission",
              ),
          ];
}
