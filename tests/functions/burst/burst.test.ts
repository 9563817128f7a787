import * as assert from "node:assert/strict";
import fc from "fast-check";
import { run } from "./burst";

/** A probability of at most `most`. */
const up = (most: number) => fc.integer({ min: 0, max: 1000 }).map(share => (share / 1000) * most);

describe("a burst of events", function () {
    this.timeout(120_000);

    it("loses nothing and doubles nothing of its own, whatever goes wrong", async () => {
        const faults = fc.record({ refused: up(0.3), lostAnswer: up(0.1), crash: up(0.002), aws: up(0.05) });
        await fc.assert(
            fc.asyncProperty(fc.integer(), faults, async (seed, wrong) => {
                const { lost, doubledByUs, withoutReason } = await run({ events: 100, seed, faults: wrong });
                assert.deepEqual([lost, doubledByUs, withoutReason], [[], [], 0]);
            }),
            { numRuns: 5, endOnFailure: true },
        );
    });

    it("doubles nothing at all where no answer is lost, and gives up nothing but what cannot be sent", async () => {
        const faults = { refused: 0.1, lostAnswer: 0, crash: 0, aws: 0 };
        const outcome = await run({ events: 60, seed: 4, faults });
        const { lost, doubledByUs, doubledByLostAnswers, withoutReason, sent, crashes } = outcome;
        assert.deepEqual([lost, doubledByUs, doubledByLostAnswers, withoutReason, crashes], [[], [], 0, 0, 0]);
        assert.equal(sent, 60 * 5);
        assert.equal(outcome.deadLetters, outcome.unsendable);
    });
});
