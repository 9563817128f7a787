import { z } from "zod";
import { runConfiguration, runProject, weaknesses, what } from "../builds/codebuild";
import { codebuildAction, permissionGrants, projectPlan } from "../codebuild/project";
import { checkBuild, commandShape, machineShape, reservedVariables } from "../codebuild/settings";
import { allow } from "../grant";
import { kind, type Environment } from "../kind";
import type { Variable } from "../plan";

const action = codebuildAction("Build");

/**
 * Commands that deploy: a CodeBuild project for each environment, whose role may do what `permissions` say and nothing else.
 * The commands find `ENVIRONMENT`, and `DEPLOY_ROLE_ARN` where the environment has a deploy role to assume.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const script = kind({
    type: "script",
    actions: [action],
    settings: z.strictObject({
        ...machineShape,
        ...commandShape,
    }),
    example: `
        type: script
        commands: ["./deploy.sh"]
        permissions:
          - actions: [batch:RegisterJobDefinition]
            resources: ["arn:aws:batch:{region}:{account}:job-definition/settlement-{environment}*"]
            reason: The deploy registers a new revision of the job.`,
    plan(settings, at) {
        const where = at.environment as Environment;
        const { deployRoleArn } = where;
        const variables: Variable[] = [
            { name: "ENVIRONMENT", value: where.name, type: "PLAINTEXT" },
            ...(deployRoleArn === undefined
                ? []
                : [{ name: "DEPLOY_ROLE_ARN", value: deployRoleArn, type: "PLAINTEXT" as const }]),
        ];
        const grants =
            deployRoleArn === undefined ? [] : [allow("AssumeDeployRole", ["sts:AssumeRole"], [deployRoleArn])];
        // What it may do in the environment, the deploy role of the environment may: the project's own role is of another account.
        const own = deployRoleArn === undefined ? settings : { ...settings, permissions: [] };
        const project = projectPlan(own, at, {
            suffix: [at.unit, where.name],
            description: `Deploys ${at.service} to ${where.name}: ${at.unit}`,
            variables,
            grants,
        });
        return [
            {
                name: at.unit,
                action,
                summary: `script ${what(settings)}${deployRoleArn === undefined ? "" : `, assuming the role ${deployRoleArn}`}`,
                configuration: runConfiguration(project.physicalName, at),
                inputs: at.inputs.map(input => input.name),
                outputs: [],
                grants: [runProject(project.physicalName, at)],
                needs: [project],
                ...(deployRoleArn !== undefined && { assumed: permissionGrants(settings) }),
                weakens: weaknesses(settings, at.unit),
            },
        ];
    },
    check: settings => [...checkBuild(settings), ...reservedVariables(settings, ["ENVIRONMENT", "DEPLOY_ROLE_ARN"])],
});
