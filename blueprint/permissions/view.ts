import { arn, s3Arn } from "../../catalog/arn";
import { shown, type Text } from "../../catalog/reference";
import type { DeployRolePlan, FleetPlan, ForeignRole, RolePlan } from "../plan";
import { statements, type Statement } from "../policy";
import { pullByAccounts, writeByRules } from "../resource-policies";
import { makesShared } from "../part";
import { allRoles } from "../roles";
import { trustPolicy } from "../trust";
import type { Holder, PlainStatement } from "./compare";
import { bareSid } from "./sid";

/** What a {@link Holder} is, and whether `pulumi up` makes it. */
export interface Permissions extends Holder {
    readonly sort: "role" | "approver policy" | "resource";

    /** The services that it belongs to; none of what all share. */
    readonly services: readonly string[];

    /** Whether somebody else makes it, who needs to know all of this. */
    readonly existing: boolean;

    readonly statements: readonly ReasonedStatement[];
}

/** A statement, and what the program or the stack file says of it beside its `Sid`. */
export interface ReasonedStatement extends PlainStatement {
    readonly reason?: string;
}

const texts = (value: Text | readonly Text[]): string | string[] =>
    Array.isArray(value) ? (value as Text[]).map(shown) : shown(value as Text);

/** `statement` with what only AWS can name in words. */
export function plainStatement({ Action, Resource, Condition, ...rest }: Statement): ReasonedStatement {
    return {
        ...rest,
        Action,
        Resource: Resource.map(shown),
        ...(Condition && {
            Condition: Object.fromEntries(
                Object.entries(Condition).map(([operator, keys]) => [
                    operator,
                    Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, texts(value)])),
                ]),
            ),
        }),
    };
}

/** A trust policy as statements like all others: what is assumed is the role itself. */
const trustOf = (role: RolePlan): PlainStatement[] =>
    trustPolicy(role.trust).Statement.map(
        statement =>
            plainStatement({
                ...statement,
                Sid: "AssumedByService",
                Action: [statement.Action],
                Resource: ["*"],
            }) as PlainStatement,
    );

const ownRole = (role: RolePlan, fleet: FleetPlan): Permissions => ({
    sort: "role",
    key: `role ${role.name}`,
    of: role.of,
    arn: role.arn,
    services: role.path[0] === "services" ? role.path.slice(1, 2).map(String) : [],
    existing: fleet.roles.existing,
    ...(fleet.roles.boundary !== undefined && { boundary: fleet.roles.boundary }),
    trust: trustOf(role),
    statements: role.statements.map(plainStatement),
});

/** Statements of several policies as those of one: each with a `Sid` of its own. */
const united = (all: readonly Statement[]): Statement[] =>
    statements(
        all.map(({ Sid, Action, Resource, Condition, reason }) => ({
            sid: bareSid(Sid),
            actions: Action,
            resources: Resource,
            ...(Condition && { conditions: Condition }),
            ...(reason !== undefined && { reason }),
        })),
    );

/** A deploy role that the program of `accounts/` makes, in the account of its environment. */
const deployRole = (role: DeployRolePlan, { roles: { existing } }: FleetPlan): Permissions => ({
    sort: "role",
    key: `role ${role.arn}`,
    of: existing ? role.of : `${role.of}, made by accounts/`,
    arn: role.arn,
    services: [role.service],
    existing,
    ...(role.terms.boundary !== undefined && { boundary: role.terms.boundary }),
    trust: role.trust.Statement.map(statement => ({ ...statement, Resource: ["*"] })),
    statements: role.statements.map(plainStatement),
});

/** One of each role that is there already and not this stack's: what all services ask of it. */
function foreignRoles(fleet: FleetPlan): Permissions[] {
    const asked = fleet.pipelines.flatMap(({ service, foreignRoles: all }) =>
        all.filter(({ made }) => made !== true).map(role => ({ service, ...role })),
    );
    return [...new Set(asked.map(role => role.arn))].map(roleArn => {
        const all = asked.filter(role => role.arn === roleArn);
        const environments = [...new Set(all.map(({ environment }) => environment))];
        return {
            sort: "role",
            key: `role ${roleArn}`,
            of: `deploys to ${environments.join(", ")}`,
            arn: roleArn,
            services: [...new Set(all.map(({ service }) => service))],
            existing: true,
            trust: foreignTrust(all, fleet),
            statements: united(all.flatMap(role => role.statements)).map(plainStatement),
        };
    });
}

