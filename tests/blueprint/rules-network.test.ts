import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { stackOf } from "./support/fleet";

const said = (network: object) =>
    problemLines(stackOf({ network }).problems).map(line => line.replace(/^Pulumi\S+ /, ""));
const created = (create: object, extraEgress: readonly object[] = []) => said({ create, extraEgress });
const way = (port: number, cidrBlock: string) => ({ port, cidrBlock, reason: "the database" });

describe("rule network", () => {
    for (const [title, found, expected] of [
        ["passes the largest VPC", created({ cidrBlock: "10.0.0.0/16" }), []],
        ["passes the smallest for two zones", created({ cidrBlock: "10.0.0.0/26" }), []],
        [
            "fails on a larger one",
            created({ cidrBlock: "10.0.0.0/15" }),
            ['network.create.cidrBlock: expected a range between /16 and /26 for 2 zones, found "10.0.0.0/15"'],
        ],
        [
            "fails on a smaller one",
            created({ cidrBlock: "10.0.0.0/26", availabilityZones: 3 }),
            ['network.create.cidrBlock: expected a range between /16 and /25 for 3 zones, found "10.0.0.0/26"'],
        ],
        ["passes endpoints once each", created({ endpoints: ["s3", "logs"] }), []],
        [
            "fails on an endpoint that is named twice",
            created({ endpoints: ["s3", "logs", "s3"] }),
            ["network.create.endpoints[2]: names s3 twice"],
        ],
        ["passes two ports to one range", created({}, [way(5432, "10.0.0.0/8"), way(443, "10.0.0.0/8")]), []],
        [
            "fails on a way out that is there twice, or always",
            created({}, [way(443, "0.0.0.0/0"), way(1, "10.0.0.0/8"), way(1, "10.0.0.0/8")]),
            [
                "network.extraEgress[0]: names port 443 to 0.0.0.0/0 twice; 443 to 0.0.0.0/0 is always there",
                "network.extraEgress[2]: names port 1 to 10.0.0.0/8 twice; 443 to 0.0.0.0/0 is always there",
            ],
        ],
    ] as const) {
        it(title, () => assert.deepEqual(found, expected));
    }
});
