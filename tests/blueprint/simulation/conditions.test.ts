import * as assert from "node:assert/strict";
import { commitOf } from "../../../blueprint/simulation/script";
import { hour, minute } from "../../../blueprint/simulation/times";
import type { Words } from "../support/fleet";
import { commits, lines, pipelineWith, play, statuses, thereIn } from "./support";

/** A pipeline to dev and prod, with `words` about prod. */
const prod = (words: Words) => pipelineWith({ environments: [{ name: "dev" }, { name: "prod", ...words }] });

const raised = (from: number, to: number, name = "errors") => [
    { name, from: from * minute, to: to * minute, state: "ALARM" as const },
];

/** When prod is entered with a single commit and actions of ten minutes: source, build, seal, then dev. */
const entered = (plan: ReturnType<typeof prod>) =>
    play(plan, { commits: commits({ a: 0 }) }).events.find(
        ({ kind, stage }) => kind === "stage-entered" && stage === "prod",
    )?.at ?? 0;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html */
describe("simulation: stage conditions", () => {
    describe("DeploymentWindow", () => {
        const plan = prod({ before: [{ type: "window", cron: "* * 12-13 ? * MON-FRI", timeZone: "UTC" }] });
        const waiting = (start: number) => {
            const played = play(plan, { start, commits: commits({ a: 0 }) });
            return played.events.find(({ kind }) => kind === "condition-passed")?.at;
        };

        it("holds an execution until it opens", () => {
            assert.equal(waiting(Date.UTC(2026, 2, 2, 9)), 3 * hour);
        });

        it("holds it over the weekend", () => {
            // Friday, when it has closed: until Monday at noon.
            assert.equal(waiting(Date.UTC(2026, 2, 6, 15)), (2 * 24 + 21) * hour);
        });

        it("lets it in at once while it is open", () => {
            const at = entered(plan);
            assert.equal(waiting(Date.UTC(2026, 2, 2, 12)), at);
        });
    });

    describe("CloudWatchAlarm before a stage", () => {
        const plan = prod({ before: [{ type: "alarm", name: "errors", waitMinutes: 20 }] });
        const at = entered(plan) / minute;

        for (const [title, alarms, status, passed] of [
            ["passes at once where it is not raised", [], "Succeeded", at],
            ["gives a raised alarm its wait to recover", raised(0, at + 15), "Succeeded", at + 15],
            ["fails the stage where it has not recovered by then", raised(0, at + 25), "Failed", undefined],
            [
                "passes with INSUFFICIENT_DATA",
                [{ name: "errors", from: 0, to: 1000 * hour, state: "INSUFFICIENT_DATA" as const }],
                "Succeeded",
                at,
            ],
        ] as const) {
            it(title, () => {
                const played = play(plan, { commits: commits({ a: 0 }), alarms });
                assert.deepEqual(statuses(played), { a: status });
                assert.deepEqual(
                    lines(played, "condition-passed", "condition-failed"),
                    passed === undefined
                        ? [`${at + 20} condition-failed a prod`]
                        : [`${passed} condition-passed a prod`],
                );
            });
        }

        it("deploys nothing where it fails", () => {
            const played = play(plan, { commits: commits({ a: 0 }), alarms: raised(0, 1000) });
            assert.equal(thereIn(played, "prod"), undefined);
            assert.deepEqual(
                played.events.filter(({ kind, stage }) => kind === "action-started" && stage === "prod"),
                [],
            );
        });
    });

    describe("CloudWatchAlarm after a stage", () => {
        const rules = { after: [{ type: "alarm", name: "errors", waitMinutes: 20 }] };
        const plan = prod({ ...rules, onFailure: "rollback" });
        // Its actions are done when the condition begins to watch.
        const watch =
            (play(plan, { commits: commits({ a: 0 }) }).events.find(({ kind }) => kind === "condition-waits")?.at ??
                0) / minute;

        it("is watched for its wait, and passes where it is not raised", () => {
            const played = play(plan, { commits: commits({ a: 0 }) });
            assert.deepEqual(lines(played, "condition-passed"), [`${watch + 20} condition-passed a prod`]);
        });

        it("with the result ROLLBACK the stage goes back to the last execution that succeeded in it", () => {
            const played = play(plan, {
                deployed: { prod: "z" },
                commits: commits({ a: 0 }),
                alarms: raised(watch + 5, watch + 50),
            });
            assert.deepEqual(statuses(played), { a: "Failed" });
            assert.deepEqual(lines(played, "condition-failed", "rollback-started"), [
                `${watch + 5} condition-failed a prod`,
                `${watch + 5} rollback-started z prod`,
            ]);
            assert.equal(thereIn(played, "prod"), "z");
        });

        it("with the result FAIL the stage fails, and what was deployed stays", () => {
            const played = play(prod({ ...rules, onFailure: "stop" }), {
                deployed: { prod: "z" },
                commits: commits({ a: 0 }),
                alarms: raised(watch + 5, watch + 50),
            });
            assert.deepEqual(statuses(played), { a: "Failed" });
            assert.deepEqual(lines(played, "rollback-started"), []);
            assert.deepEqual(played.environments.at(1)?.halfway, "a");
        });

        it("an alarm that rises after the wait does nothing", () => {
            const played = play(plan, {
                deployed: { prod: "z" },
                commits: commits({ a: 0 }),
                alarms: raised(watch + 20, watch + 50),
            });
            assert.deepEqual(statuses(played), { a: "Succeeded" });
        });
    });

    describe("VariableCheck and LambdaInvoke", () => {
        const variable = (otherwise: string) =>
            prod({
                before: [
                    {
                        type: "variable",
                        variable: "#{SourceVariables.BranchName}",
                        operator: "MATCHES",
                        value: "release/.*",
                        otherwise,
                    },
                ],
            });

        it("SKIP goes on without the stage, which then counts as skipped", () => {
            const played = play(variable("skip"), { commits: [commitOf("a", { branch: "main" })] });
            assert.deepEqual(statuses(played), { a: "Succeeded" });
            assert.equal(played.executions[0].stages.prod, "Skipped");
            assert.equal(thereIn(played, "prod"), undefined);
        });

        it("FAIL fails the stage", () => {
            const played = play(variable("fail"), { commits: [commitOf("a", { branch: "main" })] });
            assert.deepEqual([statuses(played).a, played.executions[0].stages.prod], ["Failed", "Failed"]);
        });

        it("a variable that the script names counts before that of the source", () => {
            const variables = { "SourceVariables.BranchName": "release/1" };
            const played = play(variable("fail"), { commits: [commitOf("a", { branch: "main", variables })] });
            assert.deepEqual(statuses(played), { a: "Succeeded" });
        });

        it("a function that says no fails the stage, for the commit and the time that are meant", () => {
            const plan = prod({ before: [{ type: "lambda", function: "budget" }] });
            const no = { name: "budget", from: 0, to: 1000 * minute, answer: "no" as const };
            assert.deepEqual(
                statuses(play(plan, { commits: commits({ a: 0, b: 1 }), functions: [{ ...no, commit: "b" }] })),
                { a: "Succeeded", b: "Failed" },
            );
            assert.deepEqual(statuses(play(plan, { commits: commits({ a: 0 }), functions: [{ ...no, to: minute }] })), {
                a: "Succeeded",
            });
        });

        it("if one rule fails, the condition fails", () => {
            const plan = prod({
                before: [
                    { type: "lambda", function: "budget" },
                    { type: "lambda", function: "quality" },
                ],
            });
            const no = { name: "quality", from: 0, to: 1000 * minute, answer: "no" as const };
            assert.deepEqual(statuses(play(plan, { commits: commits({ a: 0 }), functions: [no] })), { a: "Failed" });
        });
    });

    describe("freezes", () => {
        const freezes = [{ environment: "prod", from: 0, to: 200 * minute, reason: "holidays" }];

        it("fail a release by a rule of the entry, and the stage can be retried afterwards", () => {
            const played = play(prod({ freezable: true }), {
                commits: commits({ a: 0 }),
                freezes,
                retries: [{ stage: "prod", commit: "a", at: 201 * minute, mode: "failed-actions" }],
            });
            assert.deepEqual(statuses(played), { a: "Succeeded" });
            assert.equal(lines(played, "condition-failed").length, 1);
        });

        it("fail it by the first action beside a window, and let the rollback that follows do nothing", () => {
            const plan = prod({
                freezable: true,
                onFailure: "rollback",
                before: [{ type: "window", cron: "* * * ? * *", timeZone: "UTC" }],
            });
            const played = play(plan, { deployed: { prod: "z" }, commits: commits({ a: 0 }), freezes });
            assert.deepEqual(
                played.events
                    .filter(({ kind }) => kind === "action-failed")
                    .map(({ action, commit }) => [action, commit]),
                [
                    ["check", "a"],
                    ["check", "z"],
                ],
            );
            assert.deepEqual(
                played.events.filter(({ deploys, stage }) => deploys && stage === "prod"),
                [],
            );
        });
    });

    describe("overridden", () => {
        const plan = prod({ before: [{ type: "alarm", name: "errors", waitMinutes: 20 }] });
        const at = entered(plan);
        const override = (time: number) => [
            { stage: "prod", commit: "a", condition: "before" as const, at: time, by: "on-call" },
        ];

        for (const [title, time] of [
            ["while it is looked at", at + 5 * minute],
            ["after it has failed the stage", at + 30 * minute],
        ] as const) {
            it(`${title}, a condition lets the execution in, and shows as overridden`, () => {
                const played = play(plan, {
                    commits: commits({ a: 0 }),
                    alarms: raised(0, 1000),
                    overrides: override(time),
                });
                assert.deepEqual(statuses(played), { a: "Succeeded" });
                assert.deepEqual(lines(played, "condition-overridden"), [
                    `${time / minute} condition-overridden a prod`,
                ]);
            });
        }

        it("a condition after the stage is overridden while it watches", () => {
            const after = prod({ after: [{ type: "alarm", name: "errors", waitMinutes: 60 }], onFailure: "rollback" });
            const watch =
                play(after, { commits: commits({ a: 0 }) }).events.find(({ kind }) => kind === "condition-waits")?.at ??
                0;
            const played = play(after, {
                commits: commits({ a: 0 }),
                alarms: raised(watch / minute + 30, 1000),
                overrides: [{ stage: "prod", commit: "a", condition: "after", at: watch + 10 * minute }],
            });
            assert.deepEqual(statuses(played), { a: "Succeeded" });
        });

        it("what is neither looked at nor has failed cannot be", () => {
            const played = play(plan, { commits: commits({ a: 0 }), overrides: override(at - minute) });
            assert.equal(lines(played, "deed-refused").length, 1);
            assert.equal(lines(played, "condition-overridden").length, 0);
        });
    });
});
