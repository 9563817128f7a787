import * as assert from "node:assert/strict";
import { comparePermissions } from "../../blueprint/permissions/compare";
import { permissionsOf } from "../../blueprint/permissions/view";
import type { FleetPlan } from "../../blueprint/plan";
import { chosenPermissions, found, permissionsJson, permissionsText } from "../../cli/permissions-of";
import { permissionsChange, permissionsChangeLines } from "../../cli/permissions-change";
import { paintFor } from "../../cli/paint";
import { wrapped } from "../../cli/wrapped";
import { deployRole, ecsService, fleetOf, reference, threeEnvironments, type Words } from "../blueprint/support/fleet";

const paint = paintFor({ isTTY: false });

const services = { orders: reference, web: ecsService("web") };
const fleetWith = (words: Words = {}): FleetPlan => fleetOf({ environments: threeEnvironments, services, ...words });

const named = (fleet: FleetPlan, key: string) => {
    const holder = permissionsOf(fleet).find(one => one.key === key);
    assert.ok(holder, key);
    return holder;
};

/** What `words` change of permissions: what of whom, and whether it is broader. */
const changesBy = (words: Words, before = fleetWith()) =>
    comparePermissions(permissionsOf(before), permissionsOf(fleetWith(words))).map(
        ({ key, change, broader }) => `${change} ${key}${broader ? ": broader" : ""}`,
    );

