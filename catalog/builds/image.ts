import { z } from "zod";
import { codeArtifactPrerequisites, tokenVariables } from "../codebuild/codeartifact";
import { architectureOf, codebuildActions, machines } from "../codebuild/compute";
import { projectPlan } from "../codebuild/project";
import { checkSbom, sbomCommands, sbomShape, sbomText, sbomVariables } from "../codebuild/sbom";
import {
    checkSettings,
    commandShape,
    machineShape,
    reservedVariables,
    variableName,
    type BuildSettings,
} from "../codebuild/settings";
import { secretsGivenByAction, variablesGivenByAction } from "../codebuild/variables";
import { imageCommands, imageFiles, imageVariables, type ImageRecipe } from "../ecr/image-commands";
import { buildGrants, cacheTag, repositoryOf, repositorySetting } from "../ecr/image-repository";
import type { Repository } from "../ecr/registry";
import { kind, type Place } from "../kind";
import type { Problem } from "../problem";
import { buildsAnew, runConfiguration, runProject, weaknesses } from "./codebuild";

const { inNetwork: action } = codebuildActions("Build");

const { buildspec, commands, postBuild, privileged, ...ownCommands } = commandShape;
const { outsideNetwork, compute, ...ownMachine } = machineShape;

const platforms = { arm64: "linux/arm64", x86_64: "linux/amd64" } as const;

const path = (description: string) =>
    z
        .string()
        .regex(/^(?![-/])[^\r\n]+$/, "a path in the source, such as services/orders")
        .describe(description);

const settingsShape = {
    ...ownMachine,
    compute: z
        .enum(machines)
        .default("small")
        .describe("Size of the machine, as of a build in CodeBuild. @default small"),
    ...ownCommands,
    commands: commands.describe(
        "Shell commands before the image is built, such as tests: when one fails, nothing is built or pushed. @default none",
    ),
    dockerfile: path("The Dockerfile. @default Dockerfile").default("Dockerfile"),
    context: path("The folder that the image is built in. @default the source's root").default("."),
    target: z
        .string()
        .regex(/^[A-Za-z0-9][\w.-]*$/, "the name of a stage of the Dockerfile, such as release")
        .optional()
        .describe("The stage of the Dockerfile that is built. @default the last one"),
    platform: z
        .enum(["linux/arm64", "linux/amd64"])
        .optional()
        .describe(
            "What the image runs on, which its machine must be too. @default the machine's own: linux/arm64 by the default image",
        ),
    buildArguments: z
        .array(z.union([variableName, z.string().regex(/^CODEBUILD_[A-Z_]+$/, "a variable of CodeBuild")]))
        .default([])
        .describe(
            "Variables of `environment`, or of CodeBuild, that the Dockerfile takes as arguments. Every one of `secrets` it may mount: RUN --mount=type=secret,id=NPM_TOKEN. @default none",
        ),
    buildkitImage: z
        .string()
        .regex(
            /^[\w.-]+(:\d+)?(\/[\w.-]+)*(:[\w.-]+)?@sha256:[0-9a-f]{64}$/,
            "an image by its digest, such as moby/buildkit@sha256:…, which `docker buildx imagetools inspect moby/buildkit:v0.19.0` prints",
        )
        .optional()
        .describe(
            "Image of BuildKit by its digest, as moby/buildkit@sha256:… or a copy of it: keeps the layers of every stage of the Dockerfile. @default Docker's own, which keeps those of the last stage",
        ),
    container: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,255}$/, "the name of a container: letters, digits, `_` and `-`")
        .optional()
        .describe("The container in the task definition that runs the image. @default the service's name"),
    ...sbomShape,
    repository: repositorySetting,
    artifacts: z
        .array(z.string().min(1))
        .default([])
        .describe(
            `Files (globs) of the source that are handed on beside ${imageFiles.join(" and ")}: taskdef.json and appspec.yaml for blue/green. @default none`,
        ),
};

type ImageSettings = z.output<z.ZodObject<typeof settingsShape>>;

/** What the image of `settings` is built of. */
function recipe(settings: ImageSettings, repository: Repository, at: Place): ImageRecipe {
    const { buildArguments, buildkitImage, container, context, dockerfile, platform, secrets, target } = settings;
    return {
        repository,
        dockerfile,
        context,
        platform: platform ?? platformOf(settings),
        buildArguments,
        secrets: [...Object.keys(secrets), ...tokenVariables(settings)],
        container: container ?? at.service,
        ...(target !== undefined && { target }),
        ...(buildkitImage !== undefined && { buildkitImage }),
        ...(at.environment !== undefined && { environment: at.environment.name }),
    };
}

/** As CodeBuild settings: building an image needs Docker, and Docker a privileged container. */
const asBuild = (settings: ImageSettings): BuildSettings => ({ ...settings, privileged: true });

