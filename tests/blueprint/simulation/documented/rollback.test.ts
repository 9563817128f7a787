import { holds, withDev, withProd } from "./support";

const back = withProd({ onFailure: "rollback" });
const releases = "commits: [{ id: a }, { id: b, at: 3h }, { id: c, at: 6h }]";

holds("stage-rollback-auto", [
    {
        says: "a stage that fails is rolled back to the most recent successful execution",
        stack: back,
        script: `${releases}
failures: [{ action: prod/deploy, commit: c }]
expect:
  - status: { commit: c, is: Failed }
  - rolledBack: { environment: prod, to: b }
  - deployed: { environment: prod, commit: b }
  - never: { rolledBack: { environment: dev } }`,
    },
    {
        says: "it does so only after there is a successful execution in the stage",
        stack: back,
        script: `${releases}
failures: [{ action: prod/deploy, commit: a }]
expect: [status: { commit: a, is: Failed }, never: { rolledBack: { environment: prod } }]`,
    },
]);

holds("stage-rollback", [
    {
        says: "a target is no execution of the type rollback",
        stack: back,
        script: `${releases}
failures: [{ action: prod/deploy, commit: b }, { action: prod/deploy, commit: c }]
expect:
  - told: { target: people, happening: rolled-back, environment: prod, times: 2 }
  - deployed: { environment: prod, commit: a }`,
        tells: /prod goes back to a, as execution 5/,
    },
    {
        says: "a rollback uses the artifacts of its target, in an execution of its own",
        stack: back,
        script: `${releases}
failures: [{ action: prod/deploy, commit: b }]
expect: [rolledBack: { environment: prod, to: a }]`,
        tells: /deploy begins: with the artifacts of a/,
    },
]);

holds("stage-rollback-manual", [
    {
        says: "a stage is rolled back to a previous execution that succeeded in it",
        script: `${releases}
rollbacks: [{ environment: prod, to: a, at: 9h }]
expect:
  - rolledBack: { environment: prod, to: a, by: 9h20m }
  - deployed: { environment: prod, commit: a }
  - deployed: { environment: dev, commit: c }
  - status: { commit: c, is: Succeeded }`,
    },
    {
        says: "and to none that did not",
        script: `${releases}
failures: [{ action: prod/deploy, commit: b }]
rollbacks: [{ environment: prod, to: b, at: 9h }]
expect: [never: { rolledBack: { environment: prod } }]`,
        tells: /cannot roll prod back to b: its release has not succeeded in prod/,
    },
    {
        says: "a stage that has failed can be rolled back",
        script: `${releases}
failures: [{ action: prod/deploy, commit: c }]
rollbacks: [{ environment: prod, to: b, at: 9h }]
expect: [rolledBack: { environment: prod, to: b }, status: { commit: c, is: Failed }]`,
    },
]);

holds("API_RollbackStage", [
    {
        says: "a stage that is running is not rolled back",
        script: `${releases}
durations: { default: 10m, prod/deploy: 2h }
rollbacks: [{ environment: prod, to: a, at: 5h }]
expect: [never: { rolledBack: { environment: prod } }, status: { commit: b, is: Succeeded }]`,
        tells: /cannot roll prod back to a: b is in it/,
    },
]);

