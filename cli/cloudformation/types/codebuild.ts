import type { ProjectArgs, ReportGroupArgs } from "@pulumi/aws/codebuild";
import type { codebuild } from "@pulumi/aws/types/input";
import { each, part, shape, tags, to } from "../shape";
import { refIsArn, type Mappings } from "./mapping";

const source = {
    buildspec: to("BuildSpec"),
    auth: part("Auth", shape<codebuild.ProjectSourceAuth>(["resource", "type"])),
    buildStatusConfig: part(
        "BuildStatusConfig",
        shape<codebuild.ProjectSourceBuildStatusConfig>(["context", "targetUrl"]),
    ),
    gitSubmodulesConfig: part(
        "GitSubmodulesConfig",
        shape<codebuild.ProjectSourceGitSubmodulesConfig>(["fetchSubmodules"]),
    ),
};

const sourceWords = ["gitCloneDepth", "insecureSsl", "location", "reportBuildStatus", "type"] as const;

const artifactWords = [
    "artifactIdentifier",
    "encryptionDisabled",
    "location",
    "name",
    "namespaceType",
    "overrideArtifactName",
    "packaging",
    "path",
    "type",
] as const;

const environment = shape<codebuild.ProjectEnvironment>(
    ["certificate", "computeType", "hostKernel", "image", "imagePullCredentialsType", "privilegedMode", "type"],
    {
        dockerServer: part(
            "DockerServer",
            shape<codebuild.ProjectEnvironmentDockerServer>(["computeType", "securityGroupIds"]),
        ),
        environmentVariables: each(
            "EnvironmentVariables",
            shape<codebuild.ProjectEnvironmentEnvironmentVariable>(["name", "type", "value"]),
        ),
        fleet: part("Fleet", shape<codebuild.ProjectEnvironmentFleet>(["fleetArn"])),
        registryCredential: part(
            "RegistryCredential",
            shape<codebuild.ProjectEnvironmentRegistryCredential>(["credential", "credentialProvider"]),
        ),
    },
);

const logs = shape<codebuild.ProjectLogsConfig>([], {
    cloudwatchLogs: part(
        "CloudWatchLogs",
        shape<codebuild.ProjectLogsConfigCloudwatchLogs>(["groupName", "status", "streamName"]),
    ),
    s3Logs: part("S3Logs", shape<codebuild.ProjectLogsConfigS3Logs>(["encryptionDisabled", "location", "status"])),
});

const batch = shape<codebuild.ProjectBuildBatchConfig>(["combineArtifacts", "serviceRole", "timeoutInMins"], {
    restrictions: part(
        "Restrictions",
        shape<codebuild.ProjectBuildBatchConfigRestrictions>(["maximumBuildsAllowed"], {
            computeTypesAlloweds: to("ComputeTypesAllowed"),
        }),
    ),
});

/**
 * Projects and report groups.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_CodeBuild.html
 */
export const codeBuild: Mappings = {
    "aws:codebuild/project:Project": {
        type: "AWS::CodeBuild::Project",
        shape: shape<ProjectArgs>(
            [
                "autoRetryLimit",
                "badgeEnabled",
                "concurrentBuildLimit",
                "description",
                "encryptionKey",
                "name",
                "resourceAccessRole",
                "serviceRole",
                "sourceVersion",
            ],
            {
                artifacts: part("Artifacts", shape<codebuild.ProjectArtifacts>(artifactWords)),
                buildBatchConfig: part("BuildBatchConfig", batch),
                buildTimeout: to("TimeoutInMinutes"),
                cache: part("Cache", shape<codebuild.ProjectCache>(["cacheNamespace", "location", "modes", "type"])),
                environment: part("Environment", environment),
                fileSystemLocations: each(
                    "FileSystemLocations",
                    shape<codebuild.ProjectFileSystemLocation>([
                        "identifier",
                        "location",
                        "mountOptions",
                        "mountPoint",
                        "type",
                    ]),
                ),
                logsConfig: part("LogsConfig", logs),
                projectVisibility: to("Visibility"),
                queuedTimeout: to("QueuedTimeoutInMinutes"),
                secondaryArtifacts: each(
                    "SecondaryArtifacts",
                    shape<codebuild.ProjectSecondaryArtifact>(artifactWords),
                ),
                secondarySources: each(
                    "SecondarySources",
                    shape<codebuild.ProjectSecondarySource>([...sourceWords, "sourceIdentifier"], source),
                ),
                secondarySourceVersions: each(
                    "SecondarySourceVersions",
                    shape<codebuild.ProjectSecondarySourceVersion>(["sourceIdentifier", "sourceVersion"]),
                ),
                source: part("Source", shape<codebuild.ProjectSource>(sourceWords, source)),
                tags,
                vpcConfig: part(
                    "VpcConfig",
                    shape<codebuild.ProjectVpcConfig>(["securityGroupIds", "subnets", "vpcId"]),
                ),
            },
        ),
        outputs: { id: "${.Arn}", name: "${}", arn: "${.Arn}" },
    },
    "aws:codebuild/reportGroup:ReportGroup": {
        type: "AWS::CodeBuild::ReportGroup",
        shape: shape<ReportGroupArgs>(["deleteReports", "name", "type"], {
            exportConfig: part(
                "ExportConfig",
                shape<codebuild.ReportGroupExportConfig>([], {
                    type: to("ExportConfigType"),
                    s3Destination: part(
                        "S3Destination",
                        shape<codebuild.ReportGroupExportConfigS3Destination>([
                            "bucket",
                            "encryptionDisabled",
                            "encryptionKey",
                            "packaging",
                            "path",
                        ]),
                    ),
                }),
            ),
            tags,
        }),
        outputs: refIsArn,
    },
};