/** Who must be able to assume a role that is not this stack's. */
function foreignTrust(all: readonly ForeignRole[], { roles }: FleetPlan): PlainStatement[] {
    const trusts = [...new Set(all.flatMap(role => role.trusts))];
    return [
        {
            Sid: "AssumedByRoles",
            Effect: "Allow",
            Principal: { AWS: trusts },
            Action: ["sts:AssumeRole", ...(roles.sessionTags ? ["sts:TagSession"] : [])],
            Resource: ["*"],
            ...(roles.organization !== undefined && {
                Condition: { StringEquals: { "aws:PrincipalOrgID": roles.organization } },
            }),
        },
    ];
}

const resource = (
    key: string,
    of: string,
    policy: readonly Statement[],
    services: readonly string[] = [],
): Permissions => ({
    sort: "resource",
    key,
    of,
    services,
    existing: false,
    trust: [],
    statements: policy.map(plainStatement),
});

/** What has a policy of its own: it says who may reach it, beside what roles may. */
function resources({ shared, home, pipelines }: FleetPlan): Permissions[] {
    const { targets, audit } = shared.operations;
    return [
        ...[shared.store, ...shared.stores].flatMap(({ region, bucket, keyPolicy, bucketPolicy }) => [
            resource(`key artifacts ${region}`, `artifact key of ${region}`, keyPolicy),
            resource(`bucket ${bucket}`, `artifact bucket ${s3Arn(bucket, region)}`, bucketPolicy),
        ]),
        ...(shared.signingKey === undefined
            ? []
            : [resource("key signing", "key that signs seals", shared.signingKey.policy)]),
        ...shared.network.endpoints.flatMap(({ endpoint, policy }) =>
            policy === undefined
                ? []
                : [resource(`endpoint ${endpoint}`, `endpoint ${endpoint} of the build network`, policy)],
        ),
        ...shared.functions.flatMap(({ queue }) =>
            queue === undefined ? [] : [resource(`queue ${queue.name}`, `queue ${queue.arn}`, queue.policy)],
        ),
        ...targets.flatMap(({ topic, topicPolicy }) =>
            topic === undefined || topicPolicy === undefined
                ? []
                : [resource(`topic ${topic.name}`, `topic ${arn("sns", topic.name, home)}`, topicPolicy)],
        ),
        ...(audit === undefined
            ? []
            : [resource(`log group ${audit.group}`, `log group ${audit.group}`, [writeByRules(audit.groupArn)])]),
        ...(shared.packages?.repositories ?? []).map(({ key, policy }) =>
            resource(`packages ${key}`, `package repository ${key}`, policy),
        ),
        ...pipelines.flatMap(({ service, components }) =>
            components.flatMap(component =>
                component.component !== "ImageRepository" || component.pullAccounts.length === 0
                    ? []
                    : [
                          resource(
                              `repository ${component.physicalName}`,
                              `image repository ${component.physicalName}`,
                              [{ ...pullByAccounts(component.pullAccounts, home), Resource: ["*"] }],
                              [service],
                          ),
                      ],
            ),
        ),
    ];
}

/**
 * Everything that the stack of `fleet` makes, or asks of others, that has permissions, or that others have permissions on: of a
 * platform what all services share, of a stack of services what is theirs.
 */
export const permissionsOf = (fleet: FleetPlan): Permissions[] =>
    allPermissions(fleet).filter(({ services }) =>
        services.length === 0 ? makesShared(fleet) : fleet.spread.role !== "platform",
    );

const allPermissions = (fleet: FleetPlan): Permissions[] => [
    ...allRoles(fleet).map(role => ownRole(role, fleet)),
    ...fleet.deployRoles.map(role => deployRole(role, fleet)),
    ...foreignRoles(fleet),
    ...fleet.shared.approvals.map(({ environment, policyName, statements: own }): Permissions => ({
        sort: "approver policy",
        key: `policy ${policyName}`,
        of: `answers approvals of ${environment}`,
        services: [],
        existing: fleet.roles.existing,
        trust: [],
        statements: own.map(plainStatement),
    })),
    ...resources(fleet),
];
