import * as codebuild from "@pulumi/aws/codebuild";
import { sub, type Rows } from "./render";

const roleArn = "arn:aws:iam::222222222222:role/build";
const role = sub("arn:${AWS::Partition}:iam::222222222222:role/build");

/** Builds for a pipeline, as this project makes them. */
const pipelineProject = () =>
    new codebuild.Project("web-project", {
        name: "shop--web",
        description: "Builds web",
        serviceRole: roleArn,
        source: { type: "CODEPIPELINE", buildspec: "version: 0.2 # ${HOME}" },
        artifacts: { type: "CODEPIPELINE" },
        environment: {
            type: "LINUX_CONTAINER",
            computeType: "BUILD_GENERAL1_SMALL",
            image: "registry.example/build:1",
            imagePullCredentialsType: "SERVICE_ROLE",
            privilegedMode: true,
            certificate: "certificates/ca.pem",
            registryCredential: { credential: "registry", credentialProvider: "SECRETS_MANAGER" },
            environmentVariables: [{ name: "TOKEN", value: "npm:token", type: "SECRETS_MANAGER" }],
        },
        vpcConfig: {
            vpcId: "vpc-0123456789abcdef0",
            subnets: ["subnet-0123456789abcdef0"],
            securityGroupIds: ["sg-0123456789abcdef0"],
        },
        cache: { type: "S3", location: "cache/web" },
        logsConfig: {
            cloudwatchLogs: { status: "ENABLED", groupName: "builds", streamName: "web" },
            s3Logs: { status: "DISABLED" },
        },
        encryptionKey: "alias/shop",
        buildTimeout: 60,
        queuedTimeout: 480,
        concurrentBuildLimit: 2,
        autoRetryLimit: 1,
        buildBatchConfig: {
            serviceRole: roleArn,
            combineArtifacts: true,
            timeoutInMins: 60,
            restrictions: { computeTypesAlloweds: ["BUILD_GENERAL1_SMALL"], maximumBuildsAllowed: 5 },
        },
        tags: { service: "web" },
    });

/** Builds for something else, with what the first one cannot have. */
const ownProject = () =>
    new codebuild.Project("nightly-project", {
        serviceRole: roleArn,
        badgeEnabled: false,
        projectVisibility: "PRIVATE",
        resourceAccessRole: roleArn,
        sourceVersion: "main",
        source: {
            type: "GITHUB",
            location: "https://github.com/acme/web.git",
            gitCloneDepth: 1,
            gitSubmodulesConfig: { fetchSubmodules: true },
            insecureSsl: false,
            reportBuildStatus: true,
            buildStatusConfig: { context: "nightly", targetUrl: "https://ci.example" },
            auth: { type: "SECRETS_MANAGER", resource: "token" },
        },
        secondarySources: [{ type: "S3", sourceIdentifier: "data", location: "data/set.zip" }],
        secondarySourceVersions: [{ sourceIdentifier: "data", sourceVersion: "1" }],
        artifacts: {
            type: "S3",
            location: "artifacts",
            name: "web.zip",
            namespaceType: "BUILD_ID",
            packaging: "ZIP",
            path: "nightly",
            encryptionDisabled: false,
            overrideArtifactName: false,
        },
        secondaryArtifacts: [{ type: "S3", artifactIdentifier: "docs", location: "docs" }],
        environment: {
            type: "LINUX_CONTAINER",
            computeType: "BUILD_GENERAL1_SMALL",
            image: "aws/codebuild/standard:7.0",
            fleet: { fleetArn: "arn:aws:codebuild:eu-west-1:111111111111:fleet/f" },
            dockerServer: { computeType: "BUILD_GENERAL1_SMALL", securityGroupIds: ["sg-0123456789abcdef0"] },
        },
        cache: { type: "LOCAL", modes: ["LOCAL_SOURCE_CACHE"] },
        fileSystemLocations: [
            {
                type: "EFS",
                identifier: "share",
                location: "fs-1.efs.eu-west-1.amazonaws.com:/",
                mountPoint: "/share",
                mountOptions: "nfsvers=4.1",
            },
        ],
        logsConfig: { s3Logs: { status: "ENABLED", location: "logs/nightly", encryptionDisabled: false } },
    });

