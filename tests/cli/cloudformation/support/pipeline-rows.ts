import * as codepipeline from "@pulumi/aws/codepipeline";
import { sub, type Rows } from "./render";

const roleArn = "arn:aws:iam::222222222222:role/release";
const keyArn = "arn:aws:kms:us-east-1:222222222222:key/00000000-1111-2222-3333-444444444444";

const action = (name: string, category: string, provider: string) => ({
    name,
    category,
    owner: "AWS",
    provider,
    version: "1",
});

const typed = (Category: string, Provider: string) => ({ Category, Owner: "AWS", Provider, Version: "1" });

const window = (result: string) => ({
    condition: {
        result,
        rules: [
            {
                name: "window",
                ruleTypeId: { category: "Rule", owner: "AWS", provider: "DeploymentWindow", version: "1" },
                configuration: { Cron: "* * 8-16 ? * MON-THU *" },
                inputArtifacts: [],
                region: "eu-west-1",
            },
        ],
    },
});

const windowed = (Result: string) => ({
    Conditions: [
        {
            Result,
            Rules: [
                {
                    Name: "window",
                    RuleTypeId: { Category: "Rule", Owner: "AWS", Provider: "DeploymentWindow", Version: "1" },
                    Configuration: { Cron: "* * 8-16 ? * MON-THU *" },
                    Region: "eu-west-1",
                },
            ],
        },
    ],
});

const from = { excludes: ["old/**"], includes: ["main"] };
const into = { Excludes: ["old/**"], Includes: ["main"] };

/** A pipeline with all that a pipeline can have. */
const pipeline = () =>
    new codepipeline.Pipeline("web-pipeline", {
        name: "shop--web",
        pipelineType: "V2",
        executionMode: "QUEUED",
        roleArn,
        artifactStores: [{ type: "S3", location: "artifacts", encryptionKey: { type: "KMS", id: keyArn } }],
        stages: [
            {
                name: "Source",
                actions: [
                    {
                        ...action("source", "Source", "CodeStarSourceConnection"),
                        configuration: {
                            ConnectionArn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/1",
                            FullRepositoryId: "acme/web",
                            BranchName: "main",
                        },
                        inputArtifacts: [],
                        outputArtifacts: ["SourceArtifact"],
                        namespace: "SourceVariables",
                        region: "eu-west-1",
                        roleArn,
                        runOrder: 1,
                    },
                ],
            },
            {
                name: "prod",
                beforeEntry: window("FAIL"),
                onSuccess: window("ROLLBACK"),
                onFailure: { result: "RETRY", retryConfiguration: { retryMode: "FAILED_ACTIONS" } },
                actions: [
                    {
                        ...action("migrate", "Compute", "Commands"),
                        commands: ["./migrate ${STEP}"],
                        inputArtifacts: ["SourceArtifact"],
                        outputArtifactsForComputeActions: [{ name: "Report", files: ["report.json"] }],
                        outputVariables: ["STEP"],
                        runOrder: 1,
                    },
                    { ...action("approve", "Approval", "Manual"), timeoutInMinutes: 60, runOrder: 2 },
                ],
            },
        ],
        triggers: [
            {
                providerType: "CodeStarSourceConnection",
                gitConfiguration: {
                    sourceActionName: "source",
                    pushes: [{ branches: from, filePaths: from }, { tags: from }],
                    pullRequests: [{ branches: from, filePaths: from, events: ["OPEN"] }],
                },
            },
        ],
        variables: [{ name: "STEP", defaultValue: "all", description: "What to migrate" }],
        tags: { b: "2", a: "1" },
    });

