import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { parse } from "yaml";
import { withService } from "../../../cli/add/insert";
import { projectFolder } from "../../../cli/options";

const entry = {
    source: { repository: "acme/new" },
    build: { commands: ["npm ci", "a: b", "c, d # e"] },
    deploy: { type: "ecs", cluster: "shop-{environment}", roles: ["*"], note: "x".repeat(100) },
};

interface File {
    readonly config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const said = (text: string) => (parse(text, { merge: true }) as File).config;

/** Adds the service, and holds what comes out to what there was: nothing but the new lines, and the same values. */
function added(text: string) {
    const result = withService(text, "new", entry);
    const at = result.text.lastIndexOf(result.lines);
    assert.ok(at > 0);
    const rest = result.text.slice(0, at) + result.text.slice(at + result.lines.length);
    assert.ok([text, `${text}\n`].includes(rest), "something else has changed");
    const services = "service-pipelines:services";
    const before = said(text);
    const after = said(result.text);
    assert.deepEqual(after, { ...before, [services]: { ...before[services], new: entry } });
    assert.equal(Object.keys(after[services]).at(-1), "new");
    return result;
}

const around = (services: string, behind = "") => `config:\n  service-pipelines:services:\n${services}${behind}`;

describe("a service that is added to a stack file", () => {
    for (const stack of ["dev", "prod"]) {
        it(`changes nothing else in Pulumi.${stack}.yaml`, () => {
            added(readFileSync(join(projectFolder, `Pulumi.${stack}.yaml`), "utf8"));
        });
    }

    for (const [title, text] of [
        ["keys behind the services", around("    web:\n      a: 1\n", "  other:key: 1\n")],
        ["a comment behind the last service", around("    web:\n      a: 1 # one\n", "\n    # more to come\n")],
        ["a comment and keys behind it", around("    web:\n      a: 1\n", "\n  # of another\n  other:key: 1\n")],
        ["no line's end at the end", around("    web: { a: 1 }")],
        [
            "a text of several lines at the end",
            around("    web:\n      a: |\n        one\n        two\n", "  other:key: 1\n"),
        ],
        [
            "a text of several lines with blank ones",
            around("    web:\n      a: |+\n        one\n\n", "  other:key: 1\n"),
        ],
        ["a list at the end", around("    web:\n      a:\n        - 1\n        - b: 2\n          c: 3\n")],
        [
            "a map in brackets over several lines",
            around("    web:\n      a:\n        {\n          b: 1,\n        }\n", "  other:key: 1\n"),
        ],
        ["an alias at the end", around("    a: &one { a: 1 }\n    web: *one\n", "  other:key: 1\n")],
        ["nothing at the end", around("    web:\n      a:\n", "  other:key: 1\n")],
        ["quotes over several lines", around('    web:\n      a: "one\n        two"\n', "  other:key: 1\n")],
        ["blanks of four", "config:\n    service-pipelines:services:\n        web:\n            a: 1\n"],
        ["a second document's end", around("    web:\n      a: 1\n", "...\n")],
    ] as const) {
        it(`stands where it belongs with ${title}`, () => added(text));
    }

    it("is indented as the others are, with their lines' ends", () => {
        const { lines } = added("config:\r\n    service-pipelines:services:\r\n        web:\r\n            a: 1\r\n");
        assert.match(lines, /^ {8}new:\r\n {12}source: /);
        assert.ok(!/[^\r]\n/.test(lines));
    });

    for (const [title, text] of [
        ["one line", "config:\n  service-pipelines:services: { web: { a: 1 } }\n"],
        ["nothing", "config:\n  service-pipelines:services:\n  a: 1\n"],
        ["an alias", "config:\n  a: &all { web: { a: 1 } }\n  service-pipelines:services: *all\n"],
        ["a list", "config:\n  service-pipelines:services:\n    - web\n"],
        ["no such key", "config:\n  a: 1\n"],
    ]) {
        it(`is refused where the services are ${title}`, () =>
            assert.throws(() => withService(text, "new", entry), /^Error: expected /));
    }

    it("stands behind comments of the service above, and before those of what comes next", () => {
        const { text } = added(around("    web:\n      a: 1\n      # of web\n", "    # of the next\n  # of all\n"));
        assert.match(text, /# of web\n {4}new:\n[^]*\n {4}# of the next\n {2}# of all\n$/);
    });

    it("is in lines that can be read: long lists and maps in them have a line for each entry", () => {
        const statement = {
            actions: ["s3:GetObject"],
            resources: [`arn:aws:s3:::${"x".repeat(80)}`],
            reason: "It reads.",
        };
        const entryWithLists = {
            build: { permissions: [statement, { actions: ["a:B"] }], commands: ["a ".repeat(60), "b"] },
        };
        const { text, lines } = withService(around("    web: {}\n"), "new", entryWithLists);
        assert.deepEqual((said(text)["service-pipelines:services"] as { new: unknown }).new, entryWithLists);
        assert.match(lines, /\n {8}permissions:\n {10}- actions: \[s3:GetObject\]\n {12}resources:/);
        assert.match(lines, /\n {10}- \{ actions: \["?a:B"?\] \}\n {8}commands:\n {10}- /);
    });

    it("has quotes around texts that another version of YAML takes for something else", () => {
        const words = ["yes", "No", "on", "012", "1_0", "0x1f", "2026-11-25", "12:30:45", ".5", "+1", "-2", "1.2.3"];
        const { lines } = withService(around("    web: {}\n"), "new", { words, other: ["yesterday", "v1.2", "a-1"] });
        assert.ok(lines.includes(`words: [${words.map(word => JSON.stringify(word)).join(", ")}]`), lines);
        assert.ok(lines.includes("other: [yesterday, v1.2, a-1]"), lines);
    });

    it("changes nothing else in any file", () => {
        const word = fc.constantFrom("a", "b-c", "'d e'", '"{f}"', "[g, h]", "{ i: j }", "k # l");
        const comment = fc.constantFrom("", "\n", "    # a comment\n", "# at the edge\n", "\n      # deeper\n\n");
        const service = fc.record({
            before: comment,
            keys: fc.array(word, { minLength: 1, maxLength: 4 }),
            after: comment,
        });
        fc.assert(
            fc.property(fc.array(service, { minLength: 1, maxLength: 4 }), fc.boolean(), (services, more) => {
                const text = services.map(({ before, keys, after }, index) => {
                    const words = keys.map((value, number) => `      key${number}: ${value}\n`);
                    return `${before}    service${index}:\n${words.join("")}${after}`;
                });
                added(around(text.join(""), more ? "  other:key: 1\n" : ""));
            }),
        );
    });
});
