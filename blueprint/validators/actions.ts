/** Whether `action` of IAM is all actions of a service, or of all of them: `s3:*`, `*`. */
export const isEveryAction = (action: string) => action === "*" || action.endsWith(":*");

/** Whether `action` of IAM is a pattern that several actions have: `s3:Get*`. */
export const isPattern = (action: string) => /[*?]/.test(action);

/** Actions that IAM can limit to no resource, by service: a policy that allows one names `*`. */
const unlimited: Readonly<Record<string, string>> = {
    "application-autoscaling": "DescribeScalableTargets DescribeScalingActivities DescribeScalingPolicies",
    autoscaling: "DescribeAutoScalingGroups DescribeAutoScalingInstances DescribeLifecycleHooks DescribePolicies",
    cloudformation: "CreateStackSet DescribeType ListExports ListImports ListStacks ListStackSets ValidateTemplate",
    cloudwatch: "DescribeAlarmsForMetric GetMetricStatistics ListDashboards",
    codebuild: "ListBuilds ListCuratedEnvironmentImages ListProjects ListReportGroups",
    codedeploy: "ListApplications ListDeploymentConfigs StopDeployment GetDeploymentTarget BatchGetDeploymentTargets",
    codepipeline:
        "ListPipelines PutJobFailureResult PutJobSuccessResult PutThirdPartyJobFailureResult PutThirdPartyJobSuccessResult",
    ec2: "DescribeAvailabilityZones DescribeDhcpOptions DescribeImages DescribeInstances DescribeInstanceTypes DescribeNetworkInterfaces DescribeRouteTables DescribeSecurityGroups DescribeSubnets DescribeVpcEndpoints DescribeVpcs",
    ecr: "GetAuthorizationToken",
    ecs: "DescribeTaskDefinition ListClusters ListTaskDefinitions",
    elasticbeanstalk: "CheckDNSAvailability CreateStorageLocation",
    elasticloadbalancing:
        "DescribeListeners DescribeLoadBalancers DescribeRules DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth",
    events: "ListRules ListEventBuses",
    iam: "ListRoles ListPolicies ListAccountAliases",
    "inspector-scan": "ScanSbom",
    kms: "CreateKey GenerateRandom ListAliases ListKeys",
    lambda: "GetAccountSettings ListEventSourceMappings ListFunctions ListLayers",
    logs: "DescribeLogGroups DescribeQueries DescribeQueryDefinitions DescribeResourcePolicies StopQuery",
    s3: "ListAllMyBuckets",
    secretsmanager: "GetRandomPassword ListSecrets",
    sns: "ListSubscriptions ListTopics",
    sqs: "ListQueues",
    ssm: "CancelCommand DescribeInstanceInformation DescribeParameters GetCommandInvocation ListCommandInvocations ListCommands",
    sts: "DecodeAuthorizationMessage GetCallerIdentity GetServiceBearerToken",
    tag: "GetResources GetTagKeys GetTagValues",
    xray: "GetSamplingRules GetSamplingTargets PutTelemetryRecords PutTraceSegments",
};

/** Actions that IAM could limit, and that stand on `*` all the same, with the reason. */
export const unlimitedInPractice: Readonly<Record<string, string>> = {
    "cloudwatch:DescribeAlarms":
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html shows composite alarms to no narrower permission",
    "ecs:RegisterTaskDefinition":
        "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html grants it on *: the family stands in the artifact",
};

/** The actions that IAM can limit to no resource: `service`, `action`. */
export const unlimitedActions: readonly (readonly [string, string])[] = Object.entries(unlimited).flatMap(
    ([service, actions]) => actions.split(" ").map(action => [service, action] as const),
);

/** Every action that a policy may allow on `*`, in lower case: IAM takes either. */
export const allowedEverywhere: ReadonlySet<string> = new Set(
    [...unlimitedActions.map(words => words.join(":")), ...Object.keys(unlimitedInPractice)].map(action =>
        action.toLowerCase(),
    ),
);
