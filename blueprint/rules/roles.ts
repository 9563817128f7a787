import { partitionOf } from "../../catalog/arn";
import type { Problem } from "../../catalog/problem";
import type { FleetPlan } from "../plan";
import { eachAction } from "./each";
import type { FleetRule } from "./rule";

/** Roles that deploys are given must be where the deploys are. */
export const roleRules: readonly FleetRule[] = [
    {
        name: "roles-of-the-environment",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html (a role is passed within its account); https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (partitions)",
        check: fleet => passedRoles(fleet),
    },
    {
        name: "deploy-role-partition",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (partitions)",
        check: ({ pipelines, home }) => {
            const roles = new Map(
                pipelines.flatMap(({ foreignRoles }) => foreignRoles.map(({ arn, environment }) => [environment, arn])),
            );
            return [...roles].flatMap(([environment, arn]) =>
                ofPartition(arn, home.region)
                    ? []
                    : [{ path: ["environments"], message: `${environment}: ${partitionMessage(arn, home.region)}` }],
            );
        },
    },
    {
        name: "artifact-readers",
        severity: "error",
        source: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EC2Deploy.html (the instance role needs the artifact bucket); https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html (and the key)",
        check: fleet =>
            eachAction(fleet, ({ action }, { environment = "" }) =>
                action.openedBy === undefined || (fleet.artifactReaders[environment] ?? []).length > 0
                    ? undefined
                    : `${action.openedBy} of ${environment} fetch the artifact themselves: expected their roles in the environment's \`artifactReaders\``,
            ),
    },
];

const ofPartition = (arn: string, region: string) => arn.split(":")[1] === partitionOf(region);

const partitionMessage = (arn: string, region: string) =>
    `expected a role that begins with "arn:${partitionOf(region)}:", as all of ${region} do, found ${JSON.stringify(arn)}`;

const passedRoles = (fleet: FleetPlan): Problem[] =>
    eachAction(fleet, ({ passes }, { environment }) =>
        passes.flatMap(role => {
            const { home, accounts } = fleet;
            const account = accounts[environment ?? ""] ?? home.account;
            if (!ofPartition(role, home.region)) {
                return [partitionMessage(role, home.region)];
            }
            return role.split(":")[4] === account
                ? []
                : [
                      `expected a role of ${environment}'s account ${account}, found ${JSON.stringify(role)}: a role is passed within its account`,
                  ];
        }),
    );
