/** An action as `aws codepipeline get-pipeline` prints it. */
export const action = (
    category: string,
    provider: string,
    name: string,
    configuration: Readonly<Record<string, string>> = {},
    more: object = {},
) => ({
    name,
    actionTypeId: { category, owner: "AWS", provider, version: "1" },
    runOrder: 1,
    configuration,
    outputArtifacts: [],
    inputArtifacts: [{ name: "out" }],
    ...more,
});

export const source = action("Source", "CodeStarSourceConnection", "Source", {
    ConnectionArn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d",
    FullRepositoryId: "acme/orders",
    BranchName: "main",
    OutputArtifactFormat: "CODE_ZIP",
    DetectChanges: "true",
});

export const build = action("Build", "CodeBuild", "Build", { ProjectName: "orders-build" });

export const stage = (name: string, ...actions: readonly object[]) => ({ name, actions });

/** A pipeline with these stages behind its source and build. */
export const pipeline = (...stages: readonly object[]) => ({
    pipeline: {
        name: "OrdersPipeline",
        roleArn: "arn:aws:iam::111111111111:role/orders-pipeline",
        artifactStore: { type: "S3", location: "orders-artifacts", encryptionKey: { id: "alias/orders", type: "KMS" } },
        stages: [stage("Source", source), stage("Build", build), ...stages],
        version: 7,
        executionMode: "QUEUED",
        pipelineType: "V2",
    },
    metadata: { pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:OrdersPipeline", created: 1700000000.0 },
});

/** A deploy to the ECS service of an environment. */
export const ecs = (environment: string, more: object = {}) =>
    action(
        "Deploy",
        "ECS",
        "Deploy",
        { ClusterName: `shop-${environment}`, ServiceName: "orders", FileName: "imagedefinitions.json" },
        more,
    );

export const approve = action(
    "Approval",
    "Manual",
    "Approve",
    { CustomData: "Look first", ExternalEntityLink: "https://acme.example" },
    { timeoutInMinutes: 2880 },
);
