import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { Names } from "../../blueprint/names";
import type { FleetPlan } from "../../blueprint/plan";
import { pipelineCollisions } from "../../blueprint/rules/collisions";
import { check, fleet } from "./support/changed";
import { ecsService, fleetOf, pipelineOf, stackOf, withPipeline, type Words } from "./support/fleet";

/** What is said of a stack file, without its places. */
const said = (words: Words) => problemLines(stackOf(words).problems).map(line => line.replace(/^\S+ /, ""));

const site = (bucket: string, more: object = {}): Words => ({
    source: { repository: "acme/web" },
    build: { type: "none" },
    deploy: { type: "s3", bucket, ...more },
});
const two = [{ name: "dev" }, { name: "prod" }];

describe("the pipelines of services that are not planned", () => {
    it("fail on a name or a folder that another has", () => {
        const claims = (...services: { name: string; check?: unknown }[]) =>
            pipelineCollisions(services as Parameters<typeof pipelineCollisions>[0], new Names("shop"));
        assert.deepEqual(claims({ name: "a", check: {} }, { name: "b", check: {} }), []);
        const twice = (what: string, of: string) => ({
            path: ["services", of],
            message: `the ${what} of ${of} would be that of ${of} too: choose another name`,
        });
        assert.deepEqual(claims({ name: "a", check: {} }, { name: "b" }, { name: "a", check: {} }), [
            twice("pipeline shop--a", "a"),
            twice("artifact folder shop--a", "a"),
            twice("pipeline shop--a--check", "a"),
            twice("artifact folder shop--a--check", "a"),
        ]);
    });
});

describe("rule one-writer", () => {
    it("fails on two services that write one thing", () => {
        assert.deepEqual(said({ services: { a: site("site"), b: site("site") } }), [
            "services.b.deploy: b in dev writes the s3://site/, which a in dev (services.a.deploy) writes too",
        ]);
        assert.deepEqual(
            said({ services: { a: site("site", { prefix: "a" }), b: site("site", { prefix: "b" }) } }),
            [],
        );
    });

    const root = {};
    const folder = (prefix: string) => ({ prefix });
    const file = (prefix: string) => ({ prefix, extract: false });
    for (const [title, one, other, meeting] of [
        ["a folder below the root", root, folder("app"), "s3://xyz/app/, which lies in the s3://xyz/ that"],
        ["the root above a folder", folder("app"), root, "s3://xyz/, which holds the s3://xyz/app/ that"],
        [
            "a folder in another",
            folder("app"),
            folder("app/v1"),
            "s3://xyz/app/v1/, which lies in the s3://xyz/app/ that",
        ],
        ["an archive below the root", root, file("a.zip"), "s3://xyz/a.zip, which lies in the s3://xyz/ that"],
        [
            "an archive in a folder",
            folder("app"),
            file("app/a.zip"),
            "s3://xyz/app/a.zip, which lies in the s3://xyz/app/ that",
        ],
        ["one archive twice", file("a.zip"), file("a.zip"), "s3://xyz/a.zip, which"],
        ["folders whose names begin alike", folder("app"), folder("app2"), undefined],
        ["an archive called as a folder begins", folder("app"), file("app.zip"), undefined],
        ["archives whose names begin alike", file("a"), file("a.zip"), undefined],
    ] as const) {
        it(`${meeting === undefined ? "passes" : "fails on"} ${title}`, () => {
            assert.deepEqual(
                said({ services: { a: site("xyz", one), b: site("xyz", other) } }),
                meeting === undefined
                    ? []
                    : [`services.b.deploy: b in dev writes the ${meeting} a in dev (services.a.deploy) writes too`],
            );
        });
    }

    it("passes folders of buckets whose names begin alike", () => {
        assert.deepEqual(said({ services: { a: site("site"), b: site("site2", { prefix: "a" }) } }), []);
    });

    it("fails on two environments of one service of which one holds the other", () => {
        const a = { ...site("xyz"), environments: { prod: { deploy: { prefix: "prod" } } } };
        assert.deepEqual(said({ environments: two, services: { a } }), [
            "services.a.environments.prod.deploy: a in prod writes the s3://xyz/prod/, which lies in the s3://xyz/ that a in dev writes too: use {environment} in its name, or another account",
        ]);
    });

    it("fails on two environments of one service that write one thing", () => {
        assert.deepEqual(said({ environments: two, services: { a: site("site") } }), [
            "services.a.deploy: a in prod writes the s3://site/, which a in dev writes too: use {environment} in its name, or another account",
        ]);
        assert.deepEqual(said({ environments: two, services: { a: site("site-{environment}") } }), []);
    });

    it("tells once what two environments repeat", () => {
        const three = [...two, { name: "third" }];
        assert.equal(said({ environments: three, services: { a: site("site") } }).length, 1);
        assert.equal(
            said({ environments: two, services: { a: site("s-{environment}"), b: site("s-{environment}") } }).length,
            1,
        );
    });

    it("passes one name in two accounts, and fails in one", () => {
        const prod = {
            name: "prod",
            account: "222222222222",
            deployRoleArn: "arn:aws:iam::222222222222:role/deploy",
        };
        const a = { ...ecsService("a"), deploy: { type: "ecs", cluster: "shop", service: "a", taskRoles: [] } };
        assert.deepEqual(said({ environments: [{ name: "dev" }, prod], services: { a } }), []);
        assert.deepEqual(said({ environments: two, services: { a } }), [
            "services.a.deploy: a in prod writes the ECS service a of cluster shop in account 111111111111, which a in dev writes too: use {environment} in its name, or another account",
        ]);
    });
});

