import { z } from "zod";
import { s3Arn } from "../arn";
import { allow } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import { bucketName, objectKey, text } from "../words";

const action: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "S3",
    version: "1",
    inputs: [1, 1],
    outputs: [0, 0],
    configuration: {
        required: ["BucketName", "Extract"],
        optional: ["ObjectKey", "KMSEncryptionKeyARN", "CannedACL", "CacheControl"],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html",
};

/**
 * Files into a bucket: a static site, or an archive as it is.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html
 */
export const s3 = kind({
    type: "s3",
    actions: [action],
    settings: z.strictObject({
        bucket: bucketName("The bucket."),
        prefix: objectKey(
            "Folder in the bucket; with `extract: false` the key of the archive. @default the bucket's root",
        ).optional(),
        cacheControl: text("`Cache-Control` header of the objects, for example `public, max-age=300`.").optional(),
        extract: z.boolean().default(true).describe("Whether the artifact's files are unpacked. @default true"),
    }),
    example: `
        type: s3
        bucket: "shop-web-{environment}"
        cacheControl: public, max-age=300`,
    plan(settings, at) {
        const { bucket, prefix, cacheControl, extract } = settings;
        const where = at.environment as Environment;
        const objects =
            prefix === undefined ? `${bucket}/*` : extract ? `${bucket}/${prefix}/*` : `${bucket}/${prefix}`;
        // A folder ends with a slash, an object does not.
        const target = extract && prefix !== undefined ? `${prefix}/` : (prefix ?? "");
        const inAccount = { StringEquals: { "aws:ResourceAccount": where.account } };
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: `s3://${bucket}/${prefix ?? ""}`,
                configuration: {
                    BucketName: bucket,
                    Extract: String(extract),
                    ...(prefix !== undefined && { ObjectKey: prefix }),
                    ...(cacheControl !== undefined && { CacheControl: cacheControl }),
                },
                inputs: [at.inputs[0].name],
                outputs: [],
                grants: [
                    allow(
                        "WriteDeployedFiles",
                        ["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
                        [s3Arn(objects, where.region)],
                        inAccount,
                    ),
                    allow(
                        "FindDeployBucket",
                        ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
                        [s3Arn(bucket, where.region)],
                        inAccount,
                    ),
                ],
                targets: [{ what: `s3://${bucket}/${target}` }],
            },
        ];
    },
    check(settings) {
        return settings.extract || settings.prefix !== undefined
            ? []
            : [{ path: [], message: "expected `prefix`, the key of the archive, because `extract` is false" }];
    },
});
