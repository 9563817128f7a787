import * as assert from "node:assert/strict";
import { happenings } from "../../catalog/happenings";
import { mergedRoutes, readRoutes, silenced } from "../../config/routes";
import { happenings as told } from "../../functions/notify/settings";
import { fleetOf, service } from "./support/fleet";

const end = "  service-pipelines:protect: true";

/** The base with two targets, and what is told of the fleet, of prod, of `orders` and of it in prod. */
const read = (fleet: string, prod: string, orders: string, ordersInProd: string) =>
    fleetOf(
        [
            end,
            `  service-pipelines:targets: { on-call: { type: slack, webhook: hooks }, releases: { type: sqs } }\n  service-pipelines:notify: ${fleet}\n${end}`,
        ],
        ['      account: "222222222222"\n', `      account: "222222222222"\n      notify: ${prod}\n`],
        [
            "      source: { repository: acme/orders }",
            `      notify: ${orders}\n      source: { repository: acme/orders }`,
        ],
        ["prod: { approval: { timeoutHours: 24 } }", `prod: { notify: ${ordersInProd} }`],
    );

describe("routes", () => {
    it("know what the function that tells knows", () => assert.deepEqual(happenings, told));

    it("are read in the order of their words, each layer by itself", () => {
        const fleet = read(
            "{ on-call: [alarm, recovered, failed], releases: [succeeded] }",
            "{ on-call: [stuck, failed] }",
            "{ releases: [] }",
            "{ releases: [rolled-back, started] }",
        );
        assert.deepEqual(fleet.notify, { "on-call": ["failed", "recovered", "alarm"], releases: ["succeeded"] });
        assert.deepEqual(
            fleet.environments.map(({ notify }) => notify),
            [{}, {}, { "on-call": ["failed", "stuck"] }],
        );
        const orders = service(fleet, "orders");
        assert.deepEqual(orders.notify, { releases: [] });
        assert.deepEqual(
            orders.environments.map(({ notify }) => notify),
            [{}, {}, { releases: ["started", "rolled-back"] }],
        );
        assert.deepEqual(fleet.targets, {
            "on-call": { type: "slack", webhook: "hooks" },
            releases: { type: "sqs" },
        });
    });

    for (const [title, layers, expected] of [
        ["nothing", [], {}],
        ["the last that speaks of a target", [{ a: ["failed"] }, { a: ["stuck"] }], { a: ["stuck"] }],
        ["nothing where the last says so", [{ a: ["failed"] }, {}, { a: [] }], { a: [] }],
        ["each target by itself", [{ b: ["failed"], a: ["failed"] }, { b: [] }], { a: ["failed"], b: [] }],
    ] as const) {
        it(`come to ${title}`, () => assert.deepEqual(mergedRoutes(...layers), expected));
    }

    it("are silent of what a layer above leaves out, but for alarms", () => {
        const lower = { a: ["failed", "stuck", "alarm"], b: ["failed"] } as const;
        assert.deepEqual(silenced(lower, { a: ["failed"], b: [], constructor: [] }, " in prod"), [
            "a is not told of stuck in prod",
            "b is not told of failed in prod",
        ]);
        assert.deepEqual(silenced(lower, { a: ["failed", "stuck", "started"] }, ""), []);
    });

    it("take any target where none is known", () => {
        const problems: unknown[] = [];
        const report = (problem: unknown) => void problems.push(problem);
        assert.deepEqual(readRoutes({ a: ["failed"] }, [], {}, report), { a: ["failed"] });
        assert.deepEqual(problems, []);
    });
});

describe("a service that tells somebody less", () => {
    const weaker = (words: readonly [string, string, string, string]) => service(read(...words), "orders").weakens;

    for (const [title, words, expected] of [
        [
            "everywhere",
            ["{ on-call: [failed, stuck] }", "{}", "{ on-call: [] }", "{}"],
            ["on-call is not told of failed, stuck"],
        ],
        [
            "in an environment alone",
            ["{ on-call: [failed] }", "{}", "{}", "{ on-call: [started] }"],
            ["on-call is not told of failed in prod"],
        ],
        [
            "than an environment does",
            ["{}", "{ on-call: [failed] }", "{ on-call: [] }", "{}"],
            ["on-call is not told of failed in prod"],
        ],
        [
            "than both do",
            ["{ on-call: [failed] }", "{ on-call: [failed, stuck] }", "{ on-call: [] }", "{}"],
            ["on-call is not told of failed", "on-call is not told of failed, stuck in prod"],
        ],
        [
            "and tells it in the environment all the same",
            ["{}", "{ on-call: [failed] }", "{ on-call: [] }", "{ on-call: [failed] }"],
            [],
        ],
        ["by saying nothing of it", ["{ on-call: [failed] }", "{}", "{ releases: [failed] }", "{}"], []],
    ] as const) {
        it(`${title}: ${expected.length === 0 ? "weakens nothing" : "is said"}`, () =>
            assert.deepEqual(weaker(words), expected));
    }
});
