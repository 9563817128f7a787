import { z } from "zod";
import { runConfiguration, runProject, weaknesses, what } from "../builds/codebuild";
import { batchConfiguration, batchShape, checkBatch, type BatchSettings } from "../codebuild/batch";
import { codeArtifactPrerequisites } from "../codebuild/codeartifact";
import { actionOf, allActions, codebuildActions } from "../codebuild/compute";
import { projectPlan } from "../codebuild/project";
import { checkBuild, commandShape, machineShape, reservedVariables } from "../codebuild/settings";
import {
    checkTestEnvironment,
    testEnvironment,
    testVariables,
    type TestEnvironment,
} from "../codebuild/test-environment";
import { planTestStack } from "../codebuild/test-stack";
import { withoutSecrets } from "../codebuild/unmerged";
import { exportedAs, filledAt, secretsGivenByAction, variablesGivenByAction } from "../codebuild/variables";
import { kind, type Place } from "../kind";
import type { Step, Variable } from "../plan";

/** The actions of every suite that runs in CodeBuild. */
export const suiteActions = codebuildActions("Test");

/**
 * A test suite: a CodeBuild project of its own, on the source and what was built of it. Whether it is one of unit,
 * integration, end-to-end or performance tests, its name and its commands say: it fails when one of its commands does.
 * One project serves all environments; which one it tests, the action says in the variable `ENVIRONMENT`. A suite that sets
 * up a test environment has a project in each: what it may set up in one, it may not in the others.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const codebuild = kind({
    type: "codebuild",
    actions: allActions(suiteActions),
    settings: z.strictObject({ ...machineShape, ...commandShape, ...batchShape, testEnvironment }),
    example: `
        type: codebuild
        after: deploy
        environments: [dev, staging]
        commands: [npm ci, npm run test:integration]
        environment: { API_URL: "https://api.{environment}.example.com" }
        secrets: { API_KEY: "api-key-{environment}" }`,
    plan: (settings, at) => [planSuite(settings, at)],
    check: settings => [
        ...checkBuild(settings),
        ...checkBatch(settings),
        ...checkTestEnvironment(settings),
        ...(settings.batch !== undefined && settings.testEnvironment !== undefined
            ? [
                  {
                      path: ["batch"],
                      message: "expected no batch beside `testEnvironment`: its builds would share the stack",
                  },
              ]
            : []),
        ...reservedVariables(settings, [
            "ENVIRONMENT",
            ...(settings.testEnvironment === undefined ? [] : Object.values(testVariables)),
        ]),
    ],
    unmerged: withoutSecrets,
});

/** The settings of a suite that runs in CodeBuild. */
export type SuiteSettings = BatchSettings & { readonly testEnvironment?: TestEnvironment };

/**
 * The action of a suite that runs in CodeBuild.
 *
 * @param summary - what it does, in words. @default its first commands
 */
export function planSuite(settings: SuiteSettings, at: Place, summary = what(settings)): Step {
    const { environment } = at;
    const disposable = settings.testEnvironment;
    const suffix = [at.unit, ...(disposable === undefined || environment === undefined ? [] : [environment.name])];
    const stack = disposable && planTestStack(disposable, at, suffix);
    const variables: Variable[] = [
        ...(environment === undefined
            ? []
            : [{ name: "ENVIRONMENT", value: environment.name, type: "PLAINTEXT" as const }]),
        ...variablesGivenByAction(settings, at),
        ...(stack?.given ?? []),
    ];
    const permissions = settings.permissions.map(permission => ({
        ...permission,
        resources: permission.resources.map(resource => filledAt(resource, at)),
    }));
    const project = projectPlan({ ...settings, permissions }, at, {
        suffix,
        description: `Tests ${at.service}: ${suffix.join(" in ")}`,
        secrets: secretsGivenByAction(settings, at),
        ...(stack && { around: stack.around, variables: stack.variables, grants: stack.grants }),
    });
    const prerequisites = [...codeArtifactPrerequisites(settings, at.home), ...(stack?.prerequisites ?? [])];
    return {
        name: at.unit,
        action: actionOf(suiteActions, settings),
        summary: stack === undefined ? summary : `${summary}, in ${stack.summary}`,
        configuration: {
            ...runConfiguration(project.physicalName, at, variables),
            ...batchConfiguration(settings, false),
        },
        inputs: at.inputs.map(input => input.name),
        outputs: [],
        grants: [runProject(project.physicalName, at, settings)],
        needs: [project],
        ...exportedAs(settings, at),
        ...(stack && {
            passes: stack.passes,
            ...(stack.assumed && { assumed: stack.assumed }),
        }),
        ...((stack !== undefined || prerequisites.length > 0) && { prerequisites }),
        weakens: [
            ...weaknesses(settings, at.unit),
            ...(stack?.assumed === undefined
                ? []
                : [
                      `${at.unit} may assume the role ${environment?.deployRoleArn} for its test environment, and so may its commands`,
                  ]),
        ],
    };
}
