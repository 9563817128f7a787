import { z } from "zod";
import { customAction } from "../catalog/custom-actions";
import { accountId, key, keyPattern, regionPattern, text, why } from "../catalog/words";
import { accessLogs } from "./access-logs";
import { connection } from "./connections";
import { environment, onFailure, rollbackOn } from "./environment-schema";
import { logDays } from "./log-days";
import { network } from "./network-schema";
import { routes } from "./notify-schema";
import { operations } from "./operations-schema";
import { packages } from "./packages-schema";
import { roles } from "./roles-schema";
import { commonStartShape, startShape } from "./schema-starts";
import { allowedPlainText } from "./plain-text/allowed";
import { secretKeys } from "./secret-keys";
import { platform, role } from "./spread-schema";
import { targets } from "./targets";

/** Longest prefix: with it, a hash and the separators a pipeline's name is told apart within its first 20 characters. */
export const longestPrefix = 10;

/** The word that stands in a service's place in the names of what the fleet shares; no service can be called so. */
export const reservedService = "fleet";

/** Names that actions, roles and projects of a service already have: no source, build, suite or step can be called so. */
export const reservedUnits = [
    ...["source", "build", "check", "pipeline", "upload", "schedule", "after", "rollback-on"],
    // Namespaces that CodePipeline has itself.
    ...["codepipeline", "variables"],
];

/** What the names of actions that seal and verify begin with: nothing of a service is called so, or like one of them with a hyphen. */
export const reservedBeginnings = ["seal", "verify"];

const reason = (description: string) => why("why, as a text", description).optional();

const skipVerification = (of: string) =>
    reason(
        `Why nobody compares artifacts with their seals before ${of}; printed in the preview. @default they are compared`,
    );

const mutableImages = (of: string) =>
    reason(
        `Why files that name images to deploys${of} may name them by tags, which can be moved; printed in the preview. @default by digests alone`,
    );

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
            "Test suites by name: unit, integration, end-to-end, performance or any other; what they are, their commands say. @default none",
        );
const steps = (parts: Parts) =>
    z
        .record(key("name of a step"), parts.step)
        .describe(
            "What is done in environments beside the deploy, by name: migrations, functions, promotions. @default none",
        );
const deploysOf = (parts: Parts) =>
    z
        .record(key("name of a deploy"), parts.deploy)
        .describe(
            "Several deploys by name: parallel unless `needs` orders them. @default none: `deploy` is the only one",
        );

/** What a service says of one environment. */
const exceptionSchema = (parts: Parts) =>
    z.strictObject({
        deploy: parts.deploy.optional(),
        deploys: deploysOf(parts).optional(),
        steps: steps(parts).optional(),
        approval: parts.approval
            .optional()
            .describe("What is different of the environment's approval. @default nothing"),
        before: parts.gates.optional(),
        after: parts.gates.optional(),
        onFailure: onFailure.optional(),
        rollbackOn: rollbackOn.optional(),
        notify: routes("Who is told of this service in this environment."),
        skip: reason(
            "Why this service does without the environment; printed in the preview. @default it is deployed there",
        ),
        skipApproval: text(
            "Why this service needs no approval here; printed in the preview. @default the environment's approval holds",
        ).optional(),
        skipGates: text(
            "Why gates of the environment do not hold for this service; printed in the preview. @default they hold",
        ).optional(),
        skipVerification: skipVerification("they are used in this environment"),
        mutableImages: mutableImages(" in this environment"),
    });

/** An entry of `services`. */
export const serviceSchema = (parts: Parts) =>
    z.strictObject({
        source: parts.source.optional(),
        sources: z
            .record(key("name of a source").max(20), parts.source)
            .optional()
            .describe(
                "Further sources by name, beside `source`: a repository of configuration, a base image. @default none",
            ),
        build: parts.build.optional(),
        builds: z
            .record(key("name of a build").max(20), parts.build)
            .optional()
            .describe(
                "Several builds by name instead of `build`: parallel unless `needs` orders them. @default none: `build` is the only one",
            ),
        suites: suites(parts).optional(),
        steps: steps(parts).optional(),
        deploy: parts.deploy.optional(),
        deploys: deploysOf(parts).optional(),
        ...startShape(parts),
        notify: routes(
            "Who is told of this service, in place of what the fleet or the environment says of the same target.",
        ),
        skipVerification: skipVerification("they are used for this service"),
        mutableImages: mutableImages(""),
        environments: z
            .record(z.string(), exceptionSchema(parts))
            .optional()
            .describe("What is different in one environment, by its name. @default nothing"),
    });

/** The map of services, each as `service` reads it. */
export const servicesOf = <S extends z.ZodType>(service: S) =>
    z
        .record(key("name of a service"), service)
        .refine(services => Object.keys(services).length > 0, "at least one service");

/** What a stack file says of this project, with the parts of its services as `parts`. */
export const stackSchema = (parts: Parts) =>
    z.strictObject({
        role,
        platform,
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
        packages,
        targets,
        notify: routes("Who is told of what happens to every service, and of the fleet's alarms."),
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
                    .describe(
                        "Days for which artifacts and their seals are kept, and a rollback finds them. @default 90",
                    ),
                rollbackDays: z
                    .int()
                    .min(1)
                    .max(365)
                    .default(30)
                    .describe(
                        "Days for which one must be able to go back to a release: fewer `artifactDays` are warned of. @default 30",
                    ),
                logDays: z.literal(logDays).default(365).describe("Days for which build logs are kept. @default 365"),
            })
            .prefault({})
            .describe("For how long things are kept. @default the defaults of its keys"),
        operations,
        roles,
        skipVerification: skipVerification("they are used, for all services"),
        accessLogs: accessLogs
            .optional()
            .describe("Where S3 logs who reads and writes artifacts. @default nowhere; the preview says so"),
        protect: z
            .boolean()
            .optional()
            .describe(
                "Whether `pulumi` refuses to delete the key, the artifacts, the logs of builds and of who did what, the connections, the packages and the network, and of a platform to destroy the stack. @default true of a platform, else false",
            ),
        tags: z
            .record(
                z
                    .string()
                    .regex(
                        /^(?!aws:|notify:|service$)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,127}$/iu,
                        "a key of letters, digits and _.:/=+-@ that begins neither with `aws:` nor with `notify:`, and is not `service`: services set these themselves",
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
        allowedPlainText,
        secretKeys,
    });

/** The namespaced keys of other projects that this one reads. */
export const awsSchema = z.object({
    "aws:region": z
        .string({ error: 'a region such as "eu-west-1"' })
        .regex(regionPattern, 'a region such as "eu-west-1"')
        .describe("The region that the pipelines are in; environments may name others."),
    "aws:allowedAccountIds": z
        .array(accountId("The account that the stack may touch."), { error: 'a list such as ["111111111111"]' })
        .length(1, { error: "exactly one account id, so that a run with other credentials stops" })
        .describe("The account that the pipelines are in, in quotes; a run with the credentials of another one stops."),
});

/** The namespaced keys of {@link awsSchema}. */
export const awsKeys = Object.keys(awsSchema.shape);

/** The keys of this project, without their namespace. */
export const ownKeys = Object.keys(stackSchema(loose).shape);
