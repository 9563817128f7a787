import * as assert from "node:assert/strict";
import type { QuotaOfPlace } from "../../../blueprint/stacks/quotas";
import { stacksRules } from "../../../blueprint/stacks/rules";
import { filesIn } from "../../../config/from-file";
import { problemLines } from "../../../config/read";
import { inFolder } from "../../support/stack-files";
import { both, fleet, platform, site, standing, wrong, type Stacks } from "./support";

const other = (stack: Stacks[string], words: object): Stacks[string] => ({ ...(stack as object), ...words });
const inAccount = (id: string) => ({ "aws:allowedAccountIds": [id] });
const inFrankfurt = { "aws:region": "eu-central-1" };

const dev = both("shop", ["web"]);
const deployRoles = `{ environments: [{ name: prod, account: "333333333333", deployRoles: create }] }`;
const packages = (domain: string, repository = "npm") =>
    `{ packages: { domain: ${domain}, repositories: { ${repository}: { externalConnection: "public:npmjs" } } } }`;
const acme = `{ existing: acme, owner: "333333333333" }`;
const jenkins = (version: string) =>
    `{ customActions: { ci: { category: build, provider: Jenkins, version: "${version}", jenkins: "https://ci.shop.example" } } }`;

describe("rules of all stacks", () => {
    const cases: readonly (readonly [title: string, stacks: Stacks, expected: readonly string[]])[] = [
        ["two prefixes in one account", { dev, prod: both("other", ["web"]) }, []],
        [
            "one prefix in one account",
            { dev, prod: other(both("shop", ["shop"]), {}) },
            [
                `prefix: "shop" is the prefix of the stack dev in account 111111111111, too, and both would make the bucket shop--fleet--artifacts-111111111111-eu-west-1, among others: choose another prefix`,
            ],
        ],
        [
            "one prefix in two regions of one account, whose roles have one name",
            { dev, prod: other(both("shop", ["shop"]), inFrankfurt) },
            [
                `prefix: "shop" is the prefix of the stack dev in account 111111111111, too, and both would make the role shop--fleet--seal, among others: choose another prefix`,
            ],
        ],
        ["one prefix in two accounts", { dev, prod: other(both("shop", ["shop"]), inAccount("222222222222")) }, []],
        ["one prefix of a platform and the stacks on it", fleet, []],
        [
            "one prefix of a platform and a stack beside it, once",
            { ...fleet, prod: both("shop", ["shop"]) },
            [
                `prefix: "shop" is the prefix of the stack base in account 111111111111, too, and both would make the bucket shop--fleet--artifacts-111111111111-eu-west-1, among others: choose another prefix`,
            ],
        ],
        [
            "deploy roles of one name in a third account",
            {
                dev: both("shop", ["web"], deployRoles),
                prod: other(both("shop", ["web"], deployRoles), {
                    ...inAccount("222222222222"),
                    services: { web: site("elsewhere") },
                }),
            },
            [
                "prefix: both this stack and dev would have the role shop--web--deploy-prod in account 333333333333, made by `deployRoles: create`: choose another prefix",
            ],
        ],
        [
            "deploy roles of two services in a third account",
            {
                dev: both("shop", ["web"], deployRoles),
                prod: other(both("shop", ["shop"], deployRoles), inAccount("222222222222")),
            },
            [],
        ],
        [
            "one package domain that both make",
            { dev: both("a", ["web"], packages("acme")), prod: both("b", ["web"], packages("acme")) },
            [
                "packages: the CodeArtifact domain acme is made by the stack dev, too: let one of them make it, and the other name it",
            ],
        ],
        [
            "one package domain in each of two regions",
            {
                dev: both("a", ["web"], packages("acme")),
                prod: other(both("b", ["web"], packages("acme")), inFrankfurt),
            },
            [],
        ],
        [
            "two package domains",
            { dev: both("a", ["web"], packages("acme")), prod: both("b", ["web"], packages("shop")) },
            [],
        ],
        [
            "one repository that both make in a domain that is there, from two accounts",
            {
                dev: both("a", ["web"], packages(acme)),
                prod: other(both("b", ["web"], packages(acme)), inAccount("222222222222")),
            },
            [
                "packages.repositories.npm: the CodeArtifact repository acme/npm is made by the stack dev, too: let one of them make it, and the other name it",
            ],
        ],
        [
            "two repositories in one domain",
            { dev: both("a", ["web"], packages(acme)), prod: both("b", ["web"], packages(acme, "maven")) },
            [],
        ],
        [
            "one custom action that both make",
            { dev: both("a", ["web"], jenkins("1")), prod: both("b", ["web"], jenkins("1")) },
            [
                "customActions.ci: the custom action Build Jenkins 1 is made by the stack dev, too: let one of them make it, and the other name it",
            ],
        ],
        [
            "two versions of a custom action",
            { dev: both("a", ["web"], jenkins("1")), prod: both("b", ["web"], jenkins("2")) },
            [],
        ],
        [
            "one bucket that two stacks deploy to, in whatever account",
            {
                dev: other(both("a", []), { services: { web: site("one") } }),
                prod: other(both("b", []), { services: { shop: site("one") }, ...inAccount("222222222222") }),
            },
            [
                "services.shop.deploy: shop in dev writes the s3://one/, which web in dev of the stack dev (services.web.deploy) writes too",
            ],
        ],
        [
            "one bucket that a stack deploys to, and one on a platform, which is named",
            { ...fleet, prod: other(both("b", []), { services: { shop: site("base-web-dev") } }) },
            [
                "services.shop.deploy: shop in dev writes the s3://base-web-dev/, which web in dev of the stack team-b (services.web.deploy) writes too",
            ],
        ],
        [
            "one bucket of two stacks beside a third, once",
            {
                dev: other(both("a", []), { services: { web: site("one") } }),
                prod: other(both("b", []), { services: { shop: site("one") } }),
                test: both("c", ["web"]),
            },
            [
                "services.shop.deploy: shop in dev writes the s3://one/, which web in dev of the stack dev (services.web.deploy) writes too",
            ],
        ],
        [
            "one name in two regions",
            {
                dev: other(both("a", []), { services: { web: stackOf("one") } }),
                prod: other(both("b", []), { services: { shop: stackOf("one") }, ...inFrankfurt }),
            },
            [],
        ],
        [
            "one name in one region",
            {
                dev: other(both("a", []), { services: { web: stackOf("one") } }),
                prod: other(both("b", []), { services: { shop: stackOf("one") } }),
            },
            [
                "services.shop.deploy: shop in dev writes the CloudFormation stack one in account 111111111111, eu-west-1, which web in dev of the stack dev (services.web.deploy) writes too",
            ],
        ],
    ];

    for (const [title, stacks, expected] of cases) {
        it(`${expected.length === 0 ? "pass" : "fail on"} ${title}`, () => {
            const lines = wrong(stacks);
            assert.deepEqual(
                lines.map(line => line.replace(/^Pulumi\.prod\.yaml:\d+:\d+ /, "")),
                expected,
            );
        });
    }

    /** What the rule `name` says of IAM roles, of which two stacks take `used` together. */
    const said = (name: string, used: number) =>
        inFolder({ base: platform(), team: standing(["web"]) }, folder => {
            const files = filesIn(folder);
            const sources = files.stacks().flatMap(stack => files.read(stack) ?? []);
            const quota: QuotaOfPlace = {
                account: "111111111111",
                what: "IAM roles in the account",
                used,
                limit: 1000,
                adjustable: true,
                most: 5000,
                source: "https://docs.aws.amazon.com/iam",
                stacks: [
                    { stack: "team", used: used - 5, path: ["services"] },
                    { stack: "base", used: 5, path: ["services"] },
                ],
            };
            const fleets = [{ source: sources[0], files: new Map(sources.map(source => [source.stack, source])) }];
            const rule = stacksRules.find(one => one.name === name);
            return problemLines(rule?.check({ fleets, quotas: [quota] }) ?? []);
        });

    const place = "Pulumi.team.yaml:7:3 services: account 111111111111:";

    it("quota-of-all-headroom: passes below four fifths, warns from there on, in the file of whoever takes most", () => {
        assert.deepEqual(said("quota-of-all-headroom", 799), []);
        assert.deepEqual(said("quota-of-all-headroom", 800), [
            `${place} 800 of 1000 IAM roles in the account (team 795, base 5), beside what else is there: ask AWS to raise it in time (https://docs.aws.amazon.com/iam)`,
        ]);
        assert.deepEqual(said("quota-of-all-headroom", 5000), [
            `${place} 5000 of 1000 IAM roles in the account (team 4995, base 5), beside what else is there: ask AWS to raise it before \`pulumi up\` (https://docs.aws.amazon.com/iam)`,
        ]);
        assert.deepEqual(said("quota-of-all-headroom", 5001), []);
    });

    it("quota-of-all-exceeded: passes what AWS still raises, fails on one more", () => {
        assert.deepEqual(said("quota-of-all-exceeded", 5000), []);
        assert.deepEqual(said("quota-of-all-exceeded", 5001), [
            `${place} 5001 IAM roles in the account (team 4996, base 5), of at most 5000, beyond which AWS does not go: spread the services over several accounts (https://docs.aws.amazon.com/iam)`,
        ]);
    });

    it("have names of their own", () => {
        const names = stacksRules.map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
    });
});

/** A service that is deployed as the CloudFormation stack `name`. */
function stackOf(name: string) {
    return {
        ...site(),
        deploy: {
            type: "cloudformation",
            stack: name,
            template: "t.yaml",
            executionRoleArn: "arn:aws:iam::111111111111:role/cloudformation",
        },
    };
}
