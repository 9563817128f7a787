import * as assert from "node:assert/strict";
import type { Properties } from "./support/provider/values";
import { unordered, type StateResource } from "./support/stack";

const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const project = "aws:codebuild/project:Project";
const rule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const arn = "arn:aws:iam::111111111111:role/build";

/** A resource of a state, with the names of those that it waits for. */
function resource(type: string, id: string, inputs: Properties, ...dependencies: readonly string[]): StateResource {
    return { urn: id, type, id, inputs, outputs: { ...inputs, ...(type === role && { arn }) }, dependencies };
}

const found = (...resources: readonly StateResource[]) => unordered({ resources });
const bucketPart = (name: string, ...dependencies: readonly string[]) =>
    resource(`aws:s3/bucket${name}:Bucket${name}`, name, { bucket: "artifacts" }, "bucket", ...dependencies);
const bucket = resource("aws:s3/bucket:Bucket", "artifacts", {});

describe("the search for resources that do not wait", () => {
    it("finds a project that does not wait for its role, or for what the role may do", () => {
        const made = resource(role, "role", {});
        const policy = resource(rolePolicy, "policy", { role: "role" }, "role");
        const build = (...before: readonly string[]) => resource(project, "build", { serviceRole: arn }, ...before);
        assert.deepEqual(found(made, build()), ["build does not wait for role (serviceRole)"]);
        assert.deepEqual(found(made, policy, build("role")), ["build does not wait for policy (serviceRole)"]);
        assert.deepEqual(found(made, policy, build("policy")), []);
    });

    it("finds a project that does not wait for the way out of its network", () => {
        const group = resource("aws:ec2/securityGroup:SecurityGroup", "group", {});
        const out = resource(rule, "out", { securityGroupId: "group" }, "group");
        const build = (...before: readonly string[]) =>
            resource(project, "build", { vpcConfig: { securityGroupIds: ["group"] } }, ...before);
        const said = ["build does not wait for out (vpcConfig.securityGroupIds[0])"];
        assert.deepEqual(found(group, out, build("group")), said);
        assert.deepEqual(found(group, out, build("out")), []);
    });

    it("finds a pipeline that does not wait for the policy of its bucket", () => {
        const policy = resource("aws:s3/bucketPolicy:BucketPolicy", "policy", { bucket: "artifacts" }, "artifacts");
        const pipeline = (...before: readonly string[]) => {
            const inputs = { artifactStores: [{ location: "artifacts" }] };
            return resource("aws:codepipeline/pipeline:Pipeline", "release", inputs, ...before);
        };
        const said = ["release does not wait for policy (artifactStores[0].location)"];
        assert.deepEqual(found(bucket, policy, pipeline("artifacts")), said);
        assert.deepEqual(found(bucket, policy, pipeline("policy")), []);
    });

    it("finds changes of one bucket that run into each other, and rules for versions before there are any", () => {
        const parts = (...before: readonly string[]) => [
            { ...bucket, urn: "bucket" },
            bucketPart("Versioning"),
            bucketPart("PublicAccessBlock"),
            bucketPart("Policy", ...before),
            bucketPart("LifecycleConfiguration", ...before),
        ];
        assert.deepEqual(found(...parts()), [
            "LifecycleConfiguration does not wait for Versioning (bucket)",
            "PublicAccessBlock and Policy change one bucket at the same time",
        ]);
        assert.deepEqual(found(...parts("PublicAccessBlock", "Versioning")), []);
    });
});
