import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { planStack } from "../../blueprint/stack";
import type { Path } from "../../catalog/problem";
import { problemLines, readFleet } from "../../config/read";
import { readYaml } from "../../config/yaml-file";
import { base } from "./support/base";
import { sourceOf, throughEngine } from "./support/source";

const prod = readFileSync(resolve(__dirname, "../../Pulumi.prod.yaml"), "utf8");
const hostile = ["__proto__", "constructor", "hasOwnProperty", "toString", "<<", "", "a.b", "0", "secure", "{account}"];

/** The paths of all that stands in `value`. */
const paths = (value: unknown, at: Path = []): Path[] =>
    typeof value !== "object" || value === null
        ? [at]
        : [
              at,
              ...Object.entries(value).flatMap(([key, inner]) =>
                  paths(inner, [...at, Array.isArray(value) ? Number(key) : key]),
              ),
          ];

/** `file` with the entry at `path` set, renamed or removed. */
function changed(file: object, path: Path, change: { readonly set?: unknown; readonly rename?: string }): string {
    const copy = structuredClone(file) as Record<string | number, unknown>;
    const parent = path.slice(0, -1).reduce((inner, key) => inner[key] as typeof copy, copy);
    const key = path[path.length - 1];
    const old = parent[key];
    delete parent[key];
    const value = "set" in change ? change.set : old;
    if ("set" in change || change.rename !== undefined) {
        Object.defineProperty(parent, change.rename ?? key, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
        });
    }
    return stringify(copy, { aliasDuplicateObjects: false });
}

/** Reading `text` ends with problems that can be shown, or with a plan; and changes no prototype. */
function endsWell(text: string): void {
    const before = [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)];
    const source = sourceOf(text);
    for (const each of [source, throughEngine(source)]) {
        const { plan, problems } = planStack(each);
        assert.ok((plan === undefined) === problems.length > 0);
        for (const line of problemLines(problems)) {
            assert.match(line, /^Pulumi\.t\.yaml:\d+:\d+ \S/);
            assert.doesNotMatch(line, /undefined|\[object|Invalid input|\n/);
        }
    }
    assert.deepEqual(
        [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)],
        before,
    );
}

describe("any change of a stack file", () => {
    const file = parse(prod) as object;
    const place = fc.constantFrom(...paths(file).filter(path => path.length > 1));
    const value = fc.oneof(
        fc.constantFrom<unknown>(
            null,
            true,
            -1,
            1.5,
            1e21,
            "",
            "{environment}",
            "{x}",
            [],
            {},
            [[]],
            [null],
            { type: "s3" },
            ["a", "a"],
        ),
        fc.jsonValue({ maxDepth: 2 }),
        fc.dictionary(fc.constantFrom(...hostile), fc.constantFrom<unknown>("x", null, 1, {}), { minKeys: 1 }),
    );

    it("of one value ends with problems or a plan, never with an exception", function () {
        this.timeout(60_000);
        fc.assert(
            fc.property(place, value, (path, set) => endsWell(changed(file, path, { set }))),
            { numRuns: 150 },
        );
    });

    it("of one key does so too, also with the names that every object has", function () {
        this.timeout(60_000);
        const word = fc.oneof(fc.constantFrom(...hostile), fc.string());
        fc.assert(
            fc.property(place, fc.option(word, { nil: undefined }), (path, rename) =>
                endsWell(changed(file, path, rename === undefined ? {} : { rename })),
            ),
            { numRuns: 150 },
        );
    });

    it("of its text does so too", function () {
        this.timeout(60_000);
        const sign = fc.constantFrom(..."[]{}:,&*#!|>'\"%@`- \t\n<?");
        fc.assert(
            fc.property(fc.nat(base.length - 1), sign, fc.nat(3), (at, what, drop) =>
                endsWell(base.slice(0, at) + what + base.slice(at + drop)),
            ),
            { numRuns: 200 },
        );
    });
});

describe("a place in any text", () => {
    it("is found, or what is around it", () => {
        const key = fc.oneof(
            fc.constantFrom(...hostile, "a", "b", "config"),
            fc.integer({ min: -2, max: 5 }),
            fc.string(),
        );
        const text = fc.oneof(
            fc.string(),
            fc.constant(base),
            fc.json().map(json => `a: ${json}`),
        );
        fc.assert(
            fc.property(text, fc.array(key, { maxLength: 5 }), (words, path) => {
                const file = readYaml("Pulumi.t.yaml", words);
                const { line, column } = file.locate(path);
                assert.ok(line >= 1 && column >= 1 && line <= words.split("\n").length + 1);
                file.source(path);
            }),
            { numRuns: 300 },
        );
    });
});

describe("a large fleet", () => {
    it("of a thousand services is read within a second of work", function () {
        this.timeout(60_000);
        const file = parse(base) as { config: Record<string, Record<string, unknown>> };
        const own = file.config["service-pipelines:services"];
        const names = Object.keys(own);
        file.config["service-pipelines:services"] = Object.fromEntries(
            Array.from({ length: 1000 }, (_, index) => [`s-${index}`, own[names[index % names.length]]]),
        );
        const source = sourceOf(stringify(file, { aliasDuplicateObjects: false }));
        readFleet(source);
        const start = process.cpuUsage();
        const { fleet, problems } = readFleet(source);
        const { user } = process.cpuUsage(start);
        assert.deepEqual([fleet?.services.length, problems.length], [1000, 0]);
        assert.ok(user < 1_000_000, `${user / 1000} ms`);
    });
});
