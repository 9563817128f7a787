import * as assert from "node:assert/strict";
import { arn } from "../../catalog/arn";
import { problemLines } from "../../config/read";
import { deployRole, ecsService, stackOf, type Words } from "./support/fleet";

const said = (words: Words, region?: string) =>
    problemLines(stackOf(words, region).problems).map(line => line.replace(/^Pulumi\S+ /, ""));

const prod = { name: "prod", account: "222222222222", deployRoleArn: deployRole };
const ecs = (role: string) => ({
    a: { ...ecsService("a"), deploy: { type: "ecs", cluster: "c-{environment}", service: "a", taskRoles: [role] } },
});
const cloudformation = (executionRoleArn: string) => ({
    a: { ...ecsService("a"), deploy: { type: "cloudformation", stack: "a-{environment}", executionRoleArn } },
});

describe("rules of roles", () => {
    it("pass roles of each environment's own account", () => {
        for (const services of [
            ecs("arn:aws:iam::{account}:role/a"),
            cloudformation("arn:aws:iam::{account}:role/a"),
        ]) {
            assert.deepEqual(said({ environments: [{ name: "dev" }, prod], services }), []);
        }
    });

    for (const [kind, services] of [
        ["task role", ecs("arn:aws:iam::111111111111:role/a")],
        ["execution role", cloudformation("arn:aws:iam::111111111111:role/a")],
    ] as const) {
        it(`fail on a ${kind} of another account`, () => {
            assert.deepEqual(said({ environments: [{ name: "dev" }, prod], services }), [
                'services.a.deploy: expected a role of prod\'s account 222222222222, found "arn:aws:iam::111111111111:role/a": a role is passed within its account',
            ]);
        });
    }

    it("fail on roles of another partition", () => {
        // GovCloud has no machines for the image that is built on otherwise.
        const build = { commands: ["npm ci"], image: "aws/codebuild/amazonlinux-x86_64-standard:5.0" };
        const ecsOnIntel = (role: string) => ({ a: { ...ecs(role).a, build } });
        assert.deepEqual(
            said(
                { environments: [{ name: "dev" }], services: ecsOnIntel("arn:aws:iam::{account}:role/a") },
                "us-gov-west-1",
            ),
            [
                'services.a.deploy: expected a role that begins with "arn:aws-us-gov:", as all of us-gov-west-1 do, found "arn:aws:iam::111111111111:role/a"',
            ],
        );
        const right = arn("iam", "role/a", { account: "{account}", region: "us-gov-west-1" }).replace(
            ":us-gov-west-1:",
            "::",
        );
        assert.deepEqual(said({ environments: [{ name: "dev" }], services: ecsOnIntel(right) }, "us-gov-west-1"), []);
        const [line] = said(
            {
                environments: [{ name: "dev" }, prod],
                services: { a: { ...ecsService("a"), build, deploy: { type: "s3", bucket: "a-{environment}" } } },
            },
            "us-gov-west-1",
        );
        assert.equal(
            line,
            `environments: prod: expected a role that begins with "arn:aws-us-gov:", as all of us-gov-west-1 do, found "${deployRole}"`,
        );
    });
});
