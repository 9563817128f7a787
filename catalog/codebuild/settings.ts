import { z } from "zod";
import type { Problem } from "../problem";
import { outsideNetworkKey } from "../outside-network";
import { minutes, template, templateValue, text } from "../words";
import { checkBuildImage, mutableImageKey } from "./build-image";
import { codeArtifact } from "./codeartifact";
import { checkCodeArtifact } from "./codeartifact-check";
import { checkCompute, computeTypes, usualMinutes } from "./compute";
import { checkReports, reports } from "./reports";
import { secretForms, secretPlace } from "./secrets";

const words = <T extends string>(table: Readonly<Record<T, unknown>>) => Object.keys(table) as [T, ...T[]];

/** Name of an environment variable of a build. */
export const variableName = z
    .string()
    .regex(
        /^(?!CODEBUILD_)[A-Za-z_][A-Za-z0-9_]*$/,
        "the name of a variable, such as API_URL (CODEBUILD_… is reserved)",
    );

const commands = (phase: string, more = "", otherwise = "") =>
    z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe(`Shell commands of the ${phase} phase${more}. @default none${otherwise}`);

/** The image of builds that name none: Amazon Linux on ARM, the cheaper architecture. */
export const defaultImage = "aws/codebuild/amazonlinux-aarch64-standard:3.0";

/** Keys of everything that runs in CodeBuild: where it runs. Suites and scripts take them from the build unless they say otherwise. */
export const machineShape = {
    image: template(
        `Docker image of the build environment: one of CodeBuild's own by its name, any other by its digest, as <repository>@sha256:…. @default ${defaultImage}`,
    ).default(defaultImage),
    mutableImage: mutableImageKey,
    architecture: z
        .enum(["arm64", "x86_64"])
        .optional()
        .describe("Processor. @default arm64 for an image with aarch64 or arm64 in its name, else x86_64"),
    compute: z
        .enum(words(computeTypes))
        .default("small")
        .describe(
            "Size of the machine: small 2 vCPU and 4 GB, medium 4/8, large 8/16, xlarge 36/72, 2xlarge 72/144; lambda-… runs in Lambda, which starts faster, for 15 minutes at the most and outside the build network. @default small",
        ),
    outsideNetwork: outsideNetworkKey
        .optional()
        .describe(`${outsideNetworkKey.description} @default none: only what runs in Lambda has to say why`),
};

const permission = z.strictObject({
    actions: z
        .array(
            z
                .string()
                .regex(
                    /^[a-z0-9-]+:([A-Za-z0-9]+|[A-Z][a-z]{2,}[A-Za-z0-9]*\*)$/,
                    'an action such as "batch:SubmitJob", or actions that begin with a word, such as "s3:Get*"; never all of a service',
                ),
        )
        .min(1)
        .describe("What it may do, as IAM names it; never all of a service."),
    resources: z
        .array(
            template(
                'An ARN, or "*" where AWS knows no resource.',
                z.string().regex(/^(\*|arn:[\w{}-]+:[\w-]+:[^\r\n]+)$/, 'an ARN, or "*" where AWS knows no resource'),
            ),
        )
        .min(1)
        .describe("What it may do that with: ARNs."),
    reason: text("Why the script may do this; shown to reviewers."),
});

const isLocal = (cache: unknown) =>
    typeof cache === "object" && cache !== null && "type" in cache && cache.type === "local";

/** Keys of everything that runs in CodeBuild: what it does. */
export const commandShape = {
    install: commands("install"),
    preBuild: commands("pre_build"),
    commands: commands(
        "build",
        ". They start in the first artifact, of builds and suites the source and of scripts what the build hands on; the other one is in CODEBUILD_SRC_DIR_BuildArtifact for suites, in CODEBUILD_SRC_DIR_SourceArtifact for scripts",
        ": `buildspec` names a file that has them",
    ),
    postBuild: commands("post_build", ", which runs only when no phase before it failed"),
    buildspec: text(
        "Path of a buildspec file, instead of commands: of builds and suites in the source, of scripts in what the build hands on. @default none: `commands` say them",
    ).optional(),
    privileged: z
        .boolean()
        .default(false)
        .describe(
            "Runs the container privileged, as building Docker images needs: the build then owns its machine. @default false",
        ),
    environment: z
        .record(variableName, templateValue("A variable's value; not a secret."))
        .default({})
        .describe("Environment variables in plain text."),
    secrets: z
        .record(variableName, secretPlace("Where the secret is kept."))
        .default({})
        .describe(`Environment variables filled from secrets when the build starts: ${secretForms}.`),
    notSecret: z
        .array(variableName)
        .default([])
        .describe(
            "Variables of `environment` that look like a secret in plain text and are none; printed in the preview.",
        ),
    permissions: z
        .array(permission)
        .default([])
        .describe(
            "What the commands may do in AWS beside what CodeBuild needs, each with its reason. @default nothing",
        ),
    cache: z
        .discriminatedUnion(
            "type",
            [
                z.strictObject({ type: z.literal("none") }),
                z.strictObject({
                    type: z.literal("s3").describe("In the artifact bucket, for this project alone."),
                    paths: z
                        .array(z.string().min(1))
                        .min(1)
                        .describe("Folders to keep, for example `/root/.npm/**/*`."),
                }),
            ],
            {
                error: ({ input }) =>
                    isLocal(input) ? "in a VPC CodeBuild keeps nothing on its own machines" : undefined,
            },
        )
        .default({ type: "none" })
        .describe(
            "What is kept from one build to the next; in a VPC, CodeBuild keeps nothing on its own machines. @default nothing",
        ),
    codeArtifact,
    timeoutMinutes: minutes(5, 2160, `Until a running build is stopped. @default ${usualMinutes.running}`).optional(),
    queuedTimeoutMinutes: minutes(
        5,
        480,
        `Until a build that waits for a machine is given up. @default ${usualMinutes.queued}`,
    ).optional(),
    reports,
    exportedVariables: z
        .array(variableName)
        .default([])
        .describe(
            "Environment variables that later actions read, as `#{<name of this>.<variable>}`, with the values that the commands leave them with; never secrets. A `buildspec` exports them itself. @default none",
        ),
};

