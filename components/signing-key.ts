import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import type { SigningKeyPlan } from "../blueprint/plan";
import { policyDocument } from "../blueprint/policy";

/** Arguments for {@link SigningKey}. */
export interface SigningKeyArgs {
    readonly plan: SigningKeyPlan;
    readonly tags: Readonly<Record<string, string>>;
}

/**
 * The key that signs the seals of artifacts: an asymmetric one, whose private half never leaves KMS.
 *
 * KMS rotates no asymmetric key. Another key is another resource, and what the one before has signed cannot be verified any
 * more: such releases cannot be gone back to.
 *
 * Creates: `aws.kms.Key` `<name>-key`, `aws.kms.Alias` `<name>-alias`.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class SigningKey extends pulumi.ComponentResource {
    /** ARN of the key. */
    public readonly keyArn: pulumi.Output<string>;

    constructor(name: string, args: SigningKeyArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:SigningKey", name, {}, opts);
        const { plan, tags } = args;
        const child = { parent: this };

        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Signs seals of artifacts of ${plan.alias.replace("alias/", "")}`,
                customerMasterKeySpec: "ECC_NIST_P256",
                keyUsage: "SIGN_VERIFY",
                deletionWindowInDays: 30,
                policy: JSON.stringify(policyDocument(plan.policy)),
                tags,
            },
            child,
        );
        new kms.Alias(`${name}-alias`, { name: plan.alias, targetKeyId: key.keyId }, child);

        this.keyArn = key.arn;
        this.registerOutputs({ keyArn: this.keyArn });
    }
}
