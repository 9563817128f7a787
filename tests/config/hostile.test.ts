import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { planStack } from "../../blueprint/stack";
import { problemLines } from "../../config/read";
import { base } from "./support/base";
import { sourceOf, throughEngine } from "./support/source";

const repeated = (text: string, count: number) => text.repeat(count);
const rows = (count: number, row: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => row(index)).join("\n");

const prototypes = () =>
    [Object.prototype, Array.prototype, String.prototype].map(one => Object.getOwnPropertyNames(one));

/**
 * The lines of what is wrong with `text`, read from a file, which ends within two seconds of work, and handed over by the engine; no
 * prototype is changed.
 */
function linesOf(text: string): string[] {
    const before = prototypes();
    const started = process.cpuUsage();
    const source = sourceOf(text);
    const lines = problemLines(planStack(source).problems);
    const { user, system } = process.cpuUsage(started);
    assert.ok(user + system < 2_000_000, `${(user + system) / 1e6} s`);
    if (source.problems.length === 0) {
        planStack(throughEngine(source));
    }
    assert.deepEqual(prototypes(), before);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    return lines;
}

/** Files that are made to break what reads them, and what is said of each. */
const hostile: readonly (readonly [title: string, text: string, message: RegExp])[] = [
    [
        "more bytes than any stack has",
        `a: ${repeated("x", 1024 * 1024)}`,
        /expected a file of at most 1048576 bytes, found 1048579$/,
    ],
    [
        "a comment of 10 MB",
        `# ${repeated("x", 10 * 1024 * 1024)}`,
        /expected a file of at most 1048576 bytes, found 10485762$/,
    ],
    [
        "anchors in anchors, a thousand deep",
        `a0: &a0 { x: 1 }\n${rows(1000, index => `a${index + 1}: &a${index + 1} { b: *a${index} }`)}`,
        /expected at most 100 lists and maps inside each other, found more$/,
    ],
    [
        "merge keys in merge keys",
        `a0: &a0 { x: 1 }\n${rows(1000, index => `a${index + 1}: &a${index + 1} { <<: *a${index} }`)}`,
        /expected at most 100 lists and maps inside each other, found more$/,
    ],
    [
        "more aliases than any stack has",
        `a: &a x\nb: [${repeated("*a, ", 5000)}*a]`,
        /expected at most 5000 aliases, found more$/,
    ],
    ...["- ", "? ", "[", "{ a: ", "- &a ", "- : "].map(
        level =>
            [
                `${level} again and again, at which a parser would end the process`,
                repeated(level, 130_000),
                /inside each other, found more$/,
            ] as const,
    ),
    ["maps in maps", `a: ${repeated("{ a: ", 101)}1${repeated(" }", 101)}`, /inside each other, found more$/],
    [
        "more services than any account has",
        base + rows(2001, index => `    s${index}: {}`),
        /services: expected at most 2000 services, found 2004: spread them over several stacks$/,
    ],
    [
        "more words than any stack has",
        `a: [${repeated("b,", 200_000)}]`,
        /expected a file of at most 400000 words and signs, found more$/,
    ],
    [
        "more values than any stack has, anchors repeated",
        `a: &a [${repeated("x,", 100)}]\nb: [${repeated("*a, ", 3000)}]`,
        /expected at most 300000 values, found 303103 with anchors repeated$/,
    ],
    [
        "more environments than any pipeline can pass",
        base.replace(
            "    - name: dev",
            rows(99, index => `    - name: e${index}`),
        ),
        /environments: expected at most 100 environments, found 101$/,
    ],
    [
        "more services in environments than are planned in time",
        base.replace(
            "    - name: dev",
            rows(98, index => `    - name: e${index}`),
        ) + rows(98, index => `    s${index}: {}`),
        /services: expected at most 10000 services in environments, found 10100: spread them over several stacks$/,
    ],
    [
        "bytes",
        base.replace("prefix: shop", "prefix: !!binary c2hvcA=="),
        /expected a text, found bytes: leave out !!binary$/,
    ],
    ["bytes as a key", base.replace("    web:", "    !!binary d2Vi :"), /expected a text as key, found bytes/],
    ["a tag that makes code", base.replace("prefix: shop", "prefix: !!js/function 'x'"), /Unresolved tag/],
    [
        "the name of every prototype",
        base.replace("    web:", '    "\\u005f_proto__": { polluted: 1 }\n    web:'),
        /expected another key, found "__proto__"$/,
    ],
    [
        "a prototype by a merge key",
        `${base}a: &a { __proto__: { polluted: 1 } }\nb: { <<: *a }\n`,
        /:62:9 expected another key, found "__proto__"$/,
    ],
    ["a prototype as the whole file", "__proto__: { polluted: 1 }\n", /:1:1 expected another key, found "__proto__"$/],
    [
        "the prototype of a constructor",
        `${base}    constructor: { prototype: { polluted: 1 } }\n`,
        /services\.constructor\.prototype: unknown key/,
    ],
    ["an alias of what it stands in", `${base}a: &a { b: *a }\n`, /the anchor &a stands inside itself$/],
    [
        "a type of its own",
        base.replace("prefix: shop", "prefix: !ruby/object { x: 1 }"),
        /not valid YAML: Unresolved tag: !ruby\/object$/,
    ],
    ["a key of a megabyte", `${base}    ${repeated("k", 1_000_000)}: {}\n`, /not valid YAML: The : indicator must be/],
    [
        "letters that look like others",
        base.replace("    web:", "    w\u0435b:"),
        /expected a lower-case name of a service/,
    ],
    ["half a sign as a key", `${base}    pay: { "\\ud800": 1 }\n`, /services\.pay\.\ud800: unknown key/],
    ["NUL in place of a service", `${base}    pay: \0\n`, /services\.pay: expected a map, found "\\u0000"$/],
    ["nothing", "", /expected a map with the key `config`, found no map$/],
    ["NUL in a text", base.replace("prefix: shop", "prefix: sh\0op"), /prefix: expected lower-case letters/],
    ["half a sign", base.replace("prefix: shop", 'prefix: "\\ud800"'), /prefix: expected lower-case letters/],
    [
        "signs that turn the line around",
        base.replace("    web:", "    \u202eweb:"),
        /expected a lower-case name of a service/,
    ],
    ["a number that is none", base.replace("logDays: 30", "logDays: 1e999"), /retention.logDays: expected/],
    ["a date", base.replace("logDays: 30", "logDays: 2020-01-01"), /as a date; put it in quotes/],
];

