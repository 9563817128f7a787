import type { Grant } from "../../catalog/grant";
import type { BuildProjectPlan } from "../../catalog/plan";
import type { Problem } from "../../catalog/problem";
import { shown } from "../../catalog/reference";
import { readsPackages } from "../packages";
import type { FleetPlan, PipelinePlan } from "../plan";
import { actionsOf } from "./each";
import type { FleetRule } from "./rule";

const modesPage = "https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html";
const triggersPage = "https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html";
const model = "API model of codepipeline 2015-07-09";

/** What may start a pipeline, with which code, and how its executions get along. */
export const startRules: readonly FleetRule[] = [
    {
        name: "rollback-in-parallel-mode",
        severity: "error",
        source: modesPage,
        check: ({ pipelines }) => pipelines.flatMap(rollbacksInParallel),
    },
    {
        name: "parallel-code-commit",
        severity: "warning",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html",
        check: ({ pipelines }) =>
            pipelines
                .filter(({ executionMode }) => executionMode === "PARALLEL")
                .flatMap(({ service, stages, executionModePath }) =>
                    stages.some(({ actions }) => actions.some(({ action }) => action.provider === "CodeCommit"))
                        ? [
                              {
                                  path: executionModePath,
                                  message: `parallel executions of ${service} take the newest commit of CodeCommit, not the one that started them: several may release the same one`,
                              },
                          ]
                        : [],
                ),
    },
    {
        name: "one-trigger-for-each-source",
        severity: "error",
        source: `https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-about-starting.html; ${model}`,
        check: ({ pipelines }) =>
            pipelines.flatMap(({ service, triggers }) => {
                const actions = triggers.map(({ action }) => action);
                const twice = actions.filter((action, index) => actions.indexOf(action) < index);
                return [
                    ...twice.map(action => ({
                        path: ["services", service],
                        message: `${action} would have two triggers, of at most one`,
                    })),
                    ...(triggers.length > 50
                        ? [
                              {
                                  path: ["services", service],
                                  message: `the pipeline would have ${triggers.length} triggers, of at most 50`,
                              },
                          ]
                        : []),
                ];
            }),
    },
    {
        name: "provider-of-trigger",
        severity: "warning",
        source: `${triggersPage} (its list of providers with triggers does not name Azure DevOps)`,
        check: fleet => fleet.pipelines.flatMap(pipeline => unconfirmedTriggers(pipeline, fleet)),
    },
    {
        name: "pull-requests-deploy-nothing",
        severity: "error",
        source: `${triggersPage} (an execution takes the code of the branch that is not merged yet)`,
        check: ({ pipelines }) =>
            pipelines
                .filter(({ triggers }) => triggers.some(trigger => "pullRequests" in trigger))
                .filter(({ purpose, stages }) => purpose !== "check" || stages.some(({ environment }) => environment))
                .map(({ service }) => ({
                    path: ["services", service],
                    message: "a pull request would start a pipeline that deploys",
                })),
    },
    {
        name: "unmerged-code",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        check: fleet => fleet.pipelines.flatMap(pipeline => unmergedCode(pipeline, fleet)),
    },
];

/** A parallel pipeline has no rollback, neither of a stage that fails nor of one whose gates do. */
function rollbacksInParallel(pipeline: PipelinePlan): Problem[] {
    return [...alarmsInParallel(pipeline), ...failuresInParallel(pipeline)];
}

/** Nor does an alarm roll one back. */
function alarmsInParallel({ stages, executionMode, executionModePath }: PipelinePlan): Problem[] {
    const named = stages.filter(({ rollbackOn = [] }) => rollbackOn.length > 0).map(({ name }) => name);
    return executionMode !== "PARALLEL" || named.length === 0
        ? []
        : [
              {
                  path: executionModePath,
                  message: `AWS rolls nothing back in parallel mode, and ${named.join(" and ")} ${named.length === 1 ? "has" : "have"} alarms in \`rollbackOn\`: choose another mode, or name no alarms there (\`rollbackOn: []\`)`,
              },
          ];
}

function failuresInParallel({ stages, executionMode, executionModePath }: PipelinePlan): Problem[] {
    const rolledBack = stages.filter(({ onFailure }) => onFailure === "rollback").map(({ name }) => name);
    return executionMode !== "PARALLEL" || rolledBack.length === 0
        ? []
        : [
              {
                  path: executionModePath,
                  message: `AWS rolls nothing back in parallel mode, and ${rolledBack.join(" and ")} ${rolledBack.length === 1 ? "has" : "have"} \`onFailure: rollback\`: choose another mode, or another answer to a failure`,
              },
          ];
}

function unconfirmedTriggers(pipeline: PipelinePlan, { shared }: FleetPlan): Problem[] {
    const { service, triggers } = pipeline;
    const azure = shared.connections
        .filter(({ provider }) => provider === "AzureDevOps")
        .map(({ key }) => `<connection:${key}>`);
    return actionsOf(pipeline)
        .filter(({ name }) => triggers.some(({ action }) => action === name))
        .filter(({ configuration: { ConnectionArn } }) => ConnectionArn && azure.includes(shown(ConnectionArn)))
        .map(({ path }) => ({
            path,
            message: `AWS does not say that Azure DevOps starts pipelines by filters or pull requests: try it before ${service} relies on it`,
        }));
}

/** What the role of a build may always do: its own artifacts, cache, logs and reports, the network, pulling its image. */
const harmless: readonly string[] = [
    "s3:GetBucketAcl",
    "s3:GetBucketLocation",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "codebuild:CreateReportGroup",
    "codebuild:CreateReport",
    "codebuild:UpdateReport",
    "codebuild:BatchPutTestCases",
    "codebuild:BatchPutCodeCoverages",
    "ec2:CreateNetworkInterface",
    "ec2:CreateNetworkInterfacePermission",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeDhcpOptions",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
];

/** Rights of a check's projects that no kind took away: whatever they are, code of a pull request has them. */
function unmergedCode({ service, purpose, exposed, ...pipeline }: PipelinePlan, fleet: FleetPlan): Problem[] {
    if (purpose !== "check") {
        return [];
    }
    const path = ["services", service, "pullRequests"];
    const stray = pipeline.components.flatMap(component =>
        component.component === "BuildProject"
            ? strayRights(component, pipeline.folder, fleet).map(right => ({ project: component.physicalName, right }))
            : [],
    );
    if (exposed !== undefined) {
        return stray.length > 0
            ? []
            : [
                  {
                      path: [...path, "exposeSecrets"],
                      message: "there is nothing to expose: neither builds nor suites have secrets or permissions",
                  },
              ];
    }
    return stray.map(({ project, right }) => ({
        path,
        message: `the project ${project} would let code that nobody has merged ${right}: give the check a build or suites without it, or say in \`exposeSecrets\` why it may`,
    }));
}

/** What the role of `project` may do beyond what every build may, in words. */
function strayRights(
    { physicalName, grants }: BuildProjectPlan,
    folder: string,
    { shared, home }: FleetPlan,
): string[] {
    const own = [folder, `cache/${physicalName}`].map(place => `:::${shared.store.bucket}/${place}/*`);
    const inOwnFolders = ({ resources }: Grant) =>
        resources.map(shown).every(resource => own.some(place => resource.endsWith(place)));
    return grants
        .filter(grant => !readsPackages(grant, shared.packages, home))
        .flatMap(grant =>
            grant.actions
                .filter(action => !harmless.includes(action) && !(action.startsWith("s3:") && inOwnFolders(grant)))
                .map(action => `${action} on ${grant.resources.map(shown).join(", ")}`),
        );
}
