import * as assert from "node:assert/strict";
import type { Statement } from "../../blueprint/policy";
import { allowed, type Request } from "../support/iam";
import { deployRole, home, pipelineOf, roleOf } from "./support/fleet";
import { bucket, fleet, key, role, wishes } from "./support/wishes";

const { keyPolicy, bucketPolicy } = fleet.shared.store;

/** Everything of {@link wishes} that `principal` may, by its own policy and those of the bucket and the key. */
function may(principal: string, own: readonly Statement[]): string[] {
    return Object.entries(wishes)
        .filter(([, [action, resource, context]]) => {
            const request: Request = { principal, action, resource, ...(context && { context }) };
            const policy = resource.startsWith(`arn:aws:s3:::${bucket}`)
                ? { statements: bucketPolicy, account: home.account }
                : resource === key
                  ? { statements: keyPolicy, account: home.account, rules: true }
                  : undefined;
            return allowed(request, own, policy);
        })
        .map(([wish]) => wish);
}

const byRole = (name: string) => may(role(name), roleOf(fleet, name).statements);

const artifactsRead = ["read artifacts"];
const artifactsWritten = ["write artifacts", "write artifacts with the key"];
const keyThroughS3 = ["decrypt through S3", "decrypt through SNS", "encrypt through S3", "look at the key"];
const inNetwork = ["join the network", "lend an interface to CodeBuild"];

describe("who may what", () => {
    const table: Readonly<Record<string, readonly string[]>> = {
        "shop--orders--pipeline": [
            ...artifactsRead,
            ...artifactsWritten,
            ...keyThroughS3,
            "run the build",
            "use the connection",
            "update the service in dev",
            "pass the task role to ECS",
            "assume the deploy role",
            "ask approvers of staging",
            "look at the prod alarm",
        ],
        "shop--orders--build": [
            ...artifactsRead,
            ...artifactsWritten,
            ...keyThroughS3,
            "write build logs",
            "write reports",
            "read npm-token",
            ...inNetwork,
        ],
        "shop--orders--integration": [
            ...artifactsRead,
            ...keyThroughS3,
            "write suite logs",
            "read api-key-dev",
            ...inNetwork,
        ],
        "shop--orders-api--pipeline": [
            "read artifacts of orders-api",
            "write artifacts of orders-api",
            ...keyThroughS3,
            "run the build of orders-api",
            "use the connection",
            "update orders-api in dev",
            "pass the task role of orders-api",
            "assume the deploy role",
            "ask approvers of staging",
            "look at another alarm",
        ],
        "shop--orders-api--build": [
            "read artifacts of orders-api",
            "write artifacts of orders-api",
            ...keyThroughS3,
            "write logs of orders-api",
            ...inNetwork,
        ],
        "shop--web-storefront-a--build": ["read artifacts of web-storefront-a", ...keyThroughS3, ...inNetwork],
        "shop--web-storefront-b--build": ["read artifacts of web-storefront-b", ...keyThroughS3, ...inNetwork],
        "shop--drops--upload": ["start drops"],
        "shop--drops--pipeline": [
            "read artifacts of drops",
            "read the dropped file",
            "deploy files",
            ...keyThroughS3,
            "assume the deploy role",
            "ask approvers of staging",
        ],
    };
    for (const [name, wanted] of Object.entries(table)) {
        it(`${name}: exactly what its service needs`, () => assert.deepEqual(byRole(name), wanted));
    }

    it("whoever holds the policy of an environment's approvers: answer there, and look", () => {
        const policies = fleet.shared.approvals.map(({ environment, statements }) => [
            environment,
            may(role("release-managers"), statements),
        ]);
        assert.deepEqual(policies, [
            ["staging", ["see orders", "approve staging of orders"]],
            ["prod", ["see orders", "approve prod of orders", "approve prod of orders-api"]],
        ]);
    });

    it("the deploy role, as the plan says it must be: read what orders made, and change prod", () => {
        const [{ statements }, ...none] = pipelineOf(fleet).foreignRoles;
        assert.deepEqual(none, []);
        assert.deepEqual(may(deployRole, statements), [
            "read artifacts",
            "list artifacts",
            "decrypt through S3",
            "look at the key",
            "update the service in prod",
        ]);
    });

    const everything: Statement[] = [{ Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] }];
    const refused = (principal: string) =>
        Object.keys(wishes).filter(wish => !may(principal, everything).includes(wish));
    const neverWritten = [
        "write artifacts with another key",
        "write artifacts with the account's key",
        "write artifacts with S3's key",
    ];

    it("an administrator of the account: not open artifacts, nor put others among them", () => {
        assert.deepEqual(refused(role("admin")), [
            "read artifacts over plain HTTP",
            ...neverWritten,
            "decrypt through S3",
            "decrypt through SNS",
            "decrypt by itself",
            "decrypt through S3 elsewhere",
            "encrypt through S3",
            "grant the key",
        ]);
    });

    it("a role of another account: nothing, whatever its own policy says", () => {
        const own = may("arn:aws:iam::222222222222:role/other", everything);
        const ours = Object.entries(wishes).filter(
            ([, [, resource]]) => resource.startsWith(`arn:aws:s3:::${bucket}`) || resource === key,
        );
        assert.deepEqual(
            ours.map(([wish]) => wish).filter(wish => own.includes(wish)),
            [],
        );
    });

    it("a role of another fleet that is called alike: not the key", () => {
        const own = may(role("shop-dev--orders--pipeline"), everything);
        assert.equal(own.includes("decrypt through S3"), false);
    });
});
