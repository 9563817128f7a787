import { holds, withProd } from "./support";

const back = withProd({ onFailure: "rollback", rollbackOn: ["prod-5xx"] });

holds("pipelines-edit", [
    {
        says: "a revision that is running through the pipeline when it is edited is not completed",
        script: `
commits: [{ id: a }, { id: b, at: 5m }]
edits: [{ at: 45m, by: the platform team, reason: a new suite }]
expect:
  - status: { commit: a, is: Cancelled }
  - stage: { stage: dev, commit: a, is: Cancelled }
  - stage: { stage: prod, commit: a, is: NotReached }
  - status: { commit: b, is: Cancelled }
  - never: { commit: b, reaches: dev }`,
        tells: /^deploy is cancelled/,
    },
    {
        says: "the edit runs nothing again: the next change, or a start by hand, runs through the edited pipeline",
        script: `
commits: [{ id: a }, { id: b, at: 2h }]
edits: [{ at: 45m }]
expect: [status: { commit: a, is: Cancelled }, reaches: { commit: b, environment: prod, by: 3h20m }]`,
    },
    {
        says: "who waits in front of a stage does not enter it any more",
        script: `
commits: [{ id: a }]
transitions: [{ stage: dev, to: 5h }]
edits: [{ at: 4h }]
expect: [status: { commit: a, is: Cancelled }, never: { commit: a, reaches: dev }]`,
    },
]);

holds("detect-state-changes-cloudwatch-events", [
    {
        says: "an action is canceled when the structure is updated: who was asked hears that no answer is awaited",
        stack: { ...withProd({ approval: {} }), notify: { people: ["approval-answered"] } },
        script: `
commits: [{ id: a }]
approvals: [{ answer: approve, after: 5h }]
edits: [{ at: 2h }]
expect: [told: { target: people, happening: approval-answered, environment: prod, commit: a, times: 1, by: 2h }]`,
        tells: /^a waits no more for a yes/,
    },
]);

holds("stage-rollback (of an edited pipeline)", [
    {
        says: "a stage goes back to no execution that was started in an earlier structure: not by hand",
        stack: back,
        script: `
commits: [{ id: a }, { id: b, at: 3h }, { id: c, at: 7h }]
edits: [{ at: 5h }]
rollbacks: [{ environment: prod, to: a, at: 6h }, { environment: prod, to: b, at: 9h }, { environment: prod, to: c, at: 10h }]
expect: [rolledBack: { environment: prod, to: c }, never: { rolledBack: { environment: prod, by: 10h } }]`,
        tells: /cannot roll prod back to b: its release has not succeeded in prod since the pipeline was last edited/,
    },
    {
        says: "nor by itself",
        stack: back,
        script: `
commits: [{ id: a }, { id: b, at: 3h }]
edits: [{ at: 2h }]
failures: [{ action: prod/deploy, commit: b }]
expect: [status: { commit: b, is: Failed }, never: { rolledBack: { environment: prod } }]`,
        tells: /no release has succeeded in it since the pipeline was last edited/,
    },
    {
        says: "nor by an alarm",
        stack: back,
        script: `
commits: [{ id: a }, { id: b, at: 3h }]
edits: [{ at: 2h }]
alarms: [{ name: prod-5xx, from: 6h }]
expect: [never: { rolledBack: { environment: prod } }, told: { target: people, happening: rolled-back, by: 6h }]`,
        tells: /no release before b has succeeded in prod since the pipeline was last edited/,
    },
    {
        says: "and a stage that failed before the edit cannot be retried",
        script: `
commits: [{ id: a }]
failures: [{ action: dev/deploy, attempt: 1 }]
edits: [{ at: 2h }]
retries: [{ stage: dev, commit: a, at: 3h }]
expect: [status: { commit: a, is: Failed }]`,
        tells: /cannot retry dev with a: the pipeline was edited since/,
    },
    {
        says: "nor is its condition overridden",
        stack: withProd({ before: [{ type: "alarm", name: "prod-5xx" }] }),
        script: `
commits: [{ id: a }]
alarms: [{ name: prod-5xx }]
edits: [{ at: 2h }]
overrides: [{ stage: prod, commit: a, at: 3h }]
expect: [status: { commit: a, is: Failed }, never: { overridden: { stage: prod, commit: a } }]`,
    },
]);