export const buildRows: Rows = {
    "a project of a pipeline": {
        make: pipelineProject,
        expected: [
            {
                Type: "AWS::CodeBuild::Project",
                Properties: {
                    Name: "shop--web",
                    Description: "Builds web",
                    ServiceRole: role,
                    Source: { Type: "CODEPIPELINE", BuildSpec: "version: 0.2 # ${HOME}" },
                    Artifacts: { Type: "CODEPIPELINE" },
                    Environment: {
                        Type: "LINUX_CONTAINER",
                        ComputeType: "BUILD_GENERAL1_SMALL",
                        Image: "registry.example/build:1",
                        ImagePullCredentialsType: "SERVICE_ROLE",
                        PrivilegedMode: true,
                        Certificate: "certificates/ca.pem",
                        RegistryCredential: { Credential: "registry", CredentialProvider: "SECRETS_MANAGER" },
                        EnvironmentVariables: [{ Name: "TOKEN", Value: "npm:token", Type: "SECRETS_MANAGER" }],
                    },
                    VpcConfig: {
                        VpcId: "vpc-0123456789abcdef0",
                        Subnets: ["subnet-0123456789abcdef0"],
                        SecurityGroupIds: ["sg-0123456789abcdef0"],
                    },
                    Cache: { Type: "S3", Location: "cache/web" },
                    LogsConfig: {
                        CloudWatchLogs: { Status: "ENABLED", GroupName: "builds", StreamName: "web" },
                        S3Logs: { Status: "DISABLED" },
                    },
                    EncryptionKey: "alias/shop",
                    TimeoutInMinutes: 60,
                    QueuedTimeoutInMinutes: 480,
                    ConcurrentBuildLimit: 2,
                    AutoRetryLimit: 1,
                    BuildBatchConfig: {
                        ServiceRole: role,
                        CombineArtifacts: true,
                        TimeoutInMins: 60,
                        Restrictions: { ComputeTypesAllowed: ["BUILD_GENERAL1_SMALL"], MaximumBuildsAllowed: 5 },
                    },
                    Tags: [{ Key: "service", Value: "web" }],
                },
            },
        ],
    },
    "a project of its own": {
        make: ownProject,
        expected: [
            {
                Type: "AWS::CodeBuild::Project",
                Properties: {
                    ServiceRole: role,
                    BadgeEnabled: false,
                    Visibility: "PRIVATE",
                    ResourceAccessRole: role,
                    SourceVersion: "main",
                    Source: {
                        Type: "GITHUB",
                        Location: "https://github.com/acme/web.git",
                        GitCloneDepth: 1,
                        GitSubmodulesConfig: { FetchSubmodules: true },
                        InsecureSsl: false,
                        ReportBuildStatus: true,
                        BuildStatusConfig: { Context: "nightly", TargetUrl: "https://ci.example" },
                        Auth: { Type: "SECRETS_MANAGER", Resource: "token" },
                    },
                    SecondarySources: [{ Type: "S3", SourceIdentifier: "data", Location: "data/set.zip" }],
                    SecondarySourceVersions: [{ SourceIdentifier: "data", SourceVersion: "1" }],
                    Artifacts: {
                        Type: "S3",
                        Location: "artifacts",
                        Name: "web.zip",
                        NamespaceType: "BUILD_ID",
                        Packaging: "ZIP",
                        Path: "nightly",
                        EncryptionDisabled: false,
                        OverrideArtifactName: false,
                    },
                    SecondaryArtifacts: [{ Type: "S3", ArtifactIdentifier: "docs", Location: "docs" }],
                    Environment: {
                        Type: "LINUX_CONTAINER",
                        ComputeType: "BUILD_GENERAL1_SMALL",
                        Image: "aws/codebuild/standard:7.0",
                        Fleet: {
                            FleetArn: sub("arn:${AWS::Partition}:codebuild:${AWS::Region}:${AWS::AccountId}:fleet/f"),
                        },
                        DockerServer: {
                            ComputeType: "BUILD_GENERAL1_SMALL",
                            SecurityGroupIds: ["sg-0123456789abcdef0"],
                        },
                    },
                    Cache: { Type: "LOCAL", Modes: ["LOCAL_SOURCE_CACHE"] },
                    FileSystemLocations: [
                        {
                            Type: "EFS",
                            Identifier: "share",
                            Location: "fs-1.efs.eu-west-1.amazonaws.com:/",
                            MountPoint: "/share",
                            MountOptions: "nfsvers=4.1",
                        },
                    ],
                    LogsConfig: {
                        S3Logs: { Status: "ENABLED", Location: "logs/nightly", EncryptionDisabled: false },
                    },
                },
            },
        ],
    },
    "a report group": {
        make: () =>
            new codebuild.ReportGroup("coverage", {
                name: "shop--web-coverage",
                type: "CODE_COVERAGE",
                deleteReports: true,
                exportConfig: {
                    type: "S3",
                    s3Destination: {
                        bucket: "reports",
                        encryptionDisabled: false,
                        encryptionKey: "arn:aws:kms:eu-west-1:111111111111:alias/aws/s3",
                        packaging: "ZIP",
                        path: "web",
                    },
                },
                tags: { service: "web" },
            }),
        expected: [
            {
                Type: "AWS::CodeBuild::ReportGroup",
                Properties: {
                    Name: "shop--web-coverage",
                    Type: "CODE_COVERAGE",
                    DeleteReports: true,
                    ExportConfig: {
                        ExportConfigType: "S3",
                        S3Destination: {
                            Bucket: "reports",
                            EncryptionDisabled: false,
                            EncryptionKey: sub(
                                "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/s3",
                            ),
                            Packaging: "ZIP",
                            Path: "web",
                        },
                    },
                    Tags: [{ Key: "service", Value: "web" }],
                },
            },
        ],
    },
};
