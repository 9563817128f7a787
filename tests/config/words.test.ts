import * as assert from "node:assert/strict";
import { z } from "zod";
import { template, templateValue } from "../../catalog/words";
import type { Problem } from "../../catalog/problem";
import { found } from "../../config/issues";
import { needsProblems } from "../../config/needs";
import { filled, parse, single, type Filling } from "../../config/parse";
import { hint, nearest } from "../../config/suggest";
import { holds, mapTexts, schemaAt } from "../../config/walk";

const schema = z.strictObject({
    name: template("A name."),
    values: z.record(z.string(), templateValue("A value.")).default({}),
    commands: z.array(z.string()).default([]),
    kind: z
        .discriminatedUnion("type", [
            z.strictObject({ type: z.literal("a"), url: template("A URL.") }),
            z.strictObject({ type: z.literal("b"), size: z.int().min(1).max(9) }),
        ])
        .optional(),
    either: z.union([z.string(), z.array(template("A text."))]).optional(),
});

describe("the schema of a value", () => {
    const rows: readonly (readonly [string, unknown, readonly (string | number)[], string | undefined])[] = [
        ["a key", { name: "x" }, ["name"], "string"],
        ["a record's entry", { values: { a: "x" } }, ["values", "a"], "string"],
        ["the member that `type` chose", { kind: { type: "b" } }, ["kind", "size"], "number"],
        ["no key of another member", { kind: { type: "b" } }, ["kind", "url"], undefined],
        ["the member of the value's own type", { either: ["x"] }, ["either", 0], "string"],
        ["no unknown key", {}, ["nope"], undefined],
        ["no key of every object", {}, ["constructor"], undefined],
    ];
    for (const [title, value, path, expected] of rows) {
        it(`is that of ${title}`, () => assert.equal(schemaAt(schema, value, path)?.def.type, expected));
    }

    it("maps every text, and leaves the rest", () => {
        const seen: string[] = [];
        const value = { name: "n", commands: ["c"], kind: { type: "a", url: "u" }, either: ["e"], other: "o" };
        const mapped = mapTexts<unknown>(schema, value, { has: () => true }, (text, _, path) => {
            seen.push(path.join("."));
            return text.toUpperCase();
        });
        assert.deepEqual(mapped, {
            name: "N",
            commands: ["C"],
            kind: { type: "A", url: "U" },
            either: ["E"],
            other: "o",
        });
        assert.deepEqual(seen, ["name", "commands.0", "kind.type", "kind.url", "either.0"]);
    });

    it("finds a sign in any text below", () => {
        assert.ok(holds({ a: [1, { b: "x{" }] }, "{") && !holds({ "{": [null, 1, "x"] }, "{"));
    });
});

describe("placeholders in their places", () => {
    const fill = (
        value: Record<string, unknown>,
        filling: Filling = { values: { service: "orders", region: "r" } },
    ) => {
        const problems: Problem[] = [];
        const result = filled(
            schema,
            value,
            filling,
            problem => problems.push(problem),
            path => ["at", ...path],
        );
        return { result, problems: problems.map(({ path, message }) => `${path.join(".")}: ${message}`) };
    };
    it("are filled in names and values, never in commands", () => {
        const value = { name: "{service}-{region}", values: { a: "{service} {json}" }, commands: ["awk '{service}'"] };
        assert.deepEqual(fill(value), {
            result: { name: "orders-r", values: { a: "orders {json}" }, commands: ["awk '{service}'"] },
            problems: [],
        });
    });
    const rows: readonly (readonly [string, Record<string, unknown>, string])[] = [
        ["an unknown one", { name: "{servce}" }, 'at.name: unknown placeholder {servce}; did you mean "{service}"?'],
        [
            "a nearly known one in a value",
            { values: { a: "{regoin}" } },
            'at.values.a: unknown placeholder {regoin}; did you mean "{region}"?',
        ],
        [
            "one as a shell has it, in a value",
            { values: { a: "https://${service}.shop" } },
            "at.values.a: expected {service}, found ${service}: the sign before it would stay",
        ],
        ["one without meaning", { name: "{account}" }, "at.name: {account} has no meaning here"],
        [
            "an environment's",
            { name: "{environment}" },
            "at.name: {environment} has no meaning here: this is the same for all environments",
        ],
        [
            "every object's own word",
            { name: "{constructor}" },
            'at.name: unknown placeholder {constructor}; expected one of "{environment}", "{service}", "{account}", "{region}"',
        ],
    ];
    for (const [title, value, problem] of rows) {
        it(`fail on ${title}`, () => assert.deepEqual(fill(value).problems, [problem]));
    }
    it("leave every object's own words in a value", () => {
        assert.deepEqual(fill({ values: { a: "{service} {constructor} {toString}" } }).result, {
            values: { a: "orders {constructor} {toString}" },
        });
    });
    it("wait where they are filled later, and nowhere else", () => {
        const filling: Filling = { values: { service: "s" }, later: { names: ["environment"], below: ["values"] } };
        const value = { name: "{environment}", values: { a: "{service}-{environment}" } };
        const { result, problems } = fill(value, filling);
        assert.deepEqual(result, { name: "{environment}", values: { a: "s-{environment}" } });
        assert.equal(problems.length, 1);
    });
});

