import { consoleDomain, iamArn, s3Arn } from "../catalog/arn";
import { allow, type Grant } from "../catalog/grant";
import type { BuildProjectPlan, ComponentPlan } from "../catalog/plan";
import type { ServiceConfig } from "../config/fleet-config";
import { artifactKeyOf, pipelineArn, type Ground } from "./place";
import type { ForeignRole, PipelinePlan } from "./plan";
import { statements } from "./policy";
import { planStages, type PlannedStage } from "./stages";

/** Longest name of an IAM role. */
const longestRole = 64;

/** The pipeline of `service`, as plain data. */
export function planPipeline(service: ServiceConfig, ground: Ground): PipelinePlan {
    const { names, home } = ground;
    const { stages, revision } = planStages(service, ground);
    const steps = stages.flatMap(stage => stage.steps);
    const name = names.pipeline(service.name);
    const roleName = names.service(longestRole, service.name, "pipeline");
    const path = ["services", service.name];
    const abroad = [
        ...new Set(stages.flatMap(({ stage }) => stage.actions.flatMap(({ region }) => region ?? []))),
    ].sort();
    const own = stages.flatMap(({ stage, steps: all, environment }) => [
        ...all.filter(step => !performedElsewhere(step, environment)).flatMap(step => step.grants),
        ...[...stage.before, ...stage.after].flatMap(rule => rule.grants),
    ]);
    return {
        service: service.name,
        name,
        arn: pipelineArn(ground, service.name),
        consoleUrl: `https://${home.region}.${consoleDomain(home.region)}/codesuite/codepipeline/pipelines/${name}/view?region=${home.region}`,
        folder: names.folder(service.name),
        regions: abroad,
        // Each commit is released in its turn: a later one neither overtakes nor replaces one that waits for approval.
        executionMode: "QUEUED",
        stages: stages.map(({ stage }) => stage),
        triggers: steps.flatMap(step => step.trigger ?? []),
        revision,
        role: {
            name: roleName,
            arn: iamArn(`role/${roleName}`, home),
            of: `pipeline ${name}`,
            statements: statements([
                ...artifactGrants(ground, service.name, [home.region, ...abroad]),
                ...own,
                ...assumeGrants(stages),
            ]),
            path,
        },
        components: united(steps.flatMap(step => step.needs ?? [])),
        foreignRoles: foreignRoles(stages, ground, service.name, iamArn(`role/${roleName}`, home)),
        weakens: [
            ...new Set([
                ...steps.flatMap(step => step.weakens ?? []),
                ...service.weakens,
                ...service.environments.flatMap(({ weakens }) => weakens),
            ]),
        ],
        prerequisites: [
            ...new Set([
                ...steps.flatMap(step => step.prerequisites ?? []),
                ...stages.flatMap(({ stage }) =>
                    [...stage.before, ...stage.after].flatMap(rule => rule.prerequisites ?? []),
                ),
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
function artifactGrants(ground: Ground, service: string, regions: readonly string[]): Grant[] {
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
            buckets.map(bucket => `${bucket}/${names.folder(service)}/*`),
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
    service: string,
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
        const keys = regions.map(region => artifactKeyOf(ground, region));
        const artifacts = [
            allow(
                "ReadArtifacts",
                ["s3:GetObject", "s3:GetObjectVersion"],
                buckets.map(bucket => `${bucket}/${names.folder(service)}/*`),
            ),
            allow("FindBucket", findBucket, buckets),
            allow("OpenArtifacts", ["kms:Decrypt", "kms:DescribeKey"], keys),
        ];
        const grants = [
            // A build that assumes the role has its artifacts already.
            ...(performed.length > 0 ? artifacts : []),
            ...performed.flatMap(step => step.grants),
            ...assuming.flatMap(step => step.assumed ?? []),
        ];
        const builds = assuming
            .flatMap(step => step.needs ?? [])
            .map(({ roleName }) => iamArn(`role/${roleName}`, home));
        return [
            {
                arn: environment.deployRoleArn,
                environment: environment.name,
                trusts: [...(performed.length > 0 ? [pipelineRole] : []), ...builds],
                statements: statements(grants),
            },
        ];
    });
}

/** One of each component: a project that several stages use is one, with the grants of all of them. */
function united(components: readonly ComponentPlan[]): ComponentPlan[] {
    const byName = new Map<string, ComponentPlan>();
    for (const component of components) {
        const known = byName.get(component.logicalName);
        byName.set(
            component.logicalName,
            known?.component === "BuildProject" && component.component === "BuildProject"
                ? unitedProject(known, component)
                : component,
        );
    }
    return [...byName.values()];
}

const unitedProject = (first: BuildProjectPlan, second: BuildProjectPlan): BuildProjectPlan => ({
    ...first,
    grants: [...first.grants, ...second.grants],
});