describe("permissions of a stack", () => {
    const fleet = fleetWith();

    it("are those of every role, of roles that others make, of approvers, and who reaches what all share", () => {
        const keys = permissionsOf(fleet).map(({ key }) => key);
        assert.equal(new Set(keys).size, keys.length);
        for (const key of [
            "role shop--orders--pipeline",
            "role shop--orders--build",
            "role shop--fleet--notify",
            `role ${deployRole}`,
            "policy shop--fleet--approve--prod",
            "key artifacts eu-west-1",
            "bucket shop--fleet--artifacts-111111111111-eu-west-1",
            "queue shop--fleet--notify",
        ]) {
            assert.ok(keys.includes(key), key);
        }
    });

    it("of a role of others are what all services ask of it, with a Sid each", () => {
        const { trust, statements, services: of, existing } = named(fleet, `role ${deployRole}`);
        assert.deepEqual([of, existing], [["orders", "web"], true]);
        assert.deepEqual(trust, [
            {
                Sid: "AssumedByRoles",
                Effect: "Allow",
                Principal: {
                    AWS: ["orders", "web"].map(name => `arn:aws:iam::111111111111:role/shop--${name}--pipeline`),
                },
                Action: ["sts:AssumeRole"],
                Resource: ["*"],
            },
        ]);
        const sids = statements.map(({ Sid }) => Sid);
        assert.equal(new Set(sids).size, sids.length);
        assert.deepEqual(statements.find(({ Sid }) => Sid === "UpdateEcsService")?.Resource, [
            "arn:aws:ecs:eu-west-1:222222222222:service/shop-prod/orders",
            "arn:aws:ecs:eu-west-1:222222222222:service/shop-prod/web",
        ]);
    });

    it("ask for the organization and for session tags in the trust of such a role", () => {
        const roles = { organization: "o-a1b2c3d4e5", sessionTags: true };
        const [{ Action, Condition }] = named(fleetWith({ roles }), `role ${deployRole}`).trust;
        assert.deepEqual(Action, ["sts:AssumeRole", "sts:TagSession"]);
        assert.deepEqual(Condition, { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });
    });

    it("are those of deploy roles that accounts/ makes, each of one service, or that others make", () => {
        const environments = threeEnvironments.map(({ deployRoleArn, ...environment }) => ({
            ...environment,
            ...(deployRoleArn !== undefined && { deployRoles: "create" }),
        }));
        const boundary = "arn:aws:iam::{account}:policy/most";
        const key = "role arn:aws:iam::222222222222:role/shop--web--deploy-prod";
        const fleetOfMade = fleetWith({ environments, roles: { boundary, sessionTags: true } });
        const made = named(fleetOfMade, key);
        assert.deepEqual(
            [made.of, made.services, made.existing, made.boundary],
            ["deploys of web to prod, made by accounts/", ["web"], false, "arn:aws:iam::222222222222:policy/most"],
        );
        assert.deepEqual(made.trust, [
            {
                Sid: "DeployByPipeline",
                Effect: "Allow",
                Principal: { AWS: "arn:aws:iam::111111111111:root" },
                Action: ["sts:AssumeRole", "sts:TagSession"],
                Resource: ["*"],
                Condition: {
                    ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/shop--web--pipeline"] },
                },
            },
        ]);
        assert.deepEqual(made.statements.find(({ Sid }) => Sid === "UpdateEcsService")?.Resource, [
            "arn:aws:ecs:eu-west-1:222222222222:service/shop-prod/web",
        ]);
        assert.equal(chosenPermissions(fleetOfMade, "web").filter(one => one.key.includes(":role/")).length, 1);
        assert.ok(!permissionsText(fleetOfMade, "web", paint).includes("not made here"));
        const others = fleetWith({ environments, roles: { existing: true } });
        assert.deepEqual([named(others, key).of, named(others, key).existing], ["deploys of web to prod", true]);
        assert.match(
            permissionsText(others, "web", paint),
            /--deploy-prod {2}\(deploys of web to prod\) not made here$/m,
        );
    });

    it("of one service are its roles, and of a shared role what it asks of it", () => {
        const own = chosenPermissions(fleet, "web");
        assert.deepEqual(
            own.map(({ key }) => key),
            ["role shop--web--pipeline", "role shop--web--build", `role ${deployRole}`],
        );
        assert.doesNotMatch(JSON.stringify(own), /orders/);
    });

    it("are documents that IAM takes where somebody else makes the role, with what fills their placeholders", () => {
        const roles = { existing: true, boundary: "arn:aws:iam::{account}:policy/most" };
        const other = fleetWith({ roles });
        const shown = permissionsJson(named(other, "role shop--orders--build"), other);
        assert.deepEqual([shown.madeHere, shown.name], [false, "shop--orders--build"]);
        assert.equal(shown.permissionsBoundary, "arn:aws:iam::111111111111:policy/most");
        assert.deepEqual(shown.trustPolicy, {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: "codebuild.amazonaws.com" },
                    Action: ["sts:AssumeRole"],
                    Condition: {
                        StringEquals: { "aws:SourceAccount": "111111111111" },
                        ArnEquals: {
                            "aws:SourceArn": "arn:aws:codebuild:eu-west-1:111111111111:project/shop--orders--build",
                        },
                    },
                    Sid: "AssumedByService",
                },
            ],
        });
        assert.ok(shown.policy.Statement.every(statement => !("reason" in statement)));
        assert.deepEqual(Object.keys(shown.placeholders ?? {}).sort(), [
            "<artifactKey>",
            "<buildSecurityGroupArn>",
            "<subnetArn:0>",
            "<subnetArn:1>",
        ]);
        assert.match(found("<connection:github>", other), /^aws codeconnections list-connections .* github /);
        assert.equal(
            found("<artifactKey:us-east-1>", other),
            "aws kms describe-key --region us-east-1 --key-id alias/shop--fleet --query KeyMetadata.Arn",
        );
        const text = permissionsText(other, "orders", paint);
        assert.match(text, /^role shop--orders--build {2}\(project shop--orders--build\) not made here$/m);
        assert.match(text, /^ {4}its trust policy\n {6}\{\n {8}"Version": "2012-10-17",$/m);
        // No output of the stack names it: it is the functions' alone.
        assert.equal(
            found("<signingKey>", other),
            `aws kms describe-key --region eu-west-1 --key-id ${other.shared.signingKey?.alias} --query KeyMetadata.Arn`,
        );
        assert.match(text, /^ {4}<artifactKey> is found by: aws kms describe-key /m);
    });

    it("are text with a reason for each statement, and no documents of what is made here", () => {
        const text = permissionsText(fleet, "web", paint);
        assert.match(text, /^ {4}RunOwnProjects: the pipeline runs the projects of its own service$/m);
        assert.match(text, /^ {6}only if {2}StringEquals aws:ResourceAccount = 111111111111$/m);
        assert.equal(text.split("its trust policy").length, 2);
        for (const line of text.split("\n").filter(one => !one.startsWith(" ".repeat(6) + " "))) {
            assert.ok(line.length <= 118 || !line.trim().includes(" "), line);
        }
    });
});

