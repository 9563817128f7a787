import type { AliasArgs, KeyArgs } from "@pulumi/aws/kms";
import { document, shape, tags, to } from "../shape";
import { arnOf, refOnly, type Mappings } from "./mapping";

/**
 * Keys and their aliases.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_KMS.html
 */
export const kms: Mappings = {
    "aws:kms/key:Key": {
        type: "AWS::KMS::Key",
        shape: shape<KeyArgs>(
            [
                "bypassPolicyLockoutSafetyCheck",
                "description",
                "enableKeyRotation",
                "keyUsage",
                "multiRegion",
                "rotationPeriodInDays",
            ],
            {
                customerMasterKeySpec: to("KeySpec"),
                deletionWindowInDays: to("PendingWindowInDays"),
                isEnabled: to("Enabled"),
                policy: document("KeyPolicy"),
                tags,
            },
        ),
        outputs: { id: "${}", keyId: "${}", arn: "${.Arn}" },
    },
    "aws:kms/alias:Alias": {
        type: "AWS::KMS::Alias",
        shape: shape<AliasArgs>(["targetKeyId"], { name: to("AliasName") }),
        outputs: { ...refOnly, name: "${}", arn: arnOf("kms", "${}") },
    },
};
