import { iamArn } from "../../catalog/arn";
import { administerByAccount, keyItself } from "../key-policies";
import type { Ground } from "../place";
import type { FunctionPlan, SigningKeyPlan } from "../plan";
import type { Statement } from "../policy";
import { sealKey, verifyKey } from "./actions";

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
        ...keyItself,
        Condition: { ArnEquals: { "aws:PrincipalArn": role } },
    });
    return {
        alias: `alias/${ground.names.shared(250, "signing")}`,
        policy: [
            administerByAccount(ground.home, false),
            only("SignBySeal", ["kms:Sign"], seal),
            ...(verify === undefined ? [] : [only("CheckByVerify", ["kms:Verify"], verify)]),
        ],
    };
}
