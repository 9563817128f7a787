import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { planStack } from "../../blueprint/stack";
import { fromFile } from "../../config/from-file";

const head =
    'config:\n  aws:region: eu-west-1\n  aws:allowedAccountIds: ["111111111111"]\n  service-pipelines:prefix: shop\n';
const services = (text: string) => `${head}  service-pipelines:services:\n${text}`;

/** Reads and plans `text`: that ends within two seconds of work, and leaves every object as it was. */
function told(text: string): number {
    const before = [Object.prototype, Array.prototype, String.prototype].map(one => Object.getOwnPropertyNames(one));
    const started = process.cpuUsage();
    const { problems } = planStack(fromFile("Pulumi.hostile.yaml", "hostile", text));
    const { user, system } = process.cpuUsage(started);
    assert.ok(user + system < 2_000_000, `${(user + system) / 1e6} s`);
    const after = [Object.prototype, Array.prototype, String.prototype].map(one => Object.getOwnPropertyNames(one));
    assert.deepEqual(after, before);
    assert.ok(!("polluted" in {}));
    return problems.length;
}

describe("a hostile stack file", function () {
    this.timeout(60_000);

    for (const [title, text] of [
        ["a list of lists of aliases", `${head}  a: &a [x, x]\n  b: &b [*a, *a]\n  c: [*b, *b, *a]\n`],
        ["an alias of what it stands in", `${head}  a: &a { b: *a }\n`],
        [
            "a prototype",
            services("    __proto__: { polluted: yes }\n    constructor: { prototype: { polluted: yes } }\n"),
        ],
        ["a prototype by a merge key", `${head}  a: &a { __proto__: { polluted: yes } }\n  b: { <<: *a }\n`],
        ["a prototype as the whole file", "__proto__: { polluted: yes }\n"],
        ["types of its own", `${head}  a: !!js/function "() => 1"\n  b: !ruby/object { x: 1 }\n`],
        ["two megabytes of one text", services(`    orders: { build: { commands: ["${"x".repeat(2_000_000)}"] } }\n`)],
        ["a key of a megabyte", services(`    ${"k".repeat(1_000_000)}: {}\n`)],
        [
            "ten thousand keys that nobody knows",
            services(Array.from({ length: 10_000 }, (_, n) => `    K${n}: 1`).join("\n")),
        ],
        [
            "a text that looks like a token again and again",
            services(`    a: { build: { commands: ["${"ghp_a".repeat(100_000)}"] } }\n`),
        ],
        [
            "directions of writing, nothing to see, and half a letter",
            services("    \u202Eorders\u200B: { \uD800: '\uFEFF' }\n"),
        ],
        ["letters that look like others", services("    \u043Erders: {}\n")],
        ["null bytes", services("    orders: \u0000\n")],
        ["nothing", ""],
    ] as const) {
        it(`fails in time, with words, on ${title}`, () => assert.ok(told(text) > 0));
    }

    it("fails in time, whatever letters it is made of", () => {
        const letters = fc.array(
            fc.constantFrom(..."{}[]&*!|>'\"%@`:-?, \n\t#<0aé\u202E\u0000", "&a ", "*a ", "<<: ", "__proto__: "),
            {
                maxLength: 60,
            },
        );
        fc.assert(
            fc.property(letters, parts => {
                told(services(`    ${parts.join("")}\n`));
            }),
            { numRuns: 300 },
        );
    });
});
