import * as assert from "node:assert/strict";
import { messageOf } from "../../../../functions/notify/notices/commit";

describe("the message of a commit in a revision's summary", () => {
    for (const [title, summary, expected] of [
        ["a connection's JSON", '{"ProviderType":"GitHub","CommitMessage":"Fix it\\n\\nAt last."}', "Fix it"],
        [
            "a connection's JSON that AWS has cut",
            `{"ProviderType":"GitHub","CommitMessage":"Say \\"no\\" \\u00e9\\n\\n${"x".repeat(3000)}`.slice(0, 2048),
            'Say "no" é',
        ],
        ["JSON that is cut in the middle of a sign", '{"CommitMessage":"Fix it \\u00', "Fix it"],
        ["JSON that is cut before the message", '{"ProviderType":"Git', '{"ProviderType":"Git'],
        ["plain text", "Fix it\r\nAt last.", "Fix it"],
        ["text that begins like JSON", "{fix} the brackets", "{fix} the brackets"],
        ["JSON without a message", '{"a":1}', '{"a":1}'],
        ["JSON with a message that is no text", '{"CommitMessage":1}', '{"CommitMessage":1}'],
        ["an empty message", '{"CommitMessage":""}', undefined],
        ["lines before the first words", "\n\n  Fix it  \nAt last.", "Fix it"],
        ["white space", " \n", undefined],
        ["nothing", undefined, undefined],
    ] as const) {
        it(`is found in ${title}`, () => assert.equal(messageOf(summary), expected));
    }
});
