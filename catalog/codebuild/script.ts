import { z } from "zod";
import { runConfiguration, runProject, weaknesses, what } from "../builds/codebuild";
import type { Grant } from "../grant";
import type { Environment, Place } from "../kind";
import type { Step, Variable } from "../plan";
import type { Problem } from "../problem";
import { codeArtifactPrerequisites } from "./codeartifact";
import { actionOf, type CodebuildActions } from "./compute";
import { assumeRole, inEnvironment, longestSession, sessionVariables } from "./deploy-role";
import { permissionGrants, projectPlan } from "./project";
import { checkBuild, commandShape, machineShape, reservedVariables, type BuildSettings } from "./settings";
import { exportedAs, secretsGivenByAction, variablesGivenByAction } from "./variables";

/** Keys of commands that run in one environment. */
export const scriptSettings = z.strictObject({ ...machineShape, ...commandShape });

/** What a build in one environment is, beyond its settings. */
export interface EnvironmentBuild {
    /** Behind the unit's name in the names of its action and its project. @default nothing: the unit's own build */
    readonly suffix?: string;

    /** Of the project, in words. */
    readonly description: string;

    /** What it does, in words for a reviewer. */
    readonly summary: string;

    /** What it may do in the environment, beside `permissions`. @default nothing */
    readonly grants?: readonly Grant[];

    readonly variables?: readonly Variable[];

    /** Whether the commands work as the environment's deploy role, where it has one; else they assume it themselves. @default false */
    readonly asDeployRole?: boolean;
}

/**
 * A build that works in one environment: a CodeBuild project of its own, whose role, or the environment's deploy role where
 * it has one, may do what the settings' `permissions` and `build.grants` say and nothing else. The commands find
 * `ENVIRONMENT`, `ENVIRONMENT_REGION` where that is not the pipeline's, and `DEPLOY_ROLE_ARN` where there is such a role.
 */
export function planEnvironmentBuild(
    settings: BuildSettings,
    at: Place,
    actions: CodebuildActions,
    build: EnvironmentBuild,
): Step {
    const where = at.environment as Environment;
    const { deployRoleArn } = where;
    const { suffix, description, summary, grants = [], variables = [], asDeployRole = false } = build;
    const names = [at.unit, ...(suffix === undefined ? [] : [suffix])];
    const { own, assumed } = inEnvironment(at, [...permissionGrants(settings), ...grants]);
    const commands =
        asDeployRole && deployRoleArn !== undefined
            ? [...assumeRole(at, at.physicalName(longestSession, ...names, where.name)), ...(settings.commands ?? [])]
            : settings.commands;
    const project = projectPlan({ ...settings, commands, permissions: [] }, at, {
        suffix: [...names, where.name],
        description,
        variables: [
            { name: "ENVIRONMENT", value: where.name, type: "PLAINTEXT" },
            ...(where.region === at.home.region
                ? []
                : [{ name: "ENVIRONMENT_REGION", value: where.region, type: "PLAINTEXT" as const }]),
            ...(deployRoleArn === undefined
                ? []
                : [{ name: "DEPLOY_ROLE_ARN", value: deployRoleArn, type: "PLAINTEXT" as const }]),
            ...variables,
        ],
        grants: own,
        secrets: secretsGivenByAction(settings, at),
    });
    const prerequisites = codeArtifactPrerequisites(settings, at);
    return {
        name: names.join("-"),
        action: actionOf(actions, settings),
        summary: `${summary}${deployRoleArn === undefined ? "" : `, assuming the role ${deployRoleArn}`}`,
        configuration: runConfiguration(project.physicalName, at, [
            ...variablesGivenByAction(settings, at),
            ...sessionVariables(at),
        ]),
        inputs: at.inputs.map(input => input.name),
        outputs: [],
        grants: [runProject(project.physicalName, at)],
        needs: [project],
        ...(assumed !== undefined && { assumed }),
        ...exportedAs(settings, at),
        weakens: weaknesses(settings, at.unit),
        ...(prerequisites.length > 0 && { prerequisites }),
    };
}

/** Settings of a build whose commands this program writes itself, on the smallest machine. */
export const ownBuild = (commands: readonly string[], timeoutMinutes: number): BuildSettings =>
    scriptSettings.parse({ commands, timeoutMinutes });

/**
 * Commands that run in one environment.
 *
 * @param description - of the project, in words
 */
export const planScript = (settings: BuildSettings, at: Place, actions: CodebuildActions, description: string): Step =>
    planEnvironmentBuild(settings, at, actions, { description, summary: `script ${what(settings)}` });

/** Variables that every build in an environment finds. */
export const environmentVariableNames = ["ENVIRONMENT", "ENVIRONMENT_REGION", "DEPLOY_ROLE_ARN"];

/** What the schema of commands that run in one environment cannot say. */
export const checkScript = (settings: BuildSettings): Problem[] => [
    ...checkBuild(settings),
    ...reservedVariables(settings, environmentVariableNames),
];
