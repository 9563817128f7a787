import { z } from "zod";
import { one, s3Arn, viaService } from "../arn";
import { checkInvalidation, invalidation, invalidationAction, planInvalidation } from "../cloudfront/invalidation";
import { allow } from "../grant";
import { kind, type Environment, type Place } from "../kind";
import type { ActionType, Step } from "../plan";
import type { Problem } from "../problem";
import { bucketName, kmsKeyArn, objectKey, text } from "../words";

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

/** Canned ACLs by which others than the bucket's account read the objects, and who these are. */
const readers: Readonly<Record<string, string>> = {
    "public-read": "everybody",
    "authenticated-read": "everybody with an AWS account",
};

const settings = z.strictObject({
    bucket: bucketName("The bucket."),
    prefix: objectKey(
        "Folder in the bucket; with `extract: false` the key of the archive. @default the bucket's root",
    ).optional(),
    cacheControl: text(
        "`Cache-Control` header of the objects, for example `public, max-age=300`. @default none",
    ).optional(),
    extract: z.boolean().default(true).describe("Whether the artifact's files are unpacked. @default true"),
    kmsKeyArn: kmsKeyArn(
        "The symmetric KMS key that the objects are encrypted with. @default as the bucket encrypts them",
    ).optional(),
    cannedAcl: z
        .enum(["private", "public-read", "authenticated-read", "bucket-owner-read", "bucket-owner-full-control"])
        .optional()
        .describe(
            "Who may read the objects, by an ACL; leave it out where the bucket's owner owns them (object ownership `BucketOwnerEnforced`, the default of S3): such a bucket takes no ACL but `bucket-owner-full-control`. @default no ACL",
        ),
    invalidate: invalidation
        .optional()
        .describe(
            "The CloudFront distribution before the bucket, which is told to ask for the files again; by a CodeBuild project of its own. @default nothing is invalidated",
        ),
});

/**
 * Files into a bucket: a static site, or an archive as it is; and where it is asked for, out of CloudFront's caches.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3Deploy.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
export const s3 = kind({
    type: "s3",
    actions: [action, invalidationAction],
    limits: [
        "An upload may take 90 minutes.",
        "Files that are in the bucket and no longer in the artifact stay there.",
        "Each `invalidate` adds a CodeBuild project and its role; CloudFront has to be done within ten minutes, and the build network needs a way to CloudFront's API.",
    ],
    settings,
    example: `
        type: s3
        bucket: "shop-web-{environment}"
        cacheControl: public, max-age=300
        invalidate: { distribution: E1A2B3C4D5E6F7, paths: ["/*"] }`,
    plan: (own, at) => [
        upload(own, at),
        ...(own.invalidate === undefined ? [] : [planInvalidation(own.invalidate, at)]),
    ],
    check: ({ extract, prefix, invalidate }): Problem[] => [
        ...(extract || prefix !== undefined
            ? []
            : [{ path: [], message: "expected `prefix`, the key of the archive, because `extract` is false" }]),
        ...(invalidate === undefined
            ? []
            : checkInvalidation(invalidate).map(message => ({ path: ["invalidate", "paths"], message }))),
    ],
});

function upload({ bucket, prefix, cacheControl, extract, ...own }: z.output<typeof settings>, at: Place): Step {
    const where = at.environment as Environment;
    const objects = prefix === undefined ? `${bucket}/*` : extract ? `${bucket}/${prefix}/*` : `${bucket}/${prefix}`;
    // A folder ends with a slash, an object does not.
    const target = extract && prefix !== undefined ? `${prefix}/` : (prefix ?? "");
    const inAccount = { StringEquals: { "aws:ResourceAccount": where.account } };
    const reader = readers[own.cannedAcl ?? ""];
    return {
        name: at.unit,
        action,
        byDeployRole: true,
        summary: `s3://${bucket}/${prefix ?? ""}`,
        configuration: {
            BucketName: bucket,
            Extract: String(extract),
            ...(prefix !== undefined && { ObjectKey: prefix }),
            ...(own.kmsKeyArn !== undefined && { KMSEncryptionKeyARN: own.kmsKeyArn }),
            ...(own.cannedAcl !== undefined && { CannedACL: own.cannedAcl }),
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
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
            ...(own.kmsKeyArn === undefined
                ? []
                : [
                      allow("EncryptDeployedFiles", ["kms:Decrypt", "kms:GenerateDataKey"], [own.kmsKeyArn], {
                          StringEquals: { "kms:ViaService": one(viaService("s3", where.region)) },
                      }),
                  ]),
        ],
        targets: [{ what: `s3://${bucket}/${target}` }],
        ...(reader !== undefined && {
            weakens: [`${at.unit} lets ${reader} read what it writes (cannedAcl: ${own.cannedAcl})`],
        }),
        ...(own.cannedAcl !== undefined &&
            own.cannedAcl !== "bucket-owner-full-control" && {
                prerequisites: [`the bucket ${bucket} takes ACLs: its object ownership is not BucketOwnerEnforced`],
            }),
    };
}
