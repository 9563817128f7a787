import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { fitted } from "../../../cli/markdown/fit";

const line = fc.string({ unit: "grapheme-ascii", maxLength: 80 });
const block = fc
    .array(line, { minLength: 1, maxLength: 40 })
    .chain(lines => fc.integer({ min: 1, max: lines.length }).map(head => ({ lines, head })));

describe("parts in a number of characters", () => {
    it("stand as they are where they have room", () => {
        assert.equal(fitted([{ lines: ["a", "b"] }, { lines: ["c"] }], 100), "a\nb\n\nc\n\n");
    });

    it("end with how much is left out where they have not", () => {
        const text = fitted(
            [{ lines: ["head", ...Array.from({ length: 100 }, (_, index) => `line ${index}`)], head: 1 }],
            300,
        );
        assert.match(text, /^head\nline 0\n/);
        const [, count] = /\*(\d+) more lines left out: a comment has at most 65,536 characters/.exec(text) ?? [];
        const shown = text.split("\n").filter(one => one.startsWith("line ")).length;
        assert.equal(shown + Number(count), 100);
        assert.ok(shown > 5);
    });

    it("are left out as a whole where their head has no room, a drawing at any place", () => {
        const drawing = { lines: ["```mermaid", ..."x".repeat(200).split(""), "```"] };
        assert.match(fitted([drawing], 250), /^\n\*202 more lines left out/);
    });

    it("leave room for those that follow", () => {
        const long = { lines: ["long", ...Array.from({ length: 1000 }, () => "x".repeat(50))], head: 1 };
        assert.ok(fitted([long, { lines: ["last"] }], 2000).includes("\nlast\n"));
    });

    it("never take more, and lose no line in silence", () => {
        fc.assert(
            fc.property(fc.array(block, { maxLength: 6 }), fc.integer({ min: 0, max: 3000 }), (blocks, limit) => {
                const text = fitted(blocks, limit);
                assert.ok(text.length <= limit, `${text.length} of ${limit}`);
                if (limit >= 2000) {
                    const whole = blocks.map(({ lines }) => `${lines.join("\n")}\n\n`).join("");
                    assert.ok(text === whole || text.includes("left out"));
                }
            }),
        );
    });
});
