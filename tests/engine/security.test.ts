import * as assert from "node:assert/strict";
import { comesUp } from "./support/coming-up";
import { needsEngine } from "./support/stack";

describe("a stack with everything on that keeps a fleet secure", function () {
    needsEngine(this);
    const { sandbox } = comesUp("security", own => own.seed("aws:iam/policy:Policy", { name: "delivery-boundary" }));

    it("has a store and a key of its own in each region, and one key that signs", () => {
        const { cloud } = sandbox();
        assert.equal(cloud.list("aws:s3/bucket:Bucket").length, 2);
        assert.equal(cloud.list("aws:kms/key:Key").length, 3);
    });

    it("gives every role the path and the boundary", () => {
        const roles = sandbox().cloud.list("aws:iam/role:Role");
        assert.ok(roles.length > 10);
        for (const role of roles) {
            assert.match(
                JSON.stringify(role),
                /\/delivery\/.*policy\/delivery-boundary|policy\/delivery-boundary.*\/delivery\//,
            );
        }
    });
});
