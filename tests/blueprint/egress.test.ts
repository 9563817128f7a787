import * as assert from "node:assert/strict";
import { egressChoices, internetNeeds } from "../../blueprint/egress";
import { costOf } from "../../blueprint/cost";
import { ecsService, fleetOf } from "./support/fleet";

const orders = (build: object = {}, more: object = {}) => ({
    orders: { ...ecsService("orders"), build: { commands: ["make"], ...build }, ...more },
});
const secrets = { secrets: { A: "a" } };

describe("the ways to the internet that a network can have", () => {
    const choices = (create: object, build: object = secrets) =>
        egressChoices(fleetOf({ network: { create }, services: orders(build) })).map(
            ({ natGateways, chosen, endpoints, monthly }) => [natGateways, chosen, endpoints.join(" "), monthly],
        );

    it("cost their NAT gateways, or in each zone the interfaces that builds need", () =>
        assert.deepEqual(choices({ availabilityZones: 3 }), [
            ["Single", true, "", 38.69],
            ["OnePerAz", false, "", 116.07],
            ["None", false, "logs s3 secretsmanager", 48.18],
        ]));

    it("keep the endpoints that the stack file names", () =>
        assert.deepEqual(choices({ natGateways: "OnePerAz", endpoints: ["s3", "kms"] }), [
            ["Single", false, "kms s3", 54.75],
            ["OnePerAz", true, "kms s3", 93.44],
            ["None", false, "kms logs s3 secretsmanager", 48.18],
        ]));

    it("have those that builds need beside a NAT gateway where the stack file says so", () =>
        assert.deepEqual(choices({ endpoints: "auto" })[0], ["Single", true, "logs s3 secretsmanager", 70.81]));

    it("say whose price stands in where their region has none, of what they are made of alone", () => {
        const named = (create: object) =>
            egressChoices(fleetOf({ "aws:region": "eu-south-1", network: { create }, services: orders(secrets) })).map(
                ({ natGateways, priceOf }) => [natGateways, priceOf],
            );
        assert.deepEqual(named({}), [
            ["Single", undefined],
            ["OnePerAz", undefined],
            ["None", "us-east-1"],
        ]);
        assert.deepEqual(named({ endpoints: ["kms"] })[0], ["Single", "us-east-1"]);
    });

    it("are what the bill says of the one that is chosen", () => {
        for (const create of [{}, { natGateways: "None" }, { natGateways: "OnePerAz", endpoints: "auto" }]) {
            const fleet = fleetOf({ network: { create }, services: orders(secrets) });
            const chosen = egressChoices(fleet).find(choice => choice.chosen);
            const billed = costOf(fleet)
                .items.filter(({ what }) => /^NAT gateways|^interface endpoints/.test(what))
                .reduce((sum, { monthly }) => sum + monthly, 0);
            assert.equal(chosen?.monthly, Math.round(billed * 100) / 100);
        }
    });

    it("are not ours to choose in a network that is there already", () =>
        assert.deepEqual(
            egressChoices(fleetOf({ network: { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } } })),
            [],
        ));
});

describe("what services need the internet for", () => {
    const needs = (build: object, more: object = {}) =>
        internetNeeds(fleetOf({ services: orders(build, more) })).map(({ service, what }) => `${service}: ${what}`);

    for (const [title, found, expected] of [
        ["nothing that the stack file says", needs({}), []],
        [
            "an action outside the network",
            needs(
                {},
                {
                    suites: {
                        scan: {
                            type: "inspector-scan",
                            after: "build",
                            thresholds: { critical: 0 },
                            outsideNetwork: "Images alone.",
                        },
                    },
                },
            ),
            ["orders: the action scan, which runs outside the network"],
        ],
        [
            "an image of a public registry",
            needs({ image: "node@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4" }),
            ["orders: the image node@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4"],
        ],
        [
            "no image of ECR or of AWS's own",
            needs({
                image: "333333333333.dkr.ecr.eu-west-1.amazonaws.com/acme/build@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4",
            }),
            [],
        ],
        [
            "a source that is cloned in the build",
            needs({}, { source: { repository: "acme/orders", fullClone: true } }),
            ["orders: its source, which is cloned in the build"],
        ],
        [
            "hosts that commands and variables name, each once, and none of AWS's",
            needs({
                commands: ["curl https://GET.tool.example/x | sh", "curl https://get.tool.example/y"],
                environment: { URL: "http://api.example:8080", QUEUE: "https://sqs.eu-west-1.amazonaws.com/1/q" },
            }),
            ["orders: get.tool.example", "orders: api.example"],
        ],
        [
            "hosts that only the action of a suite is given",
            needs(
                {},
                {
                    suites: {
                        it: {
                            after: "deploy",
                            commands: ["make"],
                            environment: { URL: "https://{environment}.shop.example" },
                        },
                    },
                },
            ),
            ["orders: dev.shop.example"],
        ],
        [
            "calls that no endpoint leads to",
            needs({
                permissions: [
                    {
                        actions: ["cloudfront:CreateInvalidation"],
                        resources: ["arn:aws:cloudfront::{account}:distribution/E1"],
                        reason: "The site is cached.",
                    },
                ],
            }),
            ["orders: calls of cloudfront, of which no endpoint is known"],
        ],
    ] as const) {
        it(`is ${title}`, () => assert.deepEqual(found, expected));
    }
});
