import { one, viaService } from "../catalog/arn";
import { keyItself } from "./key-policies";
import type { Statement } from "./policy";

/** The accounts of `roles`: a policy that names a role which is not there yet would be refused, its account never is. */
export const accountRoots = (roles: readonly string[]) => [
    ...new Set(roles.map(role => role.replace(/:role\/.*/, ":root"))),
];

/** That the principal is one of `roles`, of which some may be patterns: both operators match alike, and say what is meant. */
export const principalIn = (roles: readonly string[]) => ({
    [roles.some(role => role.includes("*")) ? "ArnLike" : "ArnEquals"]: { "aws:PrincipalArn": roles },
});

/**
 * Opening artifacts with the key, through S3, by the roles of instances and others that fetch what is deployed to them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export const openByReaders = (region: string, readers: readonly string[]): Statement[] =>
    readers.length === 0
        ? []
        : [
              {
                  Sid: "OpenByArtifactReaders",
                  Effect: "Allow",
                  Principal: { AWS: accountRoots(readers) },
                  Action: ["kms:Decrypt"],
                  ...keyItself,
                  Condition: {
                      ArnEquals: { "aws:PrincipalArn": readers },
                      StringEquals: { "kms:ViaService": one(viaService("s3", region)) },
                  },
              },
          ];

/** Reading artifacts by the same roles; which of them, their own policies say. */
export const readByReaders = (bucketArn: string, readers: readonly string[]): Statement[] =>
    readers.length === 0
        ? []
        : [
              {
                  Sid: "ReadByArtifactReaders",
                  Effect: "Allow",
                  Principal: { AWS: accountRoots(readers) },
                  Action: ["s3:GetObject", "s3:GetObjectVersion"],
                  Resource: [`${bucketArn}/*`],
                  Condition: { ArnEquals: { "aws:PrincipalArn": readers } },
              },
          ];