/** What {@link commandShape} and {@link machineShape} read as. */
export type BuildSettings = z.output<z.ZodObject<typeof machineShape & typeof commandShape>>;

const phases = ["install", "preBuild", "commands", "postBuild"] as const;

/** Words that say what to run; one of them has to be there. */
export const whatRuns = ["commands", "buildspec", "install", "preBuild", "postBuild"] as const;

/** Whether `settings` say what to run. */
export function saysWhatToRun(settings: object): boolean {
    return whatRuns.some(word => word in settings);
}

/** Whether `action` is, or includes, `iam:PassRole`; IAM does not care about case. */
function passesRoles(action: string): boolean {
    const [word, passRole] = [action.toLowerCase(), "iam:passrole"];
    return word.endsWith("*") ? passRole.startsWith(word.slice(0, -1)) : word === passRole;
}

/** What the schema of a build cannot say. */
export const checkBuild = (settings: BuildSettings): Problem[] => [
    ...checkCommands(settings),
    ...checkSettings(settings),
];

/** Whether it is said what runs, and once. */
function checkCommands(settings: BuildSettings): Problem[] {
    if (!saysWhatToRun(settings)) {
        const message = "expected `commands` (or `install`, `preBuild`, `postBuild`) or `buildspec`, found neither";
        return [{ path: [], message }];
    }
    const message = "expected either commands or `buildspec`, found both: move the commands into the buildspec";
    return settings.buildspec === undefined
        ? []
        : phases.filter(name => settings[name] !== undefined).map(phase => ({ path: [phase], message }));
}

/** What the schema cannot say of all but the commands. */
export const checkSettings = (settings: BuildSettings): Problem[] => [
    ...checkReports(settings.reports, settings.buildspec !== undefined),
    ...checkExports(settings),
    ...checkBuildImage(settings),
    ...checkCompute(settings),
    ...checkCodeArtifact(settings),
    ...checkPassedRoles(settings),
    ...Object.keys(settings.secrets)
        .filter(secret => Object.hasOwn(settings.environment, secret))
        .map(name => ({
            path: ["environment", name],
            message: "is also in `secrets`: a variable has one value",
        })),
];

function checkPassedRoles({ permissions }: BuildSettings): Problem[] {
    return permissions.flatMap(({ actions, resources }, index) =>
        actions.some(passesRoles)
            ? resources.flatMap((resource, place) =>
                  /[*?]/.test(resource)
                      ? [
                            {
                                path: ["permissions", index, "resources", place],
                                message: `expected the whole ARN of a role for iam:PassRole, found the pattern ${JSON.stringify(resource)}: who passes any role may do what any role may`,
                            },
                        ]
                      : [],
              )
            : [],
    );
}

/**
 * What CodeBuild refuses to export, and what no action could tell apart.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html env/exported-variables
 */
function checkExports({ exportedVariables, secrets }: BuildSettings): Problem[] {
    return exportedVariables.flatMap((name, index) => {
        const wrong = Object.hasOwn(secrets, name)
            ? "is a secret, which CodeBuild does not export: later actions name the secret themselves"
            : name.startsWith("AWS_")
              ? "expected another name: CodeBuild exports no variable that begins with AWS_"
              : exportedVariables.indexOf(name) < index
                ? `names ${name} twice`
                : undefined;
        return wrong === undefined ? [] : [{ path: ["exportedVariables", index], message: wrong }];
    });
}

/** Variables that the pipeline sets itself: one of the same name would be lost, or be there twice, which AWS refuses. */
export function reservedVariables(
    settings: Pick<BuildSettings, "environment" | "secrets">,
    names: readonly string[],
): Problem[] {
    return (["environment", "secrets"] as const).flatMap(key =>
        names
            .filter(name => Object.hasOwn(settings[key], name))
            .map(name => ({ path: [key, name], message: "is set by the pipeline; choose another name" })),
    );
}
