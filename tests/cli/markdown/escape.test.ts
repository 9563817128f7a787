import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { code, hidden, htmlCode } from "../../../cli/markdown/escape";

/** What is seen of code that is written in one of its two ways; fails where it is in neither. */
function seen(text: string): string {
    const [, span] = /^`([^`|\\]+)`$/.exec(text) ?? [];
    const [, inner] = /^<code>((?:[\p{L}\p{N} ]|&#\d+;)*)<\/code>$/u.exec(text) ?? [];
    const found = span ?? inner?.replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)));
    assert.ok(found !== undefined, text);
    return found;
}

describe("code in Markdown", () => {
    for (const [title, text, expected] of [
        ["a mention", "@acme/team", "`@acme/team`"],
        ["a reference to an issue", "fixes #12, acme/x#3, GH-4", "`fixes #12, acme/x#3, GH-4`"],
        ["HTML", "<script>alert(1)</script>", "`<script>alert(1)</script>`"],
        ["what would end it", "a`b", "<code>a&#96;b</code>"],
        ["what would end a cell", "a|b", "<code>a&#124;b</code>"],
        ["what would end a cell behind a backslash", "a\\|b", "<code>a&#92;&#124;b</code>"],
        ["several lines", "a\n\n# b\r\n---", "`a # b ---`"],
        ["control characters", "a\u0007\u202eb", "`a b`"],
        ["nothing", " ", "<code></code>"],
    ] as const) {
        it(`shows ${title} as text`, () => assert.equal(code(text), expected));
    }

    it("shows any text as it is, in one line that nothing in it ends", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), text => {
                const clean = text.replace(/[\s\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ").trim();
                assert.equal(seen(code(text)), clean);
                assert.equal(seen(htmlCode(text)), clean);
                assert.doesNotMatch(code(text), /[\n\r]|^[^`]*<(?!\/?code>)|\|(?!`)/);
            }),
        );
    });

    it("hides text in a comment that nothing in it ends", () => {
        assert.equal(hidden("service-pipelines: prod"), "<!-- service-pipelines: prod -->");
        assert.equal(hidden("a --> <b> --!> c"), "<!-- a - -b- - c -->");
    });
});
