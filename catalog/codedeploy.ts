import { z } from "zod";
import { arn, type Location } from "./arn";
import { allow, type Grant } from "./grant";
import { template } from "./words";

/** Longest name of an application and of a deployment group: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html. */
const longestName = 100;

// CodeDeploy says no more of its names; IAM would read `*` and `?` as wildcards, and `:` and `/` end them in ARNs.
const name = z
    .string()
    .max(longestName)
    .regex(/^[^*?:/]+$/, "a name without `*`, `?`, `:` and `/`");

/** Keys that say where CodeDeploy deploys to. */
export const deploymentGroupShape = {
    application: template("The CodeDeploy application.", name),
    deploymentGroup: template("The deployment group of the application.", name),
};

/** Names of an application and of one of its deployment groups. */
export interface DeploymentGroup {
    readonly application: string;
    readonly deploymentGroup: string;
}

/** What a pipeline needs to deploy to one deployment group. */
export interface DeploymentActions {
    /** On the group. */
    readonly group: readonly string[];
    /** On the application and its revisions. */
    readonly application: readonly string[];
}

/**
 * Grants of `actions` on exactly one deployment group. How fast it deploys a configuration says, whose name stands in the
 * group and not in the stack file: every one of the account can be read.
 */
export function deploymentGrants(
    { application, deploymentGroup }: DeploymentGroup,
    actions: DeploymentActions,
    where: Location,
): Grant[] {
    const ofApplication = arn("codedeploy", `application:${application}`, where);
    return [
        allow("DeployToGroup", actions.group, [
            arn("codedeploy", `deploymentgroup:${application}/${deploymentGroup}`, where),
        ]),
        allow("RegisterRevision", actions.application, [ofApplication, `${ofApplication}/*`]),
        allow(
            "ReadDeploymentConfig",
            ["codedeploy:GetDeploymentConfig"],
            [arn("codedeploy", "deploymentconfig:*", where)],
        ),
    ];
}

/** What is deployed to, in words. */
export const deploymentGroupText = ({ application, deploymentGroup }: DeploymentGroup) =>
    `CodeDeploy deployment group ${deploymentGroup} of application ${application}`;
