import * as assert from "node:assert/strict";
import { costOf } from "../../blueprint/cost";
import { ecsService, fleetOf } from "./support/fleet";

describe("cost at rest", () => {
    const lines = (network: object, services: object = { orders: ecsService("orders") }) => {
        const { items, monthlyIdle } = costOf(fleetOf({ network, services }));
        return [...items.map(({ what, count, monthly }) => [what, count, monthly]), monthlyIdle];
    };
    const pipeline = ["pipelines (V2: nothing at rest)", 1, 0];
    const key = ["artifact key", 1, 1];
    const existing = { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } };

    for (const [title, network, ...wanted] of [
        ["a network that is there already", existing, 1],
        ["one NAT gateway", { create: {} }, ["NAT gateways", 1, 36.5], 37.5],
        [
            "a NAT gateway in each zone",
            { create: { availabilityZones: 3, natGateways: "OnePerAz" } },
            ["NAT gateways", 3, 109.5],
            110.5,
        ],
        [
            "endpoints in each zone, gateways for nothing",
            { create: { availabilityZones: 2, natGateways: "None", endpoints: ["s3", "dynamodb", "logs", "kms"] } },
            ["interface endpoints, each in 2 zones", 2, 29.2],
            30.2,
        ],
    ] as const) {
        it(`counts ${title}`, () => assert.deepEqual(lines(network), [pipeline, key, ...wanted]));
    }

    it("does not grow with services", () => {
        const services = { a: ecsService("a"), b: ecsService("b") };
        assert.deepEqual(lines(existing, services), [["pipelines (V2: nothing at rest)", 2, 0], key, 1]);
    });

    it("says of when and where its prices are, and what is paid by use", () => {
        const { currency, prices, byUse } = costOf(fleetOf());
        assert.deepEqual([currency, prices.region], ["USD", "us-east-1"]);
        assert.match(prices.date, /^\d{4}-\d\d$/);
        assert.equal(byUse[0], "each action $0.002 a minute; approvals nothing");
    });
});
