import * as assert from "node:assert/strict";
import type { Path } from "../../catalog/problem";
import { readYaml } from "../../config/yaml-file";

const read = (text: string) => readYaml("/some/where/Pulumi.t.yaml", text);
const problems = (text: string) =>
    read(text).problems.map(({ path, message, position }) => {
        assert.deepEqual(path, []);
        return `${position.line}:${position.column} ${message}`;
    });

describe("a YAML file", () => {
    const text = `# A comment.
a: &a { x: 1, y: [p, "q"] }
b:
  <<: *a
  x: 2
c: *a
d: [{ e: 012 }, "012"]
`;

    it("is read with anchors and merge keys", () => {
        const seven = text.replace("012 ", "7 ");
        assert.deepEqual(read(seven).value, {
            a: { x: 1, y: ["p", "q"] },
            b: { x: 2, y: ["p", "q"] },
            c: { x: 1, y: ["p", "q"] },
            d: [{ e: 7 }, "012"],
        });
        assert.deepEqual(read("1: one\ntrue: two\nnull: three").value, { "1": "one", true: "two", "": "three" });
    });

    const places: readonly (readonly [string, Path, string])[] = [
        ["a key", ["b", "x"], "5:3"],
        ["a key of a merge key", ["b", "y"], "2:15"],
        ["a key of an anchor", ["c", "y"], "2:15"],
        ["an entry of a list", ["c", "y", 1], "2:22"],
        ["a key in a list", ["d", 0, "e"], "7:7"],
        ["what is not there, by what is around it", ["b", "z", "more"], "3:1"],
        ["a list's entry beyond its end", ["d", 7], "7:1"],
        ["a key of a scalar", ["b", "x", "deep"], "5:3"],
        ["an index into a map", ["b", 0], "3:1"],
        ["nothing at all", ["zzz"], "1:1"],
        ["the whole file", [], "1:1"],
    ];
    for (const [title, path, place] of places) {
        it(`knows the place of ${title}`, () => {
            const { file, line, column } = read(text.replace("012 ", "7 ")).locate(path);
            assert.deepEqual([file, `${line}:${column}`], ["Pulumi.t.yaml", place]);
        });
    }

    it("knows how a scalar is written", () => {
        const file = read('a: [012345678901, "x"]\nb: { c: 1e3 }');
        assert.deepEqual(
            [file.source(["a", 0]), file.source(["b", "c"]), file.source(["a"]), file.source(["q", "r"])],
            ["012345678901", "1e3", undefined, undefined],
        );
    });

    const refused: readonly (readonly [string, string, readonly string[]])[] = [
        ["a list as key", "? [a]\n: b", ["1:3 expected a text as key, found a list, a map or an alias"]],
        ["the prototype as key", "a: { __proto__: { b: 1 } }", ['1:6 expected another key, found "__proto__"']],
        ["an anchor inside itself", "a: &a { b: *a }", ["1:12 the anchor &a stands inside itself"]],
        ["a merge key of itself", "a: &a\n  <<: *a\n  b: 1", ["2:7 the anchor &a stands inside itself"]],
        [
            "an anchor that is not there",
            "a: *b",
            ["1:4 expected an anchor from further up, found *b, which nothing before is called"],
        ],
        ["a merge key of a text", "a: { <<: b }", ["1:1 not valid YAML: Merge sources must be maps or map aliases"]],
        [
            "a date",
            "a: 2024-01-01",
            ["1:4 the Pulumi CLI reads 2024-01-01 as a date; put it in quotes if it is a text"],
        ],
        [
            "a time",
            "- 2024-01-01T10:00:00Z",
            ["1:3 the Pulumi CLI reads 2024-01-01T10:00:00Z as a date; put it in quotes if it is a text"],
        ],
        [
            "an octal number",
            "a: 0755",
            ["1:4 the Pulumi CLI reads 0755 as a number in another notation; put it in quotes if it is a text"],
        ],
        [
            "a binary number",
            "a: 0b11",
            ["1:4 the Pulumi CLI reads 0b11 as a number in another notation; put it in quotes if it is a text"],
        ],
        [
            "digits with underscores",
            "a: 1_000",
            ["1:4 the Pulumi CLI reads 1_000 as a number in another notation; put it in quotes if it is a text"],
        ],
        [
            "only the first of many errors",
            "a: [\nb: [\nc: [\n",
            [`1:4 not valid YAML: expected "]" for this "[", found none`],
        ],
    ];
    for (const [title, broken, expected] of refused) {
        it(`refuses ${title}`, () => {
            const found = problems(broken);
            assert.equal(found.length, 1, found.join("\n"));
            assert.ok(found[0].endsWith(expected[0]), found[0]);
            assert.equal(read(broken).value, undefined);
            assert.deepEqual(read(broken).locate(["a", "b", 0]).line, 1);
        });
    }

    const readOn: readonly (readonly [string, string, readonly string[], unknown])[] = [
        [
            "a duplicate key, with its first value",
            "a: 1\nb: { c: 1, c: 2, d: 3 }",
            ['2:12 duplicate key "c": it stands in line 2 already'],
            { a: 1, b: { c: 1, d: 3 } },
        ],
        [
            "a number and a text as one key",
            'a: { 1: x, "1": y }',
            ['1:12 duplicate key "1": it stands in line 1 already'],
            { a: { "1": "x" } },
        ],
        [
            "two question marks between brackets, as the CLI's YAML 1.1 does not take them",
            'a: { b: what?, c: [d? e], f: "g?" }\nh: why?',
            [
                '1:9 the Pulumi CLI refuses a question mark between brackets; put the text in quotes: "what?"',
                '1:20 the Pulumi CLI refuses a question mark between brackets; put the text in quotes: "d? e"',
            ],
            { a: { b: "what?", c: ["d? e"], f: "g?" }, h: "why?" },
        ],
    ];
    for (const [title, broken, expected, value] of readOn) {
        it(`refuses, and reads on after, ${title}`, () => {
            assert.deepEqual(problems(broken), expected);
            assert.deepEqual(read(broken).value, value);
        });
    }

    it("refuses thousands of brackets", () => {
        assert.match(
            problems(`a: ${"[".repeat(20_000)}`).join("\n"),
            /^1:1 expected at most 100 lists and maps inside each other, found more$/,
        );
    });

    it("takes what only looks like it", () => {
        assert.deepEqual(
            problems(
                'a: "2024-01-01"\nb: "0755"\nc: 012345670123\nd: 2024-01\ne: 0\nf: 0.5\ng: -1\nh: 10.20.0.0/16\ni: v1_0',
            ),
            [],
        );
    });

    const bombs: readonly (readonly [string, (above: string) => string])[] = [
        ["lists", above => `[${Array(9).fill(`*${above}`).join(",")}]`],
        ["merge keys", above => `{ <<: [${Array(9).fill(`*${above}`).join(",")}] }`],
    ];
    for (const [title, level] of bombs) {
        it(`refuses a billion laughs of ${title} within a second`, () => {
            const lines = [..."bcdefghij"].map((name, index) => `${name}: &${name} ${level("abcdefghij"[index])}`);
            const start = performance.now();
            const found = problems(`a: &a { x: 1 }\n${lines.join("\n")}`);
            assert.ok(performance.now() - start < 1000);
            assert.match(found.join("\n"), /^1:1 expected at most 300000 values, found \d+ with anchors repeated$/);
        });
    }

    it("takes an anchor that hundreds of services repeat", () => {
        const uses = Array.from({ length: 500 }, (_, index) => `s${index}: { permissions: *p }`);
        const { problems: found, value } = read(`p: &p [{ actions: [a], reason: b }]\n${uses.join("\n")}`);
        assert.deepEqual(found, []);
        assert.equal(Object.keys(value as object).length, 501);
    });
});
