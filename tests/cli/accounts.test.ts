import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rolesOfAccount } from "../../blueprint/account";
import { planStack } from "../../blueprint/stack";
import { accountJson, accountLines, accountText } from "../../cli/accounts";
import { projectFolder, UsageError } from "../../cli/options";
import { paintFor } from "../../cli/paint";
import { fleetText } from "../../cli/text";
import { fromFile, stackOf } from "../../config/from-file";
import { planOf, stackFile } from "../support/plans";
import { between } from "./support/lines";

const account = "222222222222";
const fleet = planOf(
    stackFile(`
        environments:
            - { name: dev }
            - { name: stage, account: "${account}", deployRoles: create }
            - { name: prod, account: "333333333333", deployRoles: create }
        services:
            web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "site-{environment}" } }
    `),
);
const without = planOf(stackFile());
const plain = paintFor({});

describe("the deploy roles of an account, before they are made", () => {
    it("are shown with who may assume each, and what it may do on what of which account", () => {
        assert.deepEqual(accountText(fleet, account, ["look"], plain).split("\n"), [
            `shop, stack test, account ${account}: 1 role, for stage`,
            "made by `pulumi up` in accounts/; the pipelines are in account 111111111111, region eu-west-1",
            "",
            "shop--web--deploy-stage (deploys of web to stage)",
            "  is assumed by arn:aws:iam::111111111111:role/shop--web--pipeline",
            "  and may",
            "      read artifacts: s3 GetObject, GetObjectVersion on shop--fleet--artifacts-111111111111-eu-west-1/shop--web/*",
            "      find bucket: s3 GetBucketAcl, GetBucketLocation, GetBucketVersioning, ListBucket on shop--fleet--artifacts-111111111111-eu-west-1",
            "      open artifacts: kms Decrypt on arn:aws:kms:eu-west-1:111111111111:key/*, only if kms:ViaService is s3.eu-west-1.amazonaws.com and kms:EncryptionContext:aws:s3:arn is arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1 or arn:aws:s3:::shop--fleet--artifacts-111111111111-eu-west-1/shop--web/*",
            "      describe artifact key: kms DescribeKey on arn:aws:kms:eu-west-1:111111111111:key/*",
            `      write deployed files: s3 PutObject, PutObjectAcl, PutObjectVersionAcl on site-stage/*, only if aws:ResourceAccount is ${account}`,
            `      find deploy bucket: s3 GetBucketVersioning, GetBucketAcl, GetBucketLocation on site-stage, only if aws:ResourceAccount is ${account}`,
            "",
            "Warnings of the stack",
            "  look",
            "",
        ]);
    });

    it("are shown with the organization that whoever assumes them has to be of", () => {
        const named = {
            ...fleet,
            deployRoles: fleet.deployRoles.map(role => ({
                ...role,
                trust: {
                    ...role.trust,
                    Statement: role.trust.Statement.map(({ Condition, ...rest }) => ({
                        ...rest,
                        Condition: { ...Condition, StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
                    })),
                },
            })),
        };
        assert.match(
            accountText(named, account, [], plain),
            /is assumed by \S+pipeline, if it is of the organization o-a1b2c3d4e5\n/,
        );
    });

    it("are one JSON object, with trust and statements as IAM takes them", () => {
        const { roles, ...rest } = accountJson(fleet, account);
        assert.deepEqual(rest, { stack: "test", account });
        const [{ statements, ...role }] = roles;
        const [plan] = fleet.deployRoles;
        assert.deepEqual(role, {
            name: "shop--web--deploy-stage",
            arn: `arn:aws:iam::${account}:role/shop--web--deploy-stage`,
            path: "/",
            service: "web",
            environment: "stage",
            trusts: ["arn:aws:iam::111111111111:role/shop--web--pipeline"],
            trust: plan.trust,
        });
        assert.deepEqual(statements, plan.statements);
    });

    it("are announced with the fleet, and in the pipelines' own permissions; else there is no word of them", () => {
        const heading = /^Accounts in which/;
        const text = fleetText(fleet, undefined, [], plain);
        assert.deepEqual(between(text.split("\n"), heading, /^$/), [
            "Accounts in which `pulumi up` in accounts/ makes deploy roles, before this stack comes up",
            `  ${account} 1 role, for stage; \`npm start -- --account ${account}\` shows them`,
            "  333333333333 1 role, for prod; `npm start -- --account 333333333333` shows them",
        ]);
        assert.match(text, /role\/shop--web--deploy-stage \(of stage, made by `pulumi up` in accounts\/\) must trust/);
        assert.deepEqual(accountLines(without, plain), []);
    });

    it("are shown with their path and boundary, and whose they are where somebody else makes them", () => {
        const other = {
            ...fleet,
            roles: { ...fleet.roles, existing: true },
            deployRoles: fleet.deployRoles.map(role => ({
                ...role,
                terms: { path: "/delivery/", boundary: `arn:aws:iam::${account}:policy/most` },
            })),
        };
        const lines = accountText(other, account, [], plain).split("\n");
        assert.match(lines[1], /^made by somebody else, as roles\.existing says; the pipelines are in/);
        assert.deepEqual(lines.slice(5, 7), [
            "  has the path /delivery/",
            `  may at most what arn:aws:iam::${account}:policy/most allows`,
        ]);
        const [{ path, permissionsBoundary }] = accountJson(other, account).roles;
        assert.deepEqual([path, permissionsBoundary], ["/delivery/", `arn:aws:iam::${account}:policy/most`]);
        assert.equal(
            accountLines(other, plain)[0],
            "Accounts in which somebody else makes deploy roles, before this stack comes up (roles.existing)",
        );
        assert.match(fleetText(other, undefined, [], plain), /deploy-stage \(of stage, not made here\) must trust/);
    });

    for (const show of [accountText, accountJson]) {
        it(`fails in an account of none: ${show.name}`, () => {
            assert.throws(() => show(fleet, "444444444444", [], plain), UsageError);
        });
    }
});

describe("the stack files of accounts/", () => {
    const folder = join(projectFolder, "accounts");
    const files = readdirSync(folder).filter(file => /^Pulumi\..+\.yaml$/.test(file));

    it("are there", () => assert.ok(files.length > 0));

    for (const file of files) {
        it(`${file}: names a fleet that has roles in its account`, () => {
            const { config } = parse(readFileSync(join(folder, file), "utf8")) as {
                readonly config: Readonly<Record<string, string>>;
            };
            const fleetFile = join(folder, config["service-pipelines-accounts:stackFile"]);
            const { plan } = planStack(fromFile(fleetFile, stackOf(fleetFile)));
            assert.ok(plan);
            const { roles } = rolesOfAccount(plan, config["aws:allowedAccountIds"][0]);
            assert.ok(roles.length > 0);
        });
    }
});
