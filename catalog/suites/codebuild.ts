import { z } from "zod";
import { runConfiguration, runProject, weaknesses, what } from "../builds/codebuild";
import { codebuildAction, projectPlan } from "../codebuild/project";
import { checkBuild, commandShape, machineShape, reservedVariables } from "../codebuild/settings";
import { filledAt, exportedAs, secretsGivenByAction, variablesGivenByAction } from "../codebuild/variables";
import { kind } from "../kind";
import type { Variable } from "../plan";

const action = codebuildAction("Test");

/**
 * A test suite: a CodeBuild project of its own, on the source and what was built of it.
 * One project serves all environments; which one it tests, the action says in the variable `ENVIRONMENT`.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const codebuild = kind({
    type: "codebuild",
    actions: [action],
    settings: z.strictObject({ ...machineShape, ...commandShape }),
    example: `
        type: codebuild
        after: deploy
        environments: [dev, staging]
        commands: [npm ci, npm run test:integration]
        environment: { API_URL: "https://api.{environment}.example.com" }
        secrets: { API_KEY: "api-key-{environment}" }`,
    plan(settings, at) {
        const { environment } = at;
        const variables: Variable[] = [
            ...(environment === undefined
                ? []
                : [{ name: "ENVIRONMENT", value: environment.name, type: "PLAINTEXT" as const }]),
            ...variablesGivenByAction(settings, at),
        ];
        const permissions = settings.permissions.map(permission => ({
            ...permission,
            resources: permission.resources.map(resource => filledAt(resource, at)),
        }));
        const project = projectPlan({ ...settings, permissions }, at, {
            suffix: [at.unit],
            description: `Tests ${at.service}: ${at.unit}`,
            secrets: secretsGivenByAction(settings, at),
        });
        return [
            {
                name: at.unit,
                action,
                summary: what(settings),
                configuration: runConfiguration(project.physicalName, at, variables),
                inputs: at.inputs.map(input => input.name),
                outputs: [],
                grants: [runProject(project.physicalName, at)],
                needs: [project],
                ...exportedAs(settings, at),
                weakens: weaknesses(settings, at.unit),
            },
        ];
    },
    check: settings => [...checkBuild(settings), ...reservedVariables(settings, ["ENVIRONMENT"])],
});
