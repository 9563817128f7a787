import { holds, withDev, withProd } from "./support";

const alarm = (words = {}) => ({ type: "alarm", name: "prod-5xx", ...words });
const variable = (words: object) => ({ type: "variable", variable: "#{SourceVariables.CommitMessage}", ...words });
const marked = variable({ operator: "CONTAINS", value: "[deploy]", otherwise: "skip" });
const lambda = { type: "lambda", function: "budget" };
const nightly = { type: "window", cron: "* * 8-16 ? * MON-THU *" };
const rollback = { onFailure: "rollback" };

holds("stage-conditions", [
    {
        says: "Entry with Fail: where the rule fails, entry is blocked, and the stage fails",
        stack: withProd({ before: [alarm()] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx }]
expect:
  - stage: { stage: prod, commit: a, is: Failed }
  - status: { commit: a, is: Failed }
  - never: { commit: a, reaches: prod }`,
    },
    {
        says: "Entry: an alarm that is OK when the rule is first checked succeeds immediately",
        stack: withProd({ before: [alarm({ waitMinutes: 60 })] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx, from: 61m }]
expect: [reaches: { commit: a, environment: prod, by: 80m }]`,
    },
    {
        says: "Entry: one that is raised is waited for, for its wait time",
        stack: withProd({ before: [alarm({ waitMinutes: 60 })] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx, to: 100m }]
expect: [reaches: { commit: a, environment: prod, by: 120m }]`,
    },
    {
        says: "Entry: one that has not recovered by then fails",
        stack: withProd({ before: [alarm({ waitMinutes: 60 })] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx, to: 121m }]
until: 2h
expect: [status: { commit: a, is: Failed }]`,
    },
    {
        says: "if one rule of a condition fails, the condition fails",
        stack: withProd({ before: [alarm(), lambda] }),
        script: `
commits: [{ id: a }]
functions: [{ name: budget, answer: no }]
expect: [status: { commit: a, is: Failed }]`,
    },
    {
        says: "Entry with Skip: the stage is skipped, its actions do not run, and the next stage follows",
        stack: withDev({ before: [marked] }),
        script: `
commits: [{ id: a }]
expect:
  - stage: { stage: dev, commit: a, is: Skipped }
  - never: { commit: a, reaches: dev }
  - reaches: { commit: a, environment: prod, by: 50m }
  - status: { commit: a, is: Succeeded }`,
    },
    {
        says: "a stage in Skipped status cannot be retried",
        stack: withDev({ before: [marked] }),
        script: `
commits: [{ id: a }]
retries: [{ stage: dev, commit: a, at: 3h }]
expect: [stage: { stage: dev, commit: a, is: Skipped }, never: { commit: a, reaches: dev }]`,
        tells: /cannot retry dev with a: .*Skipped/,
    },
    {
        says: "nor be rolled back, to the execution that skipped it",
        stack: withDev({ before: [marked] }),
        script: `
commits: [{ id: a }, { id: b, at: 3h, message: "a fix [deploy]" }]
rollbacks: [{ environment: dev, to: a, at: 9h }]
expect: [deployed: { environment: dev, commit: b }, never: { rolledBack: { environment: dev } }]`,
        tells: /cannot roll dev back to a: its release has not succeeded in dev/,
    },
    {
        says: "nor be rolled back at all, while it is in that status",
        stack: withDev({ before: [marked] }),
        script: `
commits: [{ id: a, message: "a fix [deploy]" }, { id: b, at: 3h }]
rollbacks: [{ environment: dev, to: a, at: 9h }]
expect: [stage: { stage: dev, commit: b, is: Skipped }, never: { rolledBack: { environment: dev } }]`,
        tells: /a stage that was skipped cannot be rolled back/,
    },
    {
        says: "a condition with the result Skip cannot be overridden",
        stack: withDev({ before: [marked] }),
        script: `
commits: [{ id: a }]
overrides: [{ stage: dev, commit: a, at: 30m }, { stage: dev, commit: a, at: 31m }]
expect: [stage: { stage: dev, commit: a, is: Skipped }, never: { overridden: { stage: dev, commit: a } }]`,
        tells: /a condition that skips its stage cannot be overridden/,
    },
    {
        says: "Entry with Fail, overridden while its rule runs: the stage proceeds",
        stack: withProd({ before: [nightly] }),
        script: `
start: 2026-03-02T18:00Z
commits: [{ id: a }]
overrides: [{ stage: prod, commit: a, at: 2h }]
expect: [overridden: { stage: prod, commit: a, condition: before }, reaches: { commit: a, environment: prod, by: 2h20m }]`,
    },
    {
        says: "On Success with Fail: the stage fails, and nothing is rolled back",
        stack: withProd({ after: [alarm({ waitMinutes: 60 })] }),
        script: `
deployed: { prod: z }
commits: [{ id: a }]
alarms: [{ name: prod-5xx, from: 100m }]
expect:
  - stage: { stage: prod, commit: a, is: Failed }
  - status: { commit: a, is: Failed }
  - never: { rolledBack: { environment: prod } }`,
    },
    {
        says: "On Success with Rollback: the stage goes back where the alarm is raised within the wait time",
        stack: withProd({ after: [alarm({ waitMinutes: 60 })], ...rollback }),
        script: `
deployed: { prod: z }
commits: [{ id: a }]
alarms: [{ name: prod-5xx, from: 100m }]
expect:
  - status: { commit: a, is: Failed }
  - rolledBack: { environment: prod, to: z, by: 120m }
  - deployed: { environment: prod, commit: z }`,
    },
    {
        says: "On Success with Fail, overridden: the stage proceeds",
        stack: withProd({ after: [alarm({ waitMinutes: 60 })] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx, from: 100m }]
overrides: [{ stage: prod, commit: a, at: 90m, condition: after }]
expect: [overridden: { stage: prod, commit: a, condition: after }, reaches: { commit: a, environment: prod, by: 90m }]`,
    },
    {
        says: "On Success with Rollback, overridden: the stage proceeds",
        stack: withProd({ after: [alarm({ waitMinutes: 60 })], ...rollback }),
        script: `
deployed: { prod: z }
commits: [{ id: a }]
alarms: [{ name: prod-5xx, from: 100m }]
overrides: [{ stage: prod, commit: a, at: 90m, condition: after }]
expect: [status: { commit: a, is: Succeeded }, never: { rolledBack: { environment: prod } }]`,
    },
]);

holds("the announcement of stage conditions", [
    {
        says: "a condition that has failed is overridden, and the execution enters the stage",
        stack: withProd({ before: [alarm()] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx }]
overrides: [{ stage: prod, commit: a, at: 2h }]
expect:
  - status: { commit: a, is: Failed, at: 1h59m }
  - overridden: { stage: prod, commit: a }
  - reaches: { commit: a, environment: prod, by: 2h20m }`,
    },
    {
        says: "or leaves it",
        stack: withProd({ after: [alarm()] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx }]
overrides: [{ stage: prod, commit: a, at: 2h, condition: after }]
expect:
  - status: { commit: a, is: Failed, at: 1h59m }
  - status: { commit: a, is: Succeeded, at: 2h }`,
    },
    {
        says: "a failed action, and no failed entry, is what a failure condition is about",
        stack: withProd({ before: [alarm()], ...rollback }),
        script: `
deployed: { prod: z }
commits: [{ id: a }, { id: b, at: 4h }]
alarms: [{ name: prod-5xx, to: 2h }]
failures: [{ action: prod/deploy, commit: b }]
expect:
  - status: { commit: a, is: Failed }
  - never: { rolledBack: { environment: prod, by: 4h } }
  - rolledBack: { environment: prod, to: z }`,
    },
]);

holds("concepts", [
    {
        says: "the stage is locked when the execution enters it, and then the rules of entry are run",
        stack: withProd({ before: [nightly] }),
        service: { executionMode: "superseded" },
        script: `
start: 2026-03-02T18:00Z
commits: [{ id: a }, { id: b, at: 2h }, { id: c, at: 4h }]
expect:
  - waits: { stage: prod, commit: b }
  - status: { commit: a, is: Succeeded }
  - status: { commit: b, is: Superseded }
  - status: { commit: c, is: Succeeded }`,
    },
]);

holds("concepts-how-it-works-conditions", [
    {
        says: "for On Success conditions OK and INSUFFICIENT_DATA meet the criteria",
        stack: withProd({ after: [alarm({ waitMinutes: 60 })] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx, state: INSUFFICIENT_DATA }]
expect: [status: { commit: a, is: Succeeded }]`,
    },
    {
        says: "DeploymentWindow succeeds when date and time meet the cron expression, in its time zone",
        stack: withProd({ before: [{ ...nightly, timeZone: "UTC+05:30" }] }),
        script: `
start: 2026-03-02T18:00Z
commits: [{ id: a }]
expect: [reaches: { commit: a, environment: prod, by: 2026-03-03T02:50Z }, stage: { stage: prod, commit: a, is: Succeeded }]`,
    },
]);

