import * as assert from "node:assert/strict";
import { DeployRole } from "../../components/deploy-role";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const planned = (roles = "") =>
    planOf(
        stackFile(`
        ${roles}
        environments: [{ name: dev }, { name: prod, account: "222222222222", deployRoles: create }]
        services: { web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "site-{environment}" } } }
    `),
    ).deployRoles;
const [plan] = planned();

const build = (of = plan) => {
    const { roleArn } = new DeployRole("web--deploy-prod", { plan: of, tags: { fleet: "shop" } });
    return { roleArn };
};

describe("DeployRole", () => {
    it("registers exactly a role and its policy, both under the component", async () => {
        assert.deepEqual(tree(await registered(() => build())), [
            "DeployRole web--deploy-prod",
            "  RolePolicy web--deploy-prod-policy < Role web--deploy-prod-role",
            "  Role web--deploy-prod-role",
        ]);
    });

    it("is the role of the plan, with its trust, its statements and the tags of the service", async () => {
        const { registrations: all } = await recorded(() => build());
        const { assumeRolePolicy, ...role } = inputsOf(all, "Role");
        assert.deepEqual(JSON.parse(String(assumeRolePolicy)), plan.trust);
        assert.deepEqual(role, {
            name: "shop--web--deploy-prod",
            description: "Deploys web to prod",
            tags: { fleet: "shop", service: "web" },
        });
        const { policy, ...names } = inputsOf(all, "RolePolicy");
        assert.deepEqual(names, { name: "shop--web--deploy-prod", role: "shop--web--deploy-prod" });
        assert.deepEqual(policy, {
            Version: "2012-10-17",
            Statement: plan.statements.map(({ reason, ...statement }) => statement),
        });
    });

    it("has the path and the boundary of the stack file", async () => {
        const [more] = planned('roles: { path: /delivery/, boundary: "arn:aws:iam::{account}:policy/most" }');
        const { registrations: all } = await recorded(() => build(more));
        const { path, permissionsBoundary } = inputsOf(all, "Role") as Record<string, unknown>;
        assert.deepEqual([path, permissionsBoundary], ["/delivery/", "arn:aws:iam::222222222222:policy/most"]);
    });

    it("tells the ARN of the role", async () => {
        const { outputs } = await recorded(() => build());
        // The account of the tests is the pipelines'; of the plan it is the environment's.
        assert.deepEqual(outputs, { roleArn: plan.arn.replace("222222222222", "111111111111") });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(() => build()));

    it("fails beside another role of its name", () =>
        assertFails(() => [build(), build()], /duplicate URN .*DeployRole::web--deploy-prod: a child of the stack/));
});
