import { arn, dnsSuffix, iamArn, one, s3Arn, viaService } from "../catalog/arn";
import type { FleetConfig } from "../config/fleet-config";
import { accountRoots, openByReaders, principalIn, readByReaders } from "./artifact-readers";
import { sealsBySealAlone } from "./integrity/bucket-policy";
import { administerByAccount, keyItself } from "./key-policies";
import { findBucket } from "./pipeline";
import { encryptPackages } from "./packages";
import { artifactKeyOf, type Ground } from "./place";
import type { StorePlan } from "./plan";
import type { Statement } from "./policy";
import { roleArn } from "./role-terms";
import { accountsInvolved, refuseOtherAccounts } from "./store-policies";

/**
 * Where artifacts are kept in `region`: a bucket and a key of its own, as a key serves one region.
 *
 * @param logGroups - those whose logs the key encrypts in the pipelines' own region
 * @param seals - whether seals lie in the bucket
 */
export function storeOf(
    config: FleetConfig,
    ground: Ground,
    region: string,
    deployRoles: readonly string[],
    logGroups: readonly string[],
    seals = false,
): StorePlan {
    const { names, home } = ground;
    const readers = [...new Set(config.environments.flatMap(({ artifactReaders }) => artifactReaders))];
    const bucket = names.bucket(home.account, region);
    return {
        region,
        bucket,
        alias: `alias/${names.shared(250)}`,
        artifactDays: config.retention.artifactDays,
        keyPolicy: [
            ...keyPolicy(ground, region, deployRoles, logGroups),
            ...openByReaders(region, readers),
            ...(region === home.region ? encryptPackages(config) : []),
        ],
        bucketPolicy: [
            ...bucketPolicy(ground, region, deployRoles, accountsInvolved(home.account, [...deployRoles, ...readers])),
            ...readByReaders(s3Arn(bucket, region), readers),
            ...(seals ? [sealsBySealAlone(ground)] : []),
        ],
        // S3 writes access logs to a bucket of the same region.
        ...(config.accessLogs[region] !== undefined && { accessLogs: config.accessLogs[region] }),
    };
}

/**
 * Who may use the artifact key. Roles are matched by the pattern of their names: a list of them would pass the policy's
 * 32 KiB in a large fleet, and change with every service. What a role may do with the key, its own policy must say too.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html (compatibility with services)
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html (compatibility with event sources)
 */
function keyPolicy(
    ground: Ground,
    region: string,
    deployRoles: readonly string[],
    logGroups: readonly string[],
): Statement[] {
    const { home, names } = ground;
    const encrypted = logGroups.map(group => arn("logs", `log-group:${group}`, home));
    const isHome = region === home.region;
    const root = { AWS: iamArn("root", home) };
    const byRoles = { ArnLike: { "aws:PrincipalArn": roleArn(ground.roles, names.everything) } };
    const byDeployRoles = principalIn(deployRoles);
    return [
        administerByAccount(home, true),
        {
            Sid: "UseByRolesOfFleet",
            Effect: "Allow",
            Principal: root,
            Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
            ...keyItself,
            Condition: {
                ...byRoles,
                StringEquals: {
                    "kms:ViaService": [
                        ...viaService("s3", region),
                        // Approvals are asked for where the pipelines are, and functions take and leave their messages there.
                        ...(isHome ? [...viaService("sns", region), ...viaService("sqs", region)] : []),
                    ],
                },
            },
        },
        {
            // The services look at the key before they use it through S3; it shows nothing of what is encrypted.
            Sid: "DescribeByRolesOfFleet",
            Effect: "Allow",
            Principal: root,
            Action: ["kms:DescribeKey"],
            ...keyItself,
            Condition: byRoles,
        },
        ...(isHome
            ? [
                  {
                      Sid: "EncryptBuildLogs",
                      Effect: "Allow" as const,
                      Principal: { Service: `logs.${home.region}.${dnsSuffix(home.region)}` },
                      Action: [
                          "kms:Decrypt",
                          "kms:DescribeKey",
                          "kms:Encrypt",
                          "kms:GenerateDataKey",
                          "kms:ReEncryptFrom",
                          "kms:ReEncryptTo",
                      ],
                      ...keyItself,
                      Condition: {
                          // A stack without functions keeps the statement that it has.
                          ArnEquals: {
                              "kms:EncryptionContext:aws:logs:arn": encrypted.length === 1 ? encrypted[0] : encrypted,
                          },
                      },
                  },
              ]
            : []),
        ...(isHome
            ? [
                  {
                      // EventBridge puts events into encrypted queues, and CloudWatch tells encrypted topics of alarms; who
                      // may do so for whom, the policies of queues and topics say.
                      Sid: "SealEventsAndAlarms",
                      Effect: "Allow" as const,
                      Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
                      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                      ...keyItself,
                  },
                  {
                      // Whoever reads dead letters, or sends them back, does so with a role of their own, whose policy has to say
                      // so; artifacts stay closed to them.
                      Sid: "OpenMessagesByAccount",
                      Effect: "Allow" as const,
                      Principal: root,
                      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                      ...keyItself,
                      Condition: { StringEquals: { "kms:ViaService": one(viaService("sqs", region)) } },
                  },
              ]
            : []),
        ...(deployRoles.length === 0
            ? []
            : [
                  {
                      Sid: "OpenByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: ["kms:Decrypt"],
                      ...keyItself,
                      Condition: {
                          ...byDeployRoles,
                          StringEquals: { "kms:ViaService": one(viaService("s3", region)) },
                      },
                  },
                  {
                      Sid: "DescribeByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: ["kms:DescribeKey"],
                      ...keyItself,
                      Condition: byDeployRoles,
                  },
              ]),
    ];
}

/**
 * What nobody may do with the bucket, whatever their own policy says: plain HTTP, another key, or anything from an account that
 * has nothing to do with it.
 * And what deploy roles may do: those of another account need it said here as well.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 */
function bucketPolicy(
    ground: Ground,
    region: string,
    deployRoles: readonly string[],
    accounts: readonly string[],
): Statement[] {
    const { home, names } = ground;
    const itself = s3Arn(names.bucket(home.account, region), region);
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
            Condition: { ArnNotEquals: { [key]: artifactKeyOf(ground, region) }, Null: { [key]: "false" } },
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
        refuseOtherAccounts(itself, accounts),
        ...(deployRoles.length === 0
            ? []
            : [
                  {
                      Sid: "ReadByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: ["s3:GetObject", "s3:GetObjectVersion"],
                      Resource: [objects],
                      Condition: principalIn(deployRoles),
                  },
                  {
                      Sid: "FindByDeployRoles",
                      Effect: "Allow" as const,
                      Principal: { AWS: accountRoots(deployRoles) },
                      Action: findBucket,
                      Resource: [itself],
                      Condition: principalIn(deployRoles),
                  },
              ]),
    ];
}
