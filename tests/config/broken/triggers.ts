import { broken, type Broken } from "../support/broken";

const source = "source: { repository: acme/orders }";

/** An edit that adds a line to `orders`. */
const line = (words: string): Broken["edits"][number] => [source, `${source}\n      ${words}`];

/** An edit that adds a line to `drop`. */
const ofDrop = (words: string): Broken["edits"][number] => [
    "key: drop/release.zip }",
    `key: drop/release.zip }\n      ${words}`,
];

const defaults = (words: string): Broken["edits"][number] => [
    "    build: { compute: small }\n",
    `    build: { compute: small }\n    ${words}\n`,
];

export const triggers = [
    broken(
        "a trigger that is none",
        [line("§trigger: manual")],
        "services.orders.trigger",
        'expected a map, found "manual"',
    ),
    broken(
        "trigger key misspelt",
        [line("trigger: { §manul: true }")],
        "services.orders.trigger.manul",
        'unknown key; did you mean "manual"?',
    ),
    broken(
        "manual and a schedule",
        [line('trigger: { §manual: true, schedule: { cron: "0 6 ? * MON *" } }')],
        "services.orders.trigger.manual",
        "expected either `manual: true` or `schedule`, found both: by hand alone means that nothing else starts it",
    ),
    broken(
        "manual and all else",
        [line('trigger: { §manual: true, commits: true, schedule: { cron: "0 6 ? * MON *" }, after: [web] }')],
        "services.orders.trigger.manual",
        "expected either `manual: true` or `commits`, `schedule`, `after`, found both: by hand alone means that nothing else starts it",
    ),
    broken(
        "a pipeline that nothing starts",
        [line("trigger: { §commits: false }")],
        "services.orders.trigger.commits",
        "nothing would start it: expected `schedule` or `after` too, or `manual: true` instead",
    ),
    broken(
        "a schedule of five fields",
        [line('trigger: { schedule: { §cron: "0 6 * * MON" } }')],
        "services.orders.trigger.schedule.cron",
        'expected six fields (minutes hours day-of-month month day-of-week year), such as "0 6 ? * MON-FRI *", found "0 6 * * MON"',
    ),
    broken(
        "a schedule that cannot be",
        [line('trigger: { schedule: { §cron: "0 25 ? * MON *" } }')],
        "services.orders.trigger.schedule.cron",
        'expected 0 to 23 as hours, found "25"',
    ),
    broken(
        "a schedule in no time zone",
        [line('trigger: { schedule: { cron: "0 6 ? * MON *", §timeZone: Europe/Berlim } }')],
        "services.orders.trigger.schedule.timeZone",
        'expected a time zone such as "Europe/Berlin" or "UTC", found "Europe/Berlim"',
    ),
    broken(
        "default schedule that cannot be, told once for all services",
        [defaults('trigger: { schedule: { §cron: "0 25 ? * MON *" } }')],
        "defaults.trigger.schedule.cron",
        'expected 0 to 23 as hours, found "25"',
    ),
    broken(
        "default trigger key misspelt",
        [defaults("trigger: { §commit: false }")],
        "defaults.trigger.commit",
        'unknown key; did you mean "commits"?',
    ),
    broken(
        "default trigger after a service",
        [defaults("trigger: { §after: [orders] }")],
        "defaults.trigger.after",
        "expected it in a service: here every service would start after itself",
    ),
    broken(
        "defaults by which nothing starts, told once",
        [defaults("trigger: { §commits: false }")],
        "defaults.trigger.commits",
        "nothing would start it: expected `schedule` or `after` too, or `manual: true` instead",
    ),
    broken(
        "after an unknown service",
        [line("trigger: { after: [web, §dorp] }")],
        "services.orders.trigger.after[1]",
        'unknown other service "dorp"; did you mean "drop"?',
    ),
    broken(
        "after itself",
        [line("trigger: { after: [§orders] }")],
        "services.orders.trigger.after[0]",
        'unknown other service "orders"; expected one of "drop", "web"',
    ),
    broken(
        "after a service that starts after it",
        [
            line("trigger: { after: [web] }"),
            ofDrop("trigger: { after: [§orders] }"),
            ['paths: ["web/**"] }', 'paths: ["web/**"] }\n      trigger: { after: [drop] }'],
        ],
        "services.drop.trigger.after[0]",
        "the pipelines start each other for ever: drop → web → orders → drop",
    ),
    broken(
        "execution mode misspelt",
        [line("§executionMode: paralel")],
        "services.orders.executionMode",
        'expected one of "queued", "superseded", "parallel", found "paralel"; did you mean "parallel"?',
    ),
    broken(
        "default execution mode in AWS's spelling",
        [defaults("§executionMode: QUEUED")],
        "defaults.executionMode",
        'expected one of "queued", "superseded", "parallel", found "QUEUED"; did you mean "queued"?',
    ),
    broken(
        "parallel mode with a rollback",
        [line("§executionMode: parallel")],
        "services.orders.executionMode",
        "AWS rolls nothing back in parallel mode, and prod has `onFailure: rollback`: choose another mode, or another answer to a failure",
    ),
    broken(
        "default parallel mode with rollbacks, told once for all services",
        [defaults("§executionMode: parallel")],
        "defaults.executionMode",
        "AWS rolls nothing back in parallel mode, and prod has `onFailure: rollback`: choose another mode, or another answer to a failure",
    ),
    broken(
        "a variable without default",
        [line("variables: { §TARGET: { description: Where to } }")],
        "services.orders.variables.TARGET.default",
        "missing; expected a text: an execution that nobody starts by hand has no other value",
    ),
    broken(
        "a variable that is a number",
        [line("variables: { TARGET: { §default: 1 } }")],
        "services.orders.variables.TARGET.default",
        'expected a text, found the number 1; in quotes it is one: "1"',
    ),
    broken(
        "a variable's name with a dot",
        [line("variables: { §target.name: { default: x } }")],
        "services.orders.variables.target.name",
        'expected the name of a variable, such as TARGET (letters, digits, @ _ -), found "target.name"',
    ),
    broken(
        "a variable that nobody declares",
        [
            ["LOG_LEVEL: info", 'LOG_LEVEL: "#{variables.LEVEL}"'],
            [
                "      build:\n        commands: [npm ci, npm test]",
                "      §build:\n        commands: [npm ci, npm test]",
            ],
        ],
        "services.orders.build",
        'build reads #{variables.LEVEL}: the pipeline of orders declares no variable "LEVEL"; declare it below `variables`',
    ),
    broken(
        "a variable that is misspelt",
        [
            line("variables: { LEVEL: { default: info } }"),
            ["LOG_LEVEL: info", 'LOG_LEVEL: "#{variables.LEVLE}"'],
            [
                "      build:\n        commands: [npm ci, npm test]",
                "      §build:\n        commands: [npm ci, npm test]",
            ],
        ],
        "services.orders.build",
        'build reads #{variables.LEVLE}: the pipeline of orders declares no variable "LEVLE"; did you mean "LEVEL"?',
    ),
    broken(
        "a secret as a variable's default",
        [line("variables: { KEY: { §default: AKIAIOSFODNN7EXAMPLE } }")],
        "services.orders.variables.KEY.default",
        "looks like an AWS access key in plain text: keep it in Secrets Manager or SSM and name it in `secrets`, and replace it where it is valid",
        "AKIAIOSFODNN7EXAMPLE",
    ),
    broken(
        "tags and branches in one filter",
        [['paths: ["web/**"] }', 'tags: ["v*"], §paths: ["web/**"] }']],
        "services.web.source.paths",
        "expected no `paths` beside `tags`: a push is one of a tag or one to a branch; make two entries of `pushes`",
    ),
];
