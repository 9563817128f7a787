import { once } from "../../catalog/once";
import type { Problem } from "../../catalog/problem";
import { Reference, type Text } from "../../catalog/reference";
import type { FleetPlan } from "../plan";
import { policyDocument, type Statement } from "../policy";
import { writtenRoles } from "../roles";
import { isEveryAction } from "../validators/actions";
import type { FleetRule } from "./rule";
import { atFullLength } from "./text";

/** What IAM takes in a policy document. */
const characters = /^[\t\n\r\x20-\xff]*$/;

/** One statement as it stands in a policy, references at their full length. */
function text(statement: Statement): string {
    const [words] = policyDocument([statement]).Statement;
    const written = { ...words, Resource: words.Resource.map(atFullLength) };
    // Most have no condition, and are written several times as fast without looking at each value.
    return words.Condition === undefined
        ? JSON.stringify(written)
        : JSON.stringify(written, (_, value: unknown) => (value instanceof Reference ? atFullLength(value) : value));
}

/** What rules ask of the text of a statement; the texts of a large fleet are too much to keep. */
const measure = once((statement: Statement): { readonly length: number; readonly isTaken: boolean } => {
    const written = text(statement);
    return { length: written.length, isTaken: characters.test(written) };
});

/** Characters of a policy without white space, as IAM counts them. */
export const policySize = (statements: readonly Statement[]): number =>
    JSON.stringify(policyDocument([])).length +
    statements.reduce((sum, statement) => sum + measure(statement).length, Math.max(0, statements.length - 1));

/** Six parts, of which region and account may be empty. */
const arn = /^arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:.+$/;

/** Whether a policy can name `resource`: what AWS is yet to name will have an ARN. */
const isResource = (resource: Text): boolean => resource === "*" || arn.test(atFullLength(resource));

/** What a fleet's policies may not be. */
export const policyRules: readonly FleetRule[] = [
    {
        name: "inline-policy-size",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (10,240 characters of inline policies a role)",
        check: fleet =>
            writtenRoles(fleet).flatMap(({ name, statements, path }) => {
                const size = policySize(statements);
                return size <= 10_240
                    ? []
                    : [
                          {
                              path,
                              message: `the policy of the role ${name} would be ${size} characters long, of at most 10240: ${path[0] === "targets" ? "fewer targets, or several that share a secret, each with a field of it" : "fewer secrets, permissions or deploys in one service"}`,
                          },
                      ];
            }),
    },
    {
        name: "managed-policy-size",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (6,144 characters a managed policy)",
        check: ({ shared }) =>
            shared.approvals.flatMap(({ policyName, statements }) => {
                const size = policySize(statements);
                return size <= 6_144
                    ? []
                    : [
                          {
                              path: ["environments"],
                              message: `the policy ${policyName} would be ${size} characters long, of at most 6144`,
                          },
                      ];
            }),
    },
    {
        name: "key-policy-size",
        severity: "error",
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html (32 KiB a key policy)",
        check: ({ shared }) => {
            const size = Math.max(...[shared.store, ...shared.stores].map(({ keyPolicy }) => policySize(keyPolicy)));
            return size <= 32_768
                ? []
                : [
                      {
                          path: ["environments"],
                          message: `the policy of the artifact key would be ${size} bytes long, of at most 32768: fewer deploy roles and artifact readers`,
                      },
                  ];
        },
    },
    {
        name: "bucket-policy-size",
        severity: "error",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html (20 KB a bucket policy)",
        check: ({ shared }) => {
            const size = Math.max(
                ...[shared.store, ...shared.stores].map(({ bucketPolicy }) => policySize(bucketPolicy)),
            );
            return size <= 20_480
                ? []
                : [
                      {
                          path: ["environments"],
                          message: `the policy of the artifact bucket would be ${size} bytes long, of at most 20480: fewer deploy roles and artifact readers`,
                      },
                  ];
        },
    },
    {
        name: "policy-characters",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html (characters of a policy document); https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
        check: fleet =>
            writtenRoles(fleet).flatMap(({ name, statements, path }) =>
                statements
                    .filter(statement => !measure(statement).isTaken || !/^[A-Za-z0-9]*$/.test(statement.Sid))
                    .map(({ Sid }) => ({
                        path,
                        message: `${Sid} of the role ${name} holds a character that IAM does not take (${characters.source}; of a Sid letters and digits alone)`,
                    })),
            ),
    },
    {
        name: "resource-arns",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
        check: fleet =>
            writtenRoles(fleet).flatMap(({ name, statements, path }) =>
                statements.flatMap(({ Sid, Resource }) =>
                    Resource.filter(resource => !isResource(resource))
                        .map(atFullLength)
                        .map(resource => ({
                            path,
                            message: `${Sid} of the role ${name} names ${JSON.stringify(resource)}: expected an ARN, such as "arn:aws:sqs:eu-west-1:111111111111:orders"`,
                        })),
                ),
            ),
    },
    {
        name: "no-wildcard-action",
        severity: "error",
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        check: fleet => wildcards(fleet),
    },
];

const reachesFar = ({ Action, Resource, reason }: Statement): boolean =>
    Action.some(isEveryAction) || (reason === undefined && Resource.includes("*"));

/** No role may do everything, and what it may do everywhere has a reason. */
function wildcards(fleet: FleetPlan): Problem[] {
    return writtenRoles(fleet).flatMap(({ name, statements, path }) =>
        statements.filter(reachesFar).flatMap(({ Sid, Action, Resource, reason }) => [
            ...Action.filter(isEveryAction).map(action => ({
                path,
                message: `${Sid} of the role ${name} allows ${action}: name the actions`,
            })),
            ...(Resource.includes("*") && reason === undefined
                ? [{ path, message: `${Sid} of the role ${name} reaches every resource without a reason` }]
                : []),
        ]),
    );
}
