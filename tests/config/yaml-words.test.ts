import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { LineCounter, parseDocument, stringify } from "yaml";
import { readYaml } from "../../config/yaml-file";

/** `text` as the library alone reads it: what it says, or the first thing that is wrong and where. */
function alone(text: string): unknown {
    const lineCounter = new LineCounter();
    const options = { lineCounter, merge: true, uniqueKeys: false, prettyErrors: false, logLevel: "error" } as const;
    const document = parseDocument(text, options);
    const [error] = [...document.errors, ...document.warnings];
    if (error === undefined) {
        return { value: document.toJS({ maxAliasCount: -1 }) as unknown };
    }
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return { code: error.code, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** `text` as it is read here, in the same form. */
function here(text: string): unknown {
    const { value, problems } = readYaml("Pulumi.t.yaml", text);
    const [problem] = problems;
    if (problem === undefined) {
        return { value };
    }
    const { line, column } = problem.position;
    return { line, column };
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
    it("mean what the library alone makes of them, or are wrong at the same place", () => {
        fc.assert(
            fc.property(fc.array(words, { maxLength: 25 }), parts => {
                const text = parts.join("");
                const { code, ...expected } = alone(text) as { code?: string };
                const found = here(text) as { value?: unknown };
                // What the library takes and a stack file must not hold, other tests look at.
                if (code !== undefined || "value" in found) {
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
