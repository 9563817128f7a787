import * as assert from "node:assert/strict";
import { filesIn, fromFile, stackFile } from "../../config/from-file";
import { sourceOf } from "./support/source";

const projectText = (config: string) => `name: service-pipelines\nruntime: nodejs\nconfig:\n${config}`;

describe("a stack file's source", () => {
    it("is the file where the Pulumi CLI looks for it", () => {
        assert.equal(stackFile("/fleet", "prod"), "/fleet/Pulumi.prod.yaml");
        assert.equal(filesIn("/nowhere").read("prod"), undefined);
        assert.throws(() => fromFile("/nowhere/Pulumi.prod.yaml", "prod"), /ENOENT/);
    });

    it("has the keys of this project without their namespace, others with it", () => {
        const { stack, values, problems } = sourceOf(
            "config:\n  aws:region: eu-west-1\n  service-pipelines:prefix: shop\n  other:x: {}",
        );
        assert.equal(stack, "t");
        assert.deepEqual(problems, []);
        assert.deepEqual(values, { "aws:region": "eu-west-1", prefix: "shop", "other:x": {} });
    });

    // What the real CLI 3.256 hands over, as the engine suite sees it.
    const scalars: readonly (readonly [string, string, unknown])[] = [
        ["a truth value", "protect: true", true],
        ["a truth value in quotes", 'protect: "true"', true],
        ["JSON in quotes, as `pulumi config set` writes it", `tags: '{ "a": "b" }'`, { a: "b" }],
        ["nothing", "tags:", null],
        ["an empty text", 'tags: ""', null],
        ["a text", "tags: shop", "shop"],
        ["a number", "tags: 12", 12],
        ["a prefix of digits: it stays a text", "prefix: 12", "12"],
    ];
    for (const [title, line, expected] of scalars) {
        it(`hands over ${title} as the engine does`, () => {
            assert.deepEqual(Object.values(sourceOf(`config:\n  service-pipelines:${line}`).values), [expected]);
        });
    }

    const inherited: readonly (readonly [string, string, unknown, string])[] = [
        ["`value`", "  service-pipelines:tags: { value: { a: b } }", { a: "b" }, "Pulumi.yaml:4:38"],
        ["`default`", "  service-pipelines:tags: { type: object, default: { a: b } }", { a: "b" }, "Pulumi.yaml:4:54"],
        [
            "`default` before `value`",
            "  service-pipelines:tags: { value: { a: c }, default: { a: b } }",
            { a: "b" },
            "Pulumi.yaml:4:57",
        ],
        ["a key without namespace", "  tags: { value: { a: b } }", { a: "b" }, "Pulumi.yaml:4:20"],
        ["a bare scalar", "  service-pipelines:tags: shop", "shop", "Pulumi.yaml:4:3"],
        ["a bare list", "  service-pipelines:tags: [a]", ["a"], "Pulumi.yaml:4:3"],
        ["only a type", "  service-pipelines:tags: { type: object }", undefined, "Pulumi.t.yaml:1:1"],
        ["a `value` of null", "  service-pipelines:tags: { value: null }", undefined, "Pulumi.t.yaml:1:1"],
    ];
    for (const [title, config, expected, place] of inherited) {
        it(`takes ${title} of the project`, () => {
            const source = sourceOf("config: {}", projectText(config));
            assert.deepEqual(source.problems, []);
            assert.deepEqual(source.values.tags, expected);
            const { file, line, column } = source.locate(["tags", "a"]) ?? { file: "", line: 0, column: 0 };
            assert.equal(`${file}:${line}:${column}`, place);
        });
    }

    it("replaces a key of the project as a whole, also by nothing", () => {
        const project = projectText("  tags: { value: { a: 1, b: 2 } }\n  aws:region: { value: eu-west-3 }");
        const own = sourceOf("config:\n  service-pipelines:tags: { c: 3 }", project);
        assert.deepEqual(own.values, { tags: { c: 3 }, "aws:region": "eu-west-3" });
        assert.deepEqual(own.locate(["tags", "b"]), { file: "Pulumi.t.yaml", line: 2, column: 3 });
        assert.deepEqual(sourceOf("config:\n  service-pipelines:tags:", project).values.tags, null);
    });

    it("knows how a scalar is written, here or in the project", () => {
        const project = projectText("  environments: { value: [{ account: 012345678901 }] }");
        assert.equal(sourceOf("config: {}", project).source(["environments", 0, "account"]), "012345678901");
        const here = "config:\n  service-pipelines:environments: [{ account: 000000000010 }]";
        assert.equal(sourceOf(here, project).source(["environments", 0, "account"]), "000000000010");
    });

    it("has the problems of both files", () => {
        const { problems, values } = sourceOf("config: [", "config: {");
        assert.deepEqual(
            problems.map(({ position }) => position?.file),
            ["Pulumi.t.yaml", "Pulumi.yaml"],
        );
        assert.deepEqual(values, {});
    });
});
