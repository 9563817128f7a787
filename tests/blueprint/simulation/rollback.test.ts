import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { decide } from "../../../blueprint/simulation/back";
import { commitOf, type Script } from "../../../blueprint/simulation/script";
import { emptyRun, runIn, type Execution, type StageState } from "../../../blueprint/simulation/state";
import { hour, minute } from "../../../blueprint/simulation/times";
import * as real from "../../../functions/rollback/target";
import { commits, lines, pipelineWith, play, statuses, thereIn } from "./support";

const plan = (words: object, executionMode = "queued") =>
    pipelineWith(
        {
            environments: [{ name: "dev" }, { name: "prod", ...words }],
            notify: { people: ["started", "succeeded", "failed", "recovered", "rolled-back"] },
        },
        { executionMode },
    );

const failure = { action: "prod/deploy", rollback: false };

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback-auto.html */
describe("simulation: rollback of a stage that fails", () => {
    const back = (words: Partial<Script>) =>
        play(plan({ onFailure: "rollback" }), { failures: [{ ...failure, commit: "b" }], ...words });

    it("goes to the most recent successful execution, as a new execution of that stage alone", () => {
        const played = back({ commits: commits({ a: 0, b: 200 }) });
        const rollback = played.executions.at(-1);
        assert.deepEqual(
            [rollback?.type, rollback?.commit, rollback?.status, rollback?.rollback],
            ["ROLLBACK", "a", "Succeeded", { stage: "prod", target: "1" }],
        );
        assert.deepEqual(
            Object.entries(rollback?.stages ?? {}).filter(([, status]) => status !== "NotReached"),
            [["prod", "Succeeded"]],
        );
        assert.deepEqual(statuses(played), { a: "Succeeded", b: "Failed" });
        assert.equal(thereIn(played, "prod"), "a");
    });

    it("uses the artifacts from the execution to which it is rolling back", () => {
        const played = back({ commits: commits({ a: 0, b: 200 }) });
        const reads = played.events
            .filter(({ kind, execution }) => kind === "action-started" && execution === "3")
            .map(event => event.reads);
        assert.ok(reads.length > 0);
        assert.ok(reads.every(of => Object.values(of ?? {}).every(commit => commit === "a")));
    });

    it("happens only after there is a successful execution in the stage", () => {
        const played = back({ commits: commits({ b: 0 }) });
        assert.deepEqual(lines(played, "rollback-started"), []);
        assert.equal(lines(played, "rollback-refused").length, 1);
    });

    it("goes to no execution of the type rollback", () => {
        const played = back({
            commits: commits({ a: 0, b: 200, c: 400 }),
            failures: [
                { ...failure, commit: "b" },
                { ...failure, commit: "c" },
            ],
        });
        assert.deepEqual(
            played.executions
                .filter(({ type }) => type === "ROLLBACK")
                .map(({ commit, rollback }) => [commit, rollback?.target]),
            [
                ["a", "1"],
                ["a", "1"],
            ],
        );
    });

    it("is not rolled back once more where it fails itself", () => {
        const played = back({
            commits: commits({ a: 0, b: 200 }),
            failures: [
                { ...failure, commit: "b" },
                { ...failure, rollback: true },
            ],
        });
        assert.deepEqual(
            played.executions.map(({ type, status }) => `${type} ${status}`),
            ["STANDARD Succeeded", "STANDARD Failed", "ROLLBACK Failed"],
        );
    });

    it("keeps the stage locked until it is done", () => {
        const played = back({ commits: commits({ a: 0, b: 200, c: 201 }) });
        const end = played.executions.find(({ type }) => type === "ROLLBACK")?.ended ?? 0;
        const entered = played.events.find(
            ({ kind, commit, stage }) => kind === "stage-entered" && commit === "c" && stage === "prod",
        );
        assert.equal(entered?.at, end);
    });
});

