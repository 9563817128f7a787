import * as assert from "node:assert/strict";
import { Reference } from "../../catalog/reference";
import { deployRole, fleetOf, reference, threeEnvironments } from "./support/fleet";

const fleet = fleetOf({ environments: threeEnvironments, services: { orders: reference } });
const plain = fleetOf();
const other = { AWS: ["arn:aws:iam::222222222222:root"] };
const bucket = "arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1";
const byDeploy = { ArnEquals: { "aws:PrincipalArn": [deployRole] } };

describe("the artifact bucket's policy", () => {
    const header = "s3:x-amz-server-side-encryption";
    const deny = (Sid: string, Action: string[], Resource: string[], Condition: object) => ({
        Sid,
        Effect: "Deny",
        Principal: "*",
        Action,
        Resource,
        Condition,
    });

    const ofSeals = deny(
        "RefuseSealsOfOthers",
        [
            "s3:BypassGovernanceRetention",
            "s3:DeleteObject",
            "s3:DeleteObjectTagging",
            "s3:DeleteObjectVersion",
            "s3:DeleteObjectVersionTagging",
            "s3:ObjectOwnerOverrideToBucketOwner",
            "s3:PutObject",
            "s3:PutObjectAcl",
            "s3:PutObjectLegalHold",
            "s3:PutObjectRetention",
            "s3:PutObjectTagging",
            "s3:PutObjectVersionAcl",
            "s3:PutObjectVersionTagging",
            "s3:ReplicateDelete",
            "s3:ReplicateObject",
            "s3:ReplicateTags",
            "s3:RestoreObject",
        ],
        [`${bucket}/seals/*`],
        { ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/shop--fleet--seal" } },
    );

    const refuseOthers = (accounts: string[]) =>
        deny("RefuseOtherAccounts", ["s3:*"], [bucket, `${bucket}/*`], {
            StringNotEquals: { "aws:PrincipalAccount": accounts },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        });

    it("refuses plain HTTP, another encryption, another key and another account to everybody, and seals to all but the role that makes them", () => {
        assert.deepEqual(plain.shared.store.bucketPolicy, [
            deny("RefusePlainHttp", ["s3:*"], [bucket, `${bucket}/*`], { Bool: { "aws:SecureTransport": "false" } }),
            deny("RefuseOtherEncryption", ["s3:PutObject"], [`${bucket}/*`], {
                StringNotEquals: { [header]: "aws:kms" },
                Null: { [header]: "false" },
            }),
            deny("RefuseOtherKeys", ["s3:PutObject"], [`${bucket}/*`], {
                ArnNotEquals: { [`${header}-aws-kms-key-id`]: new Reference("artifactKey") },
                Null: { [`${header}-aws-kms-key-id`]: "false" },
            }),
            deny("RefuseUnnamedKeys", ["s3:PutObject"], [`${bucket}/shop--*`], {
                Null: { [header]: "false", [`${header}-aws-kms-key-id`]: "true" },
            }),
            refuseOthers(["111111111111"]),
            ofSeals,
        ]);
    });

    it("knows the accounts of deploy roles and of those who read artifacts, each once", () => {
        const prod = { name: "prod", account: "222222222222", deployRoles: "create" };
        const reader = "arn:aws:iam::333333333333:role/instances";
        const more = fleetOf({
            environments: [
                prod,
                { ...prod, name: "other" },
                { name: "ec2", account: "333333333333", deployRoles: "create", artifactReaders: [reader] },
            ],
        });
        const found = more.shared.store.bucketPolicy.find(({ Sid }) => Sid === "RefuseOtherAccounts");
        assert.deepEqual(found, refuseOthers(["111111111111", "222222222222", "333333333333"]));
    });

    it("lets deploy roles read", () => {
        const allow = (Sid: string, Action: string[], Resource: string) => ({
            Sid,
            Effect: "Allow",
            Principal: other,
            Action,
            Resource: [Resource],
            Condition: byDeploy,
        });
        assert.deepEqual(fleet.shared.store.bucketPolicy.slice(5), [
            allow("ReadByDeployRoles", ["s3:GetObject", "s3:GetObjectVersion"], `${bucket}/*`),
            allow(
                "FindByDeployRoles",
                ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:ListBucket"],
                bucket,
            ),
            ofSeals,
        ]);
    });
});
