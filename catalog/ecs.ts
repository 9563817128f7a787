import { arn, type Location } from "./arn";
import { allow, passRole, type Grant } from "./grant";

/**
 * Tags on a new revision of a task definition: where an account asks for tagging authorization, registering one needs it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#tag-resources-timeline
 */
export const tagTaskDefinition = (where: Location): Grant =>
    allow("TagTaskDefinition", ["ecs:TagResource"], [arn("ecs", "task-definition/*:*", where)], {
        StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" },
    });

/** The roles of a task definition, handed on with each revision of it. */
export const passTaskRoles = (roles: readonly string[]): Grant[] =>
    roles.length > 0 ? [passRole("PassTaskRoles", roles, ["ecs.amazonaws.com", "ecs-tasks.amazonaws.com"])] : [];
