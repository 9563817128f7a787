import { z } from "zod";
import { one, s3Arn, viaService } from "../arn";
import { allow } from "../grant";
import { kind } from "../kind";
import type { ActionType } from "../plan";
import { bucketName, kmsKeyArn, objectKey } from "../words";

const action: ActionType = {
    category: "Source",
    owner: "AWS",
    provider: "S3",
    version: "1",
    inputs: [0, 0],
    outputs: [1, 1],
    configuration: {
        required: ["S3Bucket", "S3ObjectKey"],
        optional: ["AllowOverrideForS3ObjectKey", "PollForSourceChanges"],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html",
};

/**
 * A ZIP file in a bucket: the door for what another CI has built. Uploads arrive as EventBridge events, never by polling.
 * `AllowOverrideForS3ObjectKey` is left out: a start could then take any other file of the bucket.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
export const s3 = kind({
    type: "s3",
    actions: [action],
    limits: [
        "The bucket is versioned, of the pipeline's own account and region, and sends its notifications to EventBridge.",
        "The file is a ZIP of at most 5 GB.",
    ],
    settings: z.strictObject({
        bucket: bucketName("The bucket; versioned, and with EventBridge notifications switched on."),
        key: objectKey("Key of the ZIP file that the other CI uploads."),
        kmsKeyArn: kmsKeyArn(
            "The KMS key that the file is encrypted with. @default AWS's own key, which needs no permission",
        ).optional(),
    }),
    example: `
        type: s3
        bucket: shop-drops
        key: orders/release.zip`,
    plan(settings, at) {
        // The main source's rule is the service's `upload`.
        const upload = at.unit === "source" ? ["upload"] : [at.unit, "upload"];
        const { kmsKeyArn: own } = settings;
        const inThisAccount = { StringEquals: { "aws:ResourceAccount": at.home.account } };
        return [
            {
                name: at.unit,
                action,
                summary: `s3://${settings.bucket}/${settings.key}${at.detectsChanges ? ", on upload" : ""}`,
                configuration: { S3Bucket: settings.bucket, S3ObjectKey: settings.key, PollForSourceChanges: "false" },
                inputs: [],
                outputs: [at.output()],
                namespace: at.namespace,
                grants: [
                    allow(
                        "ReadSourceObject",
                        ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
                        [s3Arn(`${settings.bucket}/${settings.key}`, at.home.region)],
                        inThisAccount,
                    ),
                    allow(
                        "ReadSourceBucket",
                        ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
                        [s3Arn(settings.bucket, at.home.region)],
                        inThisAccount,
                    ),
                    ...(own === undefined
                        ? []
                        : [
                              allow("OpenSourceObject", ["kms:Decrypt"], [own], {
                                  StringEquals: { "kms:ViaService": one(viaService("s3", at.home.region)) },
                              }),
                          ]),
                ],
                ...(at.detectsChanges && {
                    needs: [
                        {
                            component: "EventTrigger",
                            logicalName: at.logicalName(...upload),
                            physicalName: at.physicalName(64, ...upload),
                            roleName: at.physicalName(64, ...upload),
                            description: `Starts the pipeline of ${at.service} on an upload`,
                            pattern: {
                                source: ["aws.s3"],
                                "detail-type": ["Object Created"],
                                detail: { bucket: { name: [settings.bucket] }, object: { key: [settings.key] } },
                            },
                            pipelineArn: at.pipelineArn,
                        },
                    ],
                }),
                revision: { label: "version", id: `#{${at.namespace}.VersionId}` },
                prerequisites: [
                    `bucket ${settings.bucket} is versioned and sends its notifications to EventBridge`,
                    ...(own === undefined || own.split(":")[4] === at.home.account
                        ? []
                        : [`the policy of the key ${own} lets the role of the pipeline do kms:Decrypt`]),
                ],
            },
        ];
    },
    unmerged: settings => ({ settings, withheld: [] }),
});
