import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { projectFolder } from "../../cli/options";
import { schemaFile, schemaText } from "../../cli/schema-file";
import { hovered, keyCosts } from "../../cli/schema-costs";
import { stackFileSchema, stackWords } from "../../config/json-schema";
import { stackFiles } from "../support/stacks";

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** A key somewhere in a schema. */
interface Key {
    readonly path: string;
    readonly schema: Json;
    readonly required: boolean;
}

/** Every key of `schema`, each of what is shared once. */
function keysOf(schema: unknown, path = "", found: Key[] = []): Key[] {
    if (Array.isArray(schema)) {
        schema.forEach(one => keysOf(one, path, found));
    } else if (isJson(schema)) {
        const { properties, required = [] } = schema as { properties?: Json; required?: string[] };
        for (const [name, of] of Object.entries(isJson(properties) ? properties : {})) {
            if (isJson(of)) {
                found.push({ path: `${path}.${name}`, schema: of, required: required.includes(name) });
            }
        }
        for (const [name, of] of Object.entries(schema)) {
            if (name === "properties" && isJson(of)) {
                Object.entries(of).forEach(([key, inner]) => keysOf(inner, `${path}.${key}`, found));
            } else if (name !== "if") {
                keysOf(of, path, found);
            }
        }
    }
    return found;
}

/** A keyword of `schema`, where it stands or in what it refers to. */
function keyword(schema: Json, name: string, root: Json): unknown {
    if (Object.hasOwn(schema, name) || typeof schema.$ref !== "string") {
        return schema[name];
    }
    const of = (root.$defs as Json)[schema.$ref.replace("#/$defs/", "")];
    return keyword(of as Json, name, root);
}

describe("what editors show of a key", () => {
    const root = JSON.parse(schemaText()) as Json;
    // The kinds of a role's conditions are no keys that anybody writes.
    const keys = keysOf(root).filter(({ schema }) => !(Object.keys(schema).length === 1 && "const" in schema));

    it("tells of every key what it does", () => {
        assert.ok(keys.length > 300, String(keys.length));
        const silent = keys.filter(({ schema }) => typeof keyword(schema, "description", root) !== "string");
        assert.deepEqual(
            silent.map(({ path }) => path),
            [],
        );
    });

    it("tells of every key that may be left out its default, or what its absence means", () => {
        const words = stackWords() as Json;
        const optional = keysOf(words).filter(({ required }) => !required);
        assert.ok(optional.length > 150, String(optional.length));
        const silent = optional.filter(
            ({ schema }) =>
                keyword(schema, "default", words) === undefined &&
                keyword(schema, "const", words) === undefined &&
                !/@default \S/.test(String(keyword(schema, "description", words))),
        );
        assert.deepEqual(
            silent.map(({ path }) => path),
            [],
        );
    });

    it("says the default in words, and nowhere as a tag", () => {
        assert.doesNotMatch(schemaText(), /@default/);
        const hover = hovered({ properties: { a: { description: "Does it. @default none: b does" } } });
        assert.deepEqual(hover, { properties: { a: { description: "Does it. Default: none: b does." } } });
        const shared = hovered({ description: "Does it. @default 1.5." });
        assert.deepEqual(shared, { description: "Does it. Default: 1.5." });
    });

    for (const { key, begins, costs } of keyCosts) {
        it(`says what \`${key}\` costs`, () => {
            const found = schemaText()
                .split("\n")
                .filter(line => line.includes(`Costs: ${costs} (`) && line.includes(`"${begins}`));
            assert.ok(found.length > 0);
            assert.doesNotMatch(costs, /NaN|undefined|\$0(?!\.)/);
        });
    }

    it("leaves all but descriptions as the program's own schema says", () => {
        const bare = (value: unknown): unknown =>
            Array.isArray(value)
                ? value.map(bare)
                : isJson(value)
                  ? Object.fromEntries(
                        Object.entries(value)
                            .filter(([name, of]) => name !== "description" || typeof of !== "string")
                            .map(([name, of]) => [name, bare(of)]),
                    )
                  : value;
        assert.deepEqual(bare(hovered(stackFileSchema())), bare(stackFileSchema()));
    });

    for (const file of Object.keys(stackFiles).filter(name => !name.startsWith("tests/"))) {
        it(`is where the first line of ${file} leads`, () => {
            const [first] = readFileSync(join(projectFolder, file), "utf8").split("\n");
            const [, path] = /^# yaml-language-server: \$schema=(\S+)$/.exec(first) ?? [];
            assert.equal(resolve(dirname(join(projectFolder, file)), path), schemaFile);
        });
    }
});
