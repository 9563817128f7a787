import { valuesAt, type Properties } from "../values";
import { needs, type ResourceType } from "./type";

const bucket = "aws:s3/bucket:Bucket";
const key = ["aws:kms/key:Key", "aws:kms/alias:Alias"];
const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const policy = "aws:iam/policy:Policy";
const project = "aws:codebuild/project:Project";
const pipeline = "aws:codepipeline/pipeline:Pipeline";
const customAction = "aws:codepipeline/customActionType:CustomActionType";
const topic = "aws:sns/topic:Topic";

/** Long enough for everything that does not wait to have arrived before. */
const slow = 300;

/** What CodePipeline and the provider say of a definition that no reference is needed to judge. */
function malformedPipeline(properties: Properties): readonly string[] {
    const names = valuesAt(properties, "stages[*].name").map(({ value }) => value);
    const stores = valuesAt(properties, "artifactStores[*]").length;
    const regions = valuesAt(properties, "artifactStores[*].region").length;
    return [
        ...(names.length < 2 ? ["stages: a pipeline has at least two"] : []),
        ...(new Set(names).size < names.length ? ["stages: two have the same name"] : []),
        ...(regions !== (stores > 1 ? stores : 0)
            ? ["artifactStores: a region for each of several, and none for one"]
            : []),
    ];
}

/** The actions of a pipeline that `are` so, with their paths. */
const actionsOf = (pipelineProperties: Properties, are: (action: Properties) => boolean) =>
    valuesAt(pipelineProperties, "stages[*].actions[*]")
        .map(({ path, value }) => ({ path, value: value as Properties }))
        .filter(({ value }) => are(value));

/** Roles and what they may do. */
const access: Readonly<Record<string, ResourceType>> = {
    [role]: {
        name: "name",
        pattern: /^[\w+=,.@-]{1,64}$/,
        unique: ["name"],
        scope: "account",
        id: "{name}",
        replace: ["name", "path"],
        documents: ["assumeRolePolicy"],
        references: [needs("permissionsBoundary", policy), needs("managedPolicyArns[*]", policy)],
        blockedBy: [
            { type: rolePolicy, path: "role" },
            { type: attachment, path: "role" },
        ],
        outputs: { path: "/", arn: "arn:{partition}:iam::{account}:role{path}{name}", uniqueId: "AROA{hex}" },
    },
    [rolePolicy]: {
        name: "name",
        pattern: /^[\w+=,.@-]{1,128}$/,
        unique: ["role", "name"],
        scope: "account",
        id: "{role}:{name}",
        replace: ["role", "name"],
        documents: ["policy"],
        references: [needs("role", role)],
        latency: slow,
        outputs: {},
    },
    [attachment]: {
        unique: ["role", "policyArn"],
        scope: "account",
        id: "{role}-{hex}",
        replace: ["role", "policyArn"],
        references: [needs("role", role), needs("policyArn", policy)],
        latency: slow,
        outputs: {},
    },
    [policy]: {
        name: "name",
        pattern: /^[\w+=,.@-]{1,128}$/,
        unique: ["name"],
        scope: "account",
        id: "{arn}",
        replace: ["name", "path", "description"],
        documents: ["policy"],
        blockedBy: [
            { type: attachment, path: "policyArn" },
            { type: role, path: "managedPolicyArns[*]" },
        ],
        outputs: { path: "/", arn: "arn:{partition}:iam::{account}:policy{path}{name}", policyId: "ANPA{hex}" },
    },
};

