import * as assert from "node:assert/strict";
import { basicUnits } from "../../../functions/metrics/metric";
import { production } from "./support/pipeline";
import { fine, simulate, type Scenario, type Script, type Try } from "./support/simulator";
import { fieldsOf, Stand, valuesOf, type Fields } from "./support/stand";

const minute = 60_000;

/** Each action takes a minute: an execution is in production from its sixth minute to its ninth, if it waits for nobody. */
const beforeProduction = [fine, fine, fine, fine];

const bad = (result: Try["result"], action: number, does: Try["then"]["does"] = "nothing", after = 5 * minute): Try => ({
    ...fine,
    result,
    action,
    then: { does, after },
});

/** The actions of production: a migration, two deploys at once, a test. */
const [migration, deploy, , smoke] = [0, 1, 2, 3];

/** An execution that begins `gap` minutes after the one before, of a commit that is an hour older than the first. */
const script = (gap: number, commit: number, ...inProduction: readonly Try[]): Script => ({
    gap: gap * minute,
    commit,
    age: 60 * minute,
    tries: [...beforeProduction, ...inProduction],
});

const history = (scripts: readonly Script[], more: Partial<Scenario> = {}): Scenario => ({
    mode: "QUEUED",
    undoings: [],
    ...more,
    scripts,
});

const undoing = (after: number, back: number, stage = production) => ({ after: after * minute, stage, back });

/** All lines of `scenario`, in the order in which it was. */
async function linesOf(scenario: Scenario): Promise<readonly Fields[]> {
    const world = simulate(scenario);
    const stand = new Stand(world);
    for (const event of world.told) {
        await stand.deliver(event, event.at);
    }
    return stand.lines.map(fieldsOf);
}

/** What the stage of production gives each time that it is over, in minutes. */
async function basicsOf(scenario: Scenario): Promise<readonly unknown[]> {
    const lines = (await linesOf(scenario)).filter(({ kind, Stage }) => kind === "stage" && Stage === production);
    const minutes = (value: unknown): unknown =>
        Array.isArray(value) ? (value as number[]).map(minutes) : (value as number) / 60;
    return lines.map(fields => [
        fields.state,
        Object.fromEntries(
            Object.entries(valuesOf(fields))
                .filter(([name]) => name in basicUnits)
                .map(([name, value]) => [name, basicUnits[name as "LeadTime"] === "Count" ? value : minutes(value)]),
        ),
    ]);
}

/** Builds for ten minutes: until then others wait behind it. */
const slowly = { gap: 0, commit: 1, age: 60 * minute, tries: [fine, { ...fine, durations: [5 * minute] }] };

const release = { Deployments: 1, ExecutionTime: 8 };
const failure = { FailedDeployments: 1, FailedChanges: 1 };

