import { broken, type Broken } from "../support/broken";

/** The key `operations` with a mistake where `§` stands. */
const words = (text: string): Broken["edits"] => [
    [
        "  service-pipelines:protect: true\n",
        `  service-pipelines:protect: true\n  service-pipelines:operations: ${text}\n`,
    ],
];

export const operations = [
    broken(
        "alarm on by true",
        words("{ alarms: { §duration: true } }"),
        "operations.alarms.duration",
        "expected a map, or `false` for none, found true",
    ),
    broken(
        "alarm off by null",
        words("{ alarms: { §approval: } }"),
        "operations.alarms.approval",
        "expected a map, or `false` for none, found nothing (null)",
    ),
    broken(
        "alarm misspelt",
        words("{ alarms: { §failedDeploys: false } }"),
        "operations.alarms.failedDeploys",
        'unknown key; did you mean "failedDeploy"?',
    ),
    broken(
        "hours of nothing",
        words("{ §stuckHours: 0 }"),
        "operations.stuckHours",
        "expected more than 0, found the number 0",
    ),
    broken(
        "limit misspelt",
        words("{ alarms: { failedDeploy: { §failure: 2 } } }"),
        "operations.alarms.failedDeploy.failure",
        'unknown key; did you mean "failures"?',
    ),
    broken(
        "failures of longer than CloudWatch looks back",
        words("{ alarms: { failedDeploy: { §minutes: 181 } } }"),
        "operations.alarms.failedDeploy.minutes",
        "expected at most 180, found the number 181",
    ),
    broken(
        "no error at all",
        words("{ alarms: { functionErrors: { §errors: 0 } } }"),
        "operations.alarms.functionErrors.errors",
        "expected at least 1, found the number 0",
    ),
    broken(
        "half a minute",
        words("{ alarms: { lateMessages: { §minutes: 0.5 } } }"),
        "operations.alarms.lateMessages.minutes",
        "expected a whole number, found the number 0.5",
    ),
    broken(
        "dashboard with settings",
        words("{ §dashboard: {} }"),
        "operations.dashboard",
        "expected true or false, found an empty map",
    ),
    broken(
        "metrics that there are not",
        words("{ §metrics: all }"),
        "operations.metrics",
        'expected one of "none", "basic", "stages", found "all"',
    ),
    broken(
        "a runbook that is no address",
        words("{ §runbook: docs/runbook.md }"),
        "operations.runbook",
        'expected an https:// address, found "docs/runbook.md"',
    ),
    broken(
        "a runbook without encryption",
        words('{ §runbook: "http://wiki.example/runbook" }'),
        "operations.runbook",
        'expected an https:// address, found "http://wiki.example/runbook"',
    ),
    broken(
        "an audit for a time that CloudWatch does not keep",
        words("{ audit: { §days: 8 } }"),
        "operations.audit.days",
        "expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, found the number 8",
    ),
    broken(
        "an audit that is neither off nor a map",
        words("{ §audit: off }"),
        "operations.audit",
        'expected a map, or `false` for none, found "off"',
    ),
    broken(
        "an audit's key misspelt",
        words("{ audit: { §trial: { bucket: trails } } }"),
        "operations.audit.trial",
        'unknown key; did you mean "trail"?',
    ),
];
