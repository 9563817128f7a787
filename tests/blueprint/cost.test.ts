import * as assert from "node:assert/strict";
import { costOf } from "../../blueprint/cost";
import { ecsService, fleetOf, type Words } from "./support/fleet";

const existing = { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } };

/** No alarm beside those of dead letters, no dashboard, no metrics. */
const unwatched = {
    metrics: "none",
    dashboard: false,
    alarms: { failedDeploy: false, duration: false, approval: false, functionErrors: false, lateMessages: false },
};

/** The lines of the bill, and what they come to. */
function lines(words: Words) {
    const { items, monthlyIdle } = costOf(fleetOf({ network: existing, ...words }));
    return [...items.map(({ what, count, monthly }) => [what, count, monthly]), monthlyIdle];
}

const pipelines = (count: number) => ["pipelines (V2: nothing at rest)", count, 0];
const keys = [
    ["artifact key", 1, 1],
    ["signing key", 1, 1],
];
const deadLetters = (functions: number, monthly: number) => ["alarms of dead letters", functions, monthly];
const ofApprovals = ["metrics of approvals, 2 an environment", 2, 0.6];

describe("cost at rest", () => {
    for (const [title, network, ...wanted] of [
        ["a network that is there already", existing, deadLetters(3, 0.3), ofApprovals, 2.9],
        ["one NAT gateway", { create: {} }, ["NAT gateways", 1, 38.69], deadLetters(3, 0.3), ofApprovals, 41.59],
        [
            "a NAT gateway in each zone",
            { create: { availabilityZones: 3, natGateways: "OnePerAz" } },
            ["NAT gateways", 3, 116.07],
            deadLetters(3, 0.3),
            ofApprovals,
            118.97,
        ],
        [
            "endpoints in each zone, gateways for nothing",
            { create: { availabilityZones: 2, natGateways: "None", endpoints: ["s3", "dynamodb", "logs", "kms"] } },
            ["interface endpoints, each in 2 zones", 2, 32.12],
            deadLetters(3, 0.3),
            ofApprovals,
            35.02,
        ],
    ] as const) {
        it(`counts ${title}`, () =>
            assert.deepEqual(lines({ network, operations: unwatched }), [pipelines(1), ...keys, ...wanted]));
    }

    const services = (count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, ecsService(`s${index}`)]));

    it("does not grow with services where nothing of them is measured", () => {
        const [first, ...rest] = lines({ services: services(2), operations: unwatched });
        assert.deepEqual(first, pipelines(2));
        assert.deepEqual(rest, lines({ operations: unwatched }).slice(1));
    });

    const asked = { environments: [{ name: "dev" }, { name: "prod", approval: { notify: ["ann@shop.example"] } }] };
    const alarm = (name: string, count: number, monthly: number) => [`metrics of the alarm ${name}`, count, monthly];

    for (const [title, words, ...wanted] of [
        [
            "a service: a dashboard, its alarms by what they watch, six metrics of its own",
            asked,
            ["dashboard of the fleet", 1, 3],
            alarm("failed-deploy", 1, 0.1),
            alarm("duration", 1, 0.1),
            alarm("approval", 2, 0.2),
            alarm("function-errors", 4, 0.4),
            alarm("late-messages", 2, 0.2),
            deadLetters(4, 0.4),
            ["metrics of services, 6 each", 6, 1.8],
            ["metrics of approvals, 2 an environment", 4, 1.2],
            9.4,
        ],
        [
            "services that end before production: no alarm finds their failures there",
            {
                ...asked,
                services: {
                    ...services(2),
                    tool: { ...ecsService("tool"), environments: { prod: { skip: "nobody runs it there" } } },
                },
            },
            ["dashboard of the fleet", 1, 3],
            alarm("failed-deploy", 2, 0.2),
            alarm("duration", 3, 0.3),
            alarm("approval", 2, 0.2),
            alarm("function-errors", 4, 0.4),
            alarm("late-messages", 2, 0.2),
            deadLetters(4, 0.4),
            ["metrics of services, 6 each", 18, 5.4],
            ["metrics of approvals, 2 an environment", 4, 1.2],
            13.3,
        ],
    ] as const) {
        it(`prices what is measured and watched of ${title}`, () => {
            const [, , , ...rest] = lines(words);
            assert.deepEqual(rest, wanted);
        });
    }

    it("prices stages by what is kept of each", () => {
        const found = lines({ ...asked, operations: { metrics: "stages" } }).filter(
            line => Array.isArray(line) && line[0] === "metrics of stages, at most",
        );
        // Source: results, actions. Build, dev, prod: and the queue, and rollbacks. Approve-prod: answers instead of actions.
        assert.deepEqual(found, [["metrics of stages, at most", 5 + 4 * 7, 9.9]]);
    });

    it("prices metrics beyond the tenth thousand less", () => {
        const fleet = fleetOf({ operations: { metrics: "stages" } });
        const price = (count: number) =>
            costOf({ ...fleet, pipelines: Array.from({ length: count }, () => fleet.pipelines[0]) })
                .items.filter(({ what }) => what.startsWith("metrics of s"))
                .map(({ what, count: metrics, monthly }) => [what, metrics, monthly]);
        // 6 of each service, and 5 + 2 × 7 of its three stages.
        assert.deepEqual(price(400), [
            ["metrics of services, 6 each", 2400, 720],
            ["metrics of stages, at most", 7600, 2280],
        ]);
        assert.deepEqual(price(401), [
            ["metrics of services, 6 each", 2406, 721.8],
            ["metrics of stages, at most", 7619, Math.round((7594 * 0.3 + 25 * 0.1) * 100) / 100],
        ]);
    });

    it("prices no metric of a pipeline that only checks pull requests", () => {
        const checked = {
            ...ecsService("orders"),
            suites: { unit: { commands: ["make"] } },
            pullRequests: { suites: ["unit"] },
        };
        const metrics = lines({ services: { orders: checked } }).filter(
            line => Array.isArray(line) && line[0] === "metrics of services, 6 each",
        );
        assert.deepEqual(metrics, [["metrics of services, 6 each", 6, 1.8]]);
    });

    it("says of when and where its prices are, and what is paid by use", () => {
        const { currency, prices, byUse } = costOf(fleetOf());
        assert.deepEqual([currency, prices.region], ["USD", "eu-west-1"]);
        assert.match(prices.date, /^\d{4}-\d\d$/);
        assert.equal(byUse[0], "each action $0.002 a minute; approvals nothing");
        assert.ok(!byUse.some(line => line.startsWith("the trail")));
        const trail = costOf(fleetOf({ operations: { audit: { trail: { bucket: "trails" } } } })).byUse;
        assert.ok(
            trail.includes(
                "the trail $2 for 100,000 management events, where the account has another; its files by size",
            ),
        );
    });
});
