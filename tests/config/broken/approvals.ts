import { broken, deployTypes, serviceKeys, stackKeys } from "../support/broken";

export const approvals = [
    broken(
        "approval misspelt env",
        [["      approval: { notify: [release@shop.example] }", "      §aproval: { notify: [release@shop.example] }"]],
        "environments[1].aproval",
        'unknown key; did you mean "approval"?',
    ),
    broken(
        "approval misspelt exception",
        [["prod: { approval: {", "prod: { §aproval: {"]],
        "services.orders.environments.prod.aproval",
        'unknown key; did you mean "approval"?',
    ),
    broken(
        "approval misspelt top",
        [
            [
                "  service-pipelines:protect: true",
                "  §service-pipelines:approvals: {}\n  service-pipelines:protect: true",
            ],
        ],
        "approvals",
        `unknown key; ${stackKeys}`,
    ),
    broken(
        "approval in service",
        [["      environments:\n        prod: {", "      §approval: {}\n      environments:\n        prod: {"]],
        "services.orders.approval",
        `unknown key; ${serviceKeys}`,
    ),
    broken(
        "approval key misspelt",
        [["timeoutHours: 48", "§timeoutHour: 48"]],
        "environments[2].approval.timeoutHour",
        'unknown key; did you mean "timeoutHours"?',
    ),
    broken(
        "requiresApproval",
        [["    - name: dev\n", "    - name: dev\n      §requiresApproval: true\n"]],
        "environments[0].requiresApproval",
        'unknown key; did you mean "approval"?',
    ),
    broken(
        "approval true",
        [["approval: { notify: [release@shop.example] }", "§approval: true"]],
        "environments[1].approval",
        "expected a map that says who is asked, such as { notify: [release@example.com] }, found true",
    ),
    broken(
        "approval null",
        [["approval: { notify: [release@shop.example] }", "§approval:"]],
        "environments[1].approval",
        "expected a map that says who is asked, such as { notify: [release@example.com] }, found nothing (null)",
    ),
    broken(
        "approval: null in exception",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §approval: null }"]],
        "services.orders.environments.prod.approval",
        "expected a map that says who is asked, such as { notify: [release@example.com] }, found nothing (null)",
    ),
    broken(
        "exception null",
        [["prod: { approval: { timeoutHours: 24 } }", "§prod:"]],
        "services.orders.environments.prod",
        "expected a map, found nothing (null)",
    ),
    broken(
        "notify text",
        [
            ["timeoutHours: 48", "timeoutHours: 48"],
            [
                "approval: { notify: [release@shop.example], timeout",
                "approval: { §notify: release@shop.example, timeout",
            ],
        ],
        "environments[2].approval.notify",
        'expected a list, found "release@shop.example"',
    ),
    broken(
        "notify no mail",
        [["[release@shop.example] }", "[§release] }"]],
        "environments[1].approval.notify[0]",
        'expected an e-mail address, found "release"',
    ),
    broken(
        "timeoutHours 0",
        [["timeoutHours: 48", "§timeoutHours: 0"]],
        "environments[2].approval.timeoutHours",
        "expected at least 1, found the number 0",
    ),
    broken(
        "timeoutHours text",
        [["timeoutHours: 48", "§timeoutHours: two days"]],
        "environments[2].approval.timeoutHours",
        'expected a number, found "two days"',
    ),
    broken(
        "timeoutHours float exception",
        [["timeoutHours: 24", "§timeoutHours: 1.5"]],
        "services.orders.environments.prod.approval.timeoutHours",
        "expected a whole number, found the number 1.5",
    ),
    broken(
        "timeoutHours big exception",
        [["timeoutHours: 24", "§timeoutHours: 9999"]],
        "services.orders.environments.prod.approval.timeoutHours",
        "expected at most 1440, found the number 9999",
    ),
    broken(
        "unknown env in exception",
        [["        prod: { approval", "        §production: { approval"]],
        "services.orders.environments.production",
        'unknown environment "production"; did you mean "prod"?',
    ),
    broken(
        "skipApproval empty",
        [["prod: { approval: { timeoutHours: 24 } }", 'prod: { §skipApproval: "" }']],
        "services.orders.environments.prod.skipApproval",
        "expected a text, found an empty one",
    ),
    broken(
        "skipApproval true",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §skipApproval: true }"]],
        "services.orders.environments.prod.skipApproval",
        'expected a text, found true; in quotes it is one: "true"',
    ),
    broken(
        "skipApproval both",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { approval: {}, §skipApproval: no }"]],
        "services.orders.environments.prod.skipApproval",
        "expected either `approval` or `skipApproval`, found both",
    ),
    broken(
        "onFailure unknown",
        [["onFailure: rollback", "§onFailure: rolback"]],
        "environments[2].onFailure",
        'expected one of "stop", "rollback", "retry", "retry-all", found "rolback"; did you mean "rollback"?',
    ),
    broken(
        "onFailure exception",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §onFailure: abort }"]],
        "services.orders.environments.prod.onFailure",
        'expected one of "stop", "rollback", "retry", "retry-all", found "abort"',
    ),
    broken(
        "exceptions list",
        [
            ["        prod: { approval: { timeoutHours: 24 } }", "        - prod"],
            ["      environments:\n        - prod", "      §environments:\n        - prod"],
        ],
        "services.orders.environments",
        "expected a map, found a list",
    ),
    broken(
        "secret in exception",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { deploy: { §cluster: AKIAIOSFODNN7EXAMPLE } }"]],
        "services.orders.environments.prod.deploy.cluster",
        "looks like an AWS access key in plain text: keep it in Secrets Manager or SSM and name it in `secrets`, and replace it where it is valid",
    ),
    broken(
        "suite env skipped",
        [
            ["prod: { approval: { timeoutHours: 24 } }", "staging: { skip: unused }"],
            ["environments: [staging]", "environments: [§staging]"],
        ],
        "services.orders.suites.integration.environments[0]",
        "orders is not deployed to staging, so integration cannot run there",
    ),
    broken(
        "skip without a reason",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §skip: true }"]],
        "services.orders.environments.prod.skip",
        "expected why, as a text, found true",
    ),
    broken(
        "skip of an approval that nobody asks for",
        [["prod: { approval: { timeoutHours: 24 } }", "dev: { §skipApproval: small }"]],
        "services.orders.environments.dev.skipApproval",
        "there is nothing to skip: dev asks for no approval",
    ),
    broken(
        "other addresses for one service",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { approval: { §notify: [] } }"]],
        "services.orders.environments.prod.approval.notify",
        "expected no addresses here: all who approve prod are asked on one topic; name them in the environment's approval",
    ),
    broken(
        "skip all",
        [
            [
                "        prod: { approval: { timeoutHours: 24 } }",
                "        dev: { skip: a }\n        staging: { skip: b }\n        prod: { skip: c }",
            ],
            ["environments: [staging]\n          ", ""],
            ["    orders:", "    §orders:"],
        ],
        "services.orders",
        "no environment deploys it: expected `deploy`, for all environments or below `environments`; one that is only built, or that steps alone deploy, says `deploy: { type: none }`",
    ),
    broken(
        "exception deploy typo",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { deploy: { §clutser: x } }"]],
        "services.orders.environments.prod.deploy.clutser",
        'unknown key; did you mean "cluster"?',
    ),
    broken(
        "exception deploy type",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §deploy: { type: s3 } }"]],
        "services.orders.environments.prod.deploy.bucket",
        "missing; expected a text",
    ),
    broken(
        "exception deploy on deploys",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §deploys: { x: { type: s3, bucket: abc } } }"]],
        "services.orders.environments.prod.deploys",
        "expected either `deploy` or `deploys`, found both",
    ),
    broken(
        "exception on dev only web",
        [
            [
                'site: { type: s3, bucket: "shop-site-{environment}", needs: [api] }',
                'site: { type: s3, bucket: "shop-site-{environment}", needs: [api] }\n      environments: { dev: { deploys: { §sight: { bucket: xxx } } } }',
            ],
        ],
        "services.web.environments.dev.deploys.sight.type",
        `missing; ${deployTypes}`,
    ),
];
