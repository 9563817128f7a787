import { services } from "../support/base";
import { broken, deployTypes, sourceTypes } from "../support/broken";

export const kinds = [
    broken(
        "deploy null",
        [
            [
                '      deploy:\n        type: cloudformation\n        stack: "drop-{environment}"\n        executionRoleArn: "arn:aws:iam::{account}:role/drop"',
                "      §deploy:",
            ],
        ],
        "services.drop.deploy",
        "expected a map, found nothing (null)",
    ),
    broken(
        "deploys null",
        [
            [
                '      deploys:\n        api: { type: s3, bucket: "shop-api-{environment}" }\n        site: { type: s3, bucket: "shop-site-{environment}", needs: [api] }',
                "      §deploys:",
            ],
        ],
        "services.web.deploys",
        "expected a map, found nothing (null)",
    ),
    broken(
        "defaults null",
        [
            [
                "  service-pipelines:defaults:\n    source: { type: connection, connection: github, branch: main }\n    build: { compute: small }",
                "  §service-pipelines:defaults:",
            ],
        ],
        "defaults",
        "expected a map, found nothing (null)",
    ),
    broken(
        "environments null (service)",
        [
            ["        prod: { approval: { timeoutHours: 24 } }\n", ""],
            ["      environments:\n    web", "      §environments:\n    web"],
        ],
        "services.orders.environments",
        "expected a map, found nothing (null)",
    ),
    broken(
        "service null",
        [
            [
                '    web:\n      source: { repository: acme/web, paths: ["web/**"] }\n      build: { commands: [npm run build], artifacts: [dist/**] }\n      deploys:\n        api: { type: s3, bucket: "shop-api-{environment}" }\n        site: { type: s3, bucket: "shop-site-{environment}", needs: [api] }',
                "    §web:",
            ],
        ],
        "services.web",
        "expected a map, found nothing (null)",
    ),
    broken(
        "service text",
        [
            [
                '    drop:\n      source: { type: s3, bucket: shop-drops, key: drop/release.zip }\n      build: { type: none }\n      deploy:\n        type: cloudformation\n        stack: "drop-{environment}"\n        executionRoleArn: "arn:aws:iam::{account}:role/drop"',
                "    §drop: acme/drop",
            ],
        ],
        "services.drop",
        'expected a map, found "acme/drop"',
    ),
    broken(
        "default conection",
        [["connection: github, branch", "§conection: github, branch"]],
        "defaults.source.conection",
        'unknown key; did you mean "connection"?',
    ),
    broken(
        "default type unknown",
        [["source: { type: connection, conn", "source: { §type: conection, conn"]],
        "defaults.source.type",
        `${sourceTypes}, found "conection"; did you mean "connection"?`,
    ),
    broken(
        "type unknown",
        [["type: ecs", "§type: esc"]],
        "services.orders.deploy.type",
        `${deployTypes}, found "esc"; did you mean "ecs"?`,
    ),
    broken(
        "type unknown far",
        [["type: ecs", "§type: xyzzyx"]],
        "services.orders.deploy.type",
        `${deployTypes}, found "xyzzyx"`,
    ),
    broken(
        "type missing",
        [
            ["        type: ecs\n", ""],
            ["      deploy:\n        cluster", "      §deploy:\n        cluster"],
        ],
        "services.orders.deploy.type",
        `missing; ${deployTypes}`,
    ),
    broken(
        "type number",
        [["type: ecs", "§type: 3"]],
        "services.orders.deploy.type",
        `${deployTypes}, found the number 3`,
    ),
    broken(
        "type null",
        [["type: ecs", "§type:"]],
        "services.orders.deploy.type",
        `${deployTypes}, found nothing (null)`,
    ),
    broken(
        "type missing in deploys",
        [["api: { type: s3, ", "§api: { "]],
        "services.web.deploys.api.type",
        `missing; ${deployTypes}`,
    ),
    broken(
        "missing cluster",
        [
            ['        cluster: "shop-{environment}"\n', ""],
            ["      deploy:\n        type: ecs", "      §deploy:\n        type: ecs"],
        ],
        "services.orders.deploy.cluster",
        "missing; expected a text",
    ),
    broken(
        "no deploy",
        [
            [
                '      deploy:\n        type: cloudformation\n        stack: "drop-{environment}"\n        executionRoleArn: "arn:aws:iam::{account}:role/drop"\n',
                "",
            ],
            ["    drop:", "    §drop:"],
        ],
        "services.drop",
        "no environment deploys it: expected `deploy`, for all environments or below `environments`; one that is only built, or that steps alone deploy, says `deploy: { type: none }`",
    ),
    broken(
        "deploys empty",
        [
            [
                '      deploys:\n        api: { type: s3, bucket: "shop-api-{environment}" }\n        site: { type: s3, bucket: "shop-site-{environment}", needs: [api] }',
                "      deploys: {}",
            ],
            ["    web:", "    §web:"],
        ],
        "services.web",
        "no environment deploys it: expected `deploy`, for all environments or below `environments`; one that is only built, or that steps alone deploy, says `deploy: { type: none }`",
    ),
    broken(
        "deploy and deploys",
        [["      deploys:\n", "      §deploy: { type: s3, bucket: x-x }\n      deploys:\n"]],
        "services.web.deploy",
        "expected either `deploy` or `deploys`, found both",
    ),
    broken(
        "services {}",
        [[services, "  §service-pipelines:services: {}\n"]],
        "services",
        "expected at least one service, found an empty map",
    ),
    broken(
        "services null",
        [[services, "  §service-pipelines:services:\n"]],
        "services",
        "expected a map, found nothing (null)",
    ),
    broken(
        "services missing",
        [
            [services, ""],
            ["config:", "§config:"],
        ],
        "services",
        "missing; expected a map",
    ),
    broken(
        "services list",
        [[services, "  §service-pipelines:services: [{ name: orders }]\n"]],
        "services",
        "expected a map, found a list",
    ),
    broken(
        "services text",
        [[services, "  §service-pipelines:services: orders\n"]],
        "services",
        'expected a map, found "orders"',
    ),
    broken(
        "artifacts map missing",
        [["artifacts: [dist/**]", "§artifacts: { baseDirectory: x }"]],
        "services.web.build.artifacts.files",
        "missing; expected a list",
    ),
    broken(
        "cache no type",
        [["timeoutMinutes: 30", "§cache: { paths: [x] }"]],
        "services.orders.build.cache.type",
        'missing; expected one of "none", "s3"',
    ),
    broken(
        "cache type",
        [["timeoutMinutes: 30", "cache: { §type: local }"]],
        "services.orders.build.cache.type",
        'expected one of "none", "s3", found "local": in a VPC CodeBuild keeps nothing on its own machines',
    ),
    broken(
        "cache missing paths",
        [["timeoutMinutes: 30", "§cache: { type: s3 }"]],
        "services.orders.build.cache.paths",
        "missing; expected a list",
    ),
    broken(
        "list deploys",
        [
            ['        api: { type: s3, bucket: "shop-api-{environment}" }\n        site: {', "        - {"],
            ["      deploys:", "      §deploys:"],
        ],
        "services.web.deploys",
        "expected a map, found a list",
    ),
    broken("tpye", [["type: ecs", "§tpye: ecs"]], "services.orders.deploy.tpye", 'unknown key; did you mean "type"?'),
    broken(
        "services typo",
        [["service-pipelines:services", "§service-pipelines:servics"]],
        "servics",
        'unknown key; did you mean "services"?',
    ),
    broken(
        "default typo",
        [["service-pipelines:defaults", "§service-pipelines:default"]],
        "default",
        'unknown key; did you mean "defaults"?',
    ),
    broken(
        "no deploy, but an exception to it",
        [
            [
                '        type: ecs\n        cluster: "shop-{environment}"\n        service: orders\n        taskRoles: ["arn:aws:iam::{account}:role/orders-task"]\n',
                "",
            ],
            ["      deploy:\n      environments:", "      §deploy:\n      environments:"],
            ["prod: { approval: { timeoutHours: 24 } }", "prod: { deploy: { cluster: main } }"],
        ],
        "services.orders.deploy",
        "expected a map, found nothing (null)",
    ),
];
