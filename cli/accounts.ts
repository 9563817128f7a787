import { accountsToMake, rolesOfAccount } from "../blueprint/account";
import type { DeployRolePlan, FleetPlan } from "../blueprint/plan";
import { shown } from "../catalog/reference";
import { UsageError } from "./options";
import type { Paint } from "./paint";
import { statementText } from "./permissions";
import { plural } from "./plural";

/** In which accounts deploy roles have to be made before this stack comes up. */
export function accountLines(fleet: FleetPlan, paint: Paint): string[] {
    const accounts = accountsToMake(fleet);
    return accounts.length === 0
        ? []
        : [
              paint.heading(
                  fleet.roles.existing
                      ? "Accounts in which somebody else makes deploy roles, before this stack comes up (roles.existing)"
                      : "Accounts in which `pulumi up` in accounts/ makes deploy roles, before this stack comes up",
              ),
              ...accounts.map(account => {
                  const { roles } = rolesOfAccount(fleet, account);
                  return `  ${account} ${summary(roles)}; \`npm start -- --account ${account}\` shows them`;
              }),
              "",
          ];
}

const summary = (roles: readonly DeployRolePlan[]) =>
    `${plural(roles.length, "role")}, for ${[...new Set(roles.map(({ environment }) => environment))].join(", ")}`;

/**
 * The deploy roles that are to be made in `account`.
 *
 * @throws UsageError where there are none
 */
function chosen(fleet: FleetPlan, account: string): readonly DeployRolePlan[] {
    const { roles, problem } = rolesOfAccount(fleet, account);
    if (problem !== undefined) {
        throw new UsageError(problem);
    }
    return roles;
}

/** What people of `account` read before they make its deploy roles: who may assume each, and what it may do. */
export function accountText(fleet: FleetPlan, account: string, warnings: readonly string[], paint: Paint): string {
    const roles = chosen(fleet, account);
    // What is of the account itself is told without its number.
    const there = { ...fleet, home: { ...fleet.home, account } };
    return [
        paint.heading(`${fleet.prefix}, stack ${fleet.stack}, account ${account}: ${summary(roles)}`),
        paint.quiet(
            `made by ${fleet.roles.existing ? "somebody else, as roles.existing says" : "`pulumi up` in accounts/"}; the pipelines are in account ${fleet.home.account}, region ${fleet.home.region}`,
        ),
        ...roles.flatMap(({ name, of, trusts, trust, terms, statements }) => [
            "",
            `${paint.heading(name)} ${paint.quiet(`(${of})`)}`,
            ...trusts.map(role => `  is assumed by ${role}${organizationText(trust)}`),
            ...(terms.path === "/" ? [] : [`  has the path ${terms.path}`]),
            ...(terms.boundary === undefined ? [] : [`  may at most what ${terms.boundary} allows`]),
            "  and may",
            ...statements.map(statement => `      ${statementText(statement, there, true)}`),
        ]),
        ...(warnings.length === 0
            ? []
            : ["", paint.warning("Warnings of the stack"), ...warnings.map(line => `  ${line}`)]),
        "",
    ].join("\n");
}

function organizationText({ Statement: [{ Condition }] }: DeployRolePlan["trust"]): string {
    const organization = Condition.StringEquals?.["aws:PrincipalOrgID"];
    return organization === undefined ? "" : `, if it is of the organization ${String(organization)}`;
}

/** The object that `--account` prints with `--json`: each role with its trust policy and the statements of its policy. */
export const accountJson = (fleet: FleetPlan, account: string) => ({
    stack: fleet.stack,
    account,
    roles: chosen(fleet, account).map(({ name, arn, service, environment, trusts, trust, terms, statements }) => ({
        name,
        arn,
        path: terms.path,
        ...(terms.boundary !== undefined && { permissionsBoundary: terms.boundary }),
        service,
        environment,
        trusts,
        trust,
        statements: statements.map(({ Resource, ...statement }) => ({ ...statement, Resource: Resource.map(shown) })),
    })),
});
