import { broken } from "../support/broken";

export const gates = [
    broken(
        "gate unknown",
        [["type: window", "§type: windows"]],
        "environments[2].before[0].type",
        'expected one of "alarm", "lambda", "variable", "window", found "windows"; did you mean "window"?',
    ),
    broken(
        "gate missing type",
        [["[{ type: alarm, name", "[§{ name"]],
        "environments[2].after[0].type",
        'missing; expected one of "alarm", "lambda", "variable", "window"',
    ),
    broken(
        "alarm that is waited for beside a window",
        [["before: [{ type: window,", "before: [{ type: alarm, name: quiet, §waitMinutes: 5 }, { type: window,"]],
        "environments[2].before[0].waitMinutes",
        "expected no wait beside a window: the alarm is looked at once, by the first action of the stage, when the window is open",
    ),
    broken(
        "function beside a window",
        [["before: [{ type: window,", "before: [{ §type: lambda, function: ask }, { type: window,"]],
        "environments[2].before[0].type",
        "beside a window a function may say yes before the window opens, and is not asked again: run a check as a step with `when: before`, or ask in `after`",
    ),
    broken(
        "a gate that skips beside one that fails",
        [
            [
                "before: [{ type: window,",
                'before: [{ type: variable, variable: "#{SourceVariables.BranchName}", value: main, §otherwise: skip }, { type: window,',
            ],
        ],
        "environments[2].before[0].otherwise",
        "expected fail, or skip for all gates of `before`: AWS has one answer for all of them, and window * * 8-16 ? * MON-THU * fails the stage",
    ),
    broken(
        "a gate that skips after the stage",
        [
            [
                'after: [{ type: alarm, name: "{service}-5xx", waitMinutes: 10 }]',
                "after: [{ type: lambda, function: ask, §otherwise: skip }]",
            ],
        ],
        "environments[2].after[0].otherwise",
        "expected fail: after the stage there is nothing to skip",
    ),
    broken(
        "variable after",
        [
            [
                'after: [{ type: alarm, name: "{service}-5xx", waitMinutes: 10 }]',
                'after: [{ §type: variable, variable: "#{SourceVariables.BranchName}", value: main }]',
            ],
        ],
        "environments[2].after[0].type",
        "variable cannot stand in `after`, only in `before`",
    ),
    broken(
        "a window that never opens",
        [
            ["* * 8-16 ? * MON-THU *", "* * 8-16 31 FEB ? *"],
            [" cron:", " §cron:"],
        ],
        "environments[2].before[0].cron",
        'expected a window that opens, found "* * 8-16 31 FEB ? *": no day from now on is one of its days',
    ),
    broken(
        "another word for freezable",
        [["    - name: dev\n", "    - name: dev\n      §frezable: true\n"]],
        "environments[0].frezable",
        'unknown key; did you mean "freezable"?',
    ),
    broken(
        "a service that will not be frozen",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §freezable: false }"]],
        "services.orders.environments.prod.freezable",
        'unknown key; expected one of "deploy", "deploys", "steps", "approval", "before", "after", "onFailure", "rollbackOn", "notify", "skip", "skipApproval", "skipGates", "skipVerification", "mutableImages"',
    ),
    broken(
        "a function's gate dropped",
        [
            [
                'before: [{ type: window, cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }]',
                "before: [{ type: lambda, function: budget }]",
            ],
            ["prod: { approval: { timeoutHours: 24 } }", "prod: { §before: [{ type: lambda, function: budge }] }"],
        ],
        "services.orders.environments.prod.before",
        "drops or changes the gate lambda budget that the environment prod asks for: list it unchanged, or say why in `skipGates`",
    ),
    broken(
        "window after",
        [
            [
                'after: [{ type: alarm, name: "{service}-5xx", waitMinutes: 10 }]',
                'after: [{ §type: window, cron: "* * 8-16 ? * MON-THU *" }]',
            ],
        ],
        "environments[2].after[0].type",
        "window cannot stand in `after`, only in `before`",
    ),
    broken(
        "bad cron",
        [
            ["* * 8-16 ? * MON-THU *", "8-16"],
            [" cron:", " §cron:"],
        ],
        "environments[2].before[0].cron",
        'expected six fields and an optional year (seconds minutes hours day-of-month month day-of-week), seconds `*`, such as "* * 8-16 ? * MON-THU *", found "8-16"',
    ),
    broken(
        "bad cron ?",
        [
            ["8-16 ? * MON-THU *", "8-16 * * MON-THU *"],
            [" cron:", " §cron:"],
        ],
        "environments[2].before[0].cron",
        'expected "?" as exactly one of day-of-month and day-of-week, found "* * 8-16 * * MON-THU *"',
    ),
    broken(
        "bad timezone",
        [["timeZone: Europe/Berlin", "§timeZone: Europe/Berlln"]],
        "environments[2].before[0].timeZone",
        'expected a time zone such as "Europe/Berlin" or "UTC", found "Europe/Berlln"',
    ),
    broken(
        "gate is map",
        [
            [
                'before: [{ type: window, cron: "* * 8-16 ? * MON-THU *", timeZone: Europe/Berlin }]',
                '§before: { type: window, cron: "* * 8-16 ? * MON-THU *" }',
            ],
        ],
        "environments[2].before",
        "expected a list, found a map",
    ),
    broken(
        "gate placeholder",
        [
            ['"{service}-5xx"', '"{services}-5xx"'],
            ["after: [{ type: alarm, name", "after: [{ type: alarm, §name"],
        ],
        "environments[2].after[0].name",
        'unknown placeholder {services}; did you mean "{service}"?',
    ),
    broken(
        "before dropped",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §before: [] }"]],
        "services.orders.environments.prod.before",
        "drops or changes the gate window * * 8-16 ? * MON-THU * that the environment prod asks for: list it unchanged, or say why in `skipGates`",
    ),
    broken(
        "a gate that is always open in place of another",
        [
            [
                "prod: { approval: { timeoutHours: 24 } }",
                'prod: { §before: [{ type: window, cron: "* * * ? * *", timeZone: Europe/Berlin }] }',
            ],
        ],
        "services.orders.environments.prod.before",
        "drops or changes the gate window * * 8-16 ? * MON-THU * that the environment prod asks for: list it unchanged, or say why in `skipGates`",
    ),
    broken(
        "skipGates without a gate",
        [["prod: { approval: { timeoutHours: 24 } }", "dev: { §skipGates: nothing there }"]],
        "services.orders.environments.dev.skipGates",
        "there is nothing to skip: all gates of dev hold",
    ),
    broken(
        "after replaced",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { §after: [] }"]],
        "services.orders.environments.prod.after",
        "drops or changes the gate alarm {service}-5xx that the environment prod asks for: list it unchanged, or say why in `skipGates`",
    ),
    broken(
        "suite envs without after",
        [
            ["smoke: { after: deploy, commands", "smoke: { §environments: [dev], commands"],
            [" needs: []", " needs: []"],
        ],
        "services.orders.suites.smoke.environments",
        "a suite without `after: deploy` runs once, before any environment: add `after: deploy`, or drop `environments`",
    ),
    broken(
        "suite after",
        [["smoke: { after: deploy", "smoke: { §after: dev"]],
        "services.orders.suites.smoke.after",
        'expected one of "build", "deploy", found "dev"',
    ),
    broken(
        "gate waitMinutes",
        [["waitMinutes: 10", "§waitMinutes: 0"]],
        "environments[2].after[0].waitMinutes",
        "expected at least 1, found the number 0",
    ),
    broken(
        "gate typo",
        [["waitMinutes: 10", "§waitMinute: 10"]],
        "environments[2].after[0].waitMinute",
        'unknown key; did you mean "waitMinutes"?',
    ),
    broken(
        "stage gate in exception",
        [["prod: { approval: { timeoutHours: 24 } }", "prod: { before: [{ type: window, §cron: daily }] }"]],
        "services.orders.environments.prod.before[0].cron",
        'expected six fields and an optional year (seconds minutes hours day-of-month month day-of-week), seconds `*`, such as "* * 8-16 ? * MON-THU *", found "daily"',
    ),
    broken(
        "window in after of exception",
        [
            [
                "prod: { approval: { timeoutHours: 24 } }",
                'dev: { after: [{ §type: window, cron: "* * 8-16 ? * MON-THU *" }] }',
            ],
        ],
        "services.orders.environments.dev.after[0].type",
        "window cannot stand in `after`, only in `before`",
    ),
];
