import { shown, type Text } from "../catalog/reference";
import { sidWords } from "../blueprint/permissions/sid";
import type { FleetPlan, PipelinePlan, RolePlan } from "../blueprint/plan";
import type { Statement } from "../blueprint/policy";
import { rolesOf } from "../blueprint/roles";
import type { Paint } from "./paint";

/** What every role of its sort has: said in one line where a whole fleet is shown. */
const routine: ReadonlySet<string> = new Set([
    "FindBucket",
    "UseArtifactKey",
    "WriteOwnLogStreams",
    "WriteOwnReports",
    "CreateInterfaceInSubnets",
    "DeleteOwnInterface",
    "LendInterfaceToCodeBuild",
    "DescribeNetwork",
]);

/**
 * What each role of a service may do, a line for each statement.
 *
 * @param full - whether what every role of its sort has, and the conditions, are spelt out too
 */
export function permissionLines(pipeline: PipelinePlan, fleet: FleetPlan, full: boolean, paint: Paint): string[] {
    return [
        ...rolesOf(pipeline, fleet).flatMap(role => roleLines(role, fleet, full, paint)),
        // Whoever makes such a role needs all of it.
        ...pipeline.foreignRoles.flatMap(role => [
            `  role ${role.arn} ${paint.quiet(`(of ${role.environment}, ${role.made === true && !fleet.roles.existing ? "made by `pulumi up` in accounts/" : "not made here"})`)} must trust ${role.trusts.join(", ")} and must be allowed to`,
            ...role.statements.map(statement => `      ${statementText(statement, fleet, true)}`),
        ]),
    ];
}

/** What one role may do, a line for each statement; `full` as for {@link permissionLines}. */
export function roleLines({ name, of, statements }: RolePlan, fleet: FleetPlan, full: boolean, paint: Paint): string[] {
    return [
        `  role ${name} ${paint.quiet(`(${of})`)} may`,
        ...statements
            .filter(({ Sid }) => full || !routine.has(Sid))
            .map(statement => `      ${statementText(statement, fleet, full)}`),
        ...(full || !statements.some(({ Sid }) => routine.has(Sid)) ? [] : [`      ${paint.quiet(usual(statements))}`]),
    ];
}

const usual = (statements: readonly Statement[]) =>
    statements.some(({ Sid }) => Sid === "DescribeNetwork")
        ? "and as every build: its own logs and reports, an interface in the build subnets, the artifact key"
        : "and as every pipeline: the artifact key";

/** `use artifacts: s3 GetObject, PutObject on artifacts/shop--orders/*` */
export function statementText(
    { Sid, Action, Resource, Condition, reason }: Statement,
    fleet: FleetPlan,
    full: boolean,
): string {
    const services = [...new Set(Action.map(action => action.split(":")[0]))];
    const actions = services.map(
        service =>
            `${service} ${Action.filter(action => action.startsWith(`${service}:`))
                .map(action => action.slice(service.length + 1))
                .join(", ")}`,
    );
    const resources = Resource.map(resource => resourceText(resource, fleet.home.account));
    const on = full ? resources : resources.map(text => text.replace(fleet.shared.store.bucket, "artifacts"));
    const only = full && Condition !== undefined ? `, only if ${conditionText(Condition)}` : "";
    const why = reason === undefined ? "" : ` (${reason})`;
    return `${words(Sid)}: ${actions.join("; ")} on ${on.join(", ")}${only}${why}`;
}

/** `UseArtifacts` as words; what the stack file's `permissions` say has its reason behind it. */
const words = (sid: string) => (/^Permission\d+$/.test(sid) ? "for its commands" : sidWords(sid));

/** An ARN without what is the same for all of this account. */
function resourceText(resource: Text, account: string): string {
    const text = shown(resource);
    if (text === "*") {
        return "everything";
    }
    const [, , service, , owner, ...rest] = text.split(":");
    return owner === account || (service === "s3" && owner === "") ? rest.join(":") : text;
}

const conditionText = (conditions: NonNullable<Statement["Condition"]>) =>
    Object.values(conditions)
        .flatMap(entry => Object.entries(entry))
        .map(
            ([key, value]) =>
                `${key} is ${[value]
                    .flat()
                    .map(item => shown(item))
                    .join(" or ")}`,
        )
        .join(" and ");
