import { base } from "../support/base";
import { broken } from "../support/broken";

export const yaml = [
    broken(
        "dup service",
        [["    drop:\n", "    §web: {}\n    drop:\n"]],
        "",
        'duplicate key "web": it stands in line 49 already',
    ),
    broken(
        "unquoted account octal",
        [['account: "222222222222"', "§account: 000000000010"]],
        "environments[2].account",
        'expected an account id in quotes, found the number 000000000010: YAML reads unquoted digits as a number and drops leading zeros; write "000000000010"',
    ),
    broken(
        "no namespace",
        [["  service-pipelines:protect", "  §protect"]],
        "",
        "protect: expected a key with its namespace; write service-pipelines:protect",
    ),
    broken(
        "namespace typo",
        [["  service-pipelines:protect", "  §service-pipeline:protect"]],
        "service-pipeline:protect",
        'unknown namespace; did you mean "service-pipelines:protect"?',
    ),
    broken(
        "region bare",
        [["  aws:region", "  §region"]],
        "",
        "region: expected a key with its namespace; write aws:region",
    ),
    broken("confg", [["config:", "§confg:"]], "", 'confg: unknown key; did you mean "config"?'),
    broken(
        "extra top",
        [["config:", "§services: {}\nconfig:"]],
        "",
        "services: unknown key; it belongs below `config`, as service-pipelines:services",
    ),
    broken("tab", [["    - name: dev", "§\t- name: dev"]], "", "not valid YAML: Tabs are not allowed as indentation"),
    broken(
        "unclosed quote",
        [['"shop-{environment}"\n        service', '§"shop-{environment}\n        service']],
        "",
        'not valid YAML: expected another " at the end of what begins here, found none',
    ),
    broken(
        "dup key deep",
        [["        service: orders\n", "        service: orders\n        §service: order\n"]],
        "",
        'duplicate key "service": it stands in line 45 already',
    ),
    broken(
        "service __proto__",
        [["    drop:\n", "    §__proto__: {}\n    drop:\n"]],
        "",
        'expected another key, found "__proto__"',
    ),
    broken(
        "date env",
        [["LOG_LEVEL: info", "LOG_LEVEL: §2024-01-01"]],
        "",
        "the Pulumi CLI reads 2024-01-01 as a date; put it in quotes if it is a text",
    ),
    broken(
        "namespace typo defaults",
        [["service-pipelines:defaults", "§service-pipline:defaults"]],
        "service-pipline:defaults",
        'unknown namespace; did you mean "service-pipelines:defaults"?',
    ),
    broken(
        "compat key",
        [["service-pipelines:protect", "§service-pipelines:config:protect"]],
        "",
        "service-pipelines:config:protect: expected the short form of the key; write service-pipelines:protect",
    ),
    broken(
        "octal",
        [["LOG_LEVEL: info", "LOG_LEVEL: §0755"]],
        "",
        "the Pulumi CLI reads 0755 as a number in another notation; put it in quotes if it is a text",
    ),
    broken(
        "unknown anchor",
        [["[npm ci, npm test]", "§*commands"]],
        "",
        "expected an anchor from further up, found *commands, which nothing before is called",
    ),
    broken(
        "unclosed list",
        [["[npm run smoke]", "§[npm run smoke"]],
        "",
        'not valid YAML: expected "]" for this "[", found none',
    ),
    broken("empty file", [[base, "§"]], "", "expected a map with the key `config`, found no map"),
    broken("file of one word", [[base, "§config"]], "", "expected a map with the key `config`, found no map"),
    broken("file without config", [[base, "§environment: [x]"]], "", "config: missing; expected a map"),
    broken("config without value", [[base, "§config:"]], "", "config: missing; expected a map"),
    broken(
        "two documents",
        [[base, `${base}§---\n${base}`]],
        "",
        "not valid YAML: expected one document, found another after `---`",
    ),
    broken(
        "a placeholder as a shell has it",
        [
            ["shop-{environment}", "shop-${environment}"],
            ["        cluster:", "        §cluster:"],
        ],
        "services.orders.deploy.cluster",
        'expected letters, digits, `_` and `-`, found "shop-${environment}"; write {environment}, without "$"',
    ),
];
