import { z } from "zod";
import { s3Arn } from "../arn";
import { secretPlace } from "../codebuild/secrets";
import { allow, type Grant } from "../grant";
import type { Environment } from "../kind";
import { bucketName, kmsKeyArn, objectKey, regionName, template } from "../words";

/**
 * Where the state of a Pulumi stack is kept.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/state-and-backends/
 */
export const backend = z
    .discriminatedUnion("type", [
        z.strictObject({
            type: z.literal("s3").describe("In a bucket."),
            bucket: bucketName("The bucket."),
            prefix: objectKey("Folder in the bucket. @default the bucket's root").optional(),
            region: regionName("Region of the bucket. @default the one that is deployed to").optional(),
            kmsKeyArn: kmsKeyArn(
                "The KMS key that encrypts the stack's secrets (`pulumi stack init --secrets-provider awskms://…`). @default none: `secrets` has PULUMI_CONFIG_PASSPHRASE",
            ).optional(),
        }),
        z.strictObject({
            type: z.literal("cloud").describe("In Pulumi Cloud."),
            url: template(
                "Address of Pulumi Cloud. @default https://api.pulumi.com",
                z.string().regex(/^https:\/\/[\w.{}-]+$/, 'an address such as "https://api.pulumi.com"'),
            ).default("https://api.pulumi.com"),
            accessToken: secretPlace("Where the access token is kept."),
        }),
    ])
    .describe("Where the stack's state is kept.");

export type Backend = z.output<typeof backend>;

/** Address of `own`, as `PULUMI_BACKEND_URL` takes it. */
export const backendUrl = (own: Backend, { region }: Pick<Environment, "region">): string =>
    own.type === "cloud" ? own.url : `s3://${folder(own)}?region=${own.region ?? region}`;

/** The state's place, for people. */
export const backendText = (own: Backend): string => (own.type === "cloud" ? own.url : `s3://${folder(own)}`);

const folder = ({ bucket, prefix }: Extract<Backend, { type: "s3" }>) =>
    prefix === undefined ? bucket : `${bucket}/${prefix}`;

/** Reading and writing the state, and opening and sealing its secrets. */
export function backendGrants(own: Backend, { region }: Pick<Environment, "region">): Grant[] {
    return own.type === "cloud"
        ? []
        : [
              allow("ListPulumiState", ["s3:ListBucket"], [s3Arn(own.bucket, region)]),
              allow(
                  "WritePulumiState",
                  ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                  [s3Arn(`${folder(own)}/.pulumi/*`, region)],
              ),
              ...(own.kmsKeyArn === undefined
                  ? []
                  : [allow("UsePulumiSecrets", ["kms:Decrypt", "kms:Encrypt"], [own.kmsKeyArn])]),
          ];
}
