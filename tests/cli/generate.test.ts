import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { planStack } from "../../blueprint/stack";
import { filesIn, generated, generatedFolders } from "../../cli/generated";
import { projectFolder } from "../../cli/options";
import { indented } from "../../cli/reference/examples";
import { keyRows } from "../../cli/reference/keys";
import { docstring } from "../../cli/reference/page";
import { documentedSorts } from "../../cli/reference/sorts";
import { fromFile } from "../../config/from-file";
import { problemLines } from "../../config/read";

const kinds = documentedSorts.flatMap(({ folder, kinds: all }) => all.map(({ type }) => ({ folder, type })));

describe("what is generated", () => {
    const files = generated();

    it("is what is committed; else `npm run generate` makes it anew", () => {
        assert.deepEqual(generatedFolders.flatMap(filesIn).sort(), [...files.keys()].sort());
        for (const [file, text] of files) {
            assert.equal(readFileSync(join(projectFolder, file), "utf8"), text, file);
        }
    });

    for (const { folder, type } of kinds) {
        it(`holds an example of ${folder}/${type} without a problem or a warning`, () => {
            const file = `examples/${folder}/${type}.yaml`;
            const { plan, problems, warnings } = planStack(fromFile(join(projectFolder, file), "example"));
            assert.deepEqual(problemLines([...problems, ...warnings]), []);
            assert.ok(plan?.pipelines.some(({ service }) => service === "orders"));
        });

        it(`documents ${folder}/${type} with its pages of AWS`, () => {
            const { text, pages } = docstring(projectFolder, folder, type);
            assert.ok(text.length > 20, text);
            assert.ok(files.get(`docs/reference/${folder}.md`)?.includes(`\n## ${type}\n\n${text}\n`));
            pages.forEach(page => assert.match(page, /^https:\/\/(docs\.)?[\w.-]+\//));
        });
    }

    it("fails for a kind without a docstring", () => {
        assert.throws(
            () => docstring(projectFolder, "deploys", "index"),
            /deploys\/index\.ts: the kind has no docstring/,
        );
    });
});

describe("the table of keys", () => {
    it("tells type, default, and what is inside maps, lists and unions", () => {
        const settings = z.strictObject({
            name: z.string().max(5).describe("Its name."),
            size: z.enum(["small", "large"]).default("small").describe("How large.\nVery. @default small"),
            count: z.int().min(1).max(9).optional(),
            parts: z.array(z.strictObject({ port: z.int() })).optional(),
            by: z.record(z.string(), z.strictObject({ on: z.boolean().describe("On.") })).optional(),
            either: z
                .union([z.strictObject({ a: z.literal("x"), b: z.string() }), z.strictObject({ b: z.string() })])
                .optional(),
        });
        const rows = keyRows(settings).map(({ key, type, required, description, fallback }) =>
            [key, type, required ? "!" : "", description, fallback ?? ""].join(" | "),
        );
        assert.deepEqual(rows, [
            "name | text, at most 5 characters | ! | Its name. | ",
            "size | `small`, `large` |  | How large.\nVery. | small",
            "count | whole number, 1 to 9 |  |  | ",
            "parts | list of map |  |  | ",
            "parts[].port | whole number | ! |  | ",
            "by | map of map by name |  |  | ",
            "by.<name>.on | true or false | ! | On. | ",
            "either | map |  |  | ",
            "either.a | `x` | ! |  | ",
            "either.b | text | ! |  | ",
        ]);
    });
});

describe("a piece of YAML", () => {
    it("keeps its own margins wherever it stands", () => {
        assert.equal(indented("\n        a: 1\n        b:\n          - c\n", 2), "  a: 1\n  b:\n    - c");
    });
});
