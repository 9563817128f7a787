import { z } from "zod";
import { runConfiguration, runProject, weaknesses, what } from "../builds/codebuild";
import { allow } from "../grant";
import type { Environment, Place } from "../kind";
import type { ActionType, Step, Variable } from "../plan";
import type { Problem } from "../problem";
import { permissionGrants, projectPlan } from "./project";
import { checkBuild, commandShape, machineShape, reservedVariables, type BuildSettings } from "./settings";
import { secretsGivenByAction, variablesGivenByAction } from "./variables";

/** Keys of commands that run in one environment. */
export const scriptSettings = z.strictObject({ ...machineShape, ...commandShape });

/**
 * Commands that run in one environment: a CodeBuild project for each, whose role may do what `permissions` say and nothing
 * else. They find `ENVIRONMENT`, `ENVIRONMENT_REGION` where that is not the pipeline's, and `DEPLOY_ROLE_ARN` where the environment has a deploy role to assume.
 *
 * @param description - of the project, in words
 */
export function planScript(settings: BuildSettings, at: Place, action: ActionType, description: string): Step {
    const where = at.environment as Environment;
    const { deployRoleArn } = where;
    const variables: Variable[] = [
        { name: "ENVIRONMENT", value: where.name, type: "PLAINTEXT" },
        ...(where.region === at.home.region
            ? []
            : [{ name: "ENVIRONMENT_REGION", value: where.region, type: "PLAINTEXT" as const }]),
        ...(deployRoleArn === undefined
            ? []
            : [{ name: "DEPLOY_ROLE_ARN", value: deployRoleArn, type: "PLAINTEXT" as const }]),
    ];
    const grants = deployRoleArn === undefined ? [] : [allow("AssumeDeployRole", ["sts:AssumeRole"], [deployRoleArn])];
    // What it may do in the environment, the deploy role of the environment may: the project's own role is of another account.
    const own = deployRoleArn === undefined ? settings : { ...settings, permissions: [] };
    const project = projectPlan(own, at, {
        suffix: [at.unit, where.name],
        description,
        variables,
        grants,
        secrets: secretsGivenByAction(settings, at),
    });
    return {
        name: at.unit,
        action,
        summary: `script ${what(settings)}${deployRoleArn === undefined ? "" : `, assuming the role ${deployRoleArn}`}`,
        configuration: runConfiguration(project.physicalName, at, variablesGivenByAction(settings, at)),
        inputs: at.inputs.map(input => input.name),
        outputs: [],
        grants: [runProject(project.physicalName, at)],
        needs: [project],
        ...(deployRoleArn !== undefined && { assumed: permissionGrants(settings) }),
        weakens: weaknesses(settings, at.unit),
    };
}

/** What the schema of commands that run in one environment cannot say. */
export const checkScript = (settings: BuildSettings): Problem[] => [
    ...checkBuild(settings),
    ...reservedVariables(settings, ["ENVIRONMENT", "ENVIRONMENT_REGION", "DEPLOY_ROLE_ARN"]),
];
