import type { BuildProjectPlan } from "../catalog/plan";
import type { Path } from "../catalog/problem";
import { natGatewaysOf, waysOut, waysToEndpoints } from "./network";
import type { FleetPlan } from "./plan";
import { rolesAtHome } from "./roles";

/** How much of one of AWS's quotas a fleet takes. */
export interface Quota {
    readonly what: string;
    /** What all that stands in it shares it: an account, one region of it, or something of one stack alone. */
    readonly scope: "account" | "region" | "stack";
    readonly used: number;
    readonly limit: number;
    /** Whether AWS raises it on request. */
    readonly adjustable: boolean;
    /** The most that AWS raises it to, where a page says so. */
    readonly most?: number;
    /** Rule that already stops what passes it. */
    readonly rule?: string;
    /** Where in the stack file stands what takes it. */
    readonly path: Path;
    readonly source: string;
}

const codepipeline = "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html";
const codebuild = "https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html";
const iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const vpc = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";

/** The projects of `fleet`. */
const projectsOf = ({ pipelines }: FleetPlan): BuildProjectPlan[] =>
    pipelines.flatMap(({ components }) => components).filter(component => component.component === "BuildProject");

/** The quotas that a fleet can reach, with what it takes of them; what else is in the account is not counted. */
export const quotasOf = (fleet: FleetPlan): Quota[] => [
    ...serviceQuotas(fleet).map(quota => ({ ...quota, path: ["services"] })),
    ...customActionQuotas(fleet.shared).map(quota => ({ ...quota, path: ["customActions"] })),
    ...packageQuotas(fleet.shared).map(quota => ({ ...quota, path: ["packages"] })),
    ...networkQuotas(fleet.shared.network).map(quota => ({ ...quota, path: ["network"] })),
];

/** That of roles, of which an account has `used`. */
export const roleQuota = (used: number): Omit<Quota, "path"> => ({
    what: "IAM roles in the account",
    scope: "account",
    used,
    limit: 1000,
    adjustable: true,
    most: 5000,
    source: iam,
});

function serviceQuotas(fleet: FleetPlan): Omit<Quota, "path">[] {
    const { pipelines, shared } = fleet;
    const stages = pipelines.map(pipeline => pipeline.stages);
    const eventRules = pipelines
        .flatMap(pipeline => pipeline.components)
        .filter(({ component }) => component === "EventTrigger" || component === "RollbackAlarm");
    return [
        {
            what: "pipelines in the region",
            scope: "region",
            used: pipelines.length,
            limit: 1000,
            adjustable: true,
            source: codepipeline,
        },
        {
            what: "stages of the longest pipeline",
            scope: "stack",
            used: Math.max(0, ...stages.map(all => all.length)),
            limit: 50,
            adjustable: false,
            rule: "stage-count",
            source: codepipeline,
        },
        {
            what: "actions of the longest pipeline",
            scope: "stack",
            used: Math.max(0, ...stages.map(all => all.reduce((sum, { actions }) => sum + actions.length, 0))),
            limit: 500,
            adjustable: false,
            rule: "action-count",
            source: codepipeline,
        },
        {
            what: "CodeBuild projects in the region",
            scope: "region",
            used: projectsOf(fleet).length,
            limit: 5000,
            adjustable: true,
            source: codebuild,
        },
        roleQuota(rolesAtHome(fleet).length),
        {
            what: "managed policies in the account",
            scope: "account",
            used: shared.approvals.length,
            limit: 1500,
            adjustable: true,
            most: 5000,
            source: iam,
        },
        {
            what: "Lambda executions at once, should all stages ask the check together",
            scope: "region",
            used: stages.flat().filter(({ check }) => check !== undefined).length,
            limit: 1000,
            adjustable: true,
            source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
        },
        {
            what: "EventBridge rules on the bus",
            scope: "region",
            used: eventRules.length + shared.operations.rules.length + (shared.operations.audit?.rules.length ?? 0),
            limit: 300,
            adjustable: true,
            source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html",
        },
        {
            what: "resource policies of CloudWatch Logs in the region",
            scope: "region",
            used: shared.operations.audit === undefined ? 0 : 1,
            limit: 10,
            adjustable: false,
            source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html",
        },
    ];
}

/** Those of custom actions; one that is there already takes nothing. */
const customActionQuotas = ({ customActions: { length: used } }: FleetPlan["shared"]): Omit<Quota, "path">[] =>
    used === 0
        ? []
        : [
              {
                  what: "custom actions in the region",
                  scope: "region",
                  used,
                  limit: 50,
                  adjustable: true,
                  source: codepipeline,
              },
          ];

/** Those of package repositories: https://docs.aws.amazon.com/codeartifact/latest/ug/service-limits.html. */
function packageQuotas({ packages }: FleetPlan["shared"]): Omit<Quota, "path">[] {
    const source = "https://docs.aws.amazon.com/codeartifact/latest/ug/service-limits.html";
    return packages === undefined
        ? []
        : [
              {
                  what: "CodeArtifact domains in the region",
                  scope: "region",
                  used: packages.made ? 1 : 0,
                  limit: 10,
                  adjustable: true,
                  source,
              },
              {
                  what: `repositories in the CodeArtifact domain ${packages.domain}`,
                  scope: "region",
                  used: packages.repositories.length,
                  limit: 1000,
                  adjustable: true,
                  source,
              },
          ];
}

/** Those of a network; one that is there already takes nothing but its group's rules. */
function networkQuotas(network: FleetPlan["shared"]["network"]): Omit<Quota, "path">[] {
    const { create } = network;
    const made = (what: string, used: number, limit: number): Omit<Quota, "path">[] =>
        create === undefined ? [] : [{ what, scope: "region", used, limit, adjustable: true, source: vpc }];
    return [
        {
            what: "rules out of the security group of builds",
            scope: "stack",
            // AWS counts the list of addresses of a gateway as one.
            used: waysOut(network).length + waysToEndpoints(network).length,
            limit: 60,
            adjustable: true,
            source: vpc,
        },
        ...made("VPCs in the region", 1, 5),
        ...made(
            "Elastic IP addresses in the region, one for each NAT gateway",
            create === undefined ? 0 : natGatewaysOf(create),
            5,
        ),
    ];
}

/** Machines of one kind, and how many projects share them. */
export interface SharedMachines extends Pick<BuildProjectPlan, "environmentType" | "computeType"> {
    readonly projects: number;
}

/** Which projects share machines of one kind. */
export function machinesOf(fleet: FleetPlan): SharedMachines[] {
    const machines = new Map<string, SharedMachines>();
    for (const { environmentType, computeType } of projectsOf(fleet)) {
        const kind = `${environmentType} ${computeType}`;
        machines.set(kind, { environmentType, computeType, projects: (machines.get(kind)?.projects ?? 0) + 1 });
    }
    return [...machines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

/**
 * Which projects share machines of one kind: how many of their builds run at once is a quota of the account that differs
 * from account to account, so what it is cannot be told here. In words, for the preview.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/builds-working.html
 */
export const sharedMachines = (fleet: FleetPlan): string[] =>
    machinesOf(fleet).map(
        ({ environmentType, computeType, projects }) =>
            `builds at once on ${environmentType} ${computeType}, for ${projects === 1 ? "one project" : `${projects} projects`}: your account's own quota, as few as 1 in a new account; the others wait`,
    );
