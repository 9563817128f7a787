import * as assert from "node:assert/strict";
import { basicUnits } from "../../../functions/metrics/metric";
import { bad, deploy, history, linesOf, migration, minute, script, slowly, smoke, undoing } from "./support/histories";
import { production } from "./support/pipeline";
import { fine, type Scenario, type Script } from "./support/simulator";
import { valuesOf } from "./support/stand";

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
            "a rollback that fails and is tried again: the change has failed once, since the first of them began",
            history([script(0, 1), script(20, 2)], {
                undoings: [undoing(60, 1, production, bad("fail", deploy)), undoing(80, 1)],
            }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", { ...release, LeadTime: [89] }],
                ["FAILED", { FailedChanges: 1 }],
                ["SUCCEEDED", { TimeToRestore: 23 + 1 / 60 }],
            ],
        ],
        [
            "a rollback that fails, is retried and succeeds: the same",
            history([script(0, 1), script(20, 2)], {
                undoings: [undoing(60, 1, production, bad("fail", deploy, "retry-all"))],
            }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["SUCCEEDED", { ...release, LeadTime: [89] }],
                ["FAILED", { FailedChanges: 1 }],
                ["SUCCEEDED", { TimeToRestore: 10 + 1 / 60 }],
            ],
        ],
        [
            "a failed rollback to what is deployed: production fails, but no change",
            history([script(0, 1)], { undoings: [undoing(60, 0, production, bad("fail", deploy)), undoing(80, 0)] }),
            [
                ["SUCCEEDED", { ...release, LeadTime: [69] }],
                ["FAILED", {}],
                ["SUCCEEDED", { TimeToRestore: 21 }],
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
            "a test that fails in an attempt of its own, after the deploy: a failed deployment",
            history([script(0, 1, bad("stop", smoke, "retry-failed"), bad("fail", 0)), script(20, 2)]),
            [
                ["STOPPED", {}],
                ["FAILED", failure],
                ["SUCCEEDED", { ...release, LeadTime: [89, 89], TimeToRestore: 14 }],
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
            assert.deepEqual(
                valuesOf(line).LeadTime,
                times.map(time => time * 60),
            );
        }
    });
});
