import type {
    BucketArgs,
    BucketLifecycleConfigurationArgs,
    BucketLoggingArgs,
    BucketNotificationArgs,
    BucketOwnershipControlsArgs,
    BucketPolicyArgs,
    BucketPublicAccessBlockArgs,
    BucketServerSideEncryptionConfigurationArgs,
    BucketVersioningArgs,
} from "@pulumi/aws/s3";
import type { s3 as inputs } from "@pulumi/aws/types/input";
import { asText, document, each, inline, named, part, shape, tags, to, under, type Field, type Shape } from "../shape";
import { refOnly, type Folded, type Mappings } from "./mapping";

const bucketType = "aws:s3/bucket:Bucket";

const setting = (of: Shape): Folded => ({ into: bucketType, by: "bucket", shape: of });

/** An empty prefix means every object, as none does; CloudFormation takes the second. */
const prefix: Field = (value, at) => (value === "" ? {} : { Prefix: at.value(value) });

const transition = { days: to("TransitionInDays"), date: to("TransitionDate"), storageClass: to("StorageClass") };

const lifecycleRule = shape<inputs.BucketLifecycleConfigurationRule>(["id", "status"], {
    prefix,
    abortIncompleteMultipartUpload: part(
        "AbortIncompleteMultipartUpload",
        shape<inputs.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload>(["daysAfterInitiation"]),
    ),
    expiration: inline(
        shape<inputs.BucketLifecycleConfigurationRuleExpiration>([], {
            date: to("ExpirationDate"),
            days: to("ExpirationInDays"),
            expiredObjectDeleteMarker: to("ExpiredObjectDeleteMarker"),
        }),
    ),
    filter: inline(
        shape<inputs.BucketLifecycleConfigurationRuleFilter>([], {
            objectSizeGreaterThan: asText("ObjectSizeGreaterThan"),
            objectSizeLessThan: asText("ObjectSizeLessThan"),
            prefix,
            tag: each("TagFilters", shape<inputs.BucketLifecycleConfigurationRuleFilterTag>(["key", "value"])),
        }),
    ),
    noncurrentVersionExpiration: part(
        "NoncurrentVersionExpiration",
        shape<inputs.BucketLifecycleConfigurationRuleNoncurrentVersionExpiration>([
            "newerNoncurrentVersions",
            "noncurrentDays",
        ]),
    ),
    noncurrentVersionTransitions: each(
        "NoncurrentVersionTransitions",
        shape<inputs.BucketLifecycleConfigurationRuleNoncurrentVersionTransition>(
            ["newerNoncurrentVersions", "storageClass"],
            { noncurrentDays: to("TransitionInDays") },
        ),
    ),
    transitions: each("Transitions", shape<inputs.BucketLifecycleConfigurationRuleTransition>([], transition)),
});

const encryptionRule = shape<inputs.BucketServerSideEncryptionConfigurationRule>(["bucketKeyEnabled"], {
    applyServerSideEncryptionByDefault: part(
        "ServerSideEncryptionByDefault",
        shape<inputs.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefault>([], {
            kmsMasterKeyId: to("KMSMasterKeyID"),
            sseAlgorithm: to("SSEAlgorithm"),
        }),
    ),
    blockedEncryptionTypes: under("BlockedEncryptionTypes", to("EncryptionType")),
});

/**
 * Buckets. What Pulumi registers as settings of a bucket are properties of it in a template.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
export const s3: Mappings = {
    [bucketType]: {
        type: "AWS::S3::Bucket",
        shape: shape<BucketArgs>(["objectLockEnabled"], { bucket: to("BucketName"), tags }),
        outputs: { id: "${}", bucket: "${}", arn: "${.Arn}" },
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        type: "AWS::S3::BucketPolicy",
        shape: shape<BucketPolicyArgs>([], {
            bucket: named("Bucket", bucketType),
            policy: document("PolicyDocument"),
        }),
        outputs: refOnly,
    },
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting(
        shape<BucketPublicAccessBlockArgs>([], {
            blockPublicAcls: under("PublicAccessBlockConfiguration", to("BlockPublicAcls")),
            blockPublicPolicy: under("PublicAccessBlockConfiguration", to("BlockPublicPolicy")),
            ignorePublicAcls: under("PublicAccessBlockConfiguration", to("IgnorePublicAcls")),
            restrictPublicBuckets: under("PublicAccessBlockConfiguration", to("RestrictPublicBuckets")),
        }),
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
        shape<BucketServerSideEncryptionConfigurationArgs>([], {
            rules: under("BucketEncryption", each("ServerSideEncryptionConfiguration", encryptionRule)),
        }),
    ),
    "aws:s3/bucketVersioning:BucketVersioning": setting(
        shape<BucketVersioningArgs>([], {
            versioningConfiguration: part(
                "VersioningConfiguration",
                shape<inputs.BucketVersioningVersioningConfiguration>(["status"]),
            ),
        }),
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
        shape<BucketLifecycleConfigurationArgs>([], {
            rules: under("LifecycleConfiguration", each("Rules", lifecycleRule)),
            transitionDefaultMinimumObjectSize: under(
                "LifecycleConfiguration",
                to("TransitionDefaultMinimumObjectSize"),
            ),
        }),
    ),
    "aws:s3/bucketLogging:BucketLogging": setting(
        shape<BucketLoggingArgs>([], {
            targetBucket: under("LoggingConfiguration", named("DestinationBucketName", bucketType)),
            targetPrefix: under("LoggingConfiguration", to("LogFilePrefix")),
        }),
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
        shape<BucketOwnershipControlsArgs>([], {
            rule: under(
                "OwnershipControls",
                each("Rules", shape<inputs.BucketOwnershipControlsRule>(["objectOwnership"])),
            ),
        }),
    ),
    "aws:s3/bucketNotification:BucketNotification": setting(
        shape<BucketNotificationArgs>([], {
            eventbridge: under(
                "NotificationConfiguration",
                under("EventBridgeConfiguration", to("EventBridgeEnabled")),
            ),
        }),
    ),
};