describe("metrics of production", () => {
    const rows: readonly (readonly [string, Scenario, readonly unknown[]])[] = [
        [
            "a release: its time without the approval, and since its commit",
            history([script(0, 1)]),
            [["SUCCEEDED", { ...release, LeadTime: [69] }]],
        ],
        [
            "a failed deploy that is retried, twice: one failed change, restored since the first failure",
            history([script(0, 1, bad("fail", deploy, "retry-failed"), bad("fail", deploy, "retry-all"))]),
            [
                ["FAILED", failure],
                ["FAILED", {}],
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 22, LeadTime: [83], TimeToRestore: 15 }],
            ],
        ],
        [
            "a test that fails after the deploy: a failed deployment",
            history([script(0, 1, bad("fail", smoke))]),
            [["FAILED", failure]],
        ],
        [
            "what fails before the deploy begins: no failed deployment, and nothing to restore",
            history([script(0, 1, bad("fail", migration, "retry-failed"))]),
            [
                ["FAILED", {}],
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 14, LeadTime: [75] }],
            ],
        ],
        [
            "a deploy that begins only in the second attempt, and fails there",
            history([script(0, 1, bad("fail", migration, "retry-failed"), bad("fail", deploy))]),
            [
                ["FAILED", {}],
                ["FAILED", failure],
            ],
        ],
        [
            "a failed deploy that the next release mends: it brings the commits of both",
            history([script(0, 1, bad("fail", deploy)), script(20, 2)]),
            [
                ["FAILED", failure],
                ["SUCCEEDED", { ...release, LeadTime: [89, 89], TimeToRestore: 21 }],
            ],
        ],
        [
            "a release that somebody rolls back: its change has failed, at the start of the rollback",
            history([script(0, 1), script(20, 2)], { undoings: [undoing(60, 1)] }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", { ...release, LeadTime: [89] }],
                ["SUCCEEDED", { FailedChanges: 1, TimeToRestore: 3 + 1 / 60 }],
            ],
        ],
        [
            "a failed deploy that is rolled back by itself: the change has failed once, and is not failing twice",
            history([script(0, 1), script(20, 2, bad("fail", deploy, "rollback", minute))]),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["FAILED", failure],
                ["SUCCEEDED", { TimeToRestore: 4 + 1 / 60 }],
            ],
        ],
        [
            "a rollback to what is deployed: nothing has failed",
            history([script(0, 1)], { undoings: [undoing(60, 0)] }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", {}],
            ],
        ],
        [
            "a rollback of a rollback: no further change has failed",
            history([script(0, 1), script(20, 2), script(20, 3)], { undoings: [undoing(80, 1), undoing(100, 2)] }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", { ...release, LeadTime: [89] }],
                ["SUCCEEDED", { ...release, LeadTime: [109] }],
                ["SUCCEEDED", { FailedChanges: 1, TimeToRestore: 3 + 1 / 60 }],
                ["SUCCEEDED", { TimeToRestore: 3 + 1 / 60 }],
            ],
        ],
        [
            "a change that failed, was retried and then rolled back: it has failed once",
            history([script(0, 1), script(20, 2, bad("fail", deploy, "retry-all"))], { undoings: [undoing(80, 1)] }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["FAILED", failure],
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 15, LeadTime: [96], TimeToRestore: 8 }],
                ["SUCCEEDED", { TimeToRestore: 3 + 1 / 60 }],
            ],
        ],
        [
            "a rollback of another stage: production does not change",
            history([script(0, 1), script(20, 2)], { undoings: [undoing(60, 1, "staging")] }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", { ...release, LeadTime: [89] }],
            ],
        ],
        [
            "a condition on success that says no: a failed deployment since its last action was over",
            history([script(0, 1, { ...bad("refused", 0, "retry-all"), condition: 10 * minute })]),
            [
                ["FAILED", failure],
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 26, LeadTime: [87], TimeToRestore: 18 }],
            ],
        ],
        [
            "a condition on success that takes its time: the release is good when it has said yes",
            history([script(0, 1, { ...fine, condition: 10 * minute })]),
            [["SUCCEEDED", { Deployments: 1, ExecutionTime: 18, LeadTime: [79] }]],
        ],
        [
            "a condition on entry that says no: nothing was deployed",
            history([script(0, 1, bad("blocked", 0)), script(20, 2)]),
            [
                ["FAILED", {}],
                ["SUCCEEDED", { ...release, LeadTime: [89, 89] }],
            ],
        ],
        [
            "a retry that is not let in: it fails nothing again",
            history([script(0, 1, bad("fail", deploy, "retry-all"), bad("blocked", 0))]),
            [
                ["FAILED", failure],
                ["FAILED", {}],
            ],
        ],
        [
            "a deploy that somebody stops: neither good nor bad",
            history([script(0, 1, bad("stop", deploy)), script(20, 2)]),
            [
                ["STOPPED", {}],
                ["SUCCEEDED", { ...release, LeadTime: [89, 89] }],
            ],
        ],
        [
            "an execution that is superseded: its commit comes with the one that is not",
            history([slowly, script(0.1, 2), script(1.5, 3)], { mode: "SUPERSEDED" }),
            [
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 16, LeadTime: [77] }],
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 17.4, LeadTime: [80, 80] }],
            ],
        ],
        [
            "executions that fail before production: their commits come with the next, each once",
            history([
                { gap: 0, commit: 1, age: 60 * minute, tries: [fine, bad("fail", 0)] },
                { gap: 20 * minute, commit: 1, age: 60 * minute, tries: [fine, bad("fail", 0)] },
                { gap: 20 * minute, commit: 2, age: 10 * minute, tries: [] },
            ]),
            [["SUCCEEDED", { ...release, LeadTime: [59, 109] }]],
        ],
        [
            "a commit that is deployed again: its lead time is told once",
            history([script(0, 1), script(20, 2), script(20, 1)]),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", { ...release, LeadTime: [89] }],
                ["SUCCEEDED", release],
            ],
        ],
        [
            "executions in parallel: each brings its own commit",
            history([script(0, 1, { ...fine, durations: [10 * minute] }), script(1, 2)], { mode: "PARALLEL" }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [70] }],
                ["SUCCEEDED", { Deployments: 1, ExecutionTime: 35, LeadTime: [96] }],
            ],
        ],
    ];
    for (const [title, scenario, values] of rows) {
        it(title, async () => assert.deepEqual(await basicsOf(scenario), values));
    }

    it("lead time begins with the execution where no source tells of a commit's time, and the line says so", async () => {
        const timeless = ({ gap, commit, tries }: Script): Script => ({ gap, commit, tries });
        for (const [scripts, from, times] of [
            [[timeless(script(0, 1))], "trigger", [9]],
            [[script(0, 1)], "commit", [69]],
            [[script(0, 1, bad("fail", deploy)), timeless(script(20, 2))], "both", [9, 89]],
        ] as const) {
            const line = (await linesOf(history(scripts))).find(({ Deployments }) => Deployments === 1) ?? {};
            assert.deepEqual(line.leadTimeFrom, from);
            assert.deepEqual(valuesOf(line).LeadTime, times.map(time => time * 60));
        }
    });
});

