import * as assert from "node:assert/strict";
import type { ResourceValidation, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import * as proxies from "@pulumi/policy/proxy";
import { known } from "../../policy-pack/known";
import { policies, policyOf } from "../../policy-pack/pack";
import { rules } from "../../policy-pack/rules";
import { unknown } from "../../policy-pack/rules/rule";

/** What the engine's values come in; the types of the package leave it out. */
const { unknownCheckingProxy, unknownStringValue } = proxies as unknown as {
    unknownCheckingProxy: (value: object) => object;
    unknownStringValue: string;
};

const queue = "aws:sqs/queue:Queue";
const rule = rules.find(({ name }) => name === "queue-encrypted") ?? assert.fail();
const policy = policyOf(rule);
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

const args = (props: object, configuration: object = {}) =>
    ({
        type: queue,
        name: "it",
        urn: "urn:it",
        props: unknownCheckingProxy(props),
        propertyDependencies: {},
        getConfig: () => configuration,
    }) as unknown as ResourceValidationArgs;

function said(props: object, configuration: object = {}): { resource: string[]; stack: string[] } {
    const [resource, stack]: string[][] = [[], []];
    const one = args(props, configuration);
    void (policy.validateResource as ResourceValidation)(one, message => resource.push(message));
    const all = { resources: [one], getConfig: () => configuration } as unknown as StackValidationArgs;
    void policy.validateStack(all, message => stack.push(message));
    return { resource, stack };
}

const message =
    "it kmsMasterKeyId: expected a key of KMS of your own, or sqsManagedSseEnabled, found nothing: name your key";

describe("policy-pack/pack", () => {
    it("refuses a resource before it is made, and says it once", () => {
        assert.deepEqual(said({}), { resource: [message], stack: [] });
    });

    it("reads through the engine's proxies what is known, and nothing else", () => {
        assert.deepEqual(said({ kmsMasterKeyId: unknownStringValue }), { resource: [], stack: [] });
        const proxy: unknown = unknownCheckingProxy({
            a: [unknownStringValue, { b: 1 }],
            c: unknownStringValue,
            d: null,
        });
        assert.deepEqual(known(proxy), { a: [unknown, { b: 1 }], c: unknown, d: null });
    });

    it("lets an exception pass, and reports one that is not whole or lets nothing pass", () => {
        const exceptions = [{ resource: "it", reason: "a trial", until: tomorrow }];
        assert.deepEqual(said({}, { exceptions }), { resource: [], stack: [] });
        assert.deepEqual(said({ sqsManagedSseEnabled: true }, { exceptions }), {
            resource: [],
            stack: ['queue-encrypted: the exception for "it" lets nothing pass: remove it'],
        });
        assert.deepEqual(said({}, { exceptions: [{ resource: "it", until: tomorrow }] }), {
            resource: [message],
            stack: ['queue-encrypted: exceptions[0] "it" has no `reason`: say why the rule does not hold there'],
        });
    });

    it("says of each rule what it has not looked at yet, and names three at most", () => {
        const lines: string[] = [];
        const resources = ["a", "b", "c", "d"].map(name => ({ ...args({ kmsMasterKeyId: unknownStringValue }), name }));
        const last = policies.at(-1) ?? assert.fail();
        assert.ok("validateStack" in last && last.name === "not-yet-known");
        void last.validateStack({ resources } as unknown as StackValidationArgs, line => lines.push(line));
        assert.deepEqual(lines, [
            "queue-encrypted looks at this once it is deployed: a kmsMasterKeyId, b kmsMasterKeyId, c kmsMasterKeyId, and 1 more",
        ]);
    });

    it("has exceptions, and the rule's own settings, in each rule's schema", () => {
        for (const one of rules) {
            const { properties } = policyOf(one).configSchema ?? assert.fail();
            assert.deepEqual(Object.keys(properties).sort(), ["exceptions", ...Object.keys(one.settings ?? {})].sort());
        }
    });
});