const platformOf = (settings: Pick<ImageSettings, "architecture" | "image">) => platforms[architectureOf(settings)];

/**
 * A container image: built in a privileged CodeBuild project with the layers of the build before, pushed to an ECR repository
 * under a tag of its own, and handed on by its digest in `imagedefinitions.json` and `imageDetail.json`. The repository is made,
 * with scans, tags that cannot be moved and a lifecycle, or there already.
 *
 * Later actions read `#{build.IMAGE_URI}` (by digest), `#{build.IMAGE_DIGEST}` and `#{build.IMAGE_TAG}`.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
export const image = kind({
    type: "image",
    actions: [action],
    limits: [
        "one platform: that of the machine",
        "the repository is in the pipeline's account and region; a repository with images in it is never deleted",
        "Lambda cannot build images",
    ],
    settings: z.strictObject(settingsShape),
    example: `
        type: image
        commands: [npm ci, npm test]
        secrets: { NPM_TOKEN: "npm-token:token" }
        environment: { VERSION: "#{SourceVariables.CommitId}" }
        buildArguments: [VERSION]
        repository: { keepImages: 200, pullAccounts: ["222222222222"] }
        artifacts: [taskdef.json, appspec.yaml]`,
    plan(settings, at) {
        const { environment } = at;
        const { repository, made } = repositoryOf(settings.repository, at);
        const own = asBuild(settings);
        const project = projectPlan(own, at, {
            suffix: [at.unit, ...(environment === undefined ? [] : [environment.name])],
            description: `Builds the image of ${at.service}${environment === undefined ? "" : ` for ${environment.name}`}`,
            ...(environment !== undefined && {
                variables: [{ name: "ENVIRONMENT", value: environment.name, type: "PLAINTEXT" }],
            }),
            after: [...imageCommands(recipe(settings, repository, at)), ...sbomCommands(settings, at)],
            artifacts: [...imageFiles, ...settings.artifacts],
            exported: imageVariables,
            grants: buildGrants(repository),
            secrets: secretsGivenByAction(settings, at),
        });
        const prerequisites = [
            ...codeArtifactPrerequisites(settings, at),
            ...(made === undefined
                ? [`the ECR repository ${repository.name} exists, and lets the tag ${cacheTag} be moved`]
                : []),
        ];
        return [
            {
                name: at.unit,
                action,
                summary: `image ${repository.name} of ${settings.dockerfile}${sbomText(settings, at)}`,
                configuration: runConfiguration(project.physicalName, at, [
                    ...variablesGivenByAction(settings, at),
                    ...sbomVariables(settings),
                ]),
                inputs: at.inputs.map(input => input.name),
                outputs: [at.output()],
                grants: [runProject(project.physicalName, at)],
                needs: [project, ...(made === undefined ? [] : [made])],
                namespace: at.namespace,
                weakens: [...weaknesses(own, at.unit), ...buildsAnew(at)],
                ...(prerequisites.length > 0 && { prerequisites }),
            },
        ];
    },
    check: settings => [
        ...checkSettings({ ...settings, privileged: false }),
        ...reservedVariables(settings, ["ENVIRONMENT", ...imageVariables]),
        ...checkSbom(settings),
        ...checkExported(settings),
        ...checkArguments(settings),
        ...checkPlatform(settings),
    ],
});

/** The variables of the image are there for later actions anyway. */
const checkExported = ({ exportedVariables }: ImageSettings): Problem[] =>
    exportedVariables.flatMap((name, index) =>
        imageVariables.some(own => own === name)
            ? [{ path: ["exportedVariables", index], message: `${name} is always there: leave it out` }]
            : [],
    );

/** Arguments stay in the history of an image, where everybody who pulls it can read them. */
function checkArguments({ buildArguments, environment, secrets }: ImageSettings): Problem[] {
    return buildArguments.flatMap((name, index) => {
        const wrong = Object.hasOwn(secrets, name)
            ? `is a secret: an argument stays in the image for everybody to read; mount it in the Dockerfile, by RUN --mount=type=secret,id=${name}`
            : Object.hasOwn(environment, name) || name.startsWith("CODEBUILD_")
              ? undefined
              : `expected a variable of \`environment\`, or one of CodeBuild, found ${JSON.stringify(name)}`;
        return wrong === undefined ? [] : [{ path: ["buildArguments", index], message: wrong }];
    });
}

/** An image for another processor would need an emulator, which CodeBuild's images lack. */
function checkPlatform(settings: ImageSettings): Problem[] {
    const own = platformOf(settings);
    const { platform = own } = settings;
    return platform === own
        ? []
        : [
              {
                  path: ["platform"],
                  message: `expected ${own}, as the machine is: an image for ${platform} is built on one of its own; choose another \`image\` or \`architecture\``,
              },
          ];
}
