import type { PlainConditions } from "../../blueprint/permissions/conditions";
import { reasonOf } from "../../blueprint/permissions/reasons";
import {
    permissionsOf,
    plainStatement,
    type Permissions,
    type ReasonedStatement,
} from "../../blueprint/permissions/view";
import type { DeployRolePlan, FleetPlan, ForeignRole, PipelinePlan } from "../../blueprint/plan";
import { rolesOf } from "../../blueprint/roles";
import type { Holder, Statement } from "./model";

/** Each condition in words. */
const conditionTexts = (conditions: PlainConditions): string[] =>
    Object.entries(conditions).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => `${operator} ${key} = ${[values].flat().join(" or ")}`),
    );

/** Who a statement speaks of; nobody is named in a role's own. */
function whoOf({ Principal }: ReasonedStatement): readonly string[] | undefined {
    return Principal === undefined
        ? undefined
        : typeof Principal === "string"
          ? ["everybody"]
          : Object.values(Principal).flatMap(names => names);
}

/** `statement` as the page shows it. */
export function statementOf(statement: ReasonedStatement, trust = false): Statement {
    const { Sid, Effect, Action, Resource, Condition = {} } = statement;
    const who = whoOf(statement);
    const resources = trust ? [] : Resource;
    return {
        sid: Sid,
        effect: Effect,
        ...(who && { who }),
        actions: Action,
        resources,
        conditions: conditionTexts(Condition),
        reason: reasonOf(statement),
        wide: Effect === "Allow" && (resources.includes("*") || Action.some(action => /^\*$|:\*$/.test(action))),
    };
}

/** `holder` as the page shows it. */
export const holderOf = ({ sort, key, of, arn, boundary, existing, trust, statements }: Permissions): Holder => ({
    key,
    sort,
    of,
    ...(arn !== undefined && { arn }),
    ...(boundary !== undefined && { boundary }),
    existing,
    trust: trust.map(one => statementOf(one, true)),
    statements: statements.map(one => statementOf(one)),
});

/** The holders of a stack by whose they are: those of each pipeline by its name, and what all share. */
export interface Holders {
    readonly shared: readonly Holder[];
    of(pipeline: PipelinePlan): readonly Holder[];
}

/** The holders of `fleet`, each looked at once. */
export function holdersOf(fleet: FleetPlan): Holders {
    const all = permissionsOf(fleet);
    const byArn = new Map(all.flatMap(holder => (holder.arn === undefined ? [] : [[holder.arn, holder] as const])));
    const deployRoles = new Map<string, DeployRolePlan[]>();
    for (const role of fleet.deployRoles) {
        deployRoles.set(role.service, [...(deployRoles.get(role.service) ?? []), role]);
    }
    const repositories = all.filter(({ sort, services }) => sort === "resource" && services.length > 0);
    const found = (arn: string) => byArn.get(arn) ?? [];
    return {
        shared: all.filter(({ services }) => services.length === 0).map(holderOf),
        of: pipeline => {
            const { service, purpose, foreignRoles } = pipeline;
            const released = purpose === "release";
            return [
                ...rolesOf(pipeline, fleet).flatMap(({ arn }) => found(arn)),
                ...(released ? (deployRoles.get(service) ?? []) : []).flatMap(({ arn }) => found(arn)),
                ...foreignRoles.filter(({ made }) => made !== true).flatMap(role => foreign(role, byArn)),
                ...(released ? repositories.filter(({ services }) => services.includes(service)) : []),
            ].map(holderOf);
        },
    };
}

/** A role of somebody else: what this pipeline asks of it, and not what all pipelines do. */
function foreign({ arn, trusts, statements }: ForeignRole, byArn: ReadonlyMap<string, Permissions>): Permissions[] {
    const holder = byArn.get(arn);
    if (holder === undefined) {
        return [];
    }
    return [
        {
            ...holder,
            trust: holder.trust.map(statement => ({ ...statement, Principal: { AWS: trusts } })),
            statements: statements.map(plainStatement),
        },
    ];
}
