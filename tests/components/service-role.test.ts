import * as assert from "node:assert/strict";
import { ComponentResource } from "@pulumi/pulumi";
import { Reference } from "../../catalog/reference";
import { serviceRole, type ServiceRoleArgs } from "../../components/service-role";
import { handles, known, terms } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, registered, tree } from "../support/recordings";

const args: ServiceRoleArgs = {
    name: "shop--orders--build",
    description: "Builds orders",
    trust: { service: "codebuild.amazonaws.com" },
    statements: [
        {
            Sid: "UseArtifactKey",
            Effect: "Allow",
            Action: ["kms:Decrypt"],
            Resource: [new Reference("artifactKey")],
            Condition: { StringEquals: { "aws:PrincipalTag/a": "b" } },
            reason: "for people, not for AWS",
        },
    ],
    handles,
    terms,
    tags: { fleet: "shop" },
};

class Owner extends ComponentResource {
    constructor(own: Partial<ServiceRoleArgs> = {}) {
        super("service-pipelines:index:Owner", "orders");
        const { ready } = serviceRole("orders", { ...args, ...own }, { parent: this });
        assert.equal(ready.length, 1);
    }
}
const build = () => new Owner();

describe("serviceRole", () => {
    it("registers exactly a role and its policy, under its owner", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "Owner orders",
            "  RolePolicy orders-policy < Role orders-role",
            "  Role orders-role",
        ]);
    });

    it("grants the statements to the service and nothing else to anybody", async () => {
        const all = await registered(build);
        const trust = { Effect: "Allow", Principal: { Service: "codebuild.amazonaws.com" }, Action: "sts:AssumeRole" };
        assert.deepEqual(inputsOf(all, "Role"), {
            name: "shop--orders--build",
            description: "Builds orders",
            assumeRolePolicy: { Version: "2012-10-17", Statement: [trust] },
            tags: { fleet: "shop" },
        });
        assert.deepEqual(inputsOf(all, "RolePolicy"), {
            name: "shop--orders--build",
            role: "shop--orders--build",
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "UseArtifactKey",
                        Effect: "Allow",
                        Action: ["kms:Decrypt"],
                        Resource: [known.artifactKey],
                        Condition: { StringEquals: { "aws:PrincipalTag/a": "b" } },
                    },
                ],
            },
        });
    });

    it("trusts the service under the condition alone, where there is one", async () => {
        const conditions = { StringEquals: { "aws:SourceAccount": "111111111111" } };
        const trust = { service: "codebuild.amazonaws.com", conditions };
        const all = await registered(() => new Owner({ trust }));
        assert.deepEqual(inputsOf(all, "Role").assumeRolePolicy.Statement[0].Condition, conditions);
    });

    it("has the path and the boundary of all roles", async () => {
        const bound = { ...terms, path: "/delivery/", boundary: "arn:aws:iam::111111111111:policy/most" };
        const { path, permissionsBoundary } = inputsOf(await registered(() => new Owner({ terms: bound })), "Role");
        assert.deepEqual([path, permissionsBoundary], [bound.path, bound.boundary]);
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails without a statement", () =>
        assertFails(
            () => new Owner({ statements: [] }),
            'serviceRole "orders": statements must hold at least one statement, got []',
        ));
});
