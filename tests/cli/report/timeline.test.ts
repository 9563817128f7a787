import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { minute } from "../../../blueprint/simulation/times";
import type { Visit } from "../../../cli/report/simulation-model";
import { aroundOf, visitsOf } from "../../../cli/report/timeline";
import { randomPlay } from "../../blueprint/simulation/random-play";
import { commits, pipelineWith, play } from "../../blueprint/simulation/support";
import { scriptOf } from "../../../blueprint/simulation/script";

/** A visit as one line: its minutes. */
const lineOf = ({ stage, commit, segments, end }: Visit) =>
    `${commit} ${stage}: ${segments.map(({ kind, from, to }) => `${kind} ${from / minute}-${to / minute}`).join(", ")}: ${end}`;

describe("the timeline of a report", () => {
    it("tells who waits, who runs and who fails in a stage, and what is rolled back", () => {
        const plan = pipelineWith({ environments: [{ name: "dev", onFailure: "rollback" }, { name: "prod" }] });
        const simulation = play(plan, {
            commits: commits({ a: 0, b: 5 }),
            failures: [{ action: "dev/deploy", commit: "b", rollback: false }],
        });
        assert.deepEqual(
            visitsOf(simulation)
                .filter(({ stage }) => stage === "Source" || stage === "dev")
                .map(lineOf),
            [
                "a Source: running 0-10: succeeded",
                "b Source: waiting 5-10, running 10-20: succeeded",
                "a dev: running 30-50: succeeded",
                "b dev: failed 50-70: failed",
                "a dev: rollback 70-90: succeeded",
            ],
        );
    });

    it("tells an approval from work, and what is not over yet from what is", () => {
        const plan = pipelineWith({
            environments: [{ name: "dev" }, { name: "prod", approval: { notify: ["a@b.example"] } }],
        });
        const visits = (answer: "approve" | "refuse" | "none", until: number) =>
            visitsOf(
                play(plan, {
                    commits: commits({ a: 0 }),
                    approvals: [{ after: 30 * minute, answer }],
                    until: until * minute,
                }),
            )
                .filter(({ stage }) => stage.endsWith("prod"))
                .map(lineOf);
        assert.deepEqual(visits("approve", 1000), [
            "a Approve-prod: approval 50-80: succeeded",
            "a prod: running 80-100: succeeded",
        ]);
        assert.deepEqual(visits("refuse", 1000), ["a Approve-prod: approval 50-80: failed"]);
        assert.deepEqual(
            visits("none", 60).map(line => line.replace(/-\d+:/, "-…:")),
            ["a Approve-prod: approval 50-…: unfinished"],
        );
    });

    it("has commits as moments, and alarms, freezes and transitions as long as they last", () => {
        const plan = pipelineWith();
        const script = scriptOf({
            commits: commits({ a: 0, b: 5 }),
            alarms: [{ name: "5xx", state: "ALARM", from: 2 * minute, to: Infinity }],
            transitions: [{ stage: "dev", from: minute, to: 4 * minute }],
            freezes: [{ environment: "prod", from: 1e9 * minute, to: Infinity }],
        });
        const simulation = play(plan, { ...script, durations: { default: minute } });
        assert.deepEqual(
            aroundOf(script, simulation).map(({ kind, what, from, to }) => [
                kind,
                what,
                from / minute,
                to === simulation.end ? "end" : (to ?? 0) / minute,
            ]),
            [
                ["commit", "a starts execution 1", 0, 0],
                ["transition", "nothing enters dev", 1, 4],
                ["alarm", "the alarm 5xx is raised", 2, "end"],
                ["commit", "b starts execution 2", 5, 0],
            ],
        );
    });

    it("has every execution in every stage that it enters, without gaps, and no two at work in one stage but in parallel mode", () => {
        fc.assert(
            fc.property(randomPlay, ({ simulation }) => {
                const visits = visitsOf(simulation);
                for (const { segments } of visits) {
                    assert.ok(segments.length > 0);
                    assert.ok(segments.every(({ from, to }) => from >= 0 && from <= to && to <= simulation.end));
                    assert.ok(segments.slice(1).every(({ from }, index) => from === segments[index].to));
                }
                const entered = simulation.events.filter(({ kind }) =>
                    ["stage-entered", "rollback-started", "action-started"].includes(kind),
                );
                assert.ok(
                    entered.every(({ stage, at, commit }) =>
                        visits.some(
                            visit =>
                                visit.stage === stage &&
                                visit.commit === commit &&
                                visit.segments[0].from <= at &&
                                visit.segments[visit.segments.length - 1].to >= at,
                        ),
                    ),
                );
                if (simulation.executionMode !== "PARALLEL") {
                    const busy = visits.flatMap(({ stage, segments }, index) =>
                        segments.filter(({ kind }) => kind !== "waiting").map(one => ({ stage, index, ...one })),
                    );
                    const both = busy.filter(one =>
                        busy.some(
                            other =>
                                other.index !== one.index &&
                                other.stage === one.stage &&
                                other.from < one.to &&
                                one.from < other.to,
                        ),
                    );
                    assert.deepEqual(both, []);
                }
                const unfinished = visits.filter(({ end }) => end === "unfinished").length;
                const underway = simulation.executions.flatMap(({ stages }) =>
                    Object.values(stages).filter(status => ["InProgress", "Stopping", "Waiting"].includes(status)),
                );
                assert.equal(unfinished, underway.length);
            }),
            { numRuns: 60 },
        );
    });
});
