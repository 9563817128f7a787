import { arn, s3Arn } from "../arn";
import { allow, allowAnywhere, type Grant } from "../grant";
import type { Place } from "../kind";
import { once } from "../once";
import type { BuildProjectPlan, Variable } from "../plan";
import { batchPlan, batchSection, type BatchSettings } from "./batch";
import { ecrImage } from "./build-image";
import { buildspec, type BuildspecParts } from "./buildspec";
import { codeArtifactGrants, loginCommands } from "./codeartifact";
import { computeTypes, environmentTypeOf, isLambda, usualMinutes } from "./compute";
import { reportNames } from "./reports";
import { secretGrants, secretVariable } from "./secrets";
import { givenByAction } from "./variables";
import type { BuildSettings } from "./settings";

/** Longest name of a project. */
export const longestProject = 150;

/** What a project does beyond its settings. */
export interface ProjectOptions extends Pick<BuildspecParts, "after" | "around" | "artifacts" | "exported"> {
    /** What is behind the service's name in the project's names: `["integration"]`, `["deploy", "prod"]`. */
    readonly suffix: readonly string[];
    readonly description: string;
    readonly variables?: readonly Variable[];
    readonly grants?: readonly Grant[];
    /** References of secrets beside those of the settings: those that differ between environments. */
    readonly secrets?: readonly string[];
}

/** Names and values in the order of the names: Pulumi's configuration keeps no other, and a project is the same from there and from a file. */
const byName = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));

/** A CodeBuild project of its own, with a role that reaches what this project needs and nothing else. */
export function projectPlan(settings: BatchSettings, at: Place, options: ProjectOptions): BuildProjectPlan {
    const physicalName = at.physicalName(longestProject, ...options.suffix);
    const stream = at.logStream(...options.suffix);
    const cacheLocation = `${at.store.bucket}/cache/${physicalName}`;
    // The project holds what is the same for all environments and executions.
    const same = ([, value]: [string, string]) => !givenByAction(value);
    const secrets = byName(settings.secrets).filter(same);
    const { cache, compute, timeoutMinutes, queuedTimeoutMinutes } = settings;
    const batch = batchPlan(settings, at, physicalName, options.suffix);
    const section = batchSection(settings);
    // Lambda runs builds elsewhere, at once, and for as long as it does.
    const machine = isLambda(compute)
        ? {}
        : {
              timeoutMinutes: timeoutMinutes ?? usualMinutes.running,
              queuedTimeoutMinutes: queuedTimeoutMinutes ?? usualMinutes.queued,
              network: at.network,
          };
    return {
        component: "BuildProject",
        logicalName: at.logicalName(...options.suffix),
        physicalName,
        roleName: at.physicalName(64, ...options.suffix),
        description: options.description,
        buildspec: buildspec(settings, {
            ...options,
            logins: loginCommands(settings, at),
            ...(section && { batch: section }),
        }),
        image: settings.image,
        pullsImageItself: ecrImage.test(settings.image),
        environmentType: environmentTypeOf(settings),
        computeType: computeTypes[compute],
        privileged: settings.privileged,
        variables: [
            ...byName(settings.environment)
                .filter(same)
                .map(([name, value]) => ({ name, value, type: "PLAINTEXT" as const })),
            ...secrets.map(([name, value]) => secretVariable(name, value, at.home)),
            ...(options.variables ?? []),
        ],
        ...machine,
        ...(cache.type === "s3" && { cacheLocation }),
        ...(batch && { batch }),
        logs: { group: at.logGroup, stream },
        key: at.store.key,
        grants: [
            ...artifactGrants(at, options.artifacts !== undefined),
            ...(cache.type === "s3"
                ? [
                      allow(
                          "UseOwnCache",
                          ["s3:GetObject", "s3:PutObject"],
                          [s3Arn(`${cacheLocation}/*`, at.home.region)],
                      ),
                  ]
                : []),
            allow(
                "WriteOwnLogStreams",
                ["logs:CreateLogStream", "logs:PutLogEvents"],
                [arn("logs", `log-group:${at.logGroup}:log-stream:${stream}/*`, at.home)],
            ),
            ...reportGrants(settings, at, physicalName),
            ...(isLambda(compute) ? [] : networkGrants(at.network)(at.home)),
            ...imageGrants(settings.image),
            ...secretGrants([...secrets.map(([, value]) => value), ...(options.secrets ?? [])], at.home),
            ...codeArtifactGrants(settings, at),
            ...at.inputs.flatMap(input => input.opening),
            ...permissionGrants(settings),
            ...(options.grants ?? []),
        ],
    };
}

