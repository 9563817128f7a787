import { z } from "zod";
import { approval } from "../catalog/approval";
import { customAction } from "../catalog/custom-actions";
import { gates } from "../catalog/gates";
import { union } from "../catalog/kind";
import { accountId, bucketName, key, keyPattern, roleArn, text } from "../catalog/words";
import { commonStartShape, startShape } from "./schema-starts";

/** Names of AWS's regions. */
const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Days for which CloudWatch Logs can keep a log group: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html. */
const logDays = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Services whose interface endpoints a created network can have; `s3` and `dynamodb` are gateways and cost nothing. */
const endpointServices = [
    "s3",
    "dynamodb",
    "codebuild",
    "codeartifact.api",
    "codeartifact.repositories",
    "cloudformation",
    "ecr.api",
    "ecr.dkr",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "sts",
] as const;

/** Longest prefix: with it, a hash and the separators a pipeline's name is told apart within its first 20 characters. */
export const longestPrefix = 10;

/** The word that stands in a service's place in the names of what the fleet shares; no service can be called so. */
export const reservedService = "fleet";

/** Names that actions, roles and projects of a service already have: no source, build, suite or step can be called so. */
export const reservedUnits = [
    ...["source", "build", "check", "pipeline", "upload", "schedule", "after"],
    // Namespaces that CodePipeline has itself.
    ...["codepipeline", "variables"],
];

const list = <T extends z.ZodType>(item: T, description: string) => z.array(item).default([]).describe(description);

const gate = union(gates);

/** What happens when a stage of an environment fails. */
export const onFailure = z
    .enum(["stop", "rollback", "retry", "retry-all"])
    .describe(
        "What follows a failed stage: stop, rollback (to the last execution that succeeded), retry (the failed actions once), retry-all (the whole stage once). @default stop",
    );

/** An entry of `connections`. */
export const connection = z.union([
    z.strictObject({
        provider: z
            .enum(["GitHub", "GitHubEnterpriseServer", "GitLab", "GitLabSelfManaged", "Bitbucket", "AzureDevOps"])
            .describe("Where the repositories are; the connection is created, and confirmed once in the console."),
        host: z
            .string()
            .regex(
                /^arn:aws[\w-]*:code(connections|star-connections):[\w-]+:\d{12}:host\/.+$/,
                "the ARN of a CodeConnections host",
            )
            .optional()
            .describe("ARN of the host of a self-managed provider, GitHubEnterpriseServer or GitLabSelfManaged."),
    }),
    z.strictObject({
        arn: z
            .string()
            .regex(
                /^arn:aws[\w-]*:code(connections|star-connections):[\w-]+:\d{12}:connection\/.+$/,
                "the ARN of a CodeConnections connection",
            )
            .describe("An existing connection."),
    }),
]);

const cidr = z.cidrv4({ error: "an IPv4 range such as 10.20.0.0/16" });

/** The network that builds run in. */
export const network = z.strictObject({
    create: z
        .strictObject({
            cidrBlock: cidr.default("10.0.0.0/16").describe("Addresses of the VPC. @default 10.0.0.0/16"),
            availabilityZones: z
                .int()
                .min(1)
                .max(6)
                .default(2)
                .describe("Zones with a private subnet each, 1 to 6. @default 2"),
            natGateways: z
                .enum(["None", "Single", "OnePerAz"])
                .default("Single")
                .describe("The way to the internet; about $36 a month each. @default Single"),
            endpoints: list(
                z.enum(endpointServices),
                "VPC endpoints; interfaces cost about $7 a month in each zone, s3 and dynamodb nothing. @default none",
            ),
        })
        .optional()
        .describe("A VPC of this stack's own."),
    existing: z
        .strictObject({
            vpcId: z.string().regex(/^vpc-[0-9a-f]+$/, 'the id of a VPC, such as "vpc-0a1b2c3d"'),
            subnetIds: z
                .array(z.string().regex(/^subnet-[0-9a-f]+$/, 'the id of a subnet, such as "subnet-0a1b2c3d"'))
                .min(1)
                .max(16)
                .describe("Private subnets with a way to the internet or to the endpoints that builds need."),
        })
        .optional()
        .describe("A VPC that is there already."),
    extraEgress: list(
        z.strictObject({
            port: z.int().min(1).max(65535),
            cidrBlock: cidr,
            reason: z
                .string()
                .regex(
                    /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{1,255}$/,
                    "a reason of letters, digits and common signs, at most 255",
                )
                .describe("Why builds connect there; shown in the preview and in the console."),
        }),
        "Where builds may connect to beside port 443; the preview prints it. @default nowhere",
    ),
});

