import { z } from "zod";
import { arn } from "../arn";
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
import type { BuildProjectPlan, EventTriggerPlan, Step, Variable } from "../plan";

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

/**
 * Removes what a build has left behind, as soon as it has failed, was stopped or timed out: by a build of the same project, with
 * its role, that does nothing else. Only builds that the pipeline started are followed by one, so none follows another.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html (Build State Change)
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Build.html (initiator)
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 */
const cleanUp = (
    { physicalName, description }: BuildProjectPlan,
    commands: readonly string[],
    at: Place,
    suffix: readonly string[],
): EventTriggerPlan => ({
    component: "EventTrigger",
    logicalName: at.logicalName(...suffix, "clean-up"),
    physicalName: at.physicalName(64, ...suffix, "clean-up"),
    roleName: at.physicalName(64, ...suffix, "clean-up"),
    description: `${description}: removes what a build left behind`,
    pattern: {
        source: ["aws.codebuild"],
        "detail-type": ["CodeBuild Build State Change"],
        account: [at.home.account],
        detail: {
            "project-name": [physicalName],
            "build-status": ["FAILED", "FAULT", "STOPPED", "TIMED_OUT"],
            "additional-information": { initiator: [{ prefix: "codepipeline/" }] },
        },
    },
    build: {
        projectArn: arn("codebuild", `project/${physicalName}`, at.home),
        input: JSON.stringify({
            sourceTypeOverride: "NO_SOURCE",
            artifactsOverride: { type: "NO_ARTIFACTS" },
            buildspecOverride: JSON.stringify({ version: 0.2, phases: { build: { commands } } }),
        }),
    },
});

/** `settings` with the permissions of the environment at `at`; most have none, and stay the same settings everywhere. */
const withFilledPermissions = (settings: SuiteSettings, at: Place): SuiteSettings =>
    settings.permissions.length === 0
        ? settings
        : {
              ...settings,
              permissions: settings.permissions.map(permission => ({
                  ...permission,
                  resources: permission.resources.map(resource => filledAt(resource, at)),
              })),
          };

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
    const project = projectPlan(withFilledPermissions(settings, at), at, {
        suffix,
        description: `Tests ${at.service}: ${suffix.join(" in ")}`,
        secrets: secretsGivenByAction(settings, at),
        ...(stack && { around: stack.around, variables: stack.variables, grants: stack.grants }),
    });
    const prerequisites = [...codeArtifactPrerequisites(settings, at), ...(stack?.prerequisites ?? [])];
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
        needs: [project, ...(stack === undefined ? [] : [cleanUp(project, stack.cleanUp, at, suffix)])],
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
