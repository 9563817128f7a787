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

/** What an update of the environment orders-prod of orders, with the id e-abcd1234ef, is allowed in prod: every grant. */
export const beanstalkGrants = [...version, ...environmentStack, ...instances, ...notices];