/** An entry of `environments`: their order is the order of promotion. */
export const environment = z.strictObject({
    name: key("name of an environment"),
    account: accountId("The account it is in. @default the pipeline's").optional(),
    regions: z
        .array(z.string().regex(regionPattern, 'a region such as "eu-west-1"'))
        .min(1)
        .optional()
        .describe(
            "The regions that services are deployed to; the steps run in the first of them. @default the pipeline's region",
        ),
    regionsInOrder: z
        .boolean()
        .default(false)
        .describe(
            "Whether a region is deployed to only after the one before it in the list. @default false: all at once",
        ),
    deployRoleArn: roleArn(
        "The role that deploys there; needed in another account. @default the pipeline's role",
    ).optional(),
    artifactReaders: list(
        roleArn("A role of the environment's account."),
        "Roles beside the deploy role that may open artifacts: those of instances, which fetch what is deployed to them themselves. @default none",
    ),
    approval: approval.optional().describe("Asks for a yes before the environment's stage. @default nobody is asked"),
    before: list(gate, "Gates on entry to the stage; all must pass."),
    after: list(gate, "Gates after the stage's tests; all must pass."),
    onFailure: onFailure.default("stop"),
    freezable: z
        .boolean()
        .default(false)
        .describe(
            "Whether it, or a service in it, can be closed for deploys with a reason, by `npm run freeze`. @default false",
        ),
});

/** The schemas of the parts of a service: how a layer of them looks before it is merged, or what they are documented as. */
export interface Parts {
    readonly source: z.ZodType;
    readonly build: z.ZodType;
    readonly suite: z.ZodType;
    readonly step: z.ZodType;
    readonly deploy: z.ZodType;
    readonly approval: z.ZodType;
    readonly gates: z.ZodType;
    readonly trigger: z.ZodType;
    readonly commonTrigger: z.ZodType;
}

/** Parts that are checked later, when their layers are merged. */
export const loose: Parts = {
    source: z.unknown(),
    build: z.unknown(),
    suite: z.unknown(),
    step: z.unknown(),
    deploy: z.unknown(),
    approval: z.unknown(),
    gates: z.unknown(),
    trigger: z.unknown(),
    commonTrigger: z.unknown(),
};

const suites = (parts: Parts) =>
    z
        .record(key("name of a suite"), parts.suite)
        .describe(
            "Test suites by name: unit, integration, end-to-end, performance or any other; what they are, their commands say.",
        );
const steps = (parts: Parts) =>
    z
        .record(key("name of a step"), parts.step)
        .describe("What is done in environments beside the deploy, by name: migrations, functions, promotions.");
const deploysOf = (parts: Parts) =>
    z
        .record(key("name of a deploy"), parts.deploy)
        .describe("Several deploys by name: parallel unless `needs` orders them.");

/** What a service says of one environment. */
const exceptionSchema = (parts: Parts) =>
    z.strictObject({
        deploy: parts.deploy.optional(),
        deploys: deploysOf(parts).optional(),
        steps: steps(parts).optional(),
        approval: parts.approval.optional(),
        before: parts.gates.optional(),
        after: parts.gates.optional(),
        onFailure: onFailure.optional(),
        skip: z
            .string({ error: "why, as a text" })
            .regex(/^(?!(true|false|yes|no)$)./s, "why, as a text")
            .optional()
            .describe("Why this service does without the environment; printed in the preview."),
        skipApproval: text("Why this service needs no approval here; printed in the preview.").optional(),
        skipGates: text(
            "Why gates of the environment do not hold for this service; printed in the preview.",
        ).optional(),
    });

