import { broken } from "../support/broken";

const stepOf = (text: string): readonly [string, string] => [
    "      suites:\n        integration:\n",
    `      steps:\n        warm:\n          type: lambda\n          when: before\n          function: warm\n          parameters: { stage: "{environment}", text: "${text}" }\n      suites:\n        integration:\n`,
];

/** One mistake that used to be, or could be, told several times: by all that follows from it. */
export const cascades = [
    broken(
        "a service's source by another name",
        [
            [
                'source: { repository: acme/web, paths: ["web/**"] }',
                '§soruce: { repository: acme/web, paths: ["web/**"] }',
            ],
        ],
        "services.web.soruce",
        'unknown key; did you mean "source"?',
    ),
    broken(
        "a service's deploy by another name, where suites and an environment rest on it",
        [
            ["      deploy:\n        type: ecs\n", "      §delpoy:\n        type: ecs\n"],
            [
                "prod: { approval: { timeoutHours: 24 } }",
                "prod: { approval: { timeoutHours: 24 }, deploy: { cluster: prod } }",
            ],
        ],
        "services.orders.delpoy",
        'unknown key; did you mean "deploy"?',
    ),
    broken(
        "no deploy, where suites name environments",
        [
            [
                '      deploy:\n        type: ecs\n        cluster: "shop-{environment}"\n        service: orders\n        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]\n',
                "",
            ],
            ["    orders:\n      source", "    §orders:\n      source"],
        ],
        "services.orders",
        "no environment deploys it: expected `deploy`, for all environments or below `environments`; one that is only built, or that steps alone deploy, says `deploy: { type: none }`",
    ),
    broken(
        "a created network by another name",
        [["    create: { cidrBlock", "    §craete: { cidrBlock"]],
        "network.craete",
        'unknown key; did you mean "create"?',
    ),
    broken(
        "the word type misspelt, where there is a usual type",
        [["{ type: s3, bucket: shop-drops", "{ §tyep: s3, bucket: shop-drops"]],
        "services.drop.source.tyep",
        'unknown key; did you mean "type"?',
    ),
    broken(
        "the type left out of a source that is none of the usual type",
        [["source: { type: s3, bucket: shop-drops", "§source: { bucket: shop-drops"]],
        "services.drop.source.type",
        'missing; expected "s3": connection, which it is without, has no key "bucket"',
    ),
    broken(
        "the type left out of an exception that means another deploy",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §deploy: { bucket: shop-orders } }"]],
        "services.orders.environments.prod.deploy.type",
        'missing; expected "s3": ecs, which it is without, has no key "bucket"',
    ),
    broken(
        "the type left out of a suite that is none of the usual type",
        [
            [
                "smoke: { after: deploy, commands: [npm run smoke], needs: [] }",
                "§smoke: { after: deploy, thresholds: {} }",
            ],
        ],
        "services.orders.suites.smoke.type",
        'missing; expected "inspector-scan": codebuild, which it is without, has no key "thresholds"',
    ),
    broken(
        "the type left out of a default build that has the keys of none",
        [["build: { compute: small }", "build: { §tipe: codebuild, compute: small }"]],
        "defaults.build.tipe",
        'unknown key; did you mean "type"?',
    ),
    broken(
        "the word after misspelt in a suite of environments",
        [
            [
                "          after: deploy\n          environments: [staging]\n",
                '          §afetr: deploy\n          environments: [staging]\n          environment: { STAGE: "{environment}" }\n',
            ],
        ],
        "services.orders.suites.integration.afetr",
        'unknown key; did you mean "after"?',
    ),
    broken(
        "a suite of environments that does not say when",
        [
            [
                "          after: deploy\n          environments: [staging]\n",
                '          §environments: [staging]\n          environment: { STAGE: "{environment}" }\n',
            ],
        ],
        "services.orders.suites.integration.environments",
        "a suite without `after: deploy` runs once, before any environment: add `after: deploy`, or drop `environments`",
    ),
    broken(
        "one text that is too long in every environment, told at its longest",
        [stepOf("x".repeat(1000)), ["        warm:", "        §warm:"]],
        "services.orders.steps.warm",
        "UserParameters of the action warm would be 1029 characters long, of at most 1000: shorten what it is made of",
    ),
    broken(
        "a credential in a name that is also the same in all environments",
        [['cluster: "shop-{environment}"', "§cluster: ghp_0123456789012345678901234567890123456"]],
        "services.orders.deploy.cluster",
        "looks like a GitHub token in plain text: keep it in Secrets Manager or SSM and name it in `secrets`, and replace it where it is valid",
        "ghp_0123456789012345678901234567890123456",
    ),
    broken(
        "a credential as the name of what there is not",
        [["needs: [api] }", "needs: [§ghp_0123456789012345678901234567890123456] }"]],
        "services.web.deploys.site.needs[0]",
        "looks like a GitHub token in plain text: keep it in Secrets Manager or SSM and name it in `secrets`, and replace it where it is valid",
        "ghp_0123456789012345678901234567890123456",
    ),
    broken(
        "a very long name of what there is not",
        [
            [
                "source: { repository: acme/orders }",
                `source: { repository: acme/orders, §connection: ${"x".repeat(1000)} }`,
            ],
        ],
        "services.orders.source.connection",
        `unknown connection "${"x".repeat(59)}… expected one of "github"`,
    ),
    broken(
        "a report without its files",
        [["reports: { junit: reports/junit.xml }", "reports: { §junit: { baseDirectory: reports } }"]],
        "services.orders.build.reports.junit.files",
        "missing; expected a text or a list",
    ),
    broken(
        "a reason of blanks for what a safety is dropped",
        [["prod: { approval: { timeoutHours: 24 } }", 'prod: { §skipApproval: " " }']],
        "services.orders.environments.prod.skipApproval",
        'expected a text, not blanks alone, found " "',
    ),
    broken(
        "a branch that a block of YAML ends with a new line",
        [["connection: github, branch: main", 'connection: github, §branch: "main\\n"']],
        "defaults.source.branch",
        'expected a text of one line, not blanks alone, found "main\\n"',
    ),
    broken(
        "a permission on what is no ARN",
        [
            [
                "timeoutMinutes: 30",
                'timeoutMinutes: 30\n        permissions: [{ actions: ["s3:GetObject"], resources: [§shop-orders], reason: It reads. }]',
            ],
        ],
        "services.orders.build.permissions[0].resources[0]",
        'expected an ARN, or "*" where AWS knows no resource, found "shop-orders"',
    ),
    broken(
        "a sixth gate of an environment of three services",
        [
            [
                'after: [{ type: alarm, name: "{service}-5xx", waitMinutes: 10 }]',
                `after: [${["a", "b", "c", "d", "e", "f"].map(name => `{ type: alarm, name: ${name} }`).join(", ")}]`,
            ],
            ["    drop:\n      source", "    §drop:\n      source"],
        ],
        "services.drop",
        "prod has 6 gates after, of at most 5",
    ),
    broken(
        "an environment that a suite names twice",
        [["environments: [staging]", "environments: [staging, §staging]"]],
        "services.orders.suites.integration.environments[1]",
        "names staging twice",
    ),
];
