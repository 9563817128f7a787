import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { readYaml } from "../../config/yaml-file";

const right = `config:
  aws:region: eu-west-1 # of all
  service-pipelines:services:
    orders:
      # It's { not a bracket
      source:
        repository: acme/orders
      deploy:
        type: ecs
        cluster: "shop's {"
        service: orders
        taskRoles: ["a", "b"]
      notify: { ops: [failed], dev: [started] }
      build:
        commands:
          - |
            echo "{ not closed
          - npm ci
    web:
      source: { repository: acme/web }
`;

/** Line and column of the first problem of `text`, and what it says. */
function told(text: string): string | undefined {
    const [problem] = readYaml("Pulumi.dev.yaml", text).problems;
    return problem && `${problem.position.line}:${problem.position.column} ${problem.message}`;
}

/** The right file with one mistake. */
function wrong(found: string, mistake: string): string {
    assert.ok(right.includes(found), found);
    return right.replace(found, () => mistake);
}

const cluster = `cluster: "shop's {"`;

describe("what is no YAML", () => {
    it("is told of nothing in a right file", () => assert.equal(told(right), undefined));

    for (const [title, text, at, words] of [
        [
            "two versions of a line that git left",
            wrong("    web:\n", "<<<<<<< HEAD\n    web:\n=======\n    site:\n>>>>>>> main\n"),
            "19:1",
            'found "<<<<<<<", which git writes',
        ],
        [
            "two versions at the top",
            `<<<<<<< HEAD\r\n${right.replace(/\n/g, "\r\n")}=======\r\n>>>>>>> main\r\n`,
            "1:1",
            'found "<<<<<<<", which git writes',
        ],
        ["a key without a colon", wrong(cluster, 'cluster "shop"'), "10:9", 'expected ":" behind a key, found none'],
        ["a map without a colon", wrong("deploy:\n", "deploy\n"), "8:7", 'expected ":" behind a key, found none'],
        [
            "a key of a namespace without a colon",
            wrong("aws:region: eu-west-1", "aws:region eu-west-1"),
            "2:3",
            'expected ":" behind a key, found none',
        ],
        [
            "a key without a space",
            wrong("service: orders", "service:orders"),
            "11:9",
            'expected a space behind the ":" of a key',
        ],
        [
            "a last key without a space",
            wrong('service: orders\n        taskRoles: ["a", "b"]', "service:orders"),
            "11:9",
            'expected a space behind the ":" of a key',
        ],
        [
            "a key with an equals sign",
            wrong("service: orders", "service = orders"),
            "11:9",
            'expected ":" behind a key, found "="',
        ],
        ["an item without a space", wrong("- npm ci", "-npm ci"), "18:11", 'expected a space behind "-"'],
        [
            "a map without a comma",
            wrong("[failed], dev", "[failed] dev"),
            "13:31",
            'expected "," between two entries of "{", or "}"',
        ],
        [
            "a list without a comma",
            wrong('"a", "b"', '"a" "b"'),
            "12:25",
            'expected "," between two entries of "[", or "]"',
        ],
        [
            "a map that does not end",
            wrong("[started] }", "[started]"),
            "13:15",
            'expected "}" for this "{", found none',
        ],
        ["a list that does not end", wrong('"b"]', '"b"'), "12:20", 'expected "]" for this "[", found none'],
        ["another bracket", wrong("acme/web }", "acme/web ]"), "20:15", 'expected "}" for this "{", found none'],
        ["a bracket too many", wrong("acme/web }", "acme/web }}"), "20:39", 'found "}", which nothing opens'],
        [
            "a key one space to the left",
            wrong("        service: orders", "       service: orders"),
            "11:8",
            'found 7 spaces before "service" in line 11, expected 8 as before "cluster" in line 10, or 6 as before "deploy" in line 8',
        ],
        [
            "a key one space to the right",
            wrong("        service: orders", "         service: orders"),
            "11:10",
            'found 9 spaces before "service" in line 11, expected 8 as before "cluster" in line 10',
        ],
        [
            "a key one level out",
            wrong("        service: orders", "      service: orders"),
            "11:7",
            '"service" in line 11 has a value, and line 12 stands deeper as if it had none',
        ],
        [
            "an item among entries",
            wrong("    orders:\n", "    - orders:\n"),
            "19:5",
            'expected "- " before "web" in line 19 and before "orders" in line 4, or before neither',
        ],
        [
            "a colon in a value",
            wrong(cluster, "cluster: shop: blue"),
            "10:9",
            'expected one value of "cluster" in line 10, found another ":" in it',
        ],
        [
            "an asterisk",
            wrong(cluster, "cluster: * 8 *"),
            "10:18",
            'expected quotes around a text that begins with "*"',
        ],
        [
            "a percent sign",
            wrong(cluster, "cluster: %x"),
            "10:18",
            'expected quotes around a text that begins with "%"',
        ],
        [
            "a text that begins with a name in braces",
            wrong(cluster, "cluster: {environment}-shop"),
            "10:31",
            'expected quotes around a text that begins with "{", found more behind "}"',
        ],
        [
            "a quote that does not end",
            wrong("service: orders", 'service: "orders'),
            "11:18",
            'expected another " at the end of what begins here, found none',
        ],
        [
            "an apostrophe in quotes",
            wrong("service: orders", "service: 'it's'"),
            "11:22",
            "expected the end of the value, found more behind its closing '; within it an apostrophe is written twice",
        ],
        ["a tabulator", wrong("        service", "\tservice"), "11:1", "Tabs are not allowed as indentation"],
    ] as const) {
        it(`is told of ${title}, where it stands`, () => {
            const found = told(text) ?? "";
            assert.ok(found.startsWith(`${at} not valid YAML: ${words}`), found);
        });
    }

    it("has a place in the file, whatever the mistakes", () => {
        const edit = fc.record({
            at: fc.nat(right.length),
            cut: fc.nat(3),
            put: fc.constantFrom(...":-{}[]'\"#|&*!%@ \n\t<="),
        });
        fc.assert(
            fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), edits => {
                const text = edits.reduce(
                    (all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut),
                    right,
                );
                const lines = text.split("\n");
                for (const { position } of readYaml("Pulumi.dev.yaml", text).problems) {
                    assert.ok(position.line >= 1 && position.line <= lines.length, String(position.line));
                    assert.ok(position.column <= lines[position.line - 1].length + 1, String(position.column));
                }
            }),
            { numRuns: 500 },
        );
    });

    it("tells no value, which may be secret", () => {
        const secret = "hunter2";
        const keys = ["password", "token", "key"].map(key => `  ${key}: ${secret}`).join("\n");
        const text = `config:\n${keys}\n  list: [${secret}, { a: ${secret} }]\n`;
        for (let at = 0; at < text.length; at++) {
            for (const put of ["", ":", "{", "]", "'", '"', "- ", "* ", "\n", " "]) {
                for (const cut of [0, 1]) {
                    const found = told(text.slice(0, at) + put + text.slice(at + cut)) ?? "";
                    assert.ok(!found.includes(secret.slice(1, -1)), `${at} ${JSON.stringify(put)} ${found}`);
                }
            }
        }
    });
});
