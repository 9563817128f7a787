import type { Statement } from "./policy";

/** The account of a role. */
const accountOf = (roleArn: string) => roleArn.split(":")[4];

/** The accounts whose principals have to do with the artifacts: the pipelines' own, and those of `roles`; sorted. */
export const accountsInvolved = (home: string, roles: readonly string[]): string[] => [
    ...new Set([home, ...roles.map(accountOf)].sort()),
];

/**
 * That nobody outside of `accounts` does anything with the bucket, whatever another statement or a later change allows. A service
 * that acts in its own name has no account and is let through, to what other statements allow it; one that acts with a role
 * has the role's account; somebody without credentials has none, and is refused.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 */
export const refuseOtherAccounts = (bucketArn: string, accounts: readonly string[]): Statement => ({
    Sid: "RefuseOtherAccounts",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: {
        StringNotEquals: { "aws:PrincipalAccount": accounts },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
    },
});
