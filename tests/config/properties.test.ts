import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { planStack } from "../../blueprint/stack";
import type { Path } from "../../catalog/problem";
import { problemLines, readFleet } from "../../config/read";
import { readYaml } from "../../config/yaml-file";
import { base } from "./support/base";
import { sourceOf, throughEngine } from "./support/source";

const root = resolve(__dirname, "../..");
const prod = readFileSync(join(root, "Pulumi.prod.yaml"), "utf8");

/** The smallest stack file of each kind: what it is called, and what it says. */
const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter(folder => folder.isDirectory())
    .flatMap(({ name }) =>
        readdirSync(join(root, "examples", name))
            .filter(file => file.endsWith(".yaml"))
            .map(file => join("examples", name, file)),
    )
    .map(name => [name, parse(readFileSync(join(root, name), "utf8")) as object] as const);

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
    // An item of a list has no name to change.
    if ("set" in change || (change.rename !== undefined && !Array.isArray(parent))) {
        Object.defineProperty(parent, change.rename ?? key, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
        });
    }
    return stringify(copy, { aliasDuplicateObjects: false });
}

/** What no message may say: words of the program, not of the stack file. */
const nonsense = /\bundefined\b|\bNaN\b|\[object|Invalid (input|key|option|string)|\n/;

/** Reading `text` ends with problems that can be shown, or with a plan; and changes no prototype. */
function endsWell(text: string): void {
    const before = [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)];
    const source = sourceOf(text);
    for (const each of [source, throughEngine(source)]) {
        const { plan, problems, warnings } = planStack(each);
        assert.ok((plan === undefined) === problems.length > 0);
        for (const line of problemLines(problems)) {
            assert.match(line, /^Pulumi\.t\.yaml:\d+:\d+ \S/);
            assert.doesNotMatch(line, nonsense);
        }
        for (const line of problemLines(warnings)) {
            assert.doesNotMatch(line, nonsense);
        }
    }
    assert.deepEqual(
        [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)],
        before,
    );
}

/** What a value is changed to. */
const value = fc.oneof(
    fc.constantFrom<unknown>(
        null,
        true,
        -1,
        1.5,
        1e21,
        "",
        " ",
        "{environment}",
        "{x}",
        "#{a.b}",
        "x".repeat(1100),
        [],
        {},
        [[]],
        [null],
        [{}],
        { type: "s3" },
        ["a", "a"],
    ),
    fc.jsonValue({ maxDepth: 2 }),
    fc.dictionary(fc.constantFrom(...hostile), fc.constantFrom<unknown>("x", null, 1, {}), { minKeys: 1 }),
);

/** What a key is changed to; nothing where it is left out. */
const keyWord = fc.option(fc.oneof(fc.constantFrom(...hostile), fc.string()), { nil: undefined });

/** Maps whose keys people choose. */
const named =
    /^(service-pipelines:services|suites|steps|deploys|sources|builds|environments|secrets|environment|parameters|input|properties|outputs|furtherArtifacts|variables|buildArguments|configuration)$/;

/** Whether the last key of `path` is one of the program's own words. */
const isWord = (path: Path) => typeof path.at(-1) === "string" && !named.test(String(path.at(-2)));

/** The places in `file`, without the file itself. */
const placesOf = (file: object) => paths(file).filter(path => path.length > 1);

describe("any change of a stack file", () => {
    const file = parse(prod) as object;
    const place = fc.constantFrom(...placesOf(file));

    it("of one value ends with problems or a plan, never with an exception", function () {
        this.timeout(60_000);
        fc.assert(
            fc.property(place, value, (path, set) => endsWell(changed(file, path, { set }))),
            { numRuns: 150 },
        );
    });

    it("of one key does so too, also with the names that every object has", function () {
        this.timeout(60_000);
        fc.assert(
            fc.property(place, keyWord, (path, rename) =>
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

describe("any change of an example", () => {
    for (const [name, file] of examples) {
        // What is about the kind stands below the services and the environments.
        const own = placesOf(file).filter(path => path.length > 2 && /:(services|environments)$/.test(String(path[1])));
        const place = fc.constantFrom(...own);
        it(`${name}: ends with problems or a plan, never with an exception`, function () {
            this.timeout(60_000);
            fc.assert(
                fc.property(
                    place,
                    fc.oneof(
                        value.map(set => ({ set })),
                        keyWord.map(rename => ({ rename })),
                    ),
                    (path, how) => endsWell(changed(file, path, how)),
                ),
                { numRuns: 60 },
            );
        });

        it(`${name}: of one letter of a key is told once, where it stands`, () => {
            for (const path of own.filter(isWord)) {
                const wrong = `${String(path.at(-1))}z`;
                const lines = problemLines(planStack(sourceOf(changed(file, path, { rename: wrong }))).problems);
                assert.equal(lines.length, 1, `${path.join(".")}: ${lines.join("\n")}`);
                assert.ok(lines[0].includes(`${wrong}: unknown key; did you mean`), lines[0]);
            }
        });
    }
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