describe("rules of names", () => {
    const [api] = pipelineOf(fleet, "orders-api").components;
    assert.ok(api.component === "BuildProject");

    it("pass services whose names begin alike", () => {
        assert.deepEqual(check("physical-names", fleet), []);
        assert.deepEqual(check("logical-names", fleet), []);
    });

    const changed = (change: object): FleetPlan =>
        withPipeline(fleet, () => ({
            components: [{ ...api, logicalName: "other", physicalName: "other", roleName: "other", ...change }],
        }));
    const path = ["services", "orders-api"];

    it("fail on two roles of one name, whatever its case", () => {
        assert.deepEqual(check("physical-names", changed({ roleName: api.roleName.toUpperCase() })), [
            {
                path,
                message:
                    "the role shop--orders-api--build of project shop--orders-api--build would be that of project other too: choose another name",
            },
        ]);
    });

    it("fail on two projects of one name", () => {
        assert.deepEqual(check("physical-names", changed({ physicalName: api.physicalName })), [
            {
                path,
                message:
                    "the BuildProject shop--orders-api--build of orders-api would be that of orders too: choose another name",
            },
        ]);
    });

    it("fail on two pipelines of one name, and on two that share a folder", () => {
        const { name, folder } = pipelineOf(fleet, "orders-api");
        const claims = check(
            "physical-names",
            withPipeline(fleet, () => ({ name, folder })),
        );
        assert.deepEqual(claims, [
            {
                path,
                message: "the pipeline shop--orders-api of orders-api would be that of orders too: choose another name",
            },
            {
                path,
                message:
                    "the artifact folder shop--orders-api of orders-api would be that of orders too: choose another name",
            },
        ]);
    });

    it("fail on two components of one logical name", () => {
        assert.deepEqual(check("logical-names", changed({ logicalName: api.logicalName })), [
            { path, message: "BuildProject orders-api--build of orders-api would have the URN of orders's" },
        ]);
    });

    it("fail on a deploy that is called as another's second action is", () => {
        const stack = (name: string) => ({
            type: "cloudformation",
            stack: name,
            executionRoleArn: "arn:aws:iam::111111111111:role/cfn",
        });
        const { source, build } = ecsService("orders");
        const deploys = { app: stack("app"), "app-changes": stack("other") };
        assert.deepEqual(said({ services: { orders: { source, build, deploys } } }), [
            'services.orders: two actions of one stage would be called "app-changes": rename the suite or the deploy',
        ]);
    });
});

