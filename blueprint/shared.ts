import { arn, iamArn, partitionOf, s3Arn } from "../catalog/arn";
import { Reference } from "../catalog/reference";
import type { FleetConfig } from "../config/fleet-config";
import { findBucket } from "./pipeline";
import type { Ground } from "./place";
import type { ApprovalTopicPlan, PipelinePlan, SharedPlan } from "./plan";
import type { Statement } from "./policy";
import { approvalActionName, approvalStageName, approvalTopic, topicArnOf } from "./approval-stage";

/** What all services share; of the pipelines only what decides how the shared things are asked for, never their list. */
export function planShared(config: FleetConfig, ground: Ground, pipelines: readonly PipelinePlan[]): SharedPlan {
    const { names } = ground;
    const deployRoles = [...new Set(config.environments.flatMap(({ deployRoleArn }) => deployRoleArn ?? []))];
    return {
        network: { ...config.network, builds: ground.network, name: names.shared(255, "builds") },
        store: {
            bucket: ground.bucket,
            alias: `alias/${names.shared(250)}`,
            artifactDays: config.retention.artifactDays,
            ...(config.accessLogs && { accessLogs: config.accessLogs }),
            keyPolicy: keyPolicy(ground, deployRoles),
            bucketPolicy: bucketPolicy(ground, deployRoles),
        },
        logs: { group: ground.logGroup, days: config.retention.logDays },
        connections: Object.entries(config.connections)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .flatMap(([key, connection]) =>
                "arn" in connection
                    ? []
                    : [
                          {
                              key,
                              name: names.connection(key),
                              provider: connection.provider,
                              ...(connection.host !== undefined && { host: connection.host }),
                          },
                      ],
            ),
        approvals: approvalTopics(config, ground, pipelines),
    };
}

/** Environments that some service asks before, in their order, each with everybody who is asked. */
function approvalTopics(config: FleetConfig, ground: Ground, pipelines: readonly PipelinePlan[]): ApprovalTopicPlan[] {
    return config.environments.flatMap(({ name }) => {
        const asked = pipelines.flatMap(({ stages }) =>
            stages.flatMap(({ approval }) => (approval?.environment === name ? [approval] : [])),
        );
        if (asked.length === 0) {
            return [];
        }
        const pipelineArns = arn("codepipeline", ground.names.everything, ground.home);
        return [
            {
                environment: name,
                name: approvalTopic(ground, name),
                arn: topicArnOf(ground, name),
                notify: [...new Set(asked.flatMap(({ notify }) => notify))].sort(),
                policyName: ground.names.shared(128, "approve", name),
                statements: [
                    {
                        Sid: "AnswerApprovals",
                        Effect: "Allow",
                        Action: ["codepipeline:PutApprovalResult"],
                        Resource: [`${pipelineArns}/${approvalStageName(name)}/${approvalActionName}`],
                    },
                    {
                        Sid: "SeeWhatIsAsked",
                        Effect: "Allow",
                        Action: [
                            "codepipeline:GetPipeline",
                            "codepipeline:GetPipelineExecution",
                            "codepipeline:GetPipelineState",
                        ],
                        Resource: [pipelineArns],
                    },
                ],
            },
        ];
    });
}

