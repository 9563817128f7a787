import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import {
    afterFailure,
    afterSuccess,
    noHistory,
    outcomeOf,
    type History,
    type Told,
} from "../../../../functions/notify/kept/history";

interface End extends Told {
    readonly failed: boolean;
}

/** `F3` is a failure at 3, `S4` a success at 4; each in an execution of its own. */
const end = (name: string): End => ({
    event: name,
    time: name.slice(1).padStart(6, "0"),
    execution: `of ${name}`,
    failed: name.startsWith("F"),
});

const change = (history: History, told: End) =>
    told.failed ? afterFailure(history, told) : afterSuccess(history, told);

const all = (ends: readonly End[]): History => ends.reduce(change, noHistory);

/** The successes that made something good, and since when it was broken, in the order in which they came. */
const recoveries = ({ outcomes }: History) =>
    outcomes.flatMap(({ event, brokenSince }) =>
        brokenSince === undefined ? [] : [`${event} of ${Number(brokenSince)}`],
    );

describe("the history of a stage", () => {
    for (const [title, names, expected] of [
        ["nothing that was not broken", "S1 S2", []],
        ["a success after a failure", "F1 S2", ["S2 of 1"]],
        ["the first success alone", "F1 S2 S3", ["S2 of 1"]],
        ["since the first failure", "F1 F2 S3", ["S3 of 1"]],
        ["each spell by itself", "F1 S2 F3 S4", ["S2 of 1", "S4 of 3"]],
        ["the first failure, though it came later", "F2 F1 S3", ["S3 of 1"]],
        ["nothing that a success before it had made good", "S2 F1 S3", []],
        ["the spell before, of a success that came late", "F1 F3 S2", ["S2 of 1"]],
        ["and then what has failed since", "F1 F3 S2 S4", ["S2 of 1", "S4 of 3"]],
        ["once, when a later success was faster", "F1 S3 S2", ["S3 of 1"]],
        ["nothing, of a success before the failure", "F2 S1", []],
        ["and what failed after such a success", "F2 S1 S3", ["S3 of 2"]],
        ["the same, however often events come", "F1 F1 S2 F1 S2 S2", ["S2 of 1"]],
        ["a failure in the same second as a success before it", "S1 F1 S2", []],
    ] as const) {
        it(`sees as made good ${title}: ${names}`, () =>
            assert.deepEqual(recoveries(all(names.split(" ").map(end))), expected));
    }

    it("knows what was in the stage before", () => {
        const before = (names: string, event: string) =>
            outcomeOf(all(names.split(" ").map(end)), event)?.before?.execution;
        assert.equal(before("S1", "S1"), undefined);
        assert.equal(before("S1 S2", "S2"), "of S1");
        assert.equal(before("S1 F2 S3", "S3"), "of F2");
        assert.equal(before("S1 F4 S3", "S3"), "of S1", "what came later was not before");
        const retried = [end("S1"), { ...end("F2"), execution: "x" }, { ...end("S3"), execution: "x" }];
        assert.equal(outcomeOf(all(retried), "S3")?.before?.execution, "of S1", "an execution does not replace itself");
    });

    it("stays as it is when nothing is new, so that nothing has to be written", () => {
        const history = all(["F1", "S2", "F3"].map(end));
        for (const name of ["F1", "S2", "F3"]) {
            assert.equal(change(history, end(name)), history);
        }
    });

    it("remembers twenty successes", () => {
        const history = all(Array.from({ length: 25 }, (_, index) => end(`S${index}`)));
        assert.deepEqual([history.outcomes.length, history.outcomes[0].event], [20, "S5"]);
    });

    const histories = fc
        .uniqueArray(fc.nat({ max: 30 }), { minLength: 1, maxLength: 12 })
        .chain(times =>
            fc
                .array(fc.boolean(), { minLength: times.length, maxLength: times.length })
                .map(failed =>
                    [...times].sort((a, b) => a - b).map((time, index) => end(`${failed[index] ? "F" : "S"}${time}`)),
                ),
        );

    it("sees in order exactly the first success after each failure, whatever comes twice", () => {
        fc.assert(
            fc.property(histories, fc.array(fc.nat()), (ends, repeats) => {
                const expected: string[] = [];
                let since: string | undefined;
                for (const { event, time, failed } of ends) {
                    if (failed) {
                        since ??= time;
                    } else if (since !== undefined) {
                        expected.push(`${event} of ${Number(since)}`);
                        since = undefined;
                    }
                }
                // What comes twice comes any time after its first.
                const twice = ends.flatMap((one, index) => [
                    one,
                    ...repeats
                        .filter(repeat => repeat % ends.length === index)
                        .map(repeat => ends[repeat % (index + 1)]),
                ]);
                assert.deepEqual(recoveries(all(twice)), expected);
            }),
        );
    });

    it("never sees a recovery without a failure before it, nor two of one spell, in any order", () => {
        fc.assert(
            fc.property(
                histories.chain(ends => fc.shuffledSubarray(ends, { minLength: ends.length })),
                ends => {
                    const history = all(ends);
                    for (const { event, brokenSince } of history.outcomes) {
                        if (brokenSince !== undefined) {
                            assert.ok(brokenSince <= end(event).time);
                            assert.ok(ends.some(({ failed, time }) => failed && time === brokenSince));
                        }
                    }
                    const spells = history.outcomes.flatMap(({ brokenSince }) => brokenSince ?? []);
                    assert.equal(new Set(spells).size, spells.length);
                    // At the end it is broken exactly when the last of all was a failure.
                    const last = [...ends].sort((a, b) => (a.time < b.time ? 1 : -1))[0];
                    assert.equal(history.brokenSince !== undefined, last.failed);
                },
            ),
        );
    });
});