describe("a hostile stack file", () => {
    for (const [title, text, message] of hostile) {
        it(`fails on ${title}, with a message`, function () {
            this.timeout(60_000);
            const lines = linesOf(text);
            assert.ok(
                lines.some(line => message.test(line)),
                lines.slice(0, 3).join("\n").slice(0, 500),
            );
        });
    }

    for (const [title, text] of [
        ["keys of the file", `${base}${rows(1001, index => `k${index}: 1`)}`],
        ["keys without a namespace", base.replace("config:", `config:\n${rows(1001, index => `  k${index}: 1`)}`)],
    ] as const) {
        it(`fails on more than a thousand unknown ${title}, and tells the first thousand`, () => {
            assert.equal(linesOf(text).length, 1000);
        });
    }

    for (const [title, text] of [
        ["unknown keys", base.replace("timeoutMinutes: 30", rows(1001, index => `        k${index}: 1`).trimStart())],
        ["services with a mistake", base + rows(1001, index => `    s${index}: { bild: 1 }`)],
        [
            "secrets in plain text",
            base.replace(
                "LOG_LEVEL: info",
                rows(1001, index => `V${index}: "ghp_${repeated("aB3", 12)}",`).replaceAll("\n", " "),
            ),
        ],
        ["duplicate keys", base + repeated("    web: {}\n", 1001)],
        ["question marks in brackets", base.replace("npm ci, npm test", repeated("a?, ", 1001))],
    ] as const) {
        it(`fails on more than a thousand ${title}, and tells the first thousand and that there are more`, () => {
            const lines = linesOf(text);
            assert.equal(lines.length, 1001);
            assert.match(lines[1000], /more than 1000 problems: only the first that were found are told/);
        });
    }

    for (const [title, text] of [
        ["braces", base.replace("LOG_LEVEL: info", `LOG_LEVEL: "${repeated("{", 100_000)}"`)],
        ["beginnings of tokens", base.replace("npm ci, npm test", `"${repeated("ghp_a", 100_000)}"`)],
    ]) {
        it(`of one text with a hundred thousand ${title} ends in time`, () => assert.deepEqual(linesOf(text), []));
    }

    it("of ten thousand services ends in time", () => {
        assert.equal(linesOf(base + rows(10_000, index => `    K${index}: 1`)).length, 1);
    });

    it("is read with lists of lists of aliases", () => {
        const [first, ...others] = linesOf(`${base}a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *a]\n`);
        assert.match(first, /:62:1 a: unknown key/);
        assert.equal(others.length, 2);
    });

    it("is read with a mark at its beginning, and with the line ends of Windows", () => {
        assert.deepEqual(linesOf(`\ufeff${base}`), []);
        assert.deepEqual(linesOf(base.replace(/\n/g, "\r\n")), []);
    });

    it("takes 100 lists and maps inside each other, and 5,000 aliases, as YAML", () => {
        const deep = linesOf(`a: ${repeated("{ a: ", 99)}1${repeated(" }", 99)}`);
        const many = linesOf(`a: &a x\nb: [${repeated("*a, ", 4999)}*a]`);
        assert.ok(![...deep, ...many].some(line => /at most/.test(line)), [...deep, ...many].join("\n"));
    });

    it("ends with problems, whatever YAML it is made of", function () {
        this.timeout(60_000);
        const piece = fc.oneof(
            fc.constantFrom(..."[]{}:,&*#!|>'\"%@`- \t\n<?~"),
            fc.constantFrom(
                "&a ",
                "*a",
                "<<: ",
                "? ",
                "!!map ",
                "!!binary ",
                "---\n",
                "...\n",
                "%YAML 1.1\n",
                "__proto__: ",
                "constructor: ",
            ),
            fc.constantFrom(
                "config:\n  ",
                "service-pipelines:services: ",
                "\n    ",
                "\ufeff",
                "\0",
                "\u2028",
                "\ud800",
                "1e999",
                ".nan",
            ),
            fc.string({ unit: "binary", maxLength: 6 }),
        );
        const pieces = fc.array(piece, { maxLength: 60 }).map(all => all.join(""));
        fc.assert(
            fc.property(pieces, fc.boolean(), (text, below) => {
                // Alone it is no stack file, and below services it may be one.
                const lines = linesOf(below ? `${base}    ${text}\n` : text);
                assert.ok(below || lines.length > 0);
                assert.ok(lines.every(line => !line.includes("\n")));
            }),
            { numRuns: 800 },
        );
    });

    it("ends with problems, whatever values the engine hands over", function () {
        this.timeout(60_000);
        const key = fc.oneof(
            fc.constantFrom("__proto__", "constructor", "toString", "services", "environments", "type"),
            fc.string(),
        );
        const { tree } = fc.letrec(tie => ({
            tree: fc.oneof(
                { maxDepth: 4 },
                fc.string(),
                fc.double(),
                fc.boolean(),
                fc.constant(null),
                fc.array(tie("tree"), { maxLength: 3 }),
                fc.dictionary(key, tie("tree"), { maxKeys: 3, noNullPrototype: false }),
            ),
        }));
        fc.assert(
            fc.property(
                fc.constantFrom("services", "environments", "defaults", "targets", "network", "tags"),
                tree,
                (name, value) => {
                    const source = sourceOf(base);
                    const before = prototypes();
                    planStack({ ...source, values: { ...source.values, [name]: value } });
                    assert.deepEqual(prototypes(), before);
                },
            ),
            { numRuns: 300 },
        );
    });
});
