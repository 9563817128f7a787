import * as assert from "node:assert/strict";
import { mostExecutions } from "../../../blueprint/simulation/flow";
import { commitOf } from "../../../blueprint/simulation/script";
import { minute } from "../../../blueprint/simulation/times";
import { commits, lines, pipelineWith, play, statuses, thereIn } from "./support";

/** Sentences of https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html, in its words. */
describe("simulation: execution modes", () => {
    const mode = (executionMode: string) => pipelineWith({}, { executionMode });

    it("a stage is locked while an execution is in it, and the next waits until it is unlocked", () => {
        const played = play(mode("queued"), { commits: commits({ a: 0, b: 1 }), durations: { default: 10 * minute } });
        assert.deepEqual(lines(played, "stage-entered").slice(0, 5), [
            "0 stage-entered a Source",
            "10 stage-entered a Build",
            "10 stage-entered b Source",
            // The build and what seals it.
            "30 stage-entered a dev",
            "30 stage-entered b Build",
        ]);
    });

    it("QUEUED: executions are processed one by one in the order that they are queued", () => {
        const played = play(mode("queued"), {
            commits: commits({ a: 0, b: 1, c: 2, d: 3 }),
            durations: { default: minute, prod: 60 * minute },
        });
        assert.deepEqual(statuses(played), { a: "Succeeded", b: "Succeeded", c: "Succeeded", d: "Succeeded" });
        assert.deepEqual(
            played.environments
                .find(({ environment }) => environment === "prod")
                ?.deployments.map(({ commit }) => commit),
            ["a", "b", "c", "d"],
        );
    });

    it("SUPERSEDED: a more recent execution overtakes a waiting one, which does not continue", () => {
        const played = play(mode("superseded"), {
            commits: commits({ a: 0, b: 10, c: 20, d: 30 }),
            durations: { default: minute, prod: 60 * minute },
        });
        assert.deepEqual(statuses(played), { a: "Succeeded", b: "Superseded", c: "Superseded", d: "Succeeded" });
        assert.deepEqual(
            played.events
                .filter(({ kind }) => kind === "execution-superseded")
                .map(({ commit, stage }) => [commit, stage]),
            [
                ["b", "prod"],
                ["c", "prod"],
            ],
        );
        assert.equal(thereIn(played, "prod"), "d");
    });

    it("SUPERSEDED: executions are superseded in between stages only", () => {
        const played = play(mode("superseded"), {
            commits: commits({ a: 0, b: 1 }),
            durations: { default: minute, prod: 60 * minute },
        });
        assert.deepEqual(statuses(played), { a: "Succeeded", b: "Succeeded" });
    });

    it("SUPERSEDED: one that comes in the moment in which the stage unlocks waits for nobody", () => {
        // Two of them in line, and each step as long: each comes as the one before leaves.
        const played = play(mode("superseded"), { commits: commits({ a: 0, b: 20, c: 40 }) });
        assert.deepEqual(statuses(played), { a: "Succeeded", b: "Succeeded", c: "Succeeded" });
        assert.deepEqual(lines(played, "stage-waited-for"), []);
    });

    it("PARALLEL: executions run simultaneously and independently of one another", () => {
        const played = play(mode("parallel"), {
            commits: [commitOf("a", { durations: { build: 60 * minute } }), commitOf("b", { at: minute })],
            durations: { default: minute },
        });
        assert.deepEqual(lines(played, "stage-waited-for"), []);
        assert.deepEqual(
            played.environments
                .find(({ environment }) => environment === "prod")
                ?.deployments.map(({ commit }) => commit),
            ["b", "a"],
        );
    });

    it("no more than 50 executions are on their way in QUEUED mode", () => {
        const ids = Array.from({ length: mostExecutions + 1 }, (_, index) => commitOf(`c${index}`));
        const played = play(mode("queued"), { commits: ids });
        assert.deepEqual(lines(played, "execution-refused"), ["0 execution-refused c50"]);
        assert.equal(played.executions.length, mostExecutions);
    });
});