describe("reading by a schema", () => {
    const read = (value: unknown) => {
        const problems: string[] = [];
        const data = parse(schema, single(value, ["at"]), ({ path, message }) =>
            problems.push(`${path.join(".")}: ${message}`),
        );
        return { data, problems };
    };
    it("goes on without unknown keys, and tells each", () => {
        const { data, problems } = read({ name: "x", nmae: 1, kind: { type: "b", size: 1, siez: 2 } });
        assert.deepEqual(data, { name: "x", values: {}, commands: [], kind: { type: "b", size: 1 } });
        assert.deepEqual(problems.sort(), [
            'at.kind.siez: unknown key; did you mean "size"?',
            'at.nmae: unknown key; did you mean "name"?',
        ]);
    });
    const rows: readonly (readonly [string, unknown, readonly string[]])[] = [
        ["a misspelt key only once", { nmae: "x" }, ['at.nmae: unknown key; did you mean "name"?']],
        ["a missing key", {}, ["at.name: missing; expected a text"]],
        [
            "a number for a text",
            { name: 5 },
            ['at.name: expected a text, found the number 5; in quotes it is one: "5"'],
        ],
        [
            "a placeholder without quotes",
            { name: { service: null } },
            ['at.name: expected a text, found a map; in quotes it is one: "{service}"'],
        ],
        ["a misspelt `type`", { name: "x", kind: { tpye: "a" } }, ['at.kind.tpye: unknown key; did you mean "type"?']],
        ["a missing `type`", { name: "x", kind: {} }, ['at.kind.type: missing; expected one of "a", "b"']],
        [
            "an unknown `type`",
            { name: "x", kind: { type: 3 } },
            ['at.kind.type: expected one of "a", "b", found the number 3'],
        ],
        [
            "neither of two shapes",
            { name: "x", either: {} },
            ["at.either: expected a text or a list, found an empty map"],
        ],
        ["an empty text", { name: "" }, ["at.name: expected a text, found an empty one"]],
        [
            "too small a number",
            { name: "x", kind: { type: "b", size: 0 } },
            ["at.kind.size: expected at least 1, found the number 0"],
        ],
        ["no map at all", 5, ["at: expected a map, found the number 5"]],
    ];
    for (const [title, value, problems] of rows) {
        it(`fails on ${title}`, () => assert.deepEqual(read(value).problems, problems));
    }
    it("shows no value that may be a secret, and no long one whole", () => {
        assert.equal(found("hunter2", ["build", "secrets", "X"]), "a text (not shown)");
        assert.equal(found(7, ["environment", "X"]), "a number (not shown)");
        assert.equal(found("AKIAIOSFODNN7EXAMPLE", ["name"]), "a text (not shown)");
        assert.equal(found("x".repeat(200), ["name"]).length, 79);
        assert.equal(found("dev", ["environment"]), "a text (not shown)", "a text where a map belongs may hold one");
    });
});

describe("the nearest word", () => {
    const rows: readonly (readonly [string, readonly string[], string | undefined])[] = [
        ["clutser", ["service", "cluster"], "cluster"],
        ["APPROVAL", ["approval"], "approval"],
        ["enviroments", ["environments", "endpoints"], "environments"],
        ["lambda", ["ecs", "s3"], undefined],
        ["esc", ["ec2", "ecs"], "ecs"],
        ["qa", ["s3"], undefined],
        ["stage", ["image"], undefined],
        ["imgae", ["image"], "image"],
        ["imeg", ["image"], "image"],
        ["clusterName", ["service", "cluster"], "cluster"],
        ["env", ["image", "environment"], "environment"],
        ["roleArn", ["stack", "executionRoleArn"], "executionRoleArn"],
        ["beanstalk", ["ecs", "elastic-beanstalk"], "elastic-beanstalk"],
        ["serviceNames", ["ser", "service"], "service"],
        ["Of", ["notOf"], undefined],
        ["x", [], undefined],
    ];
    for (const [word, known, expected] of rows) {
        it(`to ${word} is ${expected}`, () => assert.equal(nearest(word, known), expected));
    }
    it("is hinted at, or else all words are", () => {
        assert.equal(hint("esc", ["ecs"]), '; did you mean "ecs"?');
        assert.equal(hint("zebra", ["a", "b"]), '; expected one of "a", "b"');
        assert.equal(hint("zebra", []), "");
    });
});

describe("needs", () => {
    const problems = (units: Record<string, string[]>, names = Object.keys(units)) =>
        needsProblems(new Map(Object.entries(units).map(([name, needs]) => [name, { needs }])), names, "suite").map(
            ({ path, message }) => `${path.join(".")}: ${message}`,
        );
    const rows: readonly (readonly [string, Record<string, string[]>, readonly string[]])[] = [
        ["none", { a: [], b: ["a"], c: ["a", "b"] }, []],
        [
            "an unknown name",
            { alpha: ["betta"], beta: [] },
            ['alpha.needs.0: unknown suite "betta"; did you mean "beta"?'],
        ],
        ["itself", { a: ["a"] }, ["a.needs.0: a cannot wait for itself"]],
        ["a circle, once", { a: ["b"], b: ["c"], c: ["a"] }, ["a.needs: waits for itself: a → b → c → a"]],
        [
            "a circle that does not hold the first",
            { a: ["b"], b: ["c"], c: ["b"] },
            ["b.needs: waits for itself: b → c → b"],
        ],
    ];
    for (const [title, units, expected] of rows) {
        it(`tell ${title}`, () => assert.deepEqual(problems(units), expected));
    }
    it("know what could not be read", () => assert.deepEqual(problems({ a: ["broken"] }, ["a", "broken"]), []));
});
