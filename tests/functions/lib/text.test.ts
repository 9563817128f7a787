import * as assert from "node:assert/strict";
import { cut, inLine, legible } from "../../../functions/lib/text";

describe("a text for receivers", () => {
    for (const [title, text, clean] of [
        ["stays", "größer\t✅\r\n😀 &<>", "größer\t✅\r\n😀 &<>"],
        ["has no colours of a terminal", "\u001b[31;1mERROR\u001b[0m", "ERROR"],
        ["has no control characters", "a\u0000b\u0008c\u001bd\u007fe\u0085f", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf"],
        ["has no halves of characters", "a\uD83Db\uDE00c", "a\uFFFDb\uFFFDc"],
        ["has nothing that is no character", "\uFFFE\uFFFF", "\uFFFD\uFFFD"],
        ["does not turn its direction", "ok\u202Egnp.exe\u2066", "ok\uFFFDgnp.exe\uFFFD"],
        ["is not empty", "", "-"],
        ["is not empty without its colours", "\u001b[0m", "-"],
    ] as const) {
        it(title, () => assert.equal(legible(text), clean));
    }

    it("is cut where it is too long, and no character is halved", () => {
        assert.deepEqual(
            [cut("abc", 3), cut("abcd", 3), cut("😀😀", 3), cut("😀😀", 4), legible("abcd", 2)],
            ["abc", "ab…", "😀…", "😀😀", "a…"],
        );
    });

    it("is one line when asked", () => assert.equal(inLine("  a\n\n b\tc ", 5), "a b c"));
});