export const pipelineRows: Rows = {
    "a pipeline": {
        make: pipeline,
        expected: [
            {
                Type: "AWS::CodePipeline::Pipeline",
                Properties: {
                    Name: "shop--web",
                    PipelineType: "V2",
                    ExecutionMode: "QUEUED",
                    RoleArn: sub("arn:${AWS::Partition}:iam::222222222222:role/release"),
                    ArtifactStore: {
                        Type: "S3",
                        Location: "artifacts",
                        EncryptionKey: {
                            Type: "KMS",
                            Id: sub(
                                "arn:${AWS::Partition}:kms:us-east-1:222222222222:key/00000000-1111-2222-3333-444444444444",
                            ),
                        },
                    },
                    Stages: [
                        {
                            Name: "Source",
                            Actions: [
                                {
                                    Name: "source",
                                    ActionTypeId: typed("Source", "CodeStarSourceConnection"),
                                    Configuration: {
                                        ConnectionArn: sub(
                                            "arn:${AWS::Partition}:codeconnections:${AWS::Region}:${AWS::AccountId}:connection/1",
                                        ),
                                        FullRepositoryId: "acme/web",
                                        BranchName: "main",
                                    },
                                    OutputArtifacts: [{ Name: "SourceArtifact" }],
                                    Namespace: "SourceVariables",
                                    Region: "eu-west-1",
                                    RoleArn: sub("arn:${AWS::Partition}:iam::222222222222:role/release"),
                                    RunOrder: 1,
                                },
                            ],
                        },
                        {
                            Name: "prod",
                            BeforeEntry: windowed("FAIL"),
                            OnSuccess: windowed("ROLLBACK"),
                            OnFailure: { Result: "RETRY", RetryConfiguration: { RetryMode: "FAILED_ACTIONS" } },
                            Actions: [
                                {
                                    Name: "migrate",
                                    ActionTypeId: typed("Compute", "Commands"),
                                    Commands: ["./migrate ${STEP}"],
                                    InputArtifacts: [{ Name: "SourceArtifact" }],
                                    OutputArtifacts: [{ Name: "Report", Files: ["report.json"] }],
                                    OutputVariables: ["STEP"],
                                    RunOrder: 1,
                                },
                                {
                                    Name: "approve",
                                    ActionTypeId: typed("Approval", "Manual"),
                                    TimeoutInMinutes: 60,
                                    RunOrder: 2,
                                },
                            ],
                        },
                    ],
                    Triggers: [
                        {
                            ProviderType: "CodeStarSourceConnection",
                            GitConfiguration: {
                                SourceActionName: "source",
                                Push: [{ Branches: into, FilePaths: into }, { Tags: into }],
                                PullRequest: [{ Branches: into, FilePaths: into, Events: ["OPEN"] }],
                            },
                        },
                    ],
                    Variables: [{ Name: "STEP", DefaultValue: "all", Description: "What to migrate" }],
                    Tags: [
                        { Key: "a", Value: "1" },
                        { Key: "b", Value: "2" },
                    ],
                },
            },
        ],
    },
    "an action type": {
        make: () =>
            new codepipeline.CustomActionType("jenkins", {
                category: "Build",
                providerName: "Jenkins-shop",
                version: "1",
                inputArtifactDetails: { minimumCount: 0, maximumCount: 5 },
                outputArtifactDetails: { minimumCount: 0, maximumCount: 5 },
                configurationProperties: [
                    {
                        name: "ProjectName",
                        description: "The job",
                        key: true,
                        queryable: true,
                        required: true,
                        secret: false,
                        type: "String",
                    },
                ],
                settings: {
                    entityUrlTemplate: "https://ci.example/{Config:ProjectName}",
                    executionUrlTemplate: "https://ci.example/{ExternalExecutionId}",
                    revisionUrlTemplate: "https://ci.example/revision",
                    thirdPartyConfigurationUrl: "https://ci.example/configure",
                },
                tags: { a: "1" },
            }),
        expected: [
            {
                Type: "AWS::CodePipeline::CustomActionType",
                Properties: {
                    Category: "Build",
                    Provider: "Jenkins-shop",
                    Version: "1",
                    InputArtifactDetails: { MinimumCount: 0, MaximumCount: 5 },
                    OutputArtifactDetails: { MinimumCount: 0, MaximumCount: 5 },
                    ConfigurationProperties: [
                        {
                            Name: "ProjectName",
                            Description: "The job",
                            Key: true,
                            Queryable: true,
                            Required: true,
                            Secret: false,
                            Type: "String",
                        },
                    ],
                    Settings: {
                        EntityUrlTemplate: "https://ci.example/{Config:ProjectName}",
                        ExecutionUrlTemplate: "https://ci.example/{ExternalExecutionId}",
                        RevisionUrlTemplate: "https://ci.example/revision",
                        ThirdPartyConfigurationUrl: "https://ci.example/configure",
                    },
                    Tags: [{ Key: "a", Value: "1" }],
                },
            },
        ],
    },
};
