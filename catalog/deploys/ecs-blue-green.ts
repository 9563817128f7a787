import { z } from "zod";
import { deploymentGrants, deploymentGroupShape, deploymentGroupText } from "../codedeploy";
import { passTaskRoles, tagTaskDefinition } from "../ecs";
import { allowAnywhere } from "../grant";
import { kind, type Environment, type Place } from "../kind";
import type { ActionType } from "../plan";
import { artifactName, roleArn, text } from "../words";

/** Most images that the action fills in. */
const mostImages = 4;

/** The one file that names an image to the action. */
const imageDetail = "imageDetail.json";

const imageNumbers = Array.from({ length: mostImages }, (_, index) => index + 1);

const action: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "CodeDeployToECS",
    version: "1",
    inputs: [1, 5],
    outputs: [0, 0],
    configuration: {
        required: [
            "ApplicationName",
            "DeploymentGroupName",
            "TaskDefinitionTemplateArtifact",
            "AppSpecTemplateArtifact",
        ],
        optional: [
            "AppSpecTemplatePath",
            "TaskDefinitionTemplatePath",
            ...imageNumbers.flatMap(number => [`Image${number}ArtifactName`, `Image${number}ContainerName`]),
        ],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html",
};

const image = z.strictObject({
    placeholder: z
        .string()
        .regex(/^[A-Za-z0-9_]+$/, 'a word of letters, digits and `_`, without its brackets, such as "IMAGE1_NAME"')
        .describe("What stands as `<IMAGE1_NAME>` in the place of the image in the task definition."),
    artifact: artifactName("The artifact with the image's imageDetail.json. @default the deploy's own").optional(),
});

/** Name of the artifact that the stack file calls `key`; without one the deploy's own. */
const artifactOf = (at: Place, key: string | undefined): string =>
    (key === undefined ? undefined : at.artifact(key))?.name ?? at.inputs[0].name;

/**
 * A blue/green deploy of an ECS service by CodeDeploy. The action makes a revision of the task definition in the
 * artifact, with the images of `imageDetail.json`, and hands it to CodeDeploy with the AppSpec file. How traffic is
 * shifted the deployment group says.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html#file-reference-ecs-bluegreen
 */
export const ecsBlueGreen = kind({
    type: "ecs-blue-green",
    actions: [action],
    settings: z.strictObject({
        ...deploymentGroupShape,
        taskDefinition: text("Task definition in its artifact. @default taskdef.json").default("taskdef.json"),
        taskDefinitionArtifact: artifactName(
            "The artifact with the task definition. @default the deploy's own",
        ).optional(),
        appSpec: text("AppSpec file in its artifact. @default appspec.yaml").default("appspec.yaml"),
        appSpecArtifact: artifactName("The artifact with the AppSpec file. @default the deploy's own").optional(),
        images: z
            .array(image)
            .max(mostImages)
            .default([{ placeholder: "IMAGE1_NAME" }])
            .describe(
                "Images that are filled into the task definition; `[]` if it names them itself. @default `<IMAGE1_NAME>`, from the deploy's own artifact",
            ),
        taskRoles: z
            .array(roleArn("A task role or task execution role."))
            .optional()
            .describe(
                "The roles that the task definition names, which the pipeline may pass; `[]` if it names none. @default none, and the preview says so",
            ),
    }),
    example: `
        type: ecs-blue-green
        application: orders
        deploymentGroup: "{environment}"
        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]`,
    limits: [
        "An artifact that it takes has at most 3 MB.",
        "Each image is the one that imageDetail.json in the root of its artifact names; another file name is not read.",
        "A deploy that takes longer than 5 days has failed.",
    ],
    plan(settings, at) {
        const where = at.environment as Environment;
        const { application, deploymentGroup, images, taskRoles } = settings;
        const taskDefinition = artifactOf(at, settings.taskDefinitionArtifact);
        const appSpec = artifactOf(at, settings.appSpecArtifact);
        const imageArtifacts = images.map(({ artifact }) => artifactOf(at, artifact));
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                passes: taskRoles ?? [],
                summary: `ECS blue/green: ${deploymentGroupText(settings)}`,
                configuration: {
                    ApplicationName: application,
                    DeploymentGroupName: deploymentGroup,
                    TaskDefinitionTemplateArtifact: taskDefinition,
                    TaskDefinitionTemplatePath: settings.taskDefinition,
                    AppSpecTemplateArtifact: appSpec,
                    AppSpecTemplatePath: settings.appSpec,
                    ...Object.fromEntries(
                        images.flatMap(({ placeholder }, index) => [
                            [`Image${index + 1}ArtifactName`, imageArtifacts[index]],
                            [`Image${index + 1}ContainerName`, placeholder],
                        ]),
                    ),
                },
                inputs: [...new Set([taskDefinition, appSpec, ...imageArtifacts])],
                outputs: [],
                ...(images.length > 0 && {
                    imageFiles: Object.fromEntries(imageArtifacts.map(artifact => [artifact, [imageDetail]])),
                }),
                grants: [
                    ...deploymentGrants(
                        settings,
                        {
                            group: ["codedeploy:CreateDeployment", "codedeploy:GetDeployment"],
                            application: [
                                "codedeploy:GetApplication",
                                "codedeploy:GetApplicationRevision",
                                "codedeploy:RegisterApplicationRevision",
                            ],
                        },
                        where,
                    ),
                    allowAnywhere(
                        "RegisterNewTaskDefinition",
                        ["ecs:RegisterTaskDefinition"],
                        "the family stands in the task definition alone, and a revision has no ARN before it is registered",
                    ),
                    tagTaskDefinition(where),
                    ...passTaskRoles(taskRoles ?? []),
                ],
                targets: [{ what: deploymentGroupText(settings), account: where.account }],
                ...(taskRoles === undefined && {
                    prerequisites: [
                        `${settings.taskDefinition} of ${at.service} names no taskRoleArn and no executionRoleArn: those that it names must stand in \`taskRoles\`, or the deploy of ${deploymentGroupText(settings)} fails`,
                    ],
                }),
            },
        ];
    },
    check({ images }) {
        return images.flatMap(({ placeholder, artifact }, index) => {
            const before = images.slice(0, index);
            if (before.some(other => other.placeholder === placeholder)) {
                return [{ path: ["images", index, "placeholder"], message: `duplicate placeholder <${placeholder}>` }];
            }
            return before.some(other => other.artifact === artifact)
                ? [
                      {
                          path: ["images", index],
                          message:
                              "expected another `artifact` than that of an image above: an artifact has one imageDetail.json, which names one image",
                      },
                  ]
                : [];
        });
    },
});
