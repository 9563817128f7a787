import {
    below,
    found,
    isMissing,
    ofTypes,
    ownKey,
    property,
    shown,
    unknown,
    unseen,
    type Resource,
    type Result,
    type Rule,
} from "./rule";

const project = ["aws:codebuild/project:Project"];

/** What is asked of builds in CodeBuild. */
export const buildRules: readonly Rule[] = [
    {
        name: "build-in-vpc",
        description: "Builds run in subnets and security groups of the account's own",
        level: "mandatory",
        severity: "high",
        check: ofTypes(project, resource =>
            ["vpcId", "subnets", "securityGroupIds"].flatMap(key =>
                property(
                    ["vpcConfig", key],
                    "what the network calls it",
                    "let the build run in private subnets, where its way out is yours",
                    value => !isMissing(value),
                )(resource),
            ),
        ),
    },
    {
        name: "build-encrypted",
        description: "What builds hand on is encrypted with a key of KMS of the account's own",
        level: "mandatory",
        severity: "high",
        check: ofTypes(project, ownKey(["encryptionKey"], "name the key of the artifact store")),
    },
    {
        name: "build-not-privileged",
        description: "Builds do not run as root of their machine",
        level: "mandatory",
        severity: "high",
        check: ofTypes(
            project,
            property(
                ["environment", "privilegedMode"],
                "false or nothing",
                "build images without the Docker daemon, or except this build, with a reason",
                value => value !== true && value !== "true",
            ),
        ),
    },
    {
        name: "build-logs",
        description: "What builds say is kept",
        level: "mandatory",
        severity: "medium",
        check: ofTypes(project, logs),
    },
];

/** Logs go to CloudWatch unless that is switched off; then to S3, encrypted. */
function logs(resource: Resource): readonly Result[] {
    const cloudWatch = below(resource.props, "logsConfig", "cloudwatchLogs", "status");
    const s3 = below(resource.props, "logsConfig", "s3Logs");
    const status = below(s3, "status");
    const open = below(s3, "encryptionDisabled");
    if ([cloudWatch, status, open].includes(unknown)) {
        return [unseen(resource, "logsConfig")];
    }
    return [
        ...(cloudWatch === "DISABLED" && status !== "ENABLED"
            ? [
                  found(
                      resource,
                      "logsConfig",
                      "logs in CloudWatch or S3",
                      "both switched off",
                      "switch one of them on: without logs nobody can say what a build did",
                  ),
              ]
            : []),
        ...(status === "ENABLED" && open === true
            ? [
                  found(
                      resource,
                      "logsConfig.s3Logs.encryptionDisabled",
                      "false or nothing",
                      shown(open),
                      "let logs be encrypted",
                  ),
              ]
            : []),
    ];
}
