import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { endOf, runOrders, type Unit } from "../../blueprint/run-order";

const unit = (name: string, length = 1, ...needs: string[]): Unit => ({ name, length, needs });

/** Units without circles: each waits for some before it, in any order of the list. */
const units = fc
    .array(fc.record({ length: fc.integer({ min: 1, max: 3 }), needs: fc.array(fc.nat({ max: 9 })) }), {
        maxLength: 10,
    })
    .map(all =>
        all.map(({ length, needs }, index) =>
            unit(`u${index}`, length, ...new Set(needs.filter(need => need < index).map(need => `u${need}`))),
        ),
    )
    .chain(all => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));

describe("run order", () => {
    it("is the same for what waits for nothing, and begins where it is told to", () => {
        const all = [unit("a"), unit("b", 2), unit("c")];
        assert.deepEqual(
            [...runOrders(all, 3)],
            [
                ["a", 3],
                ["b", 3],
                ["c", 3],
            ],
        );
        assert.equal(endOf(all, runOrders(all, 3), 3), 5);
    });

    it("comes right after the last that is waited for, however long that takes", () => {
        const all = [unit("d", 1, "b", "c"), unit("a", 2), unit("b", 1, "a"), unit("c")];
        assert.deepEqual(Object.fromEntries(runOrders(all, 1)), { a: 1, b: 3, c: 1, d: 4 });
        assert.equal(endOf(all, runOrders(all, 1), 1), 5);
    });

    it("does not wait for what is not there", () => {
        assert.deepEqual([...runOrders([unit("a", 1, "gone")], 1)], [["a", 1]]);
    });

    it("of nothing ends where it began", () => assert.equal(endOf([], new Map(), 4), 4));

    it("lets each begin when all it waits for have ended, and not later", () => {
        fc.assert(
            fc.property(units, fc.integer({ min: 1, max: 5 }), (all, first) => {
                const starts = runOrders(all, first);
                const end = (name: string) => {
                    const found = all.find(candidate => candidate.name === name);
                    return (starts.get(name) ?? NaN) + (found?.length ?? NaN);
                };
                for (const { name, needs } of all) {
                    assert.equal(starts.get(name), Math.max(first, ...needs.map(end)));
                }
                assert.equal(endOf(all, starts, first), Math.max(first, ...all.map(({ name }) => end(name))));
            }),
        );
    });

    it("does not depend on the order of the list", () => {
        fc.assert(
            fc.property(units, all => {
                assert.deepEqual(
                    new Map([...runOrders(all, 1)].sort()),
                    new Map([...runOrders([...all].reverse(), 1)].sort()),
                );
            }),
        );
    });
});
