import { iamArn, type Location } from "../catalog/arn";
import type { FleetConfig } from "../config/fleet-config";
import { boundaryIn } from "../config/roles";

/** What all roles of a stack have in common. */
export interface RoleTerms extends Omit<FleetConfig["roles"], "boundary"> {
    /** The pipelines' account: that of the roles. */
    readonly home: Location;

    /** ARN of the permissions boundary. */
    readonly boundary?: string;
}

/** What the roles of `config` have in common. */
export const roleTerms = ({ roles: { boundary, ...roles }, account, region }: FleetConfig): RoleTerms => ({
    ...roles,
    home: { account, region },
    ...(boundary !== undefined && { boundary: boundaryIn(boundary, account) }),
});

/**
 * ARN of the role, or by a pattern of the roles, that are called `name`. Every ARN of a role that the program makes comes from here:
 * IAM and the `aws:PrincipalArn` of a policy read the path as part of it.
 *
 * @param at - where the role is. @default the pipelines' account
 */
export const roleArn = ({ path, home }: Pick<RoleTerms, "path" | "home">, name: string, at: Location = home): string =>
    iamArn(`role${path}${name}`, at);
