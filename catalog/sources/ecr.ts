import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { kind } from "../kind";
import type { ActionType } from "../plan";
import { template } from "../words";

const action: ActionType = {
    category: "Source",
    owner: "AWS",
    provider: "ECR",
    version: "1",
    inputs: [0, 0],
    outputs: [1, 1],
    configuration: { required: ["RepositoryName"], optional: ["ImageTag"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html",
};

/**
 * An image of an ECR repository of the pipeline's own account and region. A push arrives as an EventBridge event. What it
 * hands on is no image but the file `imageDetail.json`, which names the image by its digest.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-cwe-ecr-source.html
 */
export const ecr = kind({
    type: "ecr",
    actions: [action],
    limits: [
        "The repository is of the pipeline's own account and region, and starts the pipeline with one tag.",
        "It hands on `imageDetail.json` and nothing else; an ECS deploy that is not blue/green needs an `imagedefinitions.json`, which a build can make of it.",
    ],
    settings: z.strictObject({
        repository: template(
            "Name of the repository.",
            z
                .string()
                .min(2)
                .max(256)
                .regex(/^[a-z0-9{][a-z0-9._/{}-]*$/, 'the name of a repository, such as "shop/orders"'),
        ),
        tag: z
            .string()
            .max(128)
            .regex(/^\w[\w.-]*$/, 'a tag such as "latest"')
            .default("latest")
            .describe("The tag whose pushes are released. @default latest"),
    }),
    example: `
        type: ecr
        repository: shop/base
        tag: stable`,
    plan({ repository, tag }, at) {
        return [
            {
                name: at.unit,
                action,
                summary: `image ${repository}:${tag}${at.detectsChanges ? ", on push" : ""}`,
                configuration: { RepositoryName: repository, ImageTag: tag },
                inputs: [],
                outputs: [at.output()],
                namespace: at.namespace,
                grants: [allow("FindImage", ["ecr:DescribeImages"], [arn("ecr", `repository/${repository}`, at.home)])],
                ...(at.detectsChanges && {
                    needs: [
                        {
                            component: "EventTrigger",
                            logicalName: at.logicalName(at.unit, "push"),
                            physicalName: at.physicalName(64, at.unit, "push"),
                            roleName: at.physicalName(64, at.unit, "push"),
                            description: `Starts the pipeline of ${at.service} on a push of an image`,
                            pattern: {
                                source: ["aws.ecr"],
                                "detail-type": ["ECR Image Action"],
                                detail: {
                                    "action-type": ["PUSH"],
                                    result: ["SUCCESS"],
                                    "repository-name": [repository],
                                    "image-tag": [tag],
                                },
                            },
                            pipelineArn: at.pipelineArn,
                        },
                    ],
                }),
                revision: { label: "image", id: `#{${at.namespace}.ImageURI}` },
                prerequisites: [`an image ${repository}:${tag} has been pushed to ECR`],
            },
        ];
    },
    unmerged: settings => ({ settings, withheld: [] }),
});
