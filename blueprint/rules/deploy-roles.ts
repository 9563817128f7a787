import { Reference } from "../../catalog/reference";
import type { FleetRule } from "./rule";

/** Characters of a trust policy that IAM takes unless the account's quota was raised. */
const longestTrust = 2048;

/** What deploy roles may not be that are made in the accounts of environments. */
export const deployRoleRules: readonly FleetRule[] = [
    {
        name: "trust-policy-size",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (2,048 characters of a trust policy)",
        check: ({ deployRoles }) =>
            deployRoles.flatMap(({ name, trust, path }) => {
                const size = JSON.stringify(trust).length;
                return size <= longestTrust
                    ? []
                    : [
                          {
                              path,
                              message: `the trust policy of the role ${name} would be ${size} characters long, of at most ${longestTrust}: fewer builds that assume it`,
                          },
                      ];
            }),
    },
    {
        name: "deploy-role-boundary",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html (a boundary is a managed policy of the role's account, or one of AWS's)",
        check: ({ deployRoles }) =>
            deployRoles.flatMap(({ name, account, terms: { boundary } }) =>
                boundary === undefined || ["aws", account].includes(boundary.split(":")[4])
                    ? []
                    : [
                          {
                              path: ["roles", "boundary"],
                              message: `expected a policy of {account}, or AWS's own, found ${JSON.stringify(boundary)}: the role ${name} is made in account ${account}`,
                          },
                      ],
            ),
    },
    {
        name: "deploy-role-known",
        severity: "error",
        source: "by construction: the program of accounts/ knows nothing that only the fleet's own stack makes",
        check: ({ deployRoles }) =>
            deployRoles.flatMap(({ name, statements, path }) =>
                statements.flatMap(({ Sid, Resource }) =>
                    Resource.flatMap(resource => (resource instanceof Reference ? resource.ref : [])).map(ref => ({
                        path,
                        message: `${Sid} of the role ${name} needs ${ref}, which is made with the pipelines: expected a role that is there already, as \`deployRoleArn\``,
                    })),
                ),
            ),
    },
];
