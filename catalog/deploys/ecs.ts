import { z } from "zod";
import { arn } from "../arn";
import { allow, allowAnywhere, passRole } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import { minutes, roleArn, template, text } from "../words";

const action: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "ECS",
    version: "1",
    inputs: [1, 1],
    outputs: [0, 0],
    configuration: { required: ["ClusterName", "ServiceName"], optional: ["FileName", "DeploymentTimeout"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html",
};

const ecsName = z.string().regex(/^[A-Za-z0-9_{}-]{1,255}$/, "letters, digits, `_` and `-`");

/**
 * A rolling deploy of an ECS service: a new revision of the task definition that it runs now, with the images of
 * `imagedefinitions.json`.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
 */
export const ecs = kind({
    type: "ecs",
    actions: [action],
    settings: z.strictObject({
        cluster: template("The ECS cluster.", ecsName),
        service: template("The ECS service.", ecsName),
        imageDefinitions: text(
            "File in the artifact that names the image of each container. @default imagedefinitions.json",
        ).default("imagedefinitions.json"),
        taskRoles: z
            .array(roleArn("A task role or task execution role."))
            .describe("The roles that the tasks run with, which the pipeline may pass; `[]` if there are none."),
        timeoutMinutes: minutes(
            1,
            60,
            "Until a deploy that does not become steady has failed. @default 60.",
        ).optional(),
    }),
    example: `
        type: ecs
        cluster: "shop-{environment}"
        service: orders
        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]`,
    plan(settings, at) {
        const where = at.environment as Environment;
        const { cluster, service, taskRoles, timeoutMinutes } = settings;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                passes: taskRoles,
                summary: `ECS service ${service} of cluster ${cluster}`,
                configuration: {
                    ClusterName: cluster,
                    ServiceName: service,
                    FileName: settings.imageDefinitions,
                    ...(timeoutMinutes !== undefined && { DeploymentTimeout: String(timeoutMinutes) }),
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: [
                    allow(
                        "UpdateEcsService",
                        ["ecs:DescribeServices", "ecs:UpdateService"],
                        [arn("ecs", `service/${cluster}/${service}`, where)],
                    ),
                    allowAnywhere(
                        "RegisterTaskDefinition",
                        ["ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition"],
                        "ecs:DescribeTaskDefinition has no resource-level permission, and a revision has no ARN before it is registered",
                    ),
                    allow("TagTaskDefinition", ["ecs:TagResource"], [arn("ecs", "task-definition/*:*", where)], {
                        StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" },
                    }),
                    ...(taskRoles.length > 0
                        ? [passRole("PassTaskRoles", taskRoles, ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"])]
                        : []),
                ],
                targets: [{ what: `ECS service ${service} of cluster ${cluster}`, account: where.account }],
            },
        ];
    },
});