describe("a change of permissions", () => {
    const rows: readonly (readonly [title: string, words: Words, changes: readonly string[]])[] = [
        ["nothing", {}, []],
        ["tags", { tags: { team: "a" } }, []],
        [
            "a service that is gone",
            { services: { orders: reference } },
            [`changed role ${deployRole}`, "removed role shop--web--pipeline", "removed role shop--web--build"],
        ],
        [
            "one that is new",
            { services: { ...services, api: ecsService("api") } },
            [
                "added role shop--api--pipeline: broader",
                "added role shop--api--build: broader",
                `changed role ${deployRole}: broader`,
            ],
        ],
        [
            "a permission of the stack file",
            {
                services: {
                    ...services,
                    orders: {
                        ...reference,
                        build: {
                            commands: ["make"],
                            permissions: [
                                { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::libs/*"], reason: "libs" },
                            ],
                        },
                    },
                },
            },
            ["changed role shop--orders--build: broader"],
        ],
        [
            "a reader of artifacts",
            {
                environments: threeEnvironments.map(environment => ({
                    ...environment,
                    ...(environment.name === "dev" && { artifactReaders: ["arn:aws:iam::111111111111:role/reader"] }),
                })),
            },
            [
                "changed key artifacts eu-west-1: broader",
                "changed bucket shop--fleet--artifacts-111111111111-eu-west-1: broader",
            ],
        ],
    ];
    for (const [title, words, changes] of rows) {
        it(`${title}: ${changes.length === 0 ? "none" : changes.length}`, () =>
            assert.deepEqual(changesBy(words).sort(), [...changes].sort()));
    }

    it("is one of each service where deploy roles are made that accounts/ makes", () => {
        const environments = threeEnvironments.map(({ deployRoleArn, ...environment }) => ({
            ...environment,
            ...(deployRoleArn !== undefined && { deployRoles: "create" }),
        }));
        const made = (name: string) => `role arn:aws:iam::222222222222:role/shop--${name}--deploy-prod`;
        const before = fleetWith({ environments });
        assert.deepEqual(
            changesBy({ environments, services: { ...services, api: ecsService("api") } }, before).sort(),
            [
                `added ${made("api")}: broader`,
                "added role shop--api--build: broader",
                "added role shop--api--pipeline: broader",
            ],
        );
    });

    it("marks the boundary that is gone, and not one that is new", () => {
        const roles = { boundary: "arn:aws:iam::aws:policy/PowerUserAccess" };
        assert.ok(changesBy({ roles }).every(change => !change.endsWith("broader")));
        assert.ok(changesBy({}, fleetWith({ roles })).every(change => change.endsWith("broader")));
    });

    it("is told in lines, and marked", () => {
        const after = fleetWith({ services: { ...services, api: ecsService("api") } });
        const change = permissionsChange({ since: "HEAD", plan: fleetWith() }, after, undefined);
        assert.equal(change.broader, true);
        const lines = permissionsChangeLines(change, paint);
        assert.equal(lines[0], "Against HEAD");
        assert.ok(lines.includes("  added    role shop--api--pipeline (pipeline shop--api) broader"));
        assert.ok(lines.includes("    + trust broader"));
    });

    it("is none against the same, and counts as broader against what has problems", () => {
        const same = permissionsChange({ since: "HEAD", plan: fleetWith() }, fleetWith(), undefined);
        assert.deepEqual(permissionsChangeLines(same, paint), ["Against HEAD: no permission changes"]);
        assert.equal(same.broader, false);
        const unknown = permissionsChange({ since: "HEAD" }, fleetWith(), undefined);
        assert.equal(unknown.broader, true);
        assert.match(permissionsChangeLines(unknown, paint)[0], /which has problems/);
    });
});

describe("wrapped lines", () => {
    it("break between words, and keep a word that is too long", () => {
        assert.deepEqual(wrapped("a b", "- ", "  "), ["- a b"]);
        const long = "x".repeat(100);
        assert.deepEqual(wrapped(`${long} ${long} b`, "- ", "  "), [`- ${long}`, `  ${long} b`]);
        assert.deepEqual(wrapped("y".repeat(200), "- ", "  "), [`- ${"y".repeat(200)}`]);
    });
});