describe("rules of people", () => {
    const warned = (words: Words) => problemLines(stackOf(words).warnings).map(line => line.replace(/^\S+ /, ""));

    it("approval-nobody-hears-of: warns of an approval that nobody is told of", () => {
        const asking = (notify: string[]) => ({ environments: [{ name: "dev", approval: { notify } }] });
        assert.deepEqual(warned(asking(["a@shop.example"])), []);
        assert.deepEqual(warned(asking([])), [
            "environments: nobody is told that dev waits for approval: name addresses in the approval's `notify`, or a target for `approval-needed` in `notify`",
        ]);
    });

    it("artifacts-outlive-approvals: warns of artifacts that are gone before they are approved", () => {
        const kept = (artifactDays: number) => ({
            retention: { artifactDays, rollbackDays: 1 },
            environments: [{ name: "dev", approval: { notify: ["a@shop.example"], timeoutHours: 240 } }],
        });
        assert.deepEqual(warned(kept(11)), []);
        assert.deepEqual(warned(kept(10)), [
            "retention.artifactDays: artifacts are kept for 10 days, and the approvals of orders may wait for 10 in all: what is approved could be gone",
        ]);
    });

    it("artifacts-outlive-approvals: counts all approvals on the way of one service, of the one that waits longest", () => {
        const asked = (name: string) => ({ name, approval: { notify: ["a@shop.example"], timeoutHours: 240 } });
        const kept = (artifactDays: number) => ({
            retention: { artifactDays, rollbackDays: 1 },
            environments: [asked("staging"), asked("prod")],
            services: {
                api: { ...ecsService("api"), environments: { staging: { skipApproval: "It is an internal tool." } } },
                orders: ecsService("orders"),
            },
        });
        assert.deepEqual(
            warned(kept(21)).filter(line => line.startsWith("retention")),
            [],
        );
        assert.deepEqual(
            warned(kept(20)).filter(line => line.startsWith("retention")),
            [
                "retention.artifactDays: artifacts are kept for 20 days, and the approvals of orders may wait for 20 in all: what is approved could be gone",
            ],
        );
    });
});

describe("rules of words, from the stack file", () => {
    it("fail where the word stands", () => {
        assert.deepEqual(
            said({ prefix: "sthree" }).map(line => line.split(":")[0]),
            ["prefix"],
        );
    });

    it("tag-keys-of-roles: fails on keys that differ in case alone, which other resources would take", () => {
        const tags = { Team: "a", Stage: "b" };
        assert.deepEqual(said({ tags }), []);
        assert.deepEqual(said({ tags: { ...tags, team: "c" } }), [
            'tags.team: "team" is "Team" to IAM, which does not tell upper from lower case in the tags of roles: keep one of them',
        ]);
    });

    it("fail on an approval's text that is too long with what is put before it", () => {
        const asking = (instructions: string) => ({ environments: [{ name: "dev", approval: { instructions } }] });
        assert.deepEqual(said(asking("i".repeat(500))), []);
        const long = {
            environments: [{ name: "d".repeat(32), approval: { instructions: "{environment}".repeat(38) } }],
        };
        assert.deepEqual(said(long), [
            "environments[0].approval: CustomData of the action approve would be 1332 characters long, of at most 1000: shorten what it is made of",
        ]);
    });

    it("fail on a full clone that is deployed as it is", () => {
        const source = { repository: "acme/web", fullClone: true };
        assert.deepEqual(said({ services: { web: { ...site("site"), source } } }), [
            "services.web.deploy: deploy (S3) would get a full clone of the source, which only builds can read: drop `fullClone`, or add a build that hands on the files",
        ]);
        assert.deepEqual(fleetOf({ services: { orders: { ...ecsService("orders"), source } } }).pipelines.length, 1);
    });
});
