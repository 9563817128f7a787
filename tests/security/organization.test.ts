import * as assert from "node:assert/strict";
import { chosenPermissions, permissionsJson } from "../../cli/permissions-of";
import { everything, type Policy, type Principal } from "../support/simulation";
import { roles } from "./page";
import { assertPage, deployRoles, others, principalsOf, rowsFor, shopWith, whoMay, type Shop } from "./shop";
import { ask, sealedBy } from "./wishes";

/** In each account a policy of its own, by the same name. */
const boundary = "arn:aws:iam::{account}:policy/most";
const allowing = (...Action: string[]): Policy => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const bound = (policy: Policy) =>
    shopWith(
        () => ({ roles: { boundary } }),
        new Map(["111111111111", "222222222222"].map(account => [boundary.replace("{account}", account), policy])),
    );
const serviceOf = (action: string) => action.split(":")[0];

/** A trust policy without the names of its statements; one action as a list of one. */
const trusted = (policy: Policy | undefined) =>
    (policy?.Statement as { Sid?: string; Action: string | string[] }[]).map(({ Sid, Action, ...statement }) => ({
        ...statement,
        Action: [Action].flat(),
    }));

describe("least privilege, with the options of an organization", function () {
    this.timeout(60_000);

    it("is the same for roles with a path, by which the key and the bucket know them", async () => {
        const shop = await shopWith(() => ({ roles: { path: "/delivery/" } }));
        assert.equal(
            shop.access.role("shop--orders--build").arn,
            "arn:aws:iam::111111111111:role/delivery/shop--orders--build",
        );
        await assertPage(shop, principalsOf(shop));
    });

    it("opens nothing to a role that has the name alone, without the path", async () => {
        const { access, around } = await shopWith(() => ({ roles: { path: "/delivery/" } }));
        const impostor: Principal = { arn: "arn:aws:iam::111111111111:role/shop--fleet--seal", policies: [everything] };
        const genuine: Principal = { ...impostor, arn: "arn:aws:iam::111111111111:role/delivery/shop--fleet--seal" };
        const rows = rowsFor(around, {}).filter(({ what }) =>
            ["Sign a seal", "Write seals of orders", "Open artifacts with the key through S3"].includes(what),
        );
        assert.equal(rows.length, 3);
        for (const { what, wish } of rows) {
            assert.deepEqual(await whoMay(access, { impostor, genuine }, wish), ["genuine"], what);
        }
    });

    it("is the same within a boundary that allows everything", async () => {
        const shop = await bound(everything.policy as Policy);
        await assertPage(shop, principalsOf(shop));
    });

    it("takes from every role what its boundary lacks, and from nobody else", async () => {
        const within = ["s3", "kms", "logs"];
        const shop = await bound(allowing(...within.map(service => `${service}:*`)));
        const ofStack = new Set(Object.keys({ ...roles, ...deployRoles }));
        let lost = 0;
        await assertPage(shop, principalsOf(shop), ({ who, wish }) => {
            const all = wish.every(({ action }) => within.includes(serviceOf(action)));
            const left = who.filter(name => all || !ofStack.has(name));
            lost += who.length - left.length;
            return left;
        });
        assert.ok(lost > 20, `${lost} rights`);
    });

    it("takes one right from the one role that had it", async () => {
        const secret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:payments-build-??????";
        const Statement = [
            { Effect: "Allow", Action: "*", Resource: "*" },
            { Effect: "Deny", Action: "secretsmanager:GetSecretValue", Resource: secret },
        ];
        const shop = await bound({ Version: "2012-10-17", Statement });
        const row = "payments build";
        const changed: string[] = [];
        await assertPage(shop, principalsOf(shop), ({ who, wish }) => {
            const [{ action, resource }] = wish;
            const gone = action === "secretsmanager:GetSecretValue" && /:secret:payments-build-\w{6}$/.test(resource);
            if (gone && who.includes(row)) {
                changed.push(row);
            }
            return gone ? who.filter(name => name !== row) : who;
        });
        assert.deepEqual(changed, [row]);
    });

    describe("whose roles somebody else makes", () => {
        let made: Shop;
        let left: Shop;
        before(async () => {
            made = await shopWith(() => ({}));
            const without = await shopWith(() => ({ roles: { existing: true } }));
            left = { ...without, around: made.around };
        });

        /** What stands for what only AWS can name: whoever makes the roles looks it up. */
        const found = (): Readonly<Record<string, string>> => ({
            "<artifactKey>": made.around.artifactKey,
            "<signingKey>": made.around.signingKey,
            "<buildSecurityGroupArn>": made.around.securityGroup,
            "<connection:github>": made.access.arn("Connection", "connection-github"),
            ...Object.fromEntries(made.access.buildSubnets.map((arn, index) => [`<subnetArn:${index}>`, arn])),
        });

        /** The holders as `--permissions --json` prints them, with their placeholders filled. */
        function printed() {
            const names = found();
            return chosenPermissions(left.plan, undefined)
                .map(holder => permissionsJson(holder, left.plan))
                .filter(({ sort }) => sort !== "resource")
                .map(({ placeholders = {}, ...holder }) => {
                    const unknown = Object.keys(placeholders).filter(one => !Object.hasOwn(names, one));
                    assert.deepEqual(unknown, [], holder.name);
                    const text = Object.entries(names).reduce(
                        (all, [placeholder, arn]) => all.replaceAll(placeholder, arn),
                        JSON.stringify(holder),
                    );
                    const filled = JSON.parse(text) as typeof holder;
                    // Of a role in another account the name is its ARN.
                    return { ...filled, name: filled.name.split("/").at(-1) ?? "" };
                });
        }

        it("is the same with the policies that the preview prints", async () => {
            assert.deepEqual(left.access.roleNames, []);
            const byName = new Map(
                printed().map(({ name, arn, policy }): [string, Principal] => [
                    name,
                    { arn: arn ?? "arn:aws:iam::111111111111:role/holder", policies: [{ name, policy }] },
                ]),
            );
            const named = (name: string): Principal => byName.get(name) ?? assert.fail(`nothing is printed of ${name}`);
            await assertPage(left, {
                ...Object.fromEntries(
                    Object.entries({ ...roles, ...deployRoles }).map(([who, name]) => [who, named(name)]),
                ),
                "approvers of staging": named("shop--fleet--approve--staging"),
                "approvers of prod": named("shop--fleet--approve--prod"),
                ...others,
            });
            assert.equal(byName.size, Object.keys({ ...roles, ...deployRoles }).length + 2);
        });

        it("prints exactly the policies and the trust that would be made", () => {
            const names = [made.access, made.ofProd].flatMap(({ roleNames }) => roleNames);
            const ofRoles = printed().filter(({ sort }) => sort === "role");
            assert.deepEqual(ofRoles.map(({ name }) => name).sort(), names.sort());
            for (const { name, arn, policy, trustPolicy } of ofRoles) {
                const access = arn?.includes(":222222222222:") === true ? made.ofProd : made.access;
                assert.deepEqual(policy, access.role(name).policies[0].policy, name);
                assert.deepEqual(trusted(trustPolicy), trusted(access.trusts.get(String(arn))), name);
            }
        });
    });

    it("is the same for artifacts in a further region, with the bucket and the key there", async () => {
        const region = "us-east-1";
        const shop = await shopWith(({ environments }) => ({
            environments: (environments as { name: string }[]).map(one =>
                one.name === "dev" ? { ...one, regions: ["eu-west-1", region] } : one,
            ),
        }));
        assert.deepEqual(
            shop.plan.shared.stores.map(store => store.region),
            [region],
        );
        const principals = principalsOf(shop);
        await assertPage(shop, principals);
        const key = shop.access.arn("Key", "artifacts-us-east-1-key");
        const [{ bucket }] = shop.plan.shared.stores;
        const object = (name: string) => `arn:aws:s3:::${bucket}/${name}`;
        const viaS3 = (at: string) => ({ "kms:ViaService": `s3.${at}.amazonaws.com` });
        for (const [what, wish, who] of [
            [
                "read",
                [ask("s3:GetObject", object("shop--orders/BuildArtif/a")), ask("kms:Decrypt", key, viaS3(region))],
                ["orders pipeline"],
            ],
            [
                "write",
                [
                    ask("s3:PutObject", object("shop--orders/BuildArtif/a"), sealedBy(key)),
                    ask("kms:GenerateDataKey", key, viaS3(region)),
                ],
                ["orders pipeline"],
            ],
            [
                "write with the key of the other region",
                [ask("s3:PutObject", object("shop--orders/BuildArtif/a"), sealedBy(shop.around.artifactKey))],
                [],
            ],
            [
                "read those of payments, which is deployed from here",
                [ask("s3:GetObject", object("shop--payments/BuildArtif/a")), ask("kms:Decrypt", key, viaS3(region))],
                [],
            ],
            ["open with the key there, through S3 here", [ask("kms:Decrypt", key, viaS3("eu-west-1"))], []],
            ["open with the key itself", [ask("kms:Decrypt", key)], []],
            [
                "plain HTTP",
                [ask("s3:GetObject", object("shop--orders/BuildArtif/a"), { "aws:SecureTransport": "false" })],
                [],
            ],
            ["change the key's policy", [ask("kms:PutKeyPolicy", key)], ["administrators"]],
        ] as const) {
            assert.deepEqual([what, await whoMay(shop.access, principals, wish)], [what, who]);
        }
    });
});
