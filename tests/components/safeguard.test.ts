import * as pulumi from "@pulumi/pulumi";
import * as sns from "@pulumi/aws/sns";
import * as assert from "node:assert/strict";
import { Safeguard } from "../../components/safeguard";
import { planOfStack, platform, fleet } from "../support/spread";
import { Fleet } from "../../components/fleet";
import { assertFails, assertPreviewedAsDeployed, registered, tree } from "../support/recordings";

class Around extends pulumi.ComponentResource {
    constructor() {
        super("service-pipelines:index:Around", "around");
        new sns.Topic("inner", {}, { parent: this });
        this.registerOutputs();
    }
}

const made = (protect: boolean) => () =>
    void new Safeguard("safeguard", { around: [new Around(), new sns.Topic("topic")], protect });
const build = made(true);

describe("Safeguard", () => {
    it("registers exactly itself, protected, to be deleted before all that is around it", async () =>
        assert.deepEqual(tree(await registered(build)), [
            "Around around",
            "  Topic inner",
            "Safeguard safeguard protected < Topic inner, Topic topic",
            "Topic topic",
        ]));

    it("can be deleted where it does not guard", async () =>
        assert.ok(tree(await registered(made(false))).includes("Safeguard safeguard < Topic inner, Topic topic")));

    it("is in every platform, around every resource of it, and protected as it is", async () => {
        const platformWith = (protect: boolean) =>
            registered(
                () =>
                    void new Fleet("fleet", {
                        plan: planOfStack("base", { ...fleet, base: { ...platform, protect } }),
                    }),
            );
        const all = await platformWith(true);
        const safeguard = all.find(({ name }) => name === "safeguard");
        const leaves = all.filter(({ custom }) => custom).map(({ urn }) => urn);
        assert.ok(leaves.length > 40);
        assert.deepEqual(
            leaves.filter(urn => !safeguard?.dependencies.includes(urn)),
            [],
        );
        assert.equal(safeguard?.protect, true);
        const open = await platformWith(false);
        assert.deepEqual(
            open.map(({ name }) => name),
            all.map(({ name }) => name),
        );
        assert.ok(open.every(({ protect }) => protect !== true));
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on two of one name", () =>
        assertFails(() => {
            new Safeguard("safeguard", { around: [], protect: true });
            new Safeguard("safeguard", { around: [], protect: true });
        }, /duplicate URN .*safeguard/));
});
