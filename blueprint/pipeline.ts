import { consoleDomain, s3Arn } from "../catalog/arn";
import { allow, type Grant } from "../catalog/grant";
import type { Step } from "../catalog/plan";
import type { CheckConfig, ServiceConfig } from "../config/fleet-config";
import { rollbackAlarms } from "./rollback-alarms";
import { checkRisks, checkStarts } from "./pull-requests";
import { openArtifacts } from "./deploy-roles";
import { checkWord, logicalName, longestRole } from "./names";
import { artifactKeyOf, pipelineArn, releaseLine, type Ground, type Line } from "./place";
import type { ForeignRole, PipelinePlan } from "./plan";
import { foreignSecrets, withSecretKeys } from "./secret-keys";
import { statements } from "./policy";
import { roleArn } from "./role-terms";
import { pipelineTrust } from "./trust";
import { planCheckStages, planStages, type PlannedStage, type PlannedStages } from "./stages";
import { united } from "./united";
import { modeWeaknesses, releaseStarts, starterComponents } from "./starts";
import { tellingOf } from "./told";

/** The pipelines of `service`, as plain data: the one that releases it, and beside it the one that checks its pull requests. */
export const planPipelines = (service: ServiceConfig, ground: Ground): PipelinePlan[] => [
    releasePipeline(service, ground),
    ...(service.check === undefined ? [] : [checkPipeline(service, service.check, ground)]),
];

const modes = { queued: "QUEUED", superseded: "SUPERSEDED", parallel: "PARALLEL" } as const;

function releasePipeline(service: ServiceConfig, ground: Ground): PipelinePlan {
    const line: Line = { ...releaseLine, detectsChanges: !service.trigger.manual && service.trigger.commits };
    const { mode, path: executionModePath } = service.executionMode;
    const planned = planStages(service, ground, line);
    const starters = starterComponents(service, ground);
    const alarms = rollbackAlarms(service.name, planned.stages, ground);
    return assembled(service.name, line, ground, planned, {
        purpose: "release",
        executionMode: modes[mode],
        executionModePath,
        variables: variablesOf(service),
        triggers: planned.stages.flatMap(({ steps }) => steps.flatMap(step => step.trigger ?? [])),
        starts: releaseStarts(service.trigger),
        after: service.trigger.after,
        components: [...starters, ...alarms.components],
        ...tellingOf(service, ground),
        integrity: planned.integrity,
        weakens: [
            ...modeWeaknesses(mode),
            ...planned.weakens,
            ...service.weakens,
            ...service.environments.flatMap(({ weakens }) => weakens),
        ],
        prerequisites: alarms.prerequisites,
    });
}

/**
 * The pipeline that checks pull requests of `service`. Its executions run at the same time: none waits for another's branch,
 * and nothing is deployed that they could overtake or roll back.
 */
function checkPipeline(service: ServiceConfig, check: CheckConfig, ground: Ground): PipelinePlan {
    const line: Line = { suffix: [checkWord], detectsChanges: false };
    const planned = planCheckStages(service.name, check, ground, line);
    const [{ stage }] = planned.stages;
    return assembled(service.name, line, ground, planned, {
        purpose: "check",
        executionMode: "PARALLEL",
        executionModePath: ["services", service.name, "pullRequests"],
        variables: variablesOf(service),
        triggers: [{ action: stage.actions[0].name, pullRequests: check.pullRequests }],
        starts: checkStarts(check.pullRequests),
        after: [],
        components: [],
        ...tellingOf({ notify: service.notify, environments: [] }, ground),
        ...checkRisks(check),
    });
}

const variablesOf = ({ variables }: ServiceConfig) =>
    Object.entries(variables).map(([name, variable]) => ({ name, ...variable }));

/** What the two sorts of pipelines differ in. */
type Differences = Pick<
    PipelinePlan,
    | "purpose"
    | "executionMode"
    | "executionModePath"
    | "variables"
    | "triggers"
    | "starts"
    | "after"
    | "components"
    | "weakens"
    | "prerequisites"
    | "told"
    | "tags"
    | "exposed"
    | "integrity"
>;

function assembled(
    service: string,
    line: Line,
    ground: Ground,
    { stages, revision }: PlannedStages,
    differences: Differences,
): PipelinePlan {
    const { names, home } = ground;
    const steps = stages.flatMap(stage => stage.steps);
    const name = names.pipeline(service, ...line.suffix);
    const folder = names.folder(service, ...line.suffix);
    const roleName = names.service(longestRole, service, ...line.suffix, "pipeline");
    const abroad = [
        ...new Set(stages.flatMap(({ stage }) => stage.actions.flatMap(({ region }) => region ?? []))),
    ].sort();
    const own = stages.flatMap(({ stage, steps: all, environment }) => [
        ...all.filter(step => !performedElsewhere(step, environment)).flatMap(step => step.grants),
        ...[...stage.before, ...stage.after].flatMap(rule => rule.grants),
    ]);
    const components = united([...steps.flatMap(step => step.needs ?? []), ...differences.components]).map(component =>
        withSecretKeys(component, ground),
    );
    return {
        ...differences,
        service,
        logicalName: logicalName(service, ...line.suffix),
        name,
        arn: pipelineArn(ground, service, line),
        consoleUrl: `https://${home.region}.${consoleDomain(home.region)}/codesuite/codepipeline/pipelines/${name}/view?region=${home.region}`,
        folder,
        regions: abroad,
        stages: stages.map(({ stage }) => stage),
        revision,
        role: {
            name: roleName,
            arn: roleArn(ground.roles, roleName),
            of: `pipeline ${name}`,
            trust: pipelineTrust,
            statements: statements([
                ...artifactGrants(ground, folder, [home.region, ...abroad]),
                ...own,
                ...assumeGrants(stages),
            ]),
            path: ["services", service],
        },
        components,
        foreignRoles: foreignRoles(stages, ground, folder, roleArn(ground.roles, roleName)),
        assumed: assumedBy(steps),
        weakens: [...new Set([...steps.flatMap(step => step.weakens ?? []), ...differences.weakens])],
        prerequisites: [
            ...new Set([
                ...steps.flatMap(step => step.prerequisites ?? []),
                ...stages.flatMap(({ stage }) =>
                    [...stage.before, ...stage.after].flatMap(rule => rule.prerequisites ?? []),
                ),
                ...components.flatMap(component =>
                    component.component === "BuildProject"
                        ? foreignSecrets(component.grants, component.roleName, ground)
                        : [],
                ),
                ...differences.prerequisites,
            ]),
        ],
    };
}

