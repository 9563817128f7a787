import { holds, withProd } from "./support";

const superseded = { executionMode: "superseded" };
const parallel = { executionMode: "parallel" };

/** a is in dev for more than an hour; b and c come while it is there. */
const behind = `
commits: [{ id: a }, { id: b, at: 31m }, { id: c, at: 40m }]
durations: { default: 10m, dev/deploy: 2h }
`;

holds("concepts-how-it-works", [
    {
        says: "a stage is locked while one execution is in it, and the next is held in front of it",
        script: `
commits: [{ id: a }, { id: b, at: 1m }]
expect:
  - waits: { commit: b, stage: Source }
  - status: { commit: a, is: Succeeded }
  - status: { commit: b, is: Succeeded }`,
    },
    {
        says: "SUPERSEDED: a more recent execution overtakes one that waits, which does not continue",
        service: superseded,
        script: `${behind}
expect:
  - waits: { commit: b, stage: dev }
  - status: { commit: a, is: Succeeded }
  - status: { commit: b, is: Superseded }
  - stage: { stage: dev, commit: b, is: NotReached }
  - reaches: { commit: c, environment: dev, by: 5h20m }`,
    },
    {
        says: "QUEUED: executions are processed one by one, in the order in which they are queued",
        script: `${behind}
expect:
  - reaches: { commit: a, environment: dev, by: 2h50m }
  - deployed: { environment: dev, commit: a, at: 5h }
  - reaches: { commit: b, environment: dev, by: 5h20m }
  - deployed: { environment: dev, commit: b, at: 7h }
  - reaches: { commit: c, environment: dev, by: 7h50m }`,
    },
    {
        says: "PARALLEL: executions do not wait for others to complete before they start or finish",
        service: parallel,
        script: `
commits: [{ id: a }, { id: b }, { id: c }]
expect:
  - reaches: { commit: a, environment: prod, by: 80m }
  - reaches: { commit: b, environment: prod, by: 80m }
  - reaches: { commit: c, environment: prod, by: 80m }
  - never: { waits: { commit: b, stage: Source } }`,
    },
    {
        says: "PARALLEL: stage rollback is not available",
        service: parallel,
        script: `
commits: [{ id: a }, { id: b, at: 3h }]
rollbacks: [{ environment: prod, to: a, at: 6h }]
expect: [never: { rolledBack: { environment: prod } }, deployed: { environment: prod, commit: b }]`,
        tells: /parallel mode cannot be rolled back/,
    },
    {
        says: "a failure releases the lock on the stage",
        script: `${behind}
failures: [{ action: dev/deploy, commit: a }]
expect:
  - status: { commit: a, is: Failed }
  - reaches: { commit: b, environment: dev, by: 5h10m }`,
    },
    {
        says: "an execution that is stopped does not continue in a stage, which is unlocked",
        script: `${behind}
stops: [{ commit: a, at: 1h, abandon: true }]
expect:
  - stage: { stage: prod, commit: a, is: NotReached }
  - reaches: { commit: b, environment: dev, by: 3h30m }`,
    },
    {
        says: "with the transition in front disabled, a stage that is unlocked by a stop accepts no other execution",
        script: `${behind}
transitions: [{ stage: dev, from: 50m }]
stops: [{ commit: a, at: 1h, abandon: true }]
until: 10h
expect:
  - status: { commit: a, is: Stopped }
  - stage: { stage: dev, commit: b, is: Waiting }`,
    },
    {
        says: "another execution that enters the failed stage supersedes the failed one, which then cannot be retried",
        service: superseded,
        script: `${behind}
failures: [{ action: dev/deploy, commit: a, attempt: 1 }]
retries: [{ stage: dev, commit: a, at: 3h }]
expect: [status: { commit: a, is: Failed }]`,
        tells: /cannot retry dev with a: c has entered dev since/,
    },
    {
        says: "while an approval waits its stage is locked, and who waits in front can be superseded",
        stack: withProd({ approval: {} }),
        service: superseded,
        script: `
commits: [{ id: a }, { id: b, at: 10m }, { id: c, at: 1h }]
approvals: [{ commit: a, after: 9h, answer: approve }]
expect:
  - waits: { stage: Approve-prod, commit: b }
  - status: { commit: a, is: Succeeded }
  - status: { commit: b, is: Superseded }
  - status: { commit: c, is: Succeeded }`,
    },
    {
        says: "an inbound execution that was stopped shows as stopped, and cannot be retried: it has no failed actions",
        script: `${behind}
stops: [{ commit: b, at: 2h }]
retries: [{ stage: dev, commit: b, at: 9h }]
expect:
  - status: { commit: b, is: Stopped }
  - stage: { stage: dev, commit: b, is: Stopped }`,
        tells: /there is nothing to retry/,
    },
]);

holds("transitions", [
    {
        says: "an execution that waits at a disabled transition moves in when it is enabled",
        script: `
commits: [{ id: a }]
transitions: [{ stage: dev, to: 5h }]
expect: [waits: { stage: dev, commit: a }, reaches: { commit: a, environment: dev, by: 5h30m }]`,
    },
    {
        says: "a disabled transition leaves alone who is in the stage",
        script: `
commits: [{ id: a }]
transitions: [{ stage: dev, from: 31m }]
expect: [reaches: { commit: a, environment: prod, by: 80m }]`,
    },
    {
        says: "of those that arrive at a disabled transition only the latest continues, where they supersede one another",
        service: superseded,
        script: `
commits: [{ id: a }, { id: b, at: 1h }, { id: c, at: 2h }]
transitions: [{ stage: dev, to: 5h }]
expect:
  - status: { commit: a, is: Superseded }
  - status: { commit: b, is: Superseded }
  - reaches: { commit: c, environment: dev, by: 5h30m }`,
    },
]);

holds("pipelines-stop", [
    {
        says: "stop and wait: the execution is stopping until what runs is done",
        script: `
commits: [{ id: a }]
stops: [{ commit: a, at: 41m }]
until: 45m
expect: [status: { commit: a, is: Stopping }, stage: { stage: dev, commit: a, is: Stopping }]`,
    },
    {
        says: "stop and wait: then it is stopped, and no further action starts",
        script: `
commits: [{ id: a }]
stops: [{ commit: a, at: 41m }]
expect:
  - status: { commit: a, is: Stopped }
  - never: { commit: a, reaches: prod }
  - stage: { stage: prod, commit: a, is: NotReached }`,
        tells: /^deploy succeeds/,
    },
    {
        says: "stop and wait is no option for one that is stopping, and abandoning it is",
        script: `
commits: [{ id: a }]
stops: [{ commit: a, at: 41m }, { commit: a, at: 42m }, { commit: a, at: 43m, abandon: true }]
until: 44m
expect: [status: { commit: a, is: Stopped }]`,
        tells: /cannot stop a once more: it is stopping already/,
    },
    {
        says: "the actions in the stage where it was stopped can be retried",
        script: `
commits: [{ id: a }]
stops: [{ commit: a, at: 41m, abandon: true }]
retries: [{ stage: dev, commit: a, at: 1h }]
expect:
  - status: { commit: a, is: Stopped, at: 42m }
  - reaches: { commit: a, environment: dev, by: 1h20m }
  - status: { commit: a, is: Succeeded }`,
        tells: /^deploy is abandoned/,
    },
]);
