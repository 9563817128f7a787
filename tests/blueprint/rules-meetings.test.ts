import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { firstMeetings } from "../../blueprint/rules/meetings";

/** What it means that two meet. */
const meet = (one: string, other: string) =>
    one === other || (one.endsWith("/") && other.startsWith(one)) || (other.endsWith("/") && one.startsWith(other));

/** Names of few signs, so that many meet: with what sorts before and after a slash. */
const names = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "/", ".", "0", "é"), maxLength: 7 }), {
    maxLength: 14,
});

describe("what deploys write", () => {
    it("meets the first that is the same, around it or in it", () => {
        fc.assert(
            fc.property(names, all => {
                assert.deepEqual(
                    firstMeetings(all),
                    all.map(name => all.findIndex(other => meet(other, name))),
                );
            }),
            { numRuns: 2000 },
        );
    });
});