describe("metrics of stages", () => {
    /** Values of the events that `kind` and `stage` say, with the state. */
    const of = async (scenario: Scenario, kind: string, stage: string) =>
        (await linesOf(scenario))
            .filter(fields => fields.kind === kind && fields.Stage === stage)
            .map(fields => [fields.state, valuesOf(fields)]);
    const good = { Succeeded: 1, ErrorRate: 0 };
    const failed = { Failed: 1, ErrorRate: 1 };

    it("each attempt has a duration and a result; the first alone has waited", async () =>
        assert.deepEqual(
            await of(
                history([{ gap: 0, commit: 1, tries: [fine, bad("fail", 1, "retry-failed")] }]),
                "stage",
                "Build",
            ),
            [
                // Events have whole seconds: 250 ms are missing.
                ["FAILED", { ...failed, StageDuration: 119.75, QueueTime: 0 }],
                ["SUCCEEDED", { ...good, StageDuration: 59.75 }],
            ],
        ));

    it("queue time is what an execution waits for the stage", async () =>
        assert.deepEqual(await of(history([script(0, 1), script(0.5, 2)]), "stage", "Build"), [
            ["SUCCEEDED", { ...good, StageDuration: 119.75, QueueTime: 0 }],
            ["SUCCEEDED", { ...good, StageDuration: 119.75, QueueTime: 60 }],
        ]));

    it("the first stage waits for nobody", async () =>
        assert.deepEqual(await of(history([script(0, 1)]), "stage", "Source"), [
            ["SUCCEEDED", { ...good, StageDuration: 59.75 }],
        ]));

    it("approvals wait from the question to a yes or a no, and are no action's duration", async () => {
        const no = history([{ gap: 0, commit: 1, tries: [fine, fine, fine, bad("fail", 0)] }]);
        assert.deepEqual(await of(no, "action", "Approve-prod"), [["FAILED", { ApprovalWaitingTime: 60 }]]);
        assert.deepEqual(await of(history([script(0, 1)]), "action", "Approve-prod"), [
            ["SUCCEEDED", { ApprovalWaitingTime: 60 }],
        ]);
    });

    it("actions that are stopped have no duration, nor has their stage", async () => {
        const stopped = history([{ gap: 0, commit: 1, tries: [fine, bad("stop", 0)] }]);
        assert.deepEqual(await of(stopped, "action", "Build"), [["ABANDONED", {}]]);
        assert.deepEqual(await of(stopped, "stage", "Build"), [["STOPPED", { QueueTime: 0 }]]);
    });

    it("rollbacks are counted in their stage, which they did not wait for", async () =>
        assert.deepEqual(
            (
                await of(
                    history([script(0, 1), script(20, 2)], { undoings: [undoing(60, 1, "staging")] }),
                    "stage",
                    "staging",
                )
            ).at(-1),
            ["SUCCEEDED", { ...good, StageDuration: 119.75, Rollbacks: 1 }],
        ));

    it("the cause is the action that failed first, or a condition", async () => {
        const causes = async (...tries: readonly Try[]) =>
            (await linesOf(history([script(0, 1, ...tries)]))).flatMap(({ cause, kind, Stage }) =>
                cause === undefined ? [] : [[kind, Stage, cause]],
            );
        assert.deepEqual(await causes(bad("fail", deploy)), [
            ["action", production, "Deploy ECS"],
            ["stage", production, "Deploy ECS"],
            ["pipeline", undefined, "Deploy ECS"],
        ]);
        assert.deepEqual(await causes(bad("refused", 0)), [
            ["stage", production, "Condition"],
            ["pipeline", undefined, "Condition"],
        ]);
    });
});
