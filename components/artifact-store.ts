import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import type { PolicyDocument } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { StorePlan } from "../blueprint/plan";
import { policyDocument } from "../blueprint/policy";
import { fromNames, resolve } from "./resolve";

/** Arguments for {@link ArtifactStore}. */
export interface ArtifactStoreArgs {
    readonly plan: StorePlan;

    /** Whether it is where the stack's provider is not. @default false */
    readonly abroad?: boolean;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Where all pipelines of the stack keep their artifacts in one region: one key, rotated every year, and one bucket, versioned,
 * closed to the public, to plain HTTP and to other keys.
 *
 * Creates: `aws.kms.Key` `<name>-key`, `aws.kms.Alias` `<name>-alias`, `aws.s3.Bucket` `<name>-bucket` and its settings
 * `<name>-public-access`, `-encryption`, `-versioning`, `-lifecycle`, `-policy`, `-ownership` and, where access is logged, `-logging`.
 */
export class ArtifactStore extends pulumi.ComponentResource {
    /** ARN of the key; never the alias, which another account would resolve to a key of its own. */
    public readonly keyArn: pulumi.Output<string>;

    /** Name of the bucket; resolves only after its policy stands. */
    public readonly bucket: pulumi.Output<string>;

    constructor(name: string, args: ArtifactStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:ArtifactStore", name, {}, opts);
        const { plan, tags } = args;
        const child = { parent: this };
        // A resource of the provider's own region does not name it: to name it would replace what is there.
        const where = args.abroad === true ? { region: plan.region } : {};

        const key = new kms.Key(
            `${name}-key`,
            {
                ...where,
                description: `Artifacts, build logs and approvals of ${plan.alias.replace("alias/", "")}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                // Nothing in a key's own policy refers to what is made elsewhere.
                policy: pulumi.jsonStringify(resolve(policyDocument(plan.keyPolicy), fromNames({}))),
                tags,
            },
            child,
        );
        new kms.Alias(`${name}-alias`, { ...where, name: plan.alias, targetKeyId: key.keyId }, child);

        const bucket = new s3.Bucket(`${name}-bucket`, { ...where, bucket: plan.bucket, tags }, child);
        const settings = { ...where, bucket: bucket.bucket };
        const publicAccess = new s3.BucketPublicAccessBlock(
            `${name}-public-access`,
            {
                ...settings,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            child,
        );
        new s3.BucketServerSideEncryptionConfiguration(
            `${name}-encryption`,
            {
                ...settings,
                rules: [
                    {
                        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
                        bucketKeyEnabled: true,
                    },
                ],
            },
            child,
        );
        const versioning = new s3.BucketVersioning(
            `${name}-versioning`,
            { ...settings, versioningConfiguration: { status: "Enabled" } },
            child,
        );
        new s3.BucketLifecycleConfiguration(
            `${name}-lifecycle`,
            {
                ...settings,
                rules: [
                    {
                        id: "expire-artifacts",
                        status: "Enabled",
                        filter: { prefix: "" },
                        expiration: { days: plan.artifactDays },
                        noncurrentVersionExpiration: { noncurrentDays: plan.artifactDays },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                    },
                ],
            },
            // The rule says what becomes of old versions, so there have to be versions.
            { ...child, dependsOn: versioning },
        );
        if (plan.accessLogs !== undefined) {
            new s3.BucketLogging(
                `${name}-logging`,
                { ...settings, targetBucket: plan.accessLogs.bucket, targetPrefix: plan.accessLogs.prefix },
                child,
            );
        }
        const policy = new s3.BucketPolicy(
            `${name}-policy`,
            {
                ...settings,
                policy: resolve(
                    policyDocument(plan.bucketPolicy),
                    fromNames({ [args.abroad === true ? `artifactKey:${plan.region}` : "artifactKey"]: key.arn }),
                ) as PolicyDocument,
            },
            // S3 takes one change of a bucket's access at a time, and answers the others with a conflict.
            { ...child, dependsOn: publicAccess },
        );
        new s3.BucketOwnershipControls(
            `${name}-ownership`,
            { ...settings, rule: { objectOwnership: "BucketOwnerEnforced" } },
            { ...child, dependsOn: policy },
        );

        this.keyArn = key.arn;
        this.bucket = pulumi.all([bucket.bucket, policy.id]).apply(([bucketName]) => bucketName);
        this.registerOutputs({ keyArn: this.keyArn, bucket: this.bucket });
    }
}
