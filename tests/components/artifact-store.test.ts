import * as assert from "node:assert/strict";
import { Reference } from "../../catalog/reference";
import { ArtifactStore } from "../../components/artifact-store";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop" };
const bucket = "shop--fleet--artifacts-111111111111-eu-west-1";
const sentKey = "s3:x-amz-server-side-encryption-aws-kms-key-id";

// What the fleet's policies say, the tests of the blueprint know; here is what the component makes of any.
const keyStatement = {
    Sid: "Administer",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    Action: ["kms:DescribeKey"],
    Resource: ["*"],
    reason: "in a key's own policy * is that key",
} as const;
const bucketStatement = {
    Sid: "RefuseOtherKeys",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject"],
    Resource: [`arn:aws:s3:::${bucket}/*`],
    Condition: { ArnNotEquals: { [sentKey]: new Reference("artifactKey") } },
} as const;
const plan = () => ({
    ...planOf(stackFile("retention: { artifactDays: 30 }")).shared.store,
    keyPolicy: [keyStatement],
    bucketPolicy: [bucketStatement],
});
const build = () => {
    const { keyArn, bucket } = new ArtifactStore("artifacts", { plan: plan(), tags }, { protect: true });
    return { keyArn, bucket };
};

describe("ArtifactStore", () => {
    it("registers exactly a key, a bucket and their settings, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "ArtifactStore artifacts protected",
            "  Alias artifacts-alias protected < Key artifacts-key",
            "  Bucket artifacts-bucket protected",
            "  BucketServerSideEncryptionConfiguration artifacts-encryption protected < Bucket artifacts-bucket, Key artifacts-key",
            "  Key artifacts-key protected",
            "  BucketLifecycleConfiguration artifacts-lifecycle protected < Bucket artifacts-bucket, BucketVersioning artifacts-versioning",
            "  BucketOwnershipControls artifacts-ownership protected < Bucket artifacts-bucket, BucketPolicy artifacts-policy",
            "  BucketPolicy artifacts-policy protected < Bucket artifacts-bucket, BucketPublicAccessBlock artifacts-public-access, Key artifacts-key",
            "  BucketPublicAccessBlock artifacts-public-access protected < Bucket artifacts-bucket",
            "  BucketVersioning artifacts-versioning protected < Bucket artifacts-bucket",
        ]);
    });

    it("makes a key that is rotated, and hard to lose", async () => {
        const { policy, ...key } = inputsOf(await registered(build), "Key");
        assert.deepEqual(key, {
            description: "Artifacts, build logs and approvals of shop--fleet",
            enableKeyRotation: true,
            deletionWindowInDays: 30,
            tags,
        });
        assert.equal(typeof policy, "string");
    });

    it("gives the key exactly the policy of the plan, without its reasons", async () => {
        const policy = JSON.parse(String(inputsOf(await registered(build), "Key").policy)) as unknown;
        const { reason, ...statement } = keyStatement;
        assert.match(reason, /key/);
        assert.deepEqual(policy, { Version: "2012-10-17", Statement: [statement] });
    });

    it("keeps versions, encrypted and closed to the public, and not for ever", async () => {
        const { registrations: all, outputs } = await recorded(build);
        const keyArn = outputs.keyArn;
        assert.deepEqual(inputsOf(all, "Bucket"), { bucket, tags });
        assert.deepEqual(inputsOf(all, "BucketVersioning"), { bucket, versioningConfiguration: { status: "Enabled" } });
        assert.deepEqual(inputsOf(all, "BucketOwnershipControls"), {
            bucket,
            rule: { objectOwnership: "BucketOwnerEnforced" },
        });
        assert.deepEqual(inputsOf(all, "BucketPublicAccessBlock"), {
            bucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(inputsOf(all, "BucketServerSideEncryptionConfiguration"), {
            bucket,
            rules: [
                {
                    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
                    bucketKeyEnabled: true,
                },
            ],
        });
        assert.deepEqual(inputsOf(all, "BucketLifecycleConfiguration"), {
            bucket,
            rules: [
                {
                    id: "expire-artifacts",
                    status: "Enabled",
                    filter: { prefix: "" },
                    expiration: { days: 30 },
                    noncurrentVersionExpiration: { noncurrentDays: 30 },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                },
            ],
        });
        const { targetKeyId, ...alias } = inputsOf(all, "Alias");
        assert.deepEqual(alias, { name: "alias/shop--fleet" });
        assert.equal(keyArn, `arn:aws:kms:eu-west-1:111111111111:key/${targetKeyId}`);
    });

    it("gives the bucket exactly the policy of the plan, about the key that is made", async () => {
        const { registrations: all, outputs } = await recorded(build);
        const Condition = { ArnNotEquals: { [sentKey]: outputs.keyArn } };
        assert.match(String(outputs.keyArn), /^arn:aws:kms:eu-west-1:111111111111:key\//);
        assert.deepEqual(inputsOf(all, "BucketPolicy"), {
            bucket,
            policy: { Version: "2012-10-17", Statement: [{ ...bucketStatement, Condition }] },
        });
    });

    it("logs who reads and writes where the stack file says so", async () => {
        const accessLogs = { bucket: "shop-access-logs", prefix: "artifacts/" };
        const all = await registered(() => new ArtifactStore("artifacts", { plan: { ...plan(), accessLogs }, tags }));
        assert.ok(tree(all).includes("  BucketLogging artifacts-logging < Bucket artifacts-bucket"));
        assert.equal(all.length, 11);
        assert.deepEqual(inputsOf(all, "BucketLogging"), {
            bucket,
            targetBucket: "shop-access-logs",
            targetPrefix: "artifacts/",
        });
    });

    it("names its region where that is not the provider's own, on every resource, and refers to its own key", async () => {
        const [keyPolicy, region] = [[keyStatement], "us-east-1"];
        const Condition = { ArnNotEquals: { [sentKey]: new Reference(`artifactKey:${region}`) } };
        const abroad = { ...plan(), region, keyPolicy, bucketPolicy: [{ ...bucketStatement, Condition }] };
        const all = await registered(() => new ArtifactStore("artifacts", { plan: abroad, abroad: true, tags }));
        const made = all.filter(({ custom }) => custom);
        assert.deepEqual([...new Set(made.map(({ inputs }) => inputs.region))], [region]);
        const { policy } = inputsOf(all, "BucketPolicy") as { policy: { Statement: (typeof bucketStatement)[] } };
        assert.match(JSON.stringify(policy.Statement[0].Condition), /arn:aws:kms:us-east-1:/);
    });

    it("tells the bucket's name only with its policy in place", async () => {
        const { outputs } = await recorded(build);
        assert.equal(outputs.bucket, bucket);
        assert.equal((await recorded(build, true)).outputs.bucket, "[unknown]");
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on a key policy about what is made elsewhere", () =>
        assertFails(() => {
            const keyPolicy = [{ ...keyStatement, Resource: [new Reference("vpc")] }];
            return new ArtifactStore("artifacts", { plan: { ...plan(), keyPolicy }, tags });
        }, "the plan refers to vpc, which this stack does not have"));
});
