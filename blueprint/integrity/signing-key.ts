import { iamArn } from "../../catalog/arn";
import type { Ground } from "../place";
import type { FunctionPlan, SigningKeyPlan } from "../plan";
import type { Statement } from "../policy";
import { sealKey, verifyKey } from "./actions";

/** What whoever looks after a key does with it: one rotates, and one that signs, which cannot, has a public half that anybody may check a seal with. */
export const administration = (rotates: boolean) => [
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

/**
 * The key that signs seals, where one of `functions` seals. Its policy names each role in full: no pattern matches a second
 * one, and the account's administrators, who may change the policy, cannot sign without doing so in sight of CloudTrail.
 *
 * The principal is the account, narrowed to the role: of a role that is made later KMS knows nothing yet.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function signingKeyOf(ground: Ground, functions: readonly FunctionPlan[]): SigningKeyPlan | undefined {
    const roleOf = (key: string) => functions.find(one => one.key === key)?.role.arn;
    const seal = roleOf(sealKey);
    if (seal === undefined) {
        return undefined;
    }
    const verify = roleOf(verifyKey);
    const root = { AWS: iamArn("root", ground.home) };
    const only = (Sid: string, Action: readonly string[], role: string): Statement => ({
        Sid,
        Effect: "Allow",
        Principal: root,
        Action,
        Resource: ["*"],
        reason: "in a key's own policy * is that key",
        Condition: { ArnEquals: { "aws:PrincipalArn": role } },
    });
    return {
        alias: `alias/${ground.names.shared(250, "signing")}`,
        policy: [
            {
                Sid: "AdministerByAccount",
                Effect: "Allow",
                Principal: root,
                Action: administration(false),
                Resource: ["*"],
                reason: "in a key's own policy * is that key",
            },
            only("SignBySeal", ["kms:Sign"], seal),
            ...(verify === undefined ? [] : [only("CheckByVerify", ["kms:Verify"], verify)]),
        ],
    };
}
