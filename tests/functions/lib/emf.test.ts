import * as assert from "node:assert/strict";
import { emf, isTakenByCloudWatch, type Line } from "../../../functions/lib/emf";
import { emfProblems } from "../support/emf-schema";

const line: Line = {
    namespace: "service-pipelines/shop",
    time: new Date("2026-11-24T10:00:00Z"),
    declared: [
        { dimensions: ["Service"], metrics: { Deployments: "Count", LeadTime: "Seconds" } },
        { dimensions: ["Service", "Stage"], metrics: { StageDuration: "Seconds" } },
    ],
    fields: { Service: "orders", Stage: "prod", Deployments: 1, LeadTime: [60, 90.5], StageDuration: 12, Queue: 3 },
};

/** `count` keys, each with `value`. */
const many = <T>(count: number, value: T): Record<string, T> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, value]));

describe("a line of embedded metric format", () => {
    it("holds its fields, and says which of them are metrics", () => {
        assert.deepEqual(JSON.parse(emf(line)), {
            _aws: {
                Timestamp: Date.UTC(2026, 10, 24, 10),
                CloudWatchMetrics: [
                    {
                        Namespace: "service-pipelines/shop",
                        Dimensions: [["Service"]],
                        Metrics: [
                            { Name: "Deployments", Unit: "Count" },
                            { Name: "LeadTime", Unit: "Seconds" },
                        ],
                    },
                    {
                        Namespace: "service-pipelines/shop",
                        Dimensions: [["Service", "Stage"]],
                        Metrics: [{ Name: "StageDuration", Unit: "Seconds" }],
                    },
                ],
            },
            Service: "orders",
            Stage: "prod",
            Deployments: 1,
            LeadTime: [60, 90.5],
            StageDuration: 12,
            Queue: 3,
        });
        assert.deepEqual(emfProblems(emf(line)), []);
    });

    it("is one line, whatever its texts hold", () =>
        assert.deepEqual(emfProblems(emf({ ...line, fields: { ...line.fields, cause: "two\nlines" } })), []));

    it("is plain JSON where nothing is a metric", () =>
        assert.equal(
            emf({ ...line, declared: [{ dimensions: ["Service"], metrics: {} }], fields: { Service: "a" } }),
            '{"Service":"a"}',
        ));

    it("takes a hundred metrics of nine dimensions", () => {
        const fields = { ...many(100, 1), ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`d${i}`, "x"])) };
        const declared = [{ dimensions: Object.keys(fields).slice(100), metrics: many(100, "Count" as const) }];
        assert.deepEqual(emfProblems(emf({ ...line, declared, fields })), []);
    });

    for (const [title, change, message] of [
        ["a dimension that is no field", { fields: { Stage: "prod" } }, /no text Service/],
        ["an empty dimension", { fields: { ...line.fields, Service: "" } }, /no text Service/],
        ["a dimension that is a number", { fields: { ...line.fields, Service: 1 } }, /no text Service/],
        ["a metric that is no field", { fields: { Service: "orders", Stage: "prod" } }, /no number Deployments/],
        ["a metric that is a text", { fields: { ...line.fields, Deployments: "1" } }, /no number Deployments/],
        ["a metric that is not finite", { fields: { ...line.fields, Deployments: NaN } }, /no number Deployments/],
        ["a metric without values", { fields: { ...line.fields, LeadTime: [] } }, /no number LeadTime/],
        [
            "more than a hundred values",
            { fields: { ...line.fields, LeadTime: Array.from({ length: 101 }, () => 1) } },
            /no number LeadTime/,
        ],
        [
            "more than a hundred metrics",
            { declared: [{ dimensions: [], metrics: many(101, "Count" as const) }], fields: many(101, 1) },
            /101 metrics/,
        ],
        [
            "more than nine dimensions",
            {
                declared: [{ dimensions: Object.keys(many(10, "")), metrics: { a: "Count" as const } }],
                fields: { a: 1, ...many(10, "x") },
            },
            /10 dimensions/,
        ],
    ] as const) {
        it(`fails on ${title}`, () => assert.throws(() => emf({ ...line, ...change }), message));
    }
});

describe("the checker of embedded metric format", () => {
    const good = emf(line);
    for (const [title, before, after, problem] of [
        ["two lines", /$/, "\n", "more than one line"],
        ["no metadata", /"_aws"/, '"aws"', "$._aws: missing"],
        ["a time as a text", /"Timestamp":(\d+)/, '"Timestamp":"$1"', "$._aws.Timestamp: no integer"],
        ["a directive without dimensions", /"Dimensions"/, '"dimensions"', "CloudWatchMetrics[0].Dimensions: missing"],
        ["an unknown unit", /"Count"/, '"Apples"', "Metrics[0].Unit: not"],
        ["an empty namespace", /service-pipelines\/shop/, "", "Namespace: too short"],
        ["no set of dimensions", /\[\["Service"\]\]/, "[]", "Dimensions: too short"],
        ["a dimension that is no member", /"Service":/, '"service":', "dimension Service: no text"],
        ["a metric that is no member", /"Deployments":/, '"deployments":', "metric Deployments: no number"],
    ] as const) {
        it(`fails on ${title}`, () => {
            const problems = emfProblems(good.replace(before, after));
            assert.ok(
                problems.some(each => each.includes(problem)),
                String(problems),
            );
        });
    }
});

describe("the times that CloudWatch takes", () => {
    const now = Date.UTC(2026, 10, 24);
    const hour = 60 * 60 * 1000;
    for (const [title, time, taken] of [
        ["now", now, true],
        ["not quite two weeks ago", now - 14 * 24 * hour + 1, true],
        ["two weeks ago", now - 14 * 24 * hour, false],
        ["in not quite two hours", now + 2 * hour - 1, true],
        ["in two hours", now + 2 * hour, false],
    ] as const) {
        it(`${title}: ${taken ? "yes" : "no"}`, () => assert.equal(isTakenByCloudWatch(new Date(time), now), taken));
    }
});