const performedElsewhere = (step: PlannedStage["steps"][number], environment: PlannedStage["environment"]) =>
    step.byDeployRole === true && environment?.deployRoleArn !== undefined;

/**
 * The pipeline's own artifacts.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
function artifactGrants(ground: Ground, folder: string, regions: readonly string[]): Grant[] {
    const { home, names } = ground;
    const buckets = regions.map(region => s3Arn(names.bucket(home.account, region), region));
    const inThisAccount = { StringEquals: { "aws:ResourceAccount": home.account } };
    return [
        allow(
            "UseArtifacts",
            [
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
                "s3:PutObjectAcl",
                "s3:GetObjectTagging",
                "s3:GetObjectVersionTagging",
                "s3:PutObjectTagging",
            ],
            buckets.map(bucket => `${bucket}/${folder}/*`),
            inThisAccount,
        ),
        allow(
            "FindBucket",
            ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"],
            buckets,
            inThisAccount,
        ),
        allow(
            "UseArtifactKey",
            ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"],
            regions.map(region => artifactKeyOf(ground, region)),
        ),
    ];
}

function assumeGrants(stages: readonly PlannedStage[]): Grant[] {
    const roles = stages.flatMap(({ steps, environment }) =>
        environment?.deployRoleArn !== undefined && steps.some(step => step.byDeployRole)
            ? [environment.deployRoleArn]
            : [],
    );
    return roles.length === 0 ? [] : [allow("AssumeDeployRoles", ["sts:AssumeRole"], roles)];
}

/**
 * What an action's role asks of the artifact bucket itself, beside its artifacts.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export const findBucket = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"];

/** Whom deploy roles of environments must trust and what they must be allowed, to compare with what they are. */
function foreignRoles(
    stages: readonly PlannedStage[],
    ground: Ground,
    folder: string,
    pipelineRole: string,
): ForeignRole[] {
    const { home, names } = ground;
    return stages.flatMap(({ stage, steps, environment }) => {
        const performed = steps.filter(step => performedElsewhere(step, environment));
        const assuming = steps.filter(step => step.assumed !== undefined);
        if (environment?.deployRoleArn === undefined || performed.length + assuming.length === 0) {
            return [];
        }
        // An action takes its artifacts where it runs.
        const regions = [
            ...new Set(
                stage.actions.flatMap(({ roleArn, region = home.region }) => (roleArn === undefined ? [] : region)),
            ),
        ];
        const buckets = regions.map(region => s3Arn(names.bucket(home.account, region), region));
        const artifacts = [
            allow(
                "ReadArtifacts",
                ["s3:GetObject", "s3:GetObjectVersion"],
                buckets.map(bucket => `${bucket}/${folder}/*`),
            ),
            allow("FindBucket", findBucket, buckets),
            ...(environment.deployRoles === undefined
                ? [
                      allow(
                          "OpenArtifacts",
                          ["kms:Decrypt", "kms:DescribeKey"],
                          regions.map(region => artifactKeyOf(ground, region)),
                      ),
                  ]
                : openArtifacts(home.account, regions, buckets, folder)),
        ];
        const grants = [
            // A build that assumes the role has its artifacts already.
            ...(performed.length > 0 ? artifacts : []),
            ...performed.flatMap(step => step.grants),
            ...assuming.flatMap(step => step.assumed ?? []),
        ];
        const builds = assuming
            .flatMap(step => step.needs ?? [])
            .flatMap(component => ("roleName" in component ? [roleArn(ground.roles, component.roleName)] : []));
        return [
            {
                arn: environment.deployRoleArn,
                environment: environment.name,
                ...(environment.deployRoles !== undefined && { made: true }),
                trusts: [...(performed.length > 0 ? [pipelineRole] : []), ...builds],
                statements: statements(grants),
            },
        ];
    });
}

/** What projects do as the role that they assume, by logical name. */
function assumedBy(steps: readonly Step[]): Record<string, Grant[]> {
    const found: Record<string, Grant[]> = {};
    for (const { needs = [], assumed = [] } of steps) {
        for (const { logicalName: project } of assumed.length === 0 ? [] : needs) {
            found[project] = [...(found[project] ?? []), ...assumed];
        }
    }
    return found;
}
