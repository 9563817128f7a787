import { z } from "zod";
import { arn } from "../arn";
import { passTaskRoles, tagTaskDefinition } from "../ecs";
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

/** Longest `DeploymentTimeout`, in minutes; also what holds without one: https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html. */
const longestMinutes = 60;

const ecsName = z.string().regex(/^[A-Za-z0-9_{}-]{1,255}$/, "letters, digits, `_` and `-`");

/** How a service can replace its tasks, in words. */
const strategies = { ROLLING: "", BLUE_GREEN: ", blue/green", CANARY: ", canary", LINEAR: ", linear" } as const;

/**
 * A deploy of an ECS service by its own deployment controller: a new revision of the task definition that it runs now,
 * with the images of `imagedefinitions.json`. How the service replaces its tasks, and shifts traffic to them, its own
 * deployment configuration says; the action is the same. No page says whether the action waits for the bake time, so it
 * is counted.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
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
        strategy: z
            .enum(["ROLLING", "BLUE_GREEN", "CANARY", "LINEAR"])
            .default("ROLLING")
            .describe(
                "The strategy of the service's own deployment configuration, which the pipeline does not set. @default ROLLING",
            ),
        infrastructureRoleArn: roleArn(
            "The role with which ECS moves a load balancer's traffic, which the pipeline may then pass. @default none",
        ).optional(),
        timeoutMinutes: minutes(
            1,
            longestMinutes,
            "Until a deploy that does not become steady has failed. @default 60.",
        ).optional(),
    }),
    limits: [
        `A deploy that takes longer than ${longestMinutes} minutes has failed: so much time a canary or linear shift and its bake time have.`,
        "The file that names the images has at most 100 KB.",
        "The action builds on the revision of the task definition that the service runs, and passes over newer ones.",
    ],
    example: `
        type: ecs
        cluster: "shop-{environment}"
        service: orders
        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]`,
    plan(settings, at) {
        const where = at.environment as Environment;
        const { cluster, service, taskRoles, strategy, infrastructureRoleArn, timeoutMinutes } = settings;
        const what = `ECS service ${service} of cluster ${cluster}`;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                passes: infrastructureRoleArn === undefined ? taskRoles : [...taskRoles, infrastructureRoleArn],
                summary: `${what}${strategies[strategy]}`,
                configuration: {
                    ClusterName: cluster,
                    ServiceName: service,
                    FileName: settings.imageDefinitions,
                    ...(timeoutMinutes !== undefined && { DeploymentTimeout: String(timeoutMinutes) }),
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                imageFiles: { [at.inputs[0].name]: [settings.imageDefinitions] },
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
                    tagTaskDefinition(where),
                    ...passTaskRoles(taskRoles),
                    ...(infrastructureRoleArn === undefined
                        ? []
                        : [passRole("PassInfrastructureRole", [infrastructureRoleArn], "ecs.amazonaws.com")]),
                ],
                targets: [{ what, account: where.account }],
                ...(strategy !== "ROLLING" && {
                    prerequisites: [
                        `the ${what} has the deployment controller ECS, the strategy ${strategy} and what that needs: load balancers with an infrastructure role, or Service Connect`,
                        `a deploy of the ${what} ends within ${timeoutMinutes ?? longestMinutes} minutes, shifts of traffic and bake time with it`,
                    ],
                }),
            },
        ];
    },
    check({ strategy, infrastructureRoleArn }) {
        return strategy === "ROLLING" && infrastructureRoleArn !== undefined
            ? [
                  {
                      path: ["infrastructureRoleArn"],
                      message:
                          "expected `strategy` BLUE_GREEN, CANARY or LINEAR beside it: a rolling deploy moves no traffic; leave it out",
                  },
              ]
            : [];
    },
});
