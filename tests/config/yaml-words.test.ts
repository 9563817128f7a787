import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { LineCounter, parseDocument, stringify } from "yaml";
import { readYaml } from "../../config/yaml-file";

/** What a text says, or in which line the first thing is wrong. */
interface Read {
    readonly value?: unknown;
    readonly line?: number;
}

/** `text` as the library alone reads it. */
function alone(text: string): Read {
    const lineCounter = new LineCounter();
    const options = { lineCounter, merge: true, uniqueKeys: false, prettyErrors: false, logLevel: "error" } as const;
    const document = parseDocument(text, options);
    const [error] = [...document.errors, ...document.warnings];
    return error === undefined
        ? { value: document.toJS({ maxAliasCount: -1 }) as unknown }
        : { line: Math.max(lineCounter.linePos(error.pos[0]).line, 1) };
}

/** `text` as it is read here. */
function here(text: string): Read {
    const { value, problems } = readYaml("Pulumi.t.yaml", text);
    const [problem] = problems;
    return problem === undefined ? { value } : { line: problem.position.line };
}

/** Words and signs of which files are made, and what breaks them. */
const words = fc.constantFrom(
    ...["a", "b: 1", "c:", "- ", "? ", ": ", "[", "]", "{", "}", ", ", "# d", '"e"', "'f'", '"', "'", "|", ">-"],
    ...[
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "---",
        "\n---\n",
        "\n...\n",
        "%YAML 1.2\n",
        "\t",
        "&g ",
        "!!str ",
        "é",
        "\ufeff",
    ],
);

describe("the words of a YAML file", () => {
    it("mean what the library alone makes of them, or are wrong in the same line or in one before it, where the mistake begins", () => {
        fc.assert(
            fc.property(fc.array(words, { maxLength: 25 }), parts => {
                const text = parts.join("");
                const { line, ...expected } = alone(text);
                const found = here(text);
                if (line !== undefined) {
                    assert.ok(found.line !== undefined && found.line <= line, `${found.line}, of ${line}`);
                } else if ("value" in found) {
                    // What the library takes and a stack file must not hold, other tests look at.
                    assert.deepEqual(found, expected);
                }
            }),
            { numRuns: 3000 },
        );
    });

    it("mean what was written", () => {
        fc.assert(
            fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
                const text = stringify({ value });
                const found = here(text) as { value?: unknown };
                // Keys and texts that a stack file must not hold, other tests look at.
                if ("value" in found) {
                    assert.deepEqual(found, alone(text));
                }
            }),
            { numRuns: 300 },
        );
    });

    it("fails on a second document, and counts what follows it all the same", () => {
        const many = (count: number) => `a: 1\n---\nb: 2\n---\nc: 3\n---\n[${"1,".repeat(count)}]`;
        const messages = (text: string) => readYaml("Pulumi.t.yaml", text).problems.map(({ message }) => message);
        assert.deepEqual(messages(many(1000)), ["not valid YAML: expected one document, found another after `---`"]);
        assert.deepEqual(messages(many(200_000)), ["expected a file of at most 400000 words and signs, found more"]);
    });
});
