import { z } from "zod";
import { allow } from "../grant";
import { arn } from "../arn";
import { artifactPrerequisites, artifactShape, artifactsOf, checkArtifacts } from "../codebuild/artifacts";
import { batchConfiguration, batchShape, checkBatch, type BatchSettings } from "../codebuild/batch";
import { mutableImageWeakness } from "../codebuild/build-image";
import { codeArtifactPrerequisites } from "../codebuild/codeartifact";
import { actionOf, allActions, codebuildActions } from "../codebuild/compute";
import { projectPlan } from "../codebuild/project";
import { checkSbom, sbomCommands, sbomShape, sbomText, sbomVariables } from "../codebuild/sbom";
import {
    checkBuild,
    commandShape,
    machineShape,
    reservedVariables,
    whatRuns,
    type BuildSettings,
} from "../codebuild/settings";
import { withoutSecrets } from "../codebuild/unmerged";
import { exportedAs, secretsGivenByAction, variablesGivenByAction } from "../codebuild/variables";
import { kind, type Place } from "../kind";
import { outsideNetworkWeakness } from "../outside-network";
import type { Variable } from "../plan";

const actions = codebuildActions("Build");

/**
 * What the pipeline needs to run a project, or batches of it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export const runProject = (project: string, at: Place, { batch }: Pick<BatchSettings, "batch"> = {}) =>
    allow(
        batch === undefined ? "RunOwnProjects" : "RunOwnBatches",
        batch === undefined
            ? ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
            : ["codebuild:StartBuildBatch", "codebuild:BatchGetBuildBatches"],
        [arn("codebuild", `project/${project}`, at.home)],
    );

/** Configuration of an action that runs `project` on the artifacts of `at`. */
export function runConfiguration(
    project: string,
    at: Place,
    variables: readonly Variable[] = [],
): Record<string, string> {
    return {
        ProjectName: project,
        ...(at.inputs.length > 1 && { PrimarySource: at.inputs[0].name }),
        ...(variables.length > 0 && { EnvironmentVariables: JSON.stringify(variables) }),
    };
}

/**
 * A build in CodeBuild: once, for all environments.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html
 */
export const codebuild = kind({
    type: "codebuild",
    actions: allActions(actions),
    limits: [
        "at most five artifacts, the main one included; of a batch one",
        "the batch section of a `buildspec` may name images of its own, by tags too: nothing here reads it",
        "Lambda compute: 15 minutes, no cache, nothing privileged, no Docker builds, no tools that need root, files in /tmp alone",
    ],
    settings: z.strictObject({ ...machineShape, ...commandShape, ...artifactShape, ...batchShape, ...sbomShape }),
    oneOf: [whatRuns],
    example: `
        type: codebuild
        commands: [npm ci, npm test, npm run build]
        secrets: { NPM_TOKEN: "npm-token:token" }
        reports:
          junit: reports/junit.xml
          coverage: { format: cobertura, file: coverage.xml, minimum: 80 }
        artifacts: [dist/**, imagedefinitions.json]`,
    plan(settings, at) {
        const { environment } = at;
        const outputs = [at.output(), ...Object.keys(settings.furtherArtifacts).map(name => at.output(name))];
        const project = projectPlan(settings, at, {
            // A build of its own for each environment has a project of its own: what is secret in one is not in the others.
            suffix: [at.unit, ...(environment === undefined ? [] : [environment.name])],
            description: `Builds ${at.service}${environment === undefined ? "" : ` for ${environment.name}`}`,
            ...(environment !== undefined && {
                variables: [{ name: "ENVIRONMENT", value: environment.name, type: "PLAINTEXT" }],
            }),
            after: sbomCommands(settings, at),
            artifacts: artifactsOf(settings, outputs[0].name, name => at.output(name).name),
            secrets: secretsGivenByAction(settings, at),
        });
        const prerequisites = [
            ...codeArtifactPrerequisites(settings, at),
            ...artifactPrerequisites(settings.buildspec, outputs, at.service),
        ];
        return [
            {
                name: at.unit,
                action: actionOf(actions, settings),
                summary: `${what(settings)} in ${settings.image}${sbomText(settings, at)}`,
                configuration: {
                    ...runConfiguration(project.physicalName, at, [
                        ...variablesGivenByAction(settings, at),
                        ...sbomVariables(settings),
                    ]),
                    ...batchConfiguration(settings, true),
                },
                inputs: at.inputs.map(input => input.name),
                outputs,
                grants: [runProject(project.physicalName, at, settings)],
                needs: [project],
                ...exportedAs(settings, at),
                weakens: [...weaknesses(settings, at.unit), ...buildsAnew(at)],
                ...(prerequisites.length > 0 && { prerequisites }),
            },
        ];
    },
    check: settings => [
        ...checkBuild(settings),
        ...checkArtifacts(settings),
        ...checkBatch(settings),
        ...checkSbom(settings),
        ...reservedVariables(settings, ["ENVIRONMENT"]),
    ],
    unmerged: withoutSecrets,
});

/** What a build in the stage of an environment weakens, in words. */
export const buildsAnew = ({ unit, environment }: Pick<Place, "unit" | "environment">): string[] =>
    environment === undefined
        ? []
        : [`${unit} builds anew for ${environment.name}: what is deployed there was tested nowhere before`];

/** What the settings of a build run, in words. */
export function what(settings: {
    readonly buildspec?: string;
    readonly commands?: readonly string[];
    readonly install?: readonly string[];
    readonly preBuild?: readonly string[];
    readonly postBuild?: readonly string[];
}): string {
    const commands = settings.commands ?? settings.preBuild ?? settings.install ?? settings.postBuild ?? [];
    const shown = commands.slice(0, 3).join("; ");
    return settings.buildspec ?? (commands.length > 3 ? `${shown}; …` : shown);
}

/** What the settings of a build weaken, in words. */
export function weaknesses(
    settings: Pick<
        BuildSettings,
        "image" | "mutableImage" | "privileged" | "notSecret" | "permissions" | "outsideNetwork"
    >,
    unit: string,
): string[] {
    const { outsideNetwork } = settings;
    return [
        ...mutableImageWeakness(unit, settings),
        ...(outsideNetwork === undefined ? [] : [outsideNetworkWeakness(unit, outsideNetwork)]),
        ...(settings.privileged ? [`${unit} runs privileged: it owns its build machine`] : []),
        ...(settings.notSecret.length > 0
            ? [`${unit} keeps ${settings.notSecret.join(", ")} in plain text (notSecret)`]
            : []),
        ...settings.permissions.flatMap(permission => wide(permission, unit)),
    ];
}

/** `*`, or an ARN of which only the service, the region or the account is said. */
const everything = /^(arn(:[^:]*){0,4}:)?[*?/]*\*[*?/]*$/;

/** What `permission` leaves open, in words: the resource, or which actions. */
function wide({ actions, resources, reason }: BuildSettings["permissions"][number], unit: string): string[] {
    const open = resources.filter(resource => everything.test(resource));
    // Logging in to ECR is asked for by every build that pushes an image, and AWS limits it to no resource.
    const asked = actions.every(action => action === "ecr:GetAuthorizationToken")
        ? []
        : actions.filter(action => open.length > 0 || action.endsWith("*"));
    const on = (open.length > 0 ? open : resources).map(resource => (resource === "*" ? "everything" : resource));
    return asked.length > 0 ? [`${unit} may ${asked.join(", ")} on ${on.join(", ")}: ${reason}`] : [];
}
