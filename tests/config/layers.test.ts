import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { merge, type Layer } from "../../config/layers";

const layer = (name: string, value: unknown): Layer => ({ path: [name], value });
const value = (...values: unknown[]) => merge(values.map((each, index) => layer(`l${index}`, each))).value;

describe("layers", () => {
    const rows: readonly (readonly [string, readonly unknown[], unknown])[] = [
        ["merge maps by key", [{ a: 1, b: { c: 1, d: 2 } }, { b: { c: 3 } }], { a: 1, b: { c: 3, d: 2 } }],
        ["replace lists", [{ a: [1, 2] }, { a: [3] }], { a: [3] }],
        ["replace scalars, also by null", [{ a: 1, b: 1 }, { a: null }], { a: null, b: 1 }],
        ["pass over what is not there", [undefined, { a: 1 }, undefined], { a: 1 }],
        [
            "replace a map of another type",
            [
                { type: "x", a: 1 },
                { type: "y", b: 1 },
            ],
            { type: "y", b: 1 },
        ],
        [
            "keep a map of the same type",
            [
                { type: "x", a: 1 },
                { type: "x", b: 1 },
            ],
            { type: "x", a: 1, b: 1 },
        ],
        ["keep a map whose type is said later", [{ a: 1 }, { type: "y" }], { a: 1, type: "y" }],
        [
            "replace a nested map of another type",
            [{ c: { type: "x", a: 1 } }, { c: { type: "y" } }],
            { c: { type: "y" } },
        ],
        [
            "merge after a change of type",
            [{ type: "x", a: 1 }, { type: "y", b: 1 }, { c: 1 }],
            { type: "y", b: 1, c: 1 },
        ],
        ["are nothing when there is none", [], undefined],
    ];
    for (const [title, values, expected] of rows) {
        it(title, () => assert.deepEqual(value(...values), expected));
    }

    it("know the default type: another one replaces, and it is added where none is named", () => {
        const all = [layer("a", { x: 1 }), layer("b", { type: "other" })];
        assert.deepEqual(merge(all, "usual").value, { type: "other" });
        assert.deepEqual(merge(all.slice(0, 1), "usual").value, { type: "usual", x: 1 });
    });

    const defaults: Layer = { path: ["defaults", "deploy"], value: { type: "ecs", cluster: "a" }, common: true };
    const own: Layer = { path: ["services", "s", "deploy"], value: { service: "s" } };
    const exception: Layer = { path: ["services", "s", "environments", "prod", "deploy"], value: { cluster: "b" } };
    const origins: readonly (readonly [string, readonly Layer[], string, string])[] = [
        ["the layer that wrote it", [defaults, own], "cluster", "defaults.deploy.cluster"],
        [
            "the last of those that wrote it",
            [defaults, own, exception],
            "cluster",
            `${exception.path.join(".")}.cluster`,
        ],
        [
            "the service's own words where nobody wrote it",
            [defaults, own, exception],
            "taskRoles",
            "services.s.deploy.taskRoles",
        ],
        [
            "the service's own words also where it has none",
            [defaults, { ...own, value: undefined }],
            "taskRoles",
            "services.s.deploy.taskRoles",
        ],
        [
            "the layer that changed the type",
            [defaults, own, { ...exception, value: { type: "s3" } }],
            "bucket",
            `${exception.path.join(".")}.bucket`,
        ],
        ["the defaults where there is nothing else", [defaults], "taskRoles", "defaults.deploy.taskRoles"],
    ];
    for (const [title, layers, key, expected] of origins) {
        it(`point a problem at ${title}`, () => assert.equal(merge(layers).origin([key]).join("."), expected));
    }

    it("may be merged in any grouping", () => {
        // What is a map in one layer is a map in all: otherwise the order of replacing counts.
        const leaf = fc.constantFrom("a", "b", "constructor");
        const branch = fc.constantFrom("m", "n", "hasOwnProperty");
        const { tree } = fc.letrec<{ tree: object }>(tie => ({
            tree: fc
                .tuple(
                    fc.dictionary(leaf, fc.oneof(fc.integer(), fc.constant(null), fc.array(fc.integer())), {
                        maxKeys: 3,
                    }),
                    fc.oneof({ maxDepth: 3 }, fc.constant({}), fc.dictionary(branch, tie("tree"), { maxKeys: 3 })),
                )
                .map(([leaves, branches]) => ({ ...leaves, ...branches })),
        }));
        fc.assert(
            fc.property(tree, tree, tree, (a, b, c) => {
                assert.deepEqual(value(value(a, b), c), value(a, value(b, c)));
                assert.deepEqual(value(a, b, c), value(value(a, b), c));
            }),
        );
    });

    it("leave their own words as they were", () => {
        const lower = { a: { b: 1 } };
        value(lower, { a: { b: 2, c: 3 } });
        assert.deepEqual(lower, { a: { b: 1 } });
    });
});
