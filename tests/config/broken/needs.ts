import { broken } from "../support/broken";

export const needs = [
    broken(
        "suites null",
        [
            [
                "      suites:\n        integration:\n          after: deploy\n          environments: [staging]\n          commands: [npm run test:integration]\n        smoke: { after: deploy, commands: [npm run smoke], needs: [] }",
                "      §suites:",
            ],
        ],
        "services.orders.suites",
        "expected a map, found nothing (null)",
    ),
    broken(
        "suite null",
        [["smoke: { after: deploy, commands: [npm run smoke], needs: [] }", "§smoke:"]],
        "services.orders.suites.smoke",
        "expected a map, found nothing (null)",
    ),
    broken(
        "commands text",
        [
            ["[npm run smoke]", "npm run smoke"],
            ["smoke: { after: deploy, commands", "smoke: { after: deploy, §commands"],
        ],
        "services.orders.suites.smoke.commands",
        "expected a list, found a text (not shown)",
    ),
    broken(
        "commands empty",
        [["smoke: { after: deploy, commands: [npm run smoke]", "smoke: { after: deploy, §commands: []"]],
        "services.orders.suites.smoke.commands",
        "expected at least 1 entry, found 0",
    ),
    broken(
        "commands map entry",
        [["[npm ci, npm test]", "[npm ci, §echo: x]"]],
        "services.orders.build.commands[1]",
        "expected a text, found a map",
    ),
    broken(
        "missing commands",
        [
            ["commands: [npm run smoke], ", ""],
            ["smoke:", "§smoke:"],
        ],
        "services.orders.suites.smoke",
        "expected `commands` (or `install`, `preBuild`, `postBuild`) or `buildspec`, found neither",
    ),
    broken(
        "needs unknown",
        [["needs: []", "needs: [§integraton]"]],
        "services.orders.suites.smoke.needs[0]",
        'unknown suite that runs after deploy "integraton"; did you mean "integration"?',
    ),
    broken(
        "needs circular",
        [
            ["needs: []", "needs: [integration]"],
            [
                "          after: deploy\n          env",
                "          §needs: [smoke]\n          after: deploy\n          env",
            ],
        ],
        "services.orders.suites.integration.needs",
        "waits for itself: integration → smoke → integration",
    ),
    broken(
        "needs self",
        [["needs: []", "needs: [§smoke]"]],
        "services.orders.suites.smoke.needs[0]",
        "smoke cannot wait for itself",
    ),
    broken(
        "needs text",
        [["needs: []", "§needs: integration"]],
        "services.orders.suites.smoke.needs",
        'expected a list, found "integration"',
    ),
    broken(
        "needs deploy unknown",
        [["needs: [api]", "needs: [§apii]"]],
        "services.web.deploys.site.needs[0]",
        'unknown deploy "apii"; did you mean "api"?',
    ),
    broken(
        "needs deploy circular",
        [['"shop-api-{environment}" }', '"shop-api-{environment}", §needs: [site] }']],
        "services.web.deploys.api.needs",
        "waits for itself: api → site → api",
    ),
];
