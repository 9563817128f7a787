import type { DeployRolePlan, FleetPlan } from "./plan";

/** Accounts in which deploy roles are to be made; sorted. */
export const accountsToMake = ({ deployRoles }: Pick<FleetPlan, "deployRoles">): string[] => [
    ...new Set(deployRoles.map(({ account }) => account).sort()),
];

/** The deploy roles of an account, or why there are none. */
interface RolesOfAccount {
    readonly roles: readonly DeployRolePlan[];
    readonly problem?: string;
}

/** The deploy roles that have to be in `account`, whoever makes them. */
export function rolesOfAccount(fleet: Pick<FleetPlan, "deployRoles" | "stack">, account: string): RolesOfAccount {
    const roles = fleet.deployRoles.filter(role => role.account === account);
    const others = accountsToMake(fleet);
    return roles.length > 0
        ? { roles }
        : {
              roles,
              problem: `no environment of the stack ${fleet.stack} in account ${account} has \`deployRoles: create\` and a service: ${
                  others.length === 0 ? "no account has" : `found such in ${others.join(", ")}`
              }; what was made there before goes with \`pulumi destroy\``,
          };
}

/** The deploy roles that the program of `accounts/` makes in `account`: none where somebody else makes all roles. */
export function rolesToMake(
    fleet: Pick<FleetPlan, "deployRoles" | "roles" | "stack">,
    account: string,
): RolesOfAccount {
    return fleet.roles.existing
        ? {
              roles: [],
              problem: `the stack ${fleet.stack} has \`roles.existing\`: somebody else makes all roles, and nothing is made in account ${account}; \`npm start -- --permissions\` prints the trust and the policy that each must have`,
          }
        : rolesOfAccount(fleet, account);
}
