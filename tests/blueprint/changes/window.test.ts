import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { isWider, windowText } from "../../../blueprint/changes/window";

describe("the words of a window", () => {
    for (const [cron, text] of [
        ["* * 8-16 ? * MON-THU *", "MON-THU 8-16"],
        ["* * 8-16 ? * MON-THU", "MON-THU 8-16"],
        ["* * 8-16 * * ? *", "every day 8-16"],
        ["* * * ? * SAT *", "SAT at any hour"],
        ["* 30-59 8 ? * MON *", "* 30-59 8 ? * MON *"],
        ["* * 8 1 * ? *", "* * 8 1 * ? *"],
        ["* * 8 ? * MON 2030", "* * 8 ? * MON 2030"],
    ] as const) {
        it(`are ${JSON.stringify(text)} for ${cron}`, () => assert.equal(windowText(cron), text));
    }
});

describe("a window is wider", () => {
    for (const [before, after, wider] of [
        ["* * 8-16 ? * MON-THU *", "* * 8-18 ? * MON-FRI *", true],
        ["* * 8-16 ? * MON-THU *", "* * 8-16 ? * MON-FRI *", true],
        ["* * 8-16 ? * MON-THU *", "* * 8-16 ? * MON-THU", false],
        ["* * 8-16 ? * MON-THU 2030", "* * 8-16 ? * MON-THU", true],
        ["* * 8-16 ? * MON-THU", "* * 8-16 ? * MON-THU 2030", false],
        ["* * 8-16 ? * 2-5 *", "* * 8-16 ? * MON-THU *", false],
        ["* * 8-16 ? * MON-THU *", "* * 9-12 ? * MON-THU *", false],
        ["* * 8-16 ? * MON-THU *", "* * 10-18 ? * MON-THU *", false],
        ["* * 8-16 ? * MON *", "* * 8-12 ? * MON-FRI *", false],
        ["* * 8 ? * MON *", "* * 8 * * ? *", true],
        ["* * 8 1 * ? *", "* * 8 L * ? *", false],
        ["* * 8 L * ? *", "* * 8,9 L * ? *", true],
        ["* 0/30 8 ? * MON *", "* 0/15 8 ? * MON *", true],
    ] as const) {
        it(`${wider ? "" : "not "}where ${before} becomes ${after}`, () => assert.equal(isWider(before, after), wider));
    }

    it("exactly where it has every hour of every day that it had, and more", () => {
        const window = fc.record({
            hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 4 }),
            days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
        });
        type Window = typeof window extends fc.Arbitrary<infer W> ? W : never;
        const cron = ({ hours, days }: Window) => `* * ${hours.join(",")} ? * ${days.join(",")} *`;
        const open = ({ hours, days }: Window) => new Set(days.flatMap(day => hours.map(hour => `${day} ${hour}`)));
        fc.assert(
            fc.property(window, window, (a, b) => {
                const [was, now] = [open(a), open(b)];
                const wider = now.size > was.size && [...was].every(hour => now.has(hour));
                assert.equal(isWider(cron(a), cron(b)), wider);
            }),
        );
    });
});
