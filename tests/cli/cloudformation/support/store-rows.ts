import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import { interpolate } from "@pulumi/pulumi";
import { att, id, ref, sub, type Rows } from "./render";

const document = <T>(action: string, resource: T | "*" = "*") => ({
    Version: "2012-10-17" as const,
    Statement: [{ Effect: "Allow" as const, Principal: "*", Action: action, Resource: resource }],
});

const key = "aws:kms/key:Key";
const bucket = "aws:s3/bucket:Bucket";

/** A bucket with every setting that there is, in the order of the program's own. */
const makeBucket = () => {
    const made = new s3.Bucket("box", { bucket: "shop-box", objectLockEnabled: false, tags: { a: "1" } });
    const box = new kms.Key("box-key", {});
    const settings = { bucket: made.bucket };
    const access = new s3.BucketPublicAccessBlock("access", {
        ...settings,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    });
    new s3.BucketServerSideEncryptionConfiguration("encryption", {
        ...settings,
        rules: [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: box.arn },
                bucketKeyEnabled: true,
                blockedEncryptionTypes: ["SSE-C"],
            },
        ],
    });
    new s3.BucketVersioning("versioning", { ...settings, versioningConfiguration: { status: "Enabled" } });
    new s3.BucketLifecycleConfiguration("lifecycle", {
        ...settings,
        transitionDefaultMinimumObjectSize: "all_storage_classes_128K",
        rules: [
            {
                id: "all",
                status: "Enabled",
                filter: { prefix: "" },
                expiration: { days: 30 },
                noncurrentVersionExpiration: { noncurrentDays: 7, newerNoncurrentVersions: 2 },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            },
            {
                id: "some",
                status: "Disabled",
                filter: { prefix: "logs/", tag: { key: "keep", value: "no" }, objectSizeGreaterThan: 5 },
                transitions: [{ days: 30, storageClass: "GLACIER" }],
                noncurrentVersionTransitions: [{ noncurrentDays: 30, storageClass: "GLACIER" }],
            },
            { id: "markers", status: "Enabled", expiration: { expiredObjectDeleteMarker: true } },
            {
                id: "once",
                status: "Enabled",
                expiration: { date: "2030-01-01T00:00:00Z" },
                filter: { objectSizeLessThan: 500 },
            },
        ],
    });
    new s3.BucketLogging("logging", { ...settings, targetBucket: "access-logs", targetPrefix: "box/" });
    new s3.BucketNotification("events", { ...settings, eventbridge: true });
    const policy = new s3.BucketPolicy(
        "policy",
        { ...settings, policy: document("s3:GetObject", interpolate`${made.arn}/*`) },
        { dependsOn: access },
    );
    new s3.BucketOwnershipControls(
        "ownership",
        { ...settings, rule: { objectOwnership: "BucketOwnerEnforced" } },
        { dependsOn: policy },
    );
};

const bucketProperties = {
    BucketName: "shop-box",
    ObjectLockEnabled: false,
    Tags: [{ Key: "a", Value: "1" }],
    PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
    },
    BucketEncryption: {
        ServerSideEncryptionConfiguration: [
            {
                ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: att(key, "box-key", "Arn") },
                BucketKeyEnabled: true,
                BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
            },
        ],
    },
    VersioningConfiguration: { Status: "Enabled" },
    LifecycleConfiguration: {
        TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
        Rules: [
            {
                Id: "all",
                Status: "Enabled",
                ExpirationInDays: 30,
                NoncurrentVersionExpiration: { NoncurrentDays: 7, NewerNoncurrentVersions: 2 },
                AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            },
            {
                Id: "some",
                Status: "Disabled",
                Prefix: "logs/",
                TagFilters: [{ Key: "keep", Value: "no" }],
                ObjectSizeGreaterThan: "5",
                Transitions: [{ TransitionInDays: 30, StorageClass: "GLACIER" }],
                NoncurrentVersionTransitions: [{ TransitionInDays: 30, StorageClass: "GLACIER" }],
            },
            { Id: "markers", Status: "Enabled", ExpiredObjectDeleteMarker: true },
            { Id: "once", Status: "Enabled", ExpirationDate: "2030-01-01T00:00:00Z", ObjectSizeLessThan: "500" },
        ],
    },
    LoggingConfiguration: { DestinationBucketName: "access-logs", LogFilePrefix: "box/" },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
};

export const storeRows: Rows = {
    "a key with its alias": {
        make: () => {
            const made = new kms.Key("key", {
                description: "Artifacts",
                policy: JSON.stringify(document("kms:Decrypt")),
                enableKeyRotation: true,
                rotationPeriodInDays: 365,
                deletionWindowInDays: 30,
                customerMasterKeySpec: "SYMMETRIC_DEFAULT",
                keyUsage: "ENCRYPT_DECRYPT",
                isEnabled: true,
                multiRegion: false,
                bypassPolicyLockoutSafetyCheck: false,
                tags: { a: "1" },
            });
            new kms.Alias("key-alias", { name: "alias/shop", targetKeyId: made.keyId });
        },
        expected: [
            {
                Type: "AWS::KMS::Key",
                Properties: {
                    Description: "Artifacts",
                    KeyPolicy: document("kms:Decrypt"),
                    EnableKeyRotation: true,
                    RotationPeriodInDays: 365,
                    PendingWindowInDays: 30,
                    KeySpec: "SYMMETRIC_DEFAULT",
                    KeyUsage: "ENCRYPT_DECRYPT",
                    Enabled: true,
                    MultiRegion: false,
                    BypassPolicyLockoutSafetyCheck: false,
                    Tags: [{ Key: "a", Value: "1" }],
                },
            },
            { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/shop", TargetKeyId: ref(key, "key") } },
        ],
    },
    "a bucket with its settings and its policy": {
        make: makeBucket,
        expected: [
            { Type: "AWS::S3::Bucket", Properties: bucketProperties },
            { Type: "AWS::KMS::Key", Properties: {} },
            {
                Type: "AWS::S3::BucketPolicy",
                Properties: {
                    Bucket: ref(bucket, "box"),
                    PolicyDocument: document("s3:GetObject", sub(`\${${id(bucket, "box")}.Arn}/*`)),
                },
            },
        ],
    },
};
