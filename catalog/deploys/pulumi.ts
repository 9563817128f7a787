import { z } from "zod";
import { allActions, architectureOf, codebuildActions } from "../codebuild/compute";
import { environmentVariableNames, planEnvironmentBuild } from "../codebuild/script";
import { checkBuild, commandShape, machineShape, reservedVariables, type BuildSettings } from "../codebuild/settings";
import { kind, type Environment } from "../kind";
import type { Problem } from "../problem";
import { backend, backendGrants, backendText, backendUrl } from "../pulumi/backend";
import { artifactPath, template } from "../words";

const actions = codebuildActions("Build");

const { privileged, environment, secrets, notSecret, permissions, cache, timeoutMinutes, queuedTimeoutMinutes } =
    commandShape;

const settings = z.strictObject({
    ...machineShape,
    stack: template(
        "The stack: `prod`, `project/prod` or `organization/project/prod`.",
        z.string().regex(/^[\w.{}-]+(\/[\w.{}-]+){0,2}$/, 'the name of a stack, such as "acme/orders/prod"'),
    ),
    workDir: artifactPath("Folder of `Pulumi.yaml` in the artifact. @default its root").default("."),
    backend,
    version: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, 'a version, such as "3.256.0"')
        .optional()
        .describe(
            "Version of the Pulumi CLI that is loaded from get.pulumi.com. @default the one that `image` has; CodeBuild's own images have none",
        ),
    install: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe(
            "Shell commands that bring what the program needs. @default `pulumi install` in `workDir`: its packages and plugins",
        ),
    refresh: z
        .boolean()
        .default(false)
        .describe("Whether the state is first compared with what is there. @default false"),
    policyPack: artifactPath(
        "Folder of a policy pack in the artifact, which can stop the update. @default none",
    ).optional(),
    privileged,
    environment,
    secrets,
    notSecret,
    permissions,
    cache,
    timeoutMinutes,
    queuedTimeoutMinutes,
});

type PulumiSettings = z.output<typeof settings>;

/** Variables that the deploy sets itself. */
const own = [...environmentVariableNames, "PULUMI_ACCESS_TOKEN", "PULUMI_BACKEND_URL", "PULUMI_SKIP_UPDATE_CHECK"];

/** Where the CLI is unpacked. */
const home = "/tmp/pulumi";

/**
 * A Pulumi program of the service: `pulumi up` of a stack that exists, in a CodeBuild project for each environment. It works as
 * the environment's deploy role, where there is one, also on its state in S3.
 *
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 * @see https://www.pulumi.com/docs/iac/download-install/versions/
 */
export const pulumi = kind({
    type: "pulumi",
    actions: allActions(actions),
    limits: [
        "The stack exists (`pulumi stack init`) and its file `Pulumi.<stack>.yaml` stands beside `Pulumi.yaml`: none is made, as what is made in a build is lost with it.",
        "The build network needs a way to get.pulumi.com for plugins, and with `version` for the CLI, and to Pulumi Cloud where the state is kept there.",
        "A build that is stopped while it writes leaves the stack in S3 locked: `pulumi cancel` opens it.",
        "Secrets of the stack are shown as `[secret]`; what the program itself prints is in the log as it is.",
    ],
    settings,
    oneOf: [["version", "image"]],
    example: `
        type: pulumi
        stack: "{environment}"
        workDir: infrastructure
        version: 3.256.0
        backend:
          type: s3
          bucket: "shop-pulumi-{environment}"
          kmsKeyArn: "arn:aws:kms:{region}:{account}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        permissions:
          - actions: [sqs:CreateQueue, sqs:GetQueueAttributes, sqs:SetQueueAttributes, sqs:DeleteQueue]
            resources: ["arn:aws:sqs:{region}:{account}:orders-{environment}"]
            reason: The program makes the queue of the service.`,
    plan(all, at) {
        const where = at.environment as Environment;
        const { stack, workDir, backend: state } = all;
        const place = backendText(state);
        return [
            {
                ...planEnvironmentBuild(buildSettings(all), at, actions, {
                    description: `Updates the Pulumi stack ${stack} of ${at.service}: ${at.unit}`,
                    summary: `Pulumi stack ${stack} in ${place}`,
                    variables: [
                        { name: "PULUMI_BACKEND_URL", value: backendUrl(state, where), type: "PLAINTEXT" },
                        { name: "PULUMI_SKIP_UPDATE_CHECK", value: "true", type: "PLAINTEXT" },
                    ],
                    grants: backendGrants(state, where),
                    asDeployRole: true,
                }),
                // Stacks of one name are several where their programs are: which project it is, the program says.
                targets: [{ what: `Pulumi stack ${stack} in ${place} (${at.service}, ${workDir})` }],
            },
        ];
    },
    check: all => [
        ...checkBuild({ ...buildSettings(all), secrets: all.secrets }),
        ...reservedVariables(all, own),
        ...cliProblems(all),
        ...passphraseProblems(all),
    ],
});

/** The build that `all` amounts to. */
function buildSettings(all: PulumiSettings): BuildSettings {
    const { stack, workDir, backend: state, version, refresh, policyPack, install, ...rest } = all;
    const up = [
        "pulumi up --yes --non-interactive --color never --suppress-progress",
        `--cwd ${workDir}`,
        `--stack ${stack}`,
        ...(refresh ? ["--refresh"] : []),
        // The CLI looks for the pack from the program's folder.
        ...(policyPack === undefined ? [] : [`--policy-pack "$CODEBUILD_SRC_DIR/${policyPack}"`]),
    ].join(" ");
    return {
        ...rest,
        secrets: { ...rest.secrets, ...(state.type === "cloud" && { PULUMI_ACCESS_TOKEN: state.accessToken }) },
        reports: {},
        exportedVariables: [],
        install: [
            ...(version === undefined ? [] : cli(version, architectureOf(all))),
            // Says which CLI it is, and fails here where there is none.
            "pulumi version",
            ...(install ?? [`pulumi install --non-interactive --cwd ${workDir}`]),
        ],
        commands: [up],
    };
}

/** Shell lines that bring the CLI. */
const cli = (version: string, architecture: "arm64" | "x86_64"): string[] => {
    const archive = `pulumi-v${version}-linux-${architecture === "arm64" ? "arm64" : "x64"}.tar.gz`;
    return [
        `curl -fsSL --retry 3 -o ${home}.tar.gz https://get.pulumi.com/releases/sdk/${archive}`,
        `tar -xzf ${home}.tar.gz -C /tmp`,
        `export PATH="${home}:$PATH"`,
    ];
};

/** CodeBuild's own images have no Pulumi CLI. */
const cliProblems = ({ version, image }: PulumiSettings): Problem[] =>
    version === undefined && image.startsWith("aws/codebuild/")
        ? [
              {
                  path: ["version"],
                  message: `expected the version of the Pulumi CLI, such as "3.256.0", because the image ${image} has none; or an \`image\` that has one, such as "pulumi/pulumi-nodejs:3.256.0"`,
              },
          ]
        : [];

/** Secrets of a stack in S3 are sealed with a key or a passphrase. */
const passphraseProblems = ({ backend: state, secrets: given }: PulumiSettings): Problem[] =>
    state.type === "cloud" || state.kmsKeyArn !== undefined || Object.hasOwn(given, "PULUMI_CONFIG_PASSPHRASE")
        ? []
        : [
              {
                  path: ["backend", "kmsKeyArn"],
                  message:
                      "expected the KMS key of the stack's secrets, or PULUMI_CONFIG_PASSPHRASE in `secrets`: without one of them the stack cannot be opened",
              },
          ];
