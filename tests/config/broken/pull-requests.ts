import { broken, type Broken } from "../support/broken";

const source = "source: { repository: acme/orders }";

/** An edit that adds a line to `orders`. */
const line = (words: string): Broken["edits"][number] => [source, `${source}\n      ${words}`];

export const pullRequests = [
    broken(
        "pull requests below the source",
        [[source, "source: { repository: acme/orders, §pullRequests: { branches: [main] } }"]],
        "services.orders.source.pullRequests",
        "a pull request starts no pipeline that deploys: write `pullRequests` beside `source`, below the service, and a pipeline of its own checks them",
    ),
    broken(
        "pull requests below the defaults of sources, told once",
        [["connection: github, branch: main }", "connection: github, branch: main, §pullRequest: {} }"]],
        "defaults.source.pullRequest",
        "a pull request starts no pipeline that deploys: write `pullRequests` beside `source`, below the service, and a pipeline of its own checks them",
    ),
    broken(
        "pull requests below a further source",
        [line("sources: { config: { repository: acme/config, §pullRequests: {} } }")],
        "services.orders.sources.config.pullRequests",
        "a pull request starts no pipeline that deploys: write `pullRequests` beside `source`, below the service, and a pipeline of its own checks them",
    ),
    broken(
        "pull requests of a bucket",
        [["key: drop/release.zip }", "key: drop/release.zip }\n      §pullRequests: {}"]],
        "services.drop.pullRequests",
        'only a connection tells of pull requests: expected a source of the type "connection", found "s3"',
    ),
    broken(
        "pull requests null",
        [line("§pullRequests:")],
        "services.orders.pullRequests",
        "expected a map, found nothing (null)",
    ),
    broken(
        "a key misspelt",
        [line("pullRequests: { §branchs: [main] }")],
        "services.orders.pullRequests.branchs",
        'unknown key; did you mean "branches"?',
    ),
    broken(
        "tags, of which pull requests have none",
        [line('pullRequests: { §tags: ["v*"] }')],
        "services.orders.pullRequests.tags",
        'unknown key; expected one of "branches", "excludeBranches", "paths", "excludePaths", "events", "sources", "suites", "build", "builds", "exposeSecrets"',
    ),
    broken(
        "an event that there is not",
        [line("pullRequests: { events: [opened, §merged] }")],
        "services.orders.pullRequests.events[1]",
        'expected one of "opened", "updated", "closed", found "merged"',
    ),
    broken(
        "an event twice",
        [line("pullRequests: { §events: [opened, opened] }")],
        "services.orders.pullRequests.events",
        "expected each event once, found a list of 2",
    ),
    broken(
        "branches left out of nothing",
        [line("pullRequests: { §excludeBranches: [old] }")],
        "services.orders.pullRequests.excludeBranches",
        "expected `branches` too: of which branches these are left out",
    ),
    broken(
        "an unknown suite",
        [line("pullRequests: { suites: [§unit] }")],
        "services.orders.pullRequests.suites[0]",
        'unknown suite that runs after build "unit"',
    ),
    broken(
        "a suite that runs after a deploy",
        [line("pullRequests: { suites: [§smoke] }")],
        "services.orders.pullRequests.suites[0]",
        "smoke runs after a deploy, and a check deploys nothing",
    ),
    broken(
        "an unknown source",
        [line("sources: { config: { repository: acme/config } }\n      pullRequests: { sources: [§confg] }")],
        "services.orders.pullRequests.sources[0]",
        'unknown source "confg"; did you mean "config"?',
    ),
    broken(
        "a build of another shape than the service's",
        [line("pullRequests: { §builds: { api: { commands: [make] } } }")],
        "services.orders.pullRequests.builds",
        "expected `build`, as the service has it, found `builds`",
    ),
    broken(
        "a key of the build misspelt",
        [line("pullRequests: { build: { §command: [make] } }")],
        "services.orders.pullRequests.build.command",
        'unknown key; did you mean "commands"?',
    ),
    broken(
        "secrets for code that nobody has merged",
        [line('pullRequests: { build: { §secrets: { NPM_TOKEN: "npm-token:read" } } }')],
        "services.orders.pullRequests.build.secrets",
        "code that nobody has merged has no secrets: say in `exposeSecrets` why it may, or drop them",
    ),
    broken(
        "permissions for code that nobody has merged",
        [
            line(
                'pullRequests: { build: { §permissions: [{ actions: [s3:GetObject], resources: ["arn:aws:s3:::a/*"], reason: r }] } }',
            ),
        ],
        "services.orders.pullRequests.build.permissions",
        "code that nobody has merged has no permissions: say in `exposeSecrets` why it may, or drop them",
    ),
    broken(
        "secrets exposed without a reason",
        [line("pullRequests: { §exposeSecrets: true }")],
        "services.orders.pullRequests.exposeSecrets",
        "expected why, as a text, found true",
    ),
    broken(
        "secrets exposed with an empty reason",
        [line('pullRequests: { §exposeSecrets: "yes" }')],
        "services.orders.pullRequests.exposeSecrets",
        'expected why, as a text, found "yes"',
    ),
    broken(
        "nothing to expose",
        [['paths: ["web/**"] }', 'paths: ["web/**"] }\n      pullRequests: { §exposeSecrets: they are ours }']],
        "services.web.pullRequests.exposeSecrets",
        "there is nothing to expose: neither builds nor suites have secrets or permissions",
    ),
    broken(
        "nothing to check",
        [
            [
                "build: { commands: [npm run build], artifacts: [dist/**] }",
                "build: { type: none }\n      §pullRequests: {}",
            ],
        ],
        "services.web.pullRequests",
        "nothing would be checked: web has neither a build nor a suite that can run",
    ),
    broken(
        "only builds of environments",
        [
            [
                "build: { commands: [npm run build], artifacts: [dist/**] }",
                "build: { commands: [npm run build], perEnvironment: true }\n      §pullRequests: {}",
            ],
        ],
        "services.web.pullRequests",
        "nothing would be checked: web has neither a build nor a suite that can run",
    ),
    broken(
        "a suite on a source that the check has not",
        [
            line("sources: { config: { repository: acme/config } }\n      pullRequests: {}"),
            ["      suites:\n", "      suites:\n        unit: { commands: [make], §artifact: config }\n"],
        ],
        "services.orders.suites.unit.artifact",
        'unknown artifact "config"; expected one of "source", "build": unit checks pull requests, too, where there is no other artifact; name its source in `pullRequests.sources`, or other suites',
    ),
    broken(
        "an unknown build",
        [
            [
                "build: { commands: [npm run build], artifacts: [dist/**] }",
                "builds: { lib: { commands: [make] }, app: { commands: [make] } }\n      pullRequests: { builds: { §ap: { commands: [make] } } }",
            ],
        ],
        "services.web.pullRequests.builds.ap",
        'unknown build "ap"; did you mean "app"?',
    ),
    broken(
        "a check of a build that is broken, told once",
        [line("pullRequests: {}"), ["timeoutMinutes: 30", "§timeoutMinutes: 3"]],
        "services.orders.build.timeoutMinutes",
        "expected at least 5, found the number 3",
    ),
];
