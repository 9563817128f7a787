import * as assert from "node:assert/strict";
import { escaped } from "../../../../functions/notify/deliver/slack";

describe("escaping for Slack", () => {
    for (const [from, limit, to] of [
        ["a & b < c > d", 99, "a &amp; b &lt; c &gt; d"],
        ["&amp;", 99, "&amp;amp;"],
        ["&&&", 15, "&amp;&amp;&amp;"],
        ["&&&", 14, "&amp;&amp;…"],
        ["ab&", 6, "ab…"],
        ["abc&", 4, "abc…"],
        ["😀😀", 3, "😀…"],
        ["`a` ```b```", 99, "`a` ˋˋˋbˋˋˋ"],
        ["", 5, ""],
    ] as const) {
        it(`makes ${JSON.stringify(from)} at most ${limit} long`, () => assert.equal(escaped(from, limit), to));
    }
});