/**
 * Reading, and for a build writing, the artifacts of this pipeline.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
 */
function artifactGrants(at: Place, writes: boolean): Grant[] {
    const { bucket, folder, key } = at.store;
    return [
        allow(
            writes ? "UseArtifacts" : "ReadArtifacts",
            ["s3:GetObject", "s3:GetObjectVersion", ...(writes ? ["s3:PutObject"] : [])],
            [s3Arn(`${bucket}/${folder}/*`, at.home.region)],
        ),
        allow("FindBucket", ["s3:GetBucketAcl", "s3:GetBucketLocation"], [s3Arn(bucket, at.home.region)]),
        allow("UseArtifactKey", ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"], [key]),
    ];
}

/**
 * CodeBuild makes the report groups of a buildspec by itself, under the project's name.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html
 */
function reportGrants(settings: BuildSettings, at: Place, project: string): Grant[] {
    // A buildspec file names its reports itself, so only the project's part of their names is known.
    const names = settings.buildspec === undefined ? reportNames(settings.reports) : ["*"];
    if (names.length === 0) {
        return [];
    }
    return [
        allow(
            "WriteOwnReports",
            [
                "codebuild:CreateReportGroup",
                "codebuild:CreateReport",
                "codebuild:UpdateReport",
                "codebuild:BatchPutTestCases",
                "codebuild:BatchPutCodeCoverages",
            ],
            names.map(name => arn("codebuild", `report-group/${project}-${name}`, at.home)),
        ),
    ];
}

/** What the stack file's `permissions` grant. */
export const permissionGrants = ({ permissions }: Pick<BuildSettings, "permissions">): Grant[] =>
    permissions.map(({ actions, resources, reason }, index) => ({
        sid: `Permission${index + 1}`,
        actions,
        resources,
        reason,
    }));

/**
 * Pulling the build's own image.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/sample-ecr.html
 */
function imageGrants(image: string): Grant[] {
    const [, account, region, repository] = ecrImage.exec(image) ?? [];
    return repository === undefined
        ? []
        : [
              allow(
                  "PullBuildImage",
                  ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                  [arn("ecr", `repository/${repository}`, { account, region })],
              ),
              allowAnywhere(
                  "LogInToRegistry",
                  ["ecr:GetAuthorizationToken"],
                  "ecr:GetAuthorizationToken has no resource-level permission",
              ),
          ];
}

/**
 * The network interfaces of a build, in its own subnets alone: the same for all builds of a network.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface
 */
const networkGrants = once((network: Place["network"]) =>
    once((home: Place["home"]): readonly Grant[] => {
        const interfaces = arn("ec2", "network-interface/*", home);
        const inOwnSubnets = { ArnEquals: { "ec2:Subnet": network.subnetArns } };
        return [
            allow(
                "CreateInterfaceInSubnets",
                ["ec2:CreateNetworkInterface"],
                [interfaces, network.securityGroupArn, ...network.subnetArns],
            ),
            allow("DeleteOwnInterface", ["ec2:DeleteNetworkInterface"], [interfaces], inOwnSubnets),
            allow("LendInterfaceToCodeBuild", ["ec2:CreateNetworkInterfacePermission"], [interfaces], {
                ...inOwnSubnets,
                StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
            }),
            allowAnywhere(
                "DescribeNetwork",
                [
                    "ec2:DescribeDhcpOptions",
                    "ec2:DescribeNetworkInterfaces",
                    "ec2:DescribeSecurityGroups",
                    "ec2:DescribeSubnets",
                    "ec2:DescribeVpcs",
                ],
                "EC2's Describe actions have no resource-level permission",
            ),
        ];
    }),
);
