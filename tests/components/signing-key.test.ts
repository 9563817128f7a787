import * as assert from "node:assert/strict";
import type { SigningKeyPlan } from "../../blueprint/plan";
import { policyDocument } from "../../blueprint/policy";
import { SigningKey } from "../../components/signing-key";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const { signingKey } = planOf(stackFile()).shared;
const plan = signingKey as SigningKeyPlan;
const tags = { fleet: "shop" };
const build = () => {
    const { keyArn } = new SigningKey("signing", { plan, tags });
    return { keyArn };
};

describe("SigningKey", () => {
    it("registers exactly a key and its alias, both under the component", async () =>
        assert.deepEqual(tree(await registered(build)), [
            "SigningKey signing",
            "  Alias signing-alias < Key signing-key",
            "  Key signing-key",
        ]));

    it("signs with a key pair that KMS takes 30 days to delete, and rotates nothing, as KMS could not", async () => {
        const { registrations, outputs } = await recorded(build);
        const { policy, ...inputs } = inputsOf(registrations, "Key");
        assert.deepEqual(inputs, {
            description: "Signs seals of artifacts of shop--fleet--signing",
            customerMasterKeySpec: "ECC_NIST_P256",
            keyUsage: "SIGN_VERIFY",
            deletionWindowInDays: 30,
            tags,
        });
        assert.deepEqual(JSON.parse(policy as string), JSON.parse(JSON.stringify(policyDocument(plan.policy))));
        assert.equal(inputsOf(registrations, "Alias").name, "alias/shop--fleet--signing");
        assert.match(String(outputs.keyArn), /^arn:aws:kms:eu-west-1:111111111111:key\//);
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on two keys of one name", () =>
        assertFails(() => {
            build();
            build();
        }, /duplicate URN .*signing/));
});