/** An entry of `services`. */
export const serviceSchema = (parts: Parts) =>
    z.strictObject({
        source: parts.source.optional(),
        sources: z
            .record(key("name of a source").max(20), parts.source)
            .optional()
            .describe("Further sources by name, beside `source`: a repository of configuration, a base image."),
        build: parts.build.optional(),
        builds: z
            .record(key("name of a build").max(20), parts.build)
            .optional()
            .describe("Several builds by name instead of `build`: parallel unless `needs` orders them."),
        suites: suites(parts).optional(),
        steps: steps(parts).optional(),
        deploy: parts.deploy.optional(),
        deploys: deploysOf(parts).optional(),
        ...startShape(parts),
        environments: z
            .record(z.string(), exceptionSchema(parts))
            .optional()
            .describe("What is different in one environment, by its name."),
    });

/** The map of services, each as `service` reads it. */
export const servicesOf = <S extends z.ZodType>(service: S) =>
    z
        .record(key("name of a service"), service)
        .refine(services => Object.keys(services).length > 0, "at least one service");

/** What a stack file says of this project, with the parts of its services as `parts`. */
export const stackSchema = (parts: Parts) =>
    z.strictObject({
        prefix: z
            .string()
            .max(longestPrefix)
            .regex(keyPattern, 'lower-case letters, digits and single hyphens, such as "shop"')
            .describe(
                "Begins every physical name; the fleet's, and never changed: another prefix makes other pipelines.",
            ),
        connections: z
            .record(key("key of a connection").max(20), connection)
            .default({})
            .describe("Connections to repositories, by key."),
        customActions: z
            .record(key("key of a custom action"), customAction)
            .default({})
            .describe("Actions that workers of your own perform, Jenkins among them, by key."),
        network,
        environments: z
            .array(environment)
            .min(1)
            .describe("Where services are deployed to, in the order of promotion."),
        defaults: z
            .strictObject({
                source: parts.source.optional(),
                build: parts.build.optional(),
                suites: suites(parts).optional(),
                steps: steps(parts).optional(),
                deploy: parts.deploy.optional(),
                ...commonStartShape(parts),
            })
            .default({})
            .describe("What every service has unless it says otherwise."),
        services: servicesOf(serviceSchema(parts)).describe("The services by name: one pipeline each."),
        retention: z
            .strictObject({
                artifactDays: z
                    .int()
                    .min(1)
                    .max(3650)
                    .default(90)
                    .describe("Days for which artifacts are kept, and a rollback finds them. @default 90"),
                logDays: z.literal(logDays).default(365).describe("Days for which build logs are kept. @default 365"),
            })
            .prefault({}),
        accessLogs: z
            .strictObject({
                bucket: bucketName(
                    "An existing bucket of the same account and region, which lets S3's log delivery write.",
                ),
                prefix: text("Begins the keys of the logs. @default artifacts/").default("artifacts/"),
            })
            .optional()
            .describe("Where S3 logs who reads and writes artifacts. @default nowhere; the preview says so"),
        protect: z
            .boolean()
            .default(false)
            .describe(
                "Whether `pulumi` refuses to delete the key, the artifacts, the build logs, the connections and the network. @default false",
            ),
        tags: z
            .record(
                z
                    .string()
                    .regex(
                        /^(?!aws:|service$)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,127}$/iu,
                        "a key of letters, digits and _.:/=+-@ that neither begins with `aws:` nor is `service`, which every service sets itself",
                    ),
                z
                    .string()
                    .regex(
                        /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,255}$/u,
                        "a value of letters, digits and _.:/=+-@, at most 255",
                    ),
            )
            .refine(tags => Object.keys(tags).length < 50, "at most 49 tags: AWS takes 50, and one is `service`")
            .default({})
            .describe("Tags of every resource."),
    });

/** The namespaced keys of other projects that this one reads. */
export const awsSchema = z.object({
    "aws:region": z
        .string({ error: 'a region such as "eu-west-1"' })
        .regex(regionPattern, 'a region such as "eu-west-1"'),
    "aws:allowedAccountIds": z
        .array(accountId("The account that the stack may touch."), { error: 'a list such as ["111111111111"]' })
        .length(1, { error: "exactly one account id, so that a run with other credentials stops" }),
});

/** The namespaced keys of {@link awsSchema}. */
export const awsKeys = Object.keys(awsSchema.shape);

/** The keys of this project, without their namespace. */
export const ownKeys = Object.keys(stackSchema(loose).shape);