/**
 * Who may use the artifact key. Roles are matched by the pattern of their names: a list of them would pass the policy's
 * 32 KiB in a large fleet, and change with every service. What a role may do with the key, its own policy must say too.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function keyPolicy(ground: Ground, deployRoles: readonly string[]): Statement[] {
    const { home, names, logGroup } = ground;
    const root = { AWS: iamArn("root", home) };
    const everyKey = { Resource: ["*"], reason: "in a key's own policy * is that key" } as const;
    const dnsSuffix = partitionOf(home.region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const byRoles = { ArnLike: { "aws:PrincipalArn": iamArn(`role/${names.everything}`, home) } };
    const byDeployRoles = { ArnEquals: { "aws:PrincipalArn": deployRoles } };
    return [
        {
            Sid: "AdministerByAccount",
            Effect: "Allow",
            Principal: root,
            Action: [
                "kms:CancelKeyDeletion",
                "kms:CreateAlias",
                "kms:DeleteAlias",
                "kms:DescribeKey",
                "kms:DisableKey",
                "kms:EnableKey",
                "kms:EnableKeyRotation",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:ListResourceTags",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UntagResource",
                "kms:UpdateAlias",
                "kms:UpdateKeyDescription",
            ],
            ...everyKey,
        },
        {
            Sid: "UseByRolesOfFleet",
            Effect: "Allow",
            Principal: root,
            Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
            ...everyKey,
            Condition: {
                ...byRoles,
                StringEquals: {
                    "kms:ViaService": [`s3.${home.region}.amazonaws.com`, `sns.${home.region}.amazonaws.com`],
                },
            },
        },
        {
            // The services look at the key before they use it through S3; it shows nothing of what is encrypted.
            Sid: "DescribeByRolesOfFleet",
            Effect: "Allow",
            Principal: root,
            Action: ["kms:DescribeKey"],
            ...everyKey,
            Condition: byRoles,
        },
        {
            Sid: "EncryptBuildLogs",
            Effect: "Allow",
            Principal: { Service: `logs.${home.region}.${dnsSuffix}` },
            Action: [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ],
            ...everyKey,
            Condition: {
                ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn("logs", `log-group:${logGroup}`, home) },
            },
        },
        ...(deployRoles.length === 0
            ? []
            : [
                  {
                      Sid: "OpenByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: ["kms:Decrypt"],
                      ...everyKey,
                      Condition: {
                          ...byDeployRoles,
                          StringEquals: { "kms:ViaService": `s3.${home.region}.amazonaws.com` },
                      },
                  },
                  {
                      Sid: "DescribeByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: ["kms:DescribeKey"],
                      ...everyKey,
                      Condition: byDeployRoles,
                  },
              ]),
    ];
}

/** The accounts of `roles`: a policy that names a role which is not there yet would be refused, its account never is. */
const accountRoots = (roles: readonly string[]) => [...new Set(roles.map(role => role.replace(/:role\/.*/, ":root")))];

/**
 * What nobody may do with the bucket, whatever their own policy says: plain HTTP, and another key.
 * And what deploy roles may do: those of another account need it said here as well.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 */
function bucketPolicy(ground: Ground, deployRoles: readonly string[]): Statement[] {
    const { bucket, home, names } = ground;
    const itself = s3Arn(bucket, home.region);
    const objects = `${itself}/*`;
    const encryption = "s3:x-amz-server-side-encryption";
    const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
    return [
        {
            Sid: "RefusePlainHttp",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:*"],
            Resource: [itself, objects],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
            Sid: "RefuseOtherEncryption",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:PutObject"],
            Resource: [objects],
            // Without the header the bucket's default holds, which is this key.
            Condition: { StringNotEquals: { [encryption]: "aws:kms" }, Null: { [encryption]: "false" } },
        },
        {
            Sid: "RefuseOtherKeys",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:PutObject"],
            Resource: [objects],
            Condition: { ArnNotEquals: { [key]: new Reference("artifactKey") }, Null: { [key]: "false" } },
        },
        {
            // Asked for KMS without a key, S3 takes not the bucket's but the account's own. CodePipeline and CodeBuild name
            // the key of the artifacts; how CodeBuild sends its cache is written nowhere.
            Sid: "RefuseUnnamedKeys",
            Effect: "Deny",
            Principal: "*",
            Action: ["s3:PutObject"],
            Resource: [`${itself}/${names.everything}`],
            Condition: { Null: { [encryption]: "false", [key]: "true" } },
        },
        ...(deployRoles.length === 0
            ? []
            : [
                  {
                      Sid: "ReadByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: ["s3:GetObject", "s3:GetObjectVersion"],
                      Resource: [objects],
                      Condition: { ArnEquals: { "aws:PrincipalArn": deployRoles } },
                  },
                  {
                      Sid: "FindByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: findBucket,
                      Resource: [itself],
                      Condition: { ArnEquals: { "aws:PrincipalArn": deployRoles } },
                  },
              ]),
    ];
}