/** docs/decisions/0040-operations.md, and functions/rollback. */
describe("simulation: rollback by an alarm after a release", () => {
    const alarm = (from: number, to = from + 60) => [
        { name: "errors", from: from * minute, to: to * minute, state: "ALARM" as const },
    ];
    const played = (words: Partial<Script>, mode?: string) =>
        play(plan({ rollbackOn: mode === "parallel" ? [] : ["errors"] }, mode), {
            commits: commits({ a: 0, b: 200 }),
            ...words,
        });

    it("brings back the release before, and tells people when it begins and when it is there", () => {
        const result = played({ alarms: alarm(300) });
        assert.equal(thereIn(result, "prod"), "a");
        assert.deepEqual(
            result.events
                .filter(({ told }) => told.some(({ happening }) => happening === "rolled-back"))
                .map(({ kind }) => kind),
            ["rollback-started", "stage-succeeded"],
        );
    });

    it("leaves statuses as they were: the release had succeeded", () => {
        assert.deepEqual(statuses(played({ alarms: alarm(300) })), { a: "Succeeded", b: "Succeeded" });
    });

    for (const [title, alarms, why] of [
        ["while an execution is in the stage", alarm(255), /b is in prod/],
        ["from what is itself a rollback", [...alarm(300, 310), ...alarm(500)], /itself a rollback/],
        ["while it is rolled back already", [...alarm(300, 302), ...alarm(305)], /already/],
        ["where there was nothing before", alarm(150), /no release before a/],
        ["before anything was deployed", alarm(5), /nothing has succeeded/],
    ] as const) {
        it(`does not roll back ${title}, and tells why`, () => {
            const result = played({ alarms });
            const refused = result.events.find(({ kind }) => kind === "rollback-refused");
            assert.match(refused?.why ?? "", why);
            assert.deepEqual(refused?.told, [{ target: "people", happening: "rolled-back" }]);
        });
    }

    it("does not roll back where the last release has failed: what is there is not known", () => {
        const result = played({ alarms: alarm(400), failures: [{ ...failure, commit: "b" }] });
        assert.match(result.events.find(({ kind }) => kind === "rollback-refused")?.why ?? "", /has not succeeded/);
    });

    it("goes past a release that was gone back from: somebody held it to be bad", () => {
        const result = played({
            commits: commits({ a: 0, b: 200, c: 500 }),
            alarms: [...alarm(300, 310), ...alarm(700)],
        });
        assert.deepEqual(
            result.executions.filter(({ type }) => type === "ROLLBACK").map(({ commit }) => commit),
            ["a", "a"],
        );
    });

    it("by hand a person may choose any release that has succeeded there, but not in PARALLEL mode", () => {
        const rollbacks = [{ environment: "prod", to: "a", at: 400 * minute, by: "on-call" }];
        assert.equal(thereIn(played({ rollbacks }), "prod"), "a");
        const parallel = played({ rollbacks }, "parallel");
        assert.equal(lines(parallel, "deed-refused").length, 1);
        assert.equal(thereIn(parallel, "prod"), "b");
    });

    it("decides as the function does that is deployed, whatever has happened in the stage", () => {
        const queued = plan({});
        const step = fc.oneof(
            { weight: 4, arbitrary: fc.constantFrom("succeeded", "failed", "skipped", "running" as const) },
            { weight: 2, arbitrary: fc.nat({ max: 5 }) },
        );
        fc.assert(
            fc.property(fc.array(step, { maxLength: 12 }), steps => {
                const { stage, history } = pasts(steps);
                const mine = decide({ plan: queued, edited: false }, stage);
                const theirs = real.decide("prod", { alarm: "errors", since: new Date(hour * 1000) }, history);
                assert.deepEqual(
                    "refusal" in mine ? mine.refusal : [mine.from.id, mine.target.id],
                    "refusal" in theirs ? theirs.refusal : [theirs.from, theirs.target],
                );
            }),
            { numRuns: 1000 },
        );
    });
});

const [source] = pipelineWith().stages;

/** The same past as the simulation and as AWS have it: releases by how they ended, and rollbacks to the nth success of a release. */
function pasts(steps: readonly ("succeeded" | "failed" | "skipped" | "running" | number)[]) {
    const stage: StageState = {
        plan: source,
        index: 0,
        waiting: [],
        successes: [],
        deployments: [],
        broken: false,
    };
    const began = new Map<string, Date>();
    const summaries: real.StageHistory["successes"][number][] = [];
    let latest:
        | { id: string; status: "Succeeded" | "Failed" | "Skipped" | "InProgress"; type: "STANDARD" | "ROLLBACK" }
        | undefined;
    for (const [index, step] of steps.entries()) {
        const standard = stage.successes.filter(({ type }) => type === "STANDARD");
        if (typeof step === "number" && standard.length === 0) {
            continue;
        }
        // Only the last can still run.
        const end = step === "running" && index < steps.length - 1 ? "failed" : step;
        const target = typeof end === "number" ? standard[end % standard.length] : undefined;
        const status =
            end === "failed"
                ? "Failed"
                : end === "skipped"
                  ? "Skipped"
                  : end === "running"
                    ? "InProgress"
                    : "Succeeded";
        const type = target === undefined ? "STANDARD" : "ROLLBACK";
        const execution: Execution = {
            id: `e${index}`,
            number: index,
            commit: commitOf(`c${index}`),
            type,
            cause: "release",
            ...(target && { rollback: { target, stage } }),
            started: index,
            status: "InProgress",
            runs: new Map([[stage.plan.name, emptyRun()]]),
            artifacts: new Map(),
        };
        runIn(execution, stage).status = status;
        stage.latest = execution;
        latest = { id: execution.id, status, type };
        began.set(execution.id, new Date(index * hour));
        if (status === "Succeeded") {
            stage.successes.push(execution);
            summaries.push({
                pipelineExecutionId: execution.id,
                executionType: type,
                startTime: new Date(index * hour),
                ...(target && { rollbackMetadata: { rollbackTargetPipelineExecutionId: target.id } }),
            });
        }
    }
    const history: real.StageHistory = {
        version: 1,
        stage: {
            stageName: "prod",
            ...(latest && {
                latestExecution: { pipelineExecutionId: latest.id, status: latest.status, type: latest.type },
            }),
        },
        successes: summaries,
        began,
    };
    return { stage, history };
}