const checks: readonly [operator: string, value: string, passes: boolean][] = [
    ["EQ", "an update", true],
    ["EQ", "an", false],
    ["NE", "an", true],
    ["NE", "an update", false],
    ["CONTAINS", "update", true],
    ["CONTAINS", "upgrade", false],
    ["MATCHES", "an? .*", true],
    ["MATCHES", "update", false],
];

holds("rule-reference-VariableCheck", [
    ...checks.map(([operator, value, passes]) => ({
        says: `${operator} ${value} ${passes ? "passes" : "does not pass"} for "an update"`,
        stack: withProd({ before: [variable({ operator, value })] }),
        script: `
commits: [{ id: a, message: an update }]
expect: [status: { commit: a, is: ${passes ? "Succeeded" : "Failed"} }]`,
    })),
    ...Object.entries({
        "SourceVariables.BranchName": "main",
        "SourceVariables.FullRepositoryName": "acme/orders",
        "SourceVariables.CommitId": "a",
        "variables.Mode": "canary",
    }).map(([name, value]) => ({
        says: `#{${name}} is resolved when the pipeline runs`,
        stack: withProd({ before: [{ type: "variable", variable: `#{${name}}`, value }] }),
        service: { variables: { Mode: { default: "canary" } } },
        script: "commits: [{ id: a }]\nexpect: [status: { commit: a, is: Succeeded }]",
    })),
    ...(["BranchName", "CommitId"] as const).map(name => ({
        says: `#{config.${name}} of a further source ${name === "BranchName" ? "is" : "is not known, and so not"} resolved`,
        stack: withProd({ before: [{ type: "variable", variable: `#{config.${name}}`, operator: "NE", value: "x" }] }),
        service: { sources: { config: { repository: "acme/config" } } },
        script: `
commits: [{ id: a }]
expect: [status: { commit: a, is: ${name === "BranchName" ? "Succeeded" : "Failed"} }]`,
    })),
    {
        says: "#{variables.Mode} can be overridden where the pipeline is started",
        stack: withProd({ before: [{ type: "variable", variable: "#{variables.Mode}", value: "canary" }] }),
        service: { variables: { Mode: { default: "canary" } } },
        script: `
commits: [{ id: a, byHand: true, variables: { variables.Mode: all } }]
expect: [status: { commit: a, is: Failed }]`,
    },
]);
