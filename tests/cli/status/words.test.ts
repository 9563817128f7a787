import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { age, ahead, moment, wrapped } from "../../../cli/status/words";

const now = new Date("2026-11-24T10:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe("times in words", () => {
    it("are in UTC, to the minute", () => {
        assert.equal(moment(new Date("2026-11-24T23:59:59+02:00")), "2026-11-24 21:59");
    });

    for (const [seconds, text] of [
        [0, "0 min ago"],
        [59, "0 min ago"],
        [119 * 60, "119 min ago"],
        [120 * 60, "2 h ago"],
        [48 * 3600 - 1, "47 h ago"],
        [48 * 3600, "2 d ago"],
        [400 * 24 * 3600, "400 d ago"],
        // The clock of this machine is behind that of AWS.
        [-30, "0 min ago"],
    ] as const) {
        it(`tell the age of ${seconds} s as ${text}`, () => {
            assert.equal(age(at(-seconds), now), text);
        });
    }

    it("tell what is ahead, and what is over", () => {
        assert.deepEqual(
            [ahead(at(3 * 3600), now), ahead(at(0), now), ahead(at(-600), now)],
            ["in 3 h", "over for 0 min", "over for 10 min"],
        );
    });
});

describe("wrapped text", () => {
    it("breaks between words, and in words that are too long", () => {
        assert.deepEqual(wrapped("one two three", 8), ["one two", "three"]);
        assert.deepEqual(wrapped("a abcdefghij b", 4), ["a", "abcd", "efgh", "ij b"]);
        assert.deepEqual(wrapped("", 4), [""]);
    });

    it("holds nothing that moves a cursor or turns the text around", () => {
        assert.deepEqual(wrapped("red\u001b[31m\r\nalert\u202egnp", 40), ["red [31m alert gnp"]);
    });

    it("never exceeds its width, and loses nothing", () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
                const lines = wrapped(text, width);
                assert.ok(lines.every(line => line.length <= width));
                assert.equal(lines.join("").replaceAll(" ", ""), text.replace(/[\s\p{Cc}\p{Cf}]/gu, ""));
            }),
        );
    });
});