holds("stage-retry", [
    {
        says: "retrying failed actions runs those that failed, and the execution goes on",
        script: `
commits: [{ id: a }]
failures: [{ action: dev/smoke, attempt: 1 }]
retries: [{ stage: dev, commit: a, at: 2h }]
expect: [reaches: { commit: a, environment: dev, by: 2h10m }, reaches: { commit: a, environment: prod, by: 2h30m }]`,
    },
    {
        says: "retrying a stage runs all of its actions from the first",
        script: `
commits: [{ id: a }]
failures: [{ action: dev/smoke, attempt: 1 }]
retries: [{ stage: dev, commit: a, at: 2h, mode: all-actions }]
expect: [stage: { stage: dev, commit: a, is: Succeeded }, reaches: { commit: a, environment: dev, by: 2h30m }]`,
        tells: /^verify begins, attempt 2/,
    },
    {
        says: "retrying failed actions triggers them again, while those in progress continue working",
        script: `
commits: [{ id: a }]
durations: { default: 10m, dev/integration: 2h }
failures: [{ action: dev/smoke, attempt: 1 }]
retries: [{ stage: dev, commit: a, at: 90m }]
expect: [reaches: { commit: a, environment: dev, by: 2h50m }, status: { commit: a, is: Succeeded }]`,
        tells: /^smoke begins, attempt 2/,
    },
    {
        says: "a stage is not retried from its first action while actions are in progress",
        script: `
commits: [{ id: a }]
durations: { default: 10m, dev/integration: 2h }
failures: [{ action: dev/smoke, attempt: 1 }]
retries: [{ stage: dev, commit: a, at: 90m, mode: all-actions }]
expect: [status: { commit: a, is: Failed }]`,
        tells: /integration still runs there/,
    },
    {
        says: "a stage whose actions have all succeeded is not retried",
        script: `
commits: [{ id: a }]
retries: [{ stage: dev, commit: a, at: 3h }]
expect: [status: { commit: a, is: Succeeded }]`,
        tells: /cannot retry dev with a: .*Succeeded/,
    },
    {
        says: "nor while another retry of it is in progress",
        script: `
commits: [{ id: a }]
failures: [{ action: dev/smoke, attempt: 1 }]
retries: [{ stage: dev, commit: a, at: 2h }, { stage: dev, commit: a, at: 2h5m }]
expect: [reaches: { commit: a, environment: dev, by: 2h10m }]`,
        tells: /cannot retry dev with a: .*InProgress/,
    },
    {
        says: "by itself a stage makes one retry attempt, of its failed actions",
        stack: withDev({ onFailure: "retry" }),
        script: `
commits: [{ id: a }, { id: b, at: 9h }]
failures: [{ action: dev/smoke, commit: a, attempt: 1 }, { action: dev/smoke, commit: b }]
expect:
  - reaches: { commit: a, environment: dev, by: 70m }
  - status: { commit: b, is: Failed }`,
        tells: /^smoke begins, attempt 2/,
    },
    {
        says: "or of all of them",
        stack: withDev({ onFailure: "retry-all" }),
        script: `
commits: [{ id: a }]
failures: [{ action: dev/smoke, attempt: 1 }]
expect: [reaches: { commit: a, environment: dev, by: 90m }]`,
        tells: /^verify begins, attempt 2/,
    },
]);

const asked = withProd({ approval: { timeoutHours: 24 } });

holds("approvals-approve-or-reject, limits", [
    {
        says: "a rejected approval is a failed action: the stage unlocks, and the next is asked for",
        stack: asked,
        script: `
commits: [{ id: a }, { id: b }]
approvals: [{ commit: a, after: 5h, answer: refuse }]
expect:
  - stage: { stage: Approve-prod, commit: a, is: Failed }
  - status: { commit: a, is: Failed }
  - never: { commit: a, reaches: prod }
  - asked: { environment: prod, commit: b }
  - status: { commit: b, is: Succeeded }`,
    },
    {
        says: "one that nobody answers fails after its timeout",
        stack: asked,
        script: `
commits: [{ id: a }]
approvals: [{ answer: none }]
until: 25h
expect: [status: { commit: a, is: Failed }]`,
    },
    {
        says: "and not before",
        stack: asked,
        script: `
commits: [{ id: a }]
approvals: [{ answer: none }]
until: 24h59m
expect: [status: { commit: a, is: InProgress }]`,
    },
    {
        says: "without a timeout of its own after seven days",
        stack: withProd({ approval: {} }),
        script: `
commits: [{ id: a }, { id: b }]
approvals: [{ commit: a, after: 6d23h, answer: approve }, { commit: b, answer: none }]
until: 15d
expect: [status: { commit: a, is: Succeeded }, status: { commit: b, is: Failed }]`,
    },
    {
        says: "retrying its stage asks again",
        stack: asked,
        script: `
commits: [{ id: a }]
approvals: [{ attempt: 1, answer: refuse }, { attempt: 2, answer: approve }]
retries: [{ stage: Approve-prod, commit: a, at: 3h }]
expect: [status: { commit: a, is: Succeeded }]`,
    },
]);
