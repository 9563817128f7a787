import * as assert from "node:assert/strict";
import { Output, output } from "@pulumi/pulumi";
import { Reference } from "../../catalog/reference";
import { fromNames, resolve } from "../../components/resolve";

describe("resolve", () => {
    it("replaces references where they stand, however deep", () => {
        const handles = fromNames({ vpc: "vpc-1", "subnet:0": "subnet-1" });
        const plan = {
            vpc: new Reference("vpc"),
            list: [{ id: new Reference("subnet:0") }, "plain"],
            rest: { number: 1, no: false, nothing: undefined, none: null, empty: {} },
        };
        assert.deepEqual(resolve(plan, handles), {
            vpc: "vpc-1",
            list: [{ id: "subnet-1" }, "plain"],
            rest: { number: 1, no: false, nothing: undefined, none: null, empty: {} },
        });
    });

    it("keeps what is plain plain, so that no output decides what is made", () => {
        const arn = output("arn");
        const resolved = resolve(
            { name: "orders", key: new Reference("artifactKey") },
            fromNames({ artifactKey: arn }),
        );
        assert.equal(resolved.name, "orders");
        assert.equal(resolved.key, arn);
        assert.ok(Output.isInstance(resolved.key));
    });

    it("takes a user's own key `ref` for a word, not for a reference", () => {
        assert.deepEqual(resolve({ tags: { ref: "vpc" } }, fromNames({})), { tags: { ref: "vpc" } });
    });

    it("leaves the plan as it was", () => {
        const plan = Object.freeze({ ids: Object.freeze([new Reference("vpc")]) });
        resolve(plan, fromNames({ vpc: "vpc-1" }));
        assert.deepEqual(plan, { ids: [new Reference("vpc")] });
    });

    it("fails on a reference to what the stack does not have", () => {
        assert.throws(() => resolve([new Reference("connection:github")], fromNames({ vpc: "vpc-1" })), {
            message: "the plan refers to connection:github, which this stack does not have",
        });
    });
});
