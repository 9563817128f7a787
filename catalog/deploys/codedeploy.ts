import { z } from "zod";
import { deploymentGrants, deploymentGroupShape, deploymentGroupText } from "../codedeploy";
import { allowAnywhere } from "../grant";
import { instancesOpenArtifacts, openedByInstances, readersOfExample } from "../instances";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";

const action: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "CodeDeploy",
    version: "1",
    inputs: [1, 1],
    outputs: [0, 0],
    configuration: { required: ["ApplicationName", "DeploymentGroupName"], optional: [] },
    openedBy: openedByInstances,
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeDeploy.html",
};

/**
 * A deploy by CodeDeploy to Amazon EC2 or on-premises instances, by the AppSpec file in the root of the artifact. How
 * many instances at once, and what happens when it fails, the deployment group says.
 *
 * Not to Lambda functions: AWS documents the action for instances alone, and of a Lambda function CodeDeploy takes as
 * revision the AppSpec file itself, JSON or YAML, not an archive as artifacts are.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeDeploy.html
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-create-lambda-cli.html
 */
export const codedeploy = kind({
    type: "codedeploy",
    actions: [action],
    settings: z.strictObject(deploymentGroupShape),
    example: `
        type: codedeploy
        application: orders-workers
        deploymentGroup: "{environment}"`,
    around: { environments: readersOfExample },
    limits: [
        "Deployment groups of instances only. Of a Lambda function CodeDeploy takes no archive: `lambda` shifts its alias the same way (canary, linear, alarms), and in `cloudformation` a SAM template's DeploymentPreference has CodeDeploy do it, with hooks.",
        "A deploy that takes longer than 5 days has failed.",
        "On-premises instances open the artifact only as a role: one that is registered as an IAM user does not.",
    ],
    plan(settings, at) {
        const where = at.environment as Environment;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: deploymentGroupText(settings),
                configuration: {
                    ApplicationName: settings.application,
                    DeploymentGroupName: settings.deploymentGroup,
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: [
                    ...deploymentGrants(
                        settings,
                        {
                            group: [
                                "codedeploy:CreateDeployment",
                                "codedeploy:GetDeployment",
                                "codedeploy:GetDeploymentGroup",
                                "codedeploy:ListDeployments",
                            ],
                            application: [
                                "codedeploy:GetApplication",
                                "codedeploy:GetApplicationRevision",
                                "codedeploy:ListDeploymentGroups",
                                "codedeploy:RegisterApplicationRevision",
                            ],
                        },
                        where,
                    ),
                    allowAnywhere(
                        "ListDeploymentConfigs",
                        ["codedeploy:ListDeploymentConfigs"],
                        "codedeploy:ListDeploymentConfigs has no resource-level permission",
                    ),
                ],
                targets: [{ what: deploymentGroupText(settings), account: where.account }],
                prerequisites: [instancesOpenArtifacts(at)],
            },
        ];
    },
});
