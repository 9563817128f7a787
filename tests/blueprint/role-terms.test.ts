import * as assert from "node:assert/strict";
import { allRoles } from "../../blueprint/roles";
import { fleetOf, pipelineOf, reference, threeEnvironments } from "./support/fleet";

/** A fleet with roles of all sorts, and what it says of them. */
const made = (roles: object) =>
    fleetOf({
        roles,
        environments: threeEnvironments.map(environment => ({ ...environment, freezable: true })),
        services: {
            orders: {
                ...reference,
                suites: { unit: { buildspec: "ci.yml", batch: true } },
                trigger: { schedule: { cron: "0 6 * * ? *", timeZone: "Europe/Berlin" } },
            },
            drops: {
                source: { type: "s3", bucket: "shop-drops", key: "drops.zip" },
                build: { type: "none" },
                deploy: { type: "s3", bucket: "site-{environment}" },
            },
        },
    });

describe("the terms of roles", () => {
    const fleet = made({
        path: "/delivery/team/",
        boundary: "arn:aws:iam::{account}:policy/most",
        organization: "o-a1b2c3d4e5",
    });

    it("are those of the stack file, in the pipelines' account", () =>
        assert.deepEqual(fleet.roles, {
            home: { account: "111111111111", region: "eu-west-1" },
            path: "/delivery/team/",
            boundary: "arn:aws:iam::111111111111:policy/most",
            organization: "o-a1b2c3d4e5",
            existing: false,
            sessionTags: false,
        }));

    it("are these where the stack file says nothing", () =>
        assert.deepEqual(made({}).roles, {
            home: { account: "111111111111", region: "eu-west-1" },
            path: "/",
            existing: false,
            sessionTags: false,
        }));

    it("put the path into the ARN of every role", () => {
        const roles = allRoles(fleet);
        assert.ok(roles.length > 8);
        for (const { arn, name } of roles) {
            assert.equal(arn, `arn:aws:iam::111111111111:role/delivery/team/${name}`);
        }
    });

    it("put it into everything that names a role of the stack, and change nothing else", () => {
        const text = (all: unknown) => JSON.stringify(all).replaceAll("role/delivery/team/shop--", "role/shop--");
        const plain = made({ organization: "o-a1b2c3d4e5" });
        for (const part of ["pipelines", "shared"] as const) {
            assert.doesNotMatch(JSON.stringify(fleet[part]), /role\/shop--/);
            assert.equal(text(fleet[part]), text(plain[part]));
        }
        assert.match(JSON.stringify(fleet.shared.store.keyPolicy), /role\/delivery\/team\/shop--\*/);
        assert.deepEqual(pipelineOf(fleet).foreignRoles[0].trusts, [
            "arn:aws:iam::111111111111:role/delivery/team/shop--orders--pipeline",
        ]);
    });
});
