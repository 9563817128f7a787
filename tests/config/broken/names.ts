import { broken } from "../support/broken";

export const names = [
    broken(
        "a placeholder without its end",
        [
            ["shop-{environment}", "shop-{environment"],
            ["        cluster:", "        §cluster:"],
        ],
        "services.orders.deploy.cluster",
        "{environment has no closing brace: write {environment}",
    ),
    broken(
        "a number that is a text",
        [["acme/orders }", "acme/orders, §branch: 1.10 }"]],
        "services.orders.source.branch",
        'expected a text, found the number 1.1; in quotes it is one: "1.10"',
    ),
    broken(
        "the only command, misspelt",
        [["        commands: [npm ci, npm test]", "        §comands: [npm ci, npm test]"]],
        "services.orders.build.comands",
        'unknown key; did you mean "commands"?',
    ),
    broken(
        "env null",
        [["LOG_LEVEL: info", "§LOG_LEVEL:"]],
        "services.orders.build.environment.LOG_LEVEL",
        "expected a text, found nothing (null)",
    ),
    broken(
        "unknown env in suite",
        [["environments: [staging]", "environments: [§stagin]"]],
        "services.orders.suites.integration.environments[0]",
        'unknown environment "stagin"; did you mean "staging"?',
    ),
    broken(
        "dup env",
        [["    - name: staging", "    - §name: dev"]],
        "environments[1].name",
        'duplicate name "dev": environments[0] has it already',
    ),
    broken(
        "placeholder",
        [
            ["shop-{environment}", "shop-{enviroment}"],
            ["        cluster:", "        §cluster:"],
        ],
        "services.orders.deploy.cluster",
        'unknown placeholder {enviroment}; did you mean "{environment}"?',
    ),
    broken(
        "placeholder unknown",
        [
            ["shop-{environment}", "shop-{stage}"],
            ["        cluster:", "        §cluster:"],
        ],
        "services.orders.deploy.cluster",
        'unknown placeholder {stage}; expected one of "{environment}", "{service}", "{account}", "{region}"',
    ),
    broken(
        "env in build",
        [["LOG_LEVEL: info", '§LOG_LEVEL: "{environment}"']],
        "services.orders.build.environment.LOG_LEVEL",
        "{environment} has no meaning here: this is the same for all environments",
    ),
    broken(
        "env placeholder nearly",
        [["LOG_LEVEL: info", '§LOG_LEVEL: "{enviroment}"']],
        "services.orders.build.environment.LOG_LEVEL",
        'unknown placeholder {enviroment}; did you mean "{environment}"?',
    ),
    broken(
        "env map",
        [
            [
                "    - name: dev\n    - name: staging\n      approval: { notify: [release@shop.example] }\n      onFailure: retry\n    - name: prod\n      account",
                "    dev: {}\n    prod:\n      account",
            ],
            ["  service-pipelines:environments", "  §service-pipelines:environments"],
        ],
        "environments",
        "expected a list of at least one environment, each with a `name`, found a map: its order would be lost, and the order is that of promotion",
    ),
    broken(
        "env list of names",
        [["    - name: dev\n", "    - §dev\n"]],
        "environments[0]",
        'expected a map, found "dev"',
    ),
    broken(
        "env null entry",
        [["    - name: dev\n", "    - §null\n"]],
        "environments[0]",
        "expected a map, found nothing (null)",
    ),
    broken(
        "env without name",
        [["    - name: dev\n", "    - §onFailure: stop\n"]],
        "environments[0].name",
        "missing; expected a text",
    ),
    broken(
        "env name upper",
        [["    - name: dev\n", "    - §name: Dev\n"]],
        "environments[0].name",
        'expected a lower-case name of an environment such as "orders-api" (letters, digits, single hyphens), found "Dev"',
    ),
    broken(
        "env name number",
        [["    - name: dev\n", "    - §name: 1\n"]],
        "environments[0].name",
        "expected a text, found the number 1",
    ),
    broken(
        "env name long",
        [["    - name: dev\n", "    - §name: abcdefghijabcdefghijabcdefghijabcdefghij\n"]],
        "environments[0].name",
        'expected at most 32 characters, found 40: "abcdefghijabcdefghijabcdefghijabcdefghij"',
    ),
    broken(
        "no environments",
        [
            [
                '    - name: dev\n    - name: staging\n      approval: { notify: [release@shop.example] }\n      onFailure: retry\n    - name: prod\n      account: "222222222222"\n      deployRoleArn: arn:aws:iam::222222222222:role/deploy\n      approval: { notify: [release@shop.example], timeoutHours: 48 }\n      before: [{ type: window, cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }]\n      after: [{ type: alarm, name: "{service}-5xx", waitMinutes: 10 }]\n      onFailure: rollback\n',
                "",
            ],
            ["  service-pipelines:environments:", "  §service-pipelines:environments: []"],
        ],
        "environments",
        "expected a list of at least one environment, each with a `name`",
    ),
    broken(
        "service fleet",
        [["    drop:\n", "    §fleet:\n"]],
        "services.fleet",
        'expected another name, found "fleet", which stands for what all services share',
    ),
    broken(
        "suite build",
        [["smoke: {", "§build: {"]],
        "services.orders.suites.build",
        'expected a name of its own, found "build", which the pipeline or a deploy has',
    ),
    broken(
        "suite deploy",
        [["smoke: {", "§deploy: {"]],
        "services.orders.suites.deploy",
        'expected a name of its own, found "deploy", which the pipeline or a deploy has',
    ),
    broken(
        "service upper",
        [["    drop:\n", "    §Drop:\n"]],
        "services.Drop",
        'expected a lower-case name of a service such as "orders-api" (letters, digits, single hyphens), found "Drop"',
    ),
    broken(
        "service double",
        [["    drop:\n", "    §drop--it:\n"]],
        "services.drop--it",
        'expected a lower-case name of a service such as "orders-api" (letters, digits, single hyphens), found "drop--it"',
    ),
    broken(
        "service long",
        [["    drop:\n", "    §abcdefghijabcdefghijabcdefghijabcdefghij:\n"]],
        "services.abcdefghijabcdefghijabcdefghijabcdefghij",
        'expected at most 32 characters, found 40: "abcdefghijabcdefghijabcdefghijabcdefghij"',
    ),
    broken(
        "service long upper",
        [["    drop:\n", "    §ABCdefghijabcdefghijabcdefghijabcdefghij:\n"]],
        "services.ABCdefghijabcdefghijabcdefghijabcdefghij",
        'expected at most 32 characters, found 40: "ABCdefghijabcdefghijabcdefghijabcdefghij"',
    ),
    broken(
        "service number",
        [["    drop:\n", "    §1:\n"]],
        "services.1",
        'expected a lower-case name of a service such as "orders-api" (letters, digits, single hyphens), found "1"',
    ),
    broken(
        "service constructor",
        [["    drop:\n", "    §constructor: {}\n    drop:\n"]],
        "services.constructor.source.repository",
        "missing; expected a text",
    ),
    broken(
        "suite upper",
        [["smoke: {", "§Smoke: {"]],
        "services.orders.suites.Smoke",
        'expected a lower-case name of a suite such as "orders-api" (letters, digits, single hyphens), found "Smoke"',
    ),
    broken(
        "prefix long",
        [["  service-pipelines:prefix: shop", "  §service-pipelines:prefix: shopshopshop"]],
        "prefix",
        'expected at most 10 characters, found 12: "shopshopshop"',
    ),
    broken(
        "prefix upper",
        [["  service-pipelines:prefix: shop", "  §service-pipelines:prefix: Shop"]],
        "prefix",
        'expected lower-case letters, digits and single hyphens, such as "shop", found "Shop"',
    ),
    broken(
        "prefix number",
        [["  service-pipelines:prefix: shop", "  §service-pipelines:prefix: 12"]],
        "prefix",
        'expected lower-case letters, digits and single hyphens, such as "shop", found "12"',
    ),
    broken(
        "prefix null",
        [["  service-pipelines:prefix: shop", "  §service-pipelines:prefix:"]],
        "prefix",
        "expected a text, found nothing (null)",
    ),
    broken(
        "prefix missing",
        [
            ["  service-pipelines:prefix: shop\n", ""],
            ["config", "§config"],
        ],
        "prefix",
        "missing; expected a text",
    ),
    broken(
        "permission env in build",
        [
            [
                "timeoutMinutes: 30",
                'permissions: [{ actions: ["s3:GetObject"], resources: [§"arn:aws:s3:::x-{environment}"], reason: y }]',
            ],
        ],
        "services.orders.build.permissions[0].resources[0]",
        "{environment} has no meaning here: this is the same for all environments",
    ),
    broken(
        "two writers svc",
        [
            [
                'type: cloudformation\n        stack: "drop-{environment}"\n        executionRoleArn: "arn:aws:iam::{account}:role/drop"',
                'type: s3\n        bucket: "shop-{environment}"\n      environments:\n        prod: { deploy: { bucket: shop-api-prod } }',
            ],
            ["        api: { type", "        §api: { type"],
        ],
        "services.web.deploys.api",
        "web in prod writes the s3://shop-api-prod/, which drop in prod (services.drop.environments.prod.deploy) writes too",
    ),
    broken(
        "one env writer",
        [
            ['"shop-{environment}"\n        service', "shop\n        service"],
            ["      deploy:\n        type: ecs", "      §deploy:\n        type: ecs"],
        ],
        "services.orders.deploy",
        "orders in staging writes the ECS service orders of cluster shop in account 111111111111, which orders in dev writes too: use {environment} in its name, or another account",
    ),
    broken(
        "taskRoles unquoted placeholder",
        [['taskRoles: ["arn:aws:iam::{account}:role/orders-task"]', "taskRoles: [§{account}]"]],
        "services.orders.deploy.taskRoles[0]",
        "expected a text, found a map",
    ),
    broken(
        "unquoted placeholder",
        [['cluster: "shop-{environment}"', "§cluster: {environment}"]],
        "services.orders.deploy.cluster",
        'expected a text, found a map; in quotes it is one: "{environment}"',
    ),
    broken(
        "enviroments typo",
        [["service-pipelines:environments", "§service-pipelines:enviroments"]],
        "enviroments",
        'unknown key; did you mean "environments"?',
    ),
    broken(
        "prefix typo",
        [["service-pipelines:prefix", "§service-pipelines:prefx"]],
        "prefx",
        'unknown key; did you mean "prefix"?',
    ),
    broken(
        "boolean env name",
        [["    - name: dev\n", "    - §name: true\n"]],
        "environments[0].name",
        'expected a text, found true; in quotes it is one: "true"',
    ),
    broken(
        "env suite placeholder",
        [["commands: [npm run smoke]", 'commands: [npm run smoke], environment: { §X: "{enviroment}" }']],
        "services.orders.suites.smoke.environment.X",
        'unknown placeholder {enviroment}; did you mean "{environment}"?',
    ),
];
