import { iamArn, type Location } from "../catalog/arn";
import type { Statement } from "./policy";

/** What a statement of a key's own policy speaks of. */
export const keyItself = { Resource: ["*"], reason: "in a key's own policy * is that key" } as const;

/** What whoever looks after a key does with it: one rotates, and one that signs, which cannot, has a public half that anybody may check a seal with. */
const administration = (rotates: boolean) => [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:EnableKey",
    ...(rotates ? ["kms:EnableKeyRotation"] : []),
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    ...(rotates ? [] : ["kms:GetPublicKey"]),
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
];

/** That the account looks after its key, of which `rotates` says whether KMS makes new material for it. */
export const administerByAccount = (home: Location, rotates: boolean): Statement => ({
    Sid: "AdministerByAccount",
    Effect: "Allow",
    Principal: { AWS: iamArn("root", home) },
    Action: administration(rotates),
    ...keyItself,
});
