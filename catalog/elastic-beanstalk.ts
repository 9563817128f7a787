import { arn, s3Arn, type Location } from "./arn";
import { allow, allowAnywhere, passRole, type Grant } from "./grant";

/** One environment of an Elastic Beanstalk application. */
export interface BeanstalkEnvironment {
    readonly application: string;
    readonly environmentName: string;
    readonly environmentId: string;
    /** Roles that its instances and it itself run with. */
    readonly roles: readonly string[];
}

/** Services to which Elastic Beanstalk hands an environment's roles. */
const roleTakers = [
    "elasticbeanstalk.amazonaws.com",
    "ec2.amazonaws.com",
    "autoscaling.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "cloudformation.amazonaws.com",
];

/**
 * What the role that updates an environment needs: Elastic Beanstalk changes the environment's resources with the
 * permissions of whom asks it to.
 *
 * The page of the action asks for whole services (`ec2:*`, `s3:*`), and to replace that. What an update needs of each
 * service is taken from the policy that AWS gives to its own managed updates, which change an environment in the same
 * way; names of stacks and Auto Scaling groups are narrowed to those that hold the environment's id.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Beanstalk.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElasticBeanstalkManagedUpdatesServiceRolePolicy.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy.html
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/concepts-roles-user.html
 */
export const updateGrants = (environment: BeanstalkEnvironment, where: Location): Grant[] => [
    ...versionGrants(environment, where),
    ...stackGrants(environment.environmentId, where),
    ...instanceGrants(environment.environmentId, where),
    ...noticeGrants(environment.environmentName, where),
    ...(environment.roles.length > 0 ? [passRole("PassEnvironmentRoles", environment.roles, roleTakers)] : []),
];

/** A version of the application, in the bucket of Elastic Beanstalk, and the environment's update to it. */
function versionGrants({ application, environmentName }: BeanstalkEnvironment, where: Location): Grant[] {
    const bucket = s3Arn(`elasticbeanstalk-${where.region}-${where.account}`, where.region);
    const ofApplication = arn("elasticbeanstalk", `application/${application}`, where);
    return [
        allow(
            "MakeApplicationVersion",
            [
                "elasticbeanstalk:CreateApplicationVersion",
                "elasticbeanstalk:DescribeApplicationVersions",
                "elasticbeanstalk:DescribeApplications",
            ],
            [ofApplication, arn("elasticbeanstalk", `applicationversion/${application}/*`, where)],
        ),
        allow(
            "UpdateEnvironment",
            [
                "elasticbeanstalk:DescribeConfigurationSettings",
                "elasticbeanstalk:DescribeEnvironmentHealth",
                "elasticbeanstalk:DescribeEnvironmentResources",
                "elasticbeanstalk:DescribeEnvironments",
                "elasticbeanstalk:DescribeEvents",
                "elasticbeanstalk:DescribeInstancesHealth",
                "elasticbeanstalk:UpdateEnvironment",
            ],
            [arn("elasticbeanstalk", `environment/${application}/${environmentName}`, where)],
        ),
        allowAnywhere(
            "FindBeanstalkBucket",
            ["elasticbeanstalk:CreateStorageLocation"],
            "elasticbeanstalk:CreateStorageLocation has no resource-level permission",
        ),
        allow(
            "StoreApplicationVersion",
            [
                "s3:DeleteObject",
                "s3:GetObject",
                "s3:GetObjectAcl",
                "s3:GetObjectVersion",
                "s3:GetObjectVersionAcl",
                "s3:PutObject",
                "s3:PutObjectAcl",
                "s3:PutObjectVersionAcl",
            ],
            [`${bucket}/*`],
        ),
        allow(
            "UseBeanstalkBucket",
            ["s3:GetBucketLocation", "s3:GetBucketPolicy", "s3:ListBucket", "s3:PutBucketPolicy"],
            [bucket],
        ),
    ];
}

/** Names of an environment's stacks and groups: `awseb-` or `eb-`, its id, and what tells them apart. */
const named = (environmentId: string) => `*eb-${environmentId}-*`;

/** The environment's stack, and what stands in it. */
function stackGrants(environmentId: string, where: Location): Grant[] {
    return [
        allow(
            "UpdateEnvironmentStack",
            [
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
            [arn("cloudformation", `stack/${named(environmentId)}`, where)],
        ),
        allow(
            "UpdateEnvironmentGroups",
            [
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
            [
                `autoScalingGroup:*:autoScalingGroupName/${named(environmentId)}`,
                `launchConfiguration:*:launchConfigurationName/${named(environmentId)}`,
            ].map(resource => arn("autoscaling", resource, where)),
        ),
        allow(
            "MoveTraffic",
            [
                "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
                "elasticloadbalancing:DeregisterTargets",
                "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
                "elasticloadbalancing:RegisterTargets",
            ],
            // The id does not stand in the names of target groups.
            ["targetgroup/awseb-*", "targetgroup/eb-*", "loadbalancer/awseb-e-*", "loadbalancer/eb-*"].map(resource =>
                arn("elasticloadbalancing", resource, where),
            ),
        ),
    ];
}

/** Instances of the environment: new ones from its launch template, and the end of old ones. */
function instanceGrants(environmentId: string, where: Location): Grant[] {
    const templates = arn("ec2", "launch-template/*", where);
    return [
        allow(
            "UseLaunchTemplates",
            [
                "ec2:CreateLaunchTemplate",
                "ec2:CreateLaunchTemplateVersion",
                "ec2:DeleteLaunchTemplate",
                "ec2:DeleteLaunchTemplateVersions",
            ],
            [templates],
        ),
        allowAnywhere(
            "RunInstancesOfTemplates",
            ["ec2:RunInstances"],
            "an instance takes images, subnets and security groups whose names the environment alone knows",
            { ArnLike: { "ec2:LaunchTemplate": templates } },
        ),
        allow("TagNewInstances", ["ec2:CreateTags"], [arn("ec2", "*/*", where)], {
            StringEquals: { "ec2:CreateAction": ["AllocateAddress", "CreateLaunchTemplate", "RunInstances"] },
        }),
        allow("EndOwnInstances", ["ec2:TerminateInstances"], [arn("ec2", "instance/*", where)], {
            StringLike: {
                "ec2:ResourceTag/aws:cloudformation:stack-id": arn(
                    "cloudformation",
                    `stack/${named(environmentId)}`,
                    where,
                ),
            },
        }),
        allow("ReadInstances", ["ec2:DescribeInstanceAttribute"], [arn("ec2", "instance/*", where)]),
        allow(
            "MoveAddress",
            ["ec2:AllocateAddress", "ec2:AssociateAddress", "ec2:DisassociateAddress", "ec2:ReleaseAddress"],
            ["elastic-ip/*", "instance/*", "network-interface/*"].map(resource => arn("ec2", resource, where)),
        ),
        allowAnywhere(
            "DescribeEnvironmentParts",
            [
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
            "these Describe actions have no resource-level permission",
        ),
    ];
}

/** The environment's logs, and the topic on which it tells what happens. */
function noticeGrants(environmentName: string, where: Location): Grant[] {
    return [
        allow(
            "KeepEnvironmentLogs",
            ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
            [arn("logs", `log-group:/aws/elasticbeanstalk/${environmentName}/*`, where)],
        ),
        allow(
            "UseEnvironmentTopic",
            ["sns:CreateTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic"],
            [arn("sns", `ElasticBeanstalkNotifications-Environment-${environmentName}*`, where)],
        ),
    ];
}