/** Pipelines, and the events that start and announce them. */
const pipelines: Readonly<Record<string, ResourceType>> = {
    [project]: {
        name: "name",
        pattern: /^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/,
        unique: ["name"],
        id: "{arn}",
        replace: ["name"],
        roles: [{ path: "serviceRole", service: "codebuild.amazonaws.com", tried: true }],
        references: [
            needs("encryptionKey", ...key),
            needs("logsConfig.cloudwatchLogs.groupName", "aws:cloudwatch/logGroup:LogGroup"),
            needs("vpcConfig.vpcId", "aws:ec2/vpc:Vpc"),
            needs("vpcConfig.subnets[*]", "aws:ec2/subnet:Subnet"),
            needs("vpcConfig.securityGroupIds[*]", "aws:ec2/securityGroup:SecurityGroup"),
        ],
        latency: slow,
        outputs: { arn: "arn:{partition}:codebuild:{region}:{account}:project/{name}" },
    },
    [pipeline]: {
        name: "name",
        pattern: /^[A-Za-z0-9.@\-_]{1,100}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name"],
        refuses: malformedPipeline,
        roles: [{ path: "roleArn", service: "codepipeline.amazonaws.com", tried: true }],
        references: [
            needs("artifactStores[*].location", bucket),
            needs("artifactStores[*].encryptionKey.id", ...key),
            needs("stages[*].actions[*].roleArn", role),
            {
                path: "stages[*].actions[*].configuration.ProjectName",
                to: [project],
                // Jenkins has projects too.
                reads: properties =>
                    actionsOf(properties, ({ provider }) => provider === "CodeBuild").flatMap(({ path, value }) =>
                        valuesAt(value, "configuration.ProjectName").map(found => ({
                            ...found,
                            path: `${path}.${found.path}`,
                        })),
                    ),
            },
            {
                path: "stages[*].actions[*].provider",
                to: [customAction],
                reads: properties =>
                    actionsOf(properties, ({ owner }) => owner === "Custom").map(({ path, value }) => ({
                        path: `${path}.provider`,
                        value: [value.category, value.provider, value.version].join(":"),
                    })),
            },
            needs("stages[*].actions[*].configuration.ConnectionArn", "aws:codeconnections/connection:Connection"),
            needs("stages[*].actions[*].configuration.NotificationArn", topic),
        ],
        outputs: { arn: "arn:{partition}:codepipeline:{region}:{account}:{name}" },
    },
    "aws:lambda/function:Function": {
        name: "name",
        pattern: /^[A-Za-z0-9_-]{1,64}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name", "packageType"],
        roles: [{ path: "role", service: "lambda.amazonaws.com", tried: false }],
        references: [
            needs("loggingConfig.logGroup", "aws:cloudwatch/logGroup:LogGroup"),
            needs("deadLetterConfig.targetArn", "aws:sqs/queue:Queue"),
        ],
        latency: slow,
        outputs: { arn: "arn:{partition}:lambda:{region}:{account}:function:{name}", version: "$LATEST" },
    },
    [customAction]: {
        unique: ["category", "providerName", "version"],
        id: "{category}:{providerName}:{version}",
        replace: [
            "category",
            "configurationProperties",
            "inputArtifactDetails",
            "outputArtifactDetails",
            "providerName",
            "settings",
            "version",
        ],
        latency: slow,
        outputs: {
            arn: "arn:{partition}:codepipeline:{region}:{account}:actiontype:Custom/{category}/{providerName}/{version}",
            owner: "Custom",
        },
    },
    "aws:codeconnections/connection:Connection": {
        name: "name",
        pattern: /^.{1,32}$/,
        unique: ["name"],
        id: "{arn}",
        replace: ["name", "providerType", "hostArn"],
        outputs: {
            arn: "arn:{partition}:codeconnections:{region}:{account}:connection/{uuid}",
            connectionStatus: "PENDING",
            ownerAccountId: "{account}",
        },
    },
    "aws:cloudwatch/eventRule:EventRule": {
        name: "name",
        pattern: /^[.\-_A-Za-z0-9]{1,64}$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name", "eventBusName"],
        blockedBy: [{ type: "aws:cloudwatch/eventTarget:EventTarget", path: "rule" }],
        outputs: { arn: "arn:{partition}:events:{region}:{account}:rule/{name}" },
    },
    "aws:cloudwatch/eventTarget:EventTarget": {
        unique: ["rule", "targetId"],
        id: "{rule}-{targetId}",
        replace: ["rule", "targetId", "eventBusName"],
        roles: [{ path: "roleArn", service: "events.amazonaws.com", tried: false }],
        references: [needs("rule", "aws:cloudwatch/eventRule:EventRule")],
        outputs: { targetId: "terraform-{hex}" },
    },
};

/** Schedules; one outside of a group of its own is in the group `default`. */
const schedules: Readonly<Record<string, ResourceType>> = {
    "aws:scheduler/schedule:Schedule": {
        name: "name",
        pattern: /^[0-9a-zA-Z\-_.]{1,64}$/,
        unique: ["name"],
        id: "default/{name}",
        replace: ["name", "groupName"],
        roles: [{ path: "target.roleArn", service: "scheduler.amazonaws.com", tried: false }],
        outputs: { arn: "arn:{partition}:scheduler:{region}:{account}:schedule/default/{name}", groupName: "default" },
    },
};

/** What delivers: roles, build projects, pipelines, connections and events. */
export const delivery = { ...access, ...pipelines, ...schedules };
