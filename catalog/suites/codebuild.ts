import { z } from "zod";
import { runConfiguration, runProject, weaknesses, what } from "../builds/codebuild";
import { codebuildAction, projectPlan } from "../codebuild/project";
import { secretVariable } from "../codebuild/secrets";
import { checkBuild, commandShape, machineShape, reservedVariables } from "../codebuild/settings";
import { kind, type Environment } from "../kind";
import { fill, variesByEnvironment } from "../placeholders";
import type { Variable } from "../plan";

const action = codebuildAction("Test");

const varying = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).filter(([, value]) => variesByEnvironment(value));

const placeholders = (environment: Environment) => ({
    environment: environment.name,
    account: environment.account,
    region: environment.region,
});

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
        const filled = (value: string) => (environment === undefined ? value : fill(value, placeholders(environment)));
        const secrets = varying(settings.secrets).map(([name, value]) => [name, filled(value)] as const);
        const variables: Variable[] = [
            ...(environment === undefined
                ? []
                : [{ name: "ENVIRONMENT", value: environment.name, type: "PLAINTEXT" as const }]),
            ...varying(settings.environment).map(([name, value]) => ({
                name,
                value: filled(value),
                type: "PLAINTEXT" as const,
            })),
            ...secrets.map(([name, value]) => secretVariable(name, value, at.home)),
        ];
        const permissions = settings.permissions.map(permission => ({
            ...permission,
            resources: permission.resources.map(filled),
        }));
        const project = projectPlan({ ...settings, permissions }, at, {
            suffix: [at.unit],
            description: `Tests ${at.service}: ${at.unit}`,
            secrets: secrets.map(([, value]) => value),
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
                weakens: weaknesses(settings, at.unit),
            },
        ];
    },
    check: settings => [...checkBuild(settings), ...reservedVariables(settings, ["ENVIRONMENT"])],
});
