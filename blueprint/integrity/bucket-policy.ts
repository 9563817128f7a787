import { s3Arn } from "../../catalog/arn";
import { functionName } from "../functions";
import type { Ground } from "../place";
import type { Statement } from "../policy";
import { roleArn } from "../role-terms";
import { sealKey } from "./actions";
import { sealFolder } from "./functions";

/**
 * Nobody but the role of `seal` writes, changes or removes a seal in the bucket of `ground`, whatever their own policy says.
 * What expires, S3 itself removes: no policy holds it back.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-and-other-bucket-config.html
 */
export const sealsBySealAlone = (ground: Ground): Statement => ({
    Sid: "RefuseSealsOfOthers",
    Effect: "Deny",
    Principal: "*",
    Action: [
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
    Resource: [`${s3Arn(ground.bucket, ground.home.region)}/${sealFolder}*`],
    Condition: {
        ArnNotEquals: { "aws:PrincipalArn": roleArn(ground.roles, functionName(ground, sealKey)) },
    },
});
