import * as assert from "node:assert/strict";
import { problemLines } from "../../config/read";
import { check, deploy, inDeploy } from "./support/changed";
import { ecsService, stackOf } from "./support/fleet";

const said = (network: object) =>
    problemLines(stackOf({ network }).problems).map(line => line.replace(/^Pulumi\S+ /, ""));
const created = (create: object, extraEgress: readonly object[] = []) => said({ create, extraEgress });
/** What is said of a network without NAT gateways, with `endpoints` and a service of `build`. */
const isolated = (endpoints: readonly string[], build: object = {}, more: object = {}, dev: object = {}) => {
    const orders = { ...ecsService("orders"), build: { commands: ["make"], ...build }, ...more };
    const network = { create: { natGateways: "None", endpoints } };
    const { problems, warnings } = stackOf({ network, services: { orders }, environments: [{ name: "dev", ...dev }] });
    return [...problems, ...warnings].map(({ path, message }) => `${path.join(".")}: ${message}`);
};
const noInternet =
    "network.create.natGateways: builds have no way to the internet: package registries and other servers there are out of reach";
const lacks = (what: string, why: string) =>
    `network.create.endpoints: lacks ${what}: ${why}; without a NAT gateway AWS is reached through endpoints alone`;
const always = "builds read and write their artifacts and write their logs";
const ecr = {
    image: "333333333333.dkr.ecr.eu-west-1.amazonaws.com/acme/build@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
};
const testEnvironment = { template: "t.yaml", executionRoleArn: "arn:aws:iam::{account}:role/cfn" };
const tested = { suites: { it: { after: "deploy", commands: ["make"], testEnvironment } } };
const deployRoleArn = "arn:aws:iam::111111111111:role/deploy";
const promote = {
    type: "promote",
    when: "before",
    from: { repository: "orders" },
    to: { repository: "orders", tag: "{environment}" },
};
const packages = { codeArtifact: { domain: "acme", repository: "libraries", tool: "npm" } };
const inLambda = {
    compute: "lambda-1gb",
    image: "acme/build@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    outsideNetwork: "It reads no secret.",
    secrets: { A: "a" },
};
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

    for (const [title, found, expected] of [
        ["takes the endpoints that every build needs", isolated(["s3", "logs"]), []],
        ["fails on none", isolated([]), [lacks("s3 and logs", always)]],
        ["fails on one of them", isolated(["logs", "dynamodb"]), [lacks("s3", always)]],
        [
            "fails on secrets without an endpoint for them",
            isolated(["s3", "logs"], { secrets: { A: "a", B: "ssm:/b" } }),
            [
                lacks("secretsmanager", "the project shop--orders--build reads secrets"),
                lacks("ssm", "the project shop--orders--build reads parameters"),
            ],
        ],
        [
            "takes them with one",
            isolated(["s3", "logs", "secretsmanager", "ssm"], { secrets: { A: "a", B: "ssm:/b" } }),
            [],
        ],
        [
            "fails on a secret that only the action of a suite names",
            isolated(
                ["s3", "logs"],
                {},
                { suites: { it: { after: "deploy", commands: ["make"], secrets: { A: "a-{environment}" } } } },
            ),
            [lacks("secretsmanager", "the project shop--orders--it reads secrets")],
        ],
        [
            "fails on an image of ECR without its endpoints",
            isolated(["s3", "logs", "ecr.api"], ecr),
            [lacks("ecr.dkr", "the project shop--orders--build pulls its image from ECR")],
        ],
        ["takes it with them", isolated(["s3", "logs", "ecr.api", "ecr.dkr"], ecr), []],
        [
            "fails on a test environment without the endpoints of what sets it up",
            isolated(["s3", "logs"], {}, tested),
            [lacks("cloudformation and codebuild", "the project shop--orders--it--dev sets up a test environment")],
        ],
        [
            "fails on one by a deploy role without the endpoint where it is assumed",
            isolated(["s3", "logs", "codebuild", "cloudformation"], {}, tested, { deployRoleArn }),
            [lacks("sts", "the project shop--orders--it--dev assumes the deploy role to set up a test environment")],
        ],
        ["takes it with them, too", isolated(["s3", "logs", "codebuild", "cloudformation"], {}, tested), []],
        [
            "fails on a promotion to a registry without its endpoints",
            isolated(["s3", "logs", "ecr.dkr"], {}, { steps: { promote } }),
            [lacks("ecr.api", "the project shop--orders--promote--dev logs in to a registry of ECR")],
        ],
        ["takes it with them, again", isolated(["s3", "logs", "ecr.api", "ecr.dkr"], {}, { steps: { promote } }), []],
        [
            "fails on packages of CodeArtifact without its endpoints",
            isolated(["s3", "logs", "codeartifact.api"], packages),
            [lacks("codeartifact.repositories", "the project shop--orders--build uses packages of CodeArtifact")],
        ],
        [
            "takes them with both",
            isolated(["s3", "logs", "codeartifact.api", "codeartifact.repositories"], packages),
            [],
        ],
    ] as const) {
        it(`without NAT gateways ${title}`, () =>
            assert.deepEqual(found, expected.length > 0 ? [...expected, noInternet] : [noInternet]));
    }

    it("without NAT gateways fails on a build in Lambda, and asks no endpoints for it", () =>
        assert.deepEqual(isolated(["s3", "logs"], inLambda), [
            "services.orders.build: expected nothing outside the build network, which lets builds reach AWS alone (network.create.natGateways: None), found the action build: Lambda compute connects builds to no VPC; leave it out, or give the network a NAT gateway",
        ]));

    it("with a NAT gateway needs no endpoints, and warns of nothing", () => {
        const { problems, warnings } = stackOf({ network: { create: { endpoints: [] } } });
        assert.deepEqual([...problems, ...warnings], []);
    });

    it("without builds warns of nothing", () => {
        const { problems, warnings } = stackOf({
            network: { create: { natGateways: "None", endpoints: ["s3", "logs"] } },
            services: { orders: { ...ecsService("orders"), build: { type: "none" } } },
        });
        assert.deepEqual([...problems, ...warnings], []);
    });
});

describe("rule outside-the-network", () => {
    const outside = inDeploy({ action: { ...deploy.action, outsideVpc: "it runs on machines of AWS's own" } });
    const withNetwork = (network: object) => {
        const { shared } = outside;
        return { ...outside, shared: { ...shared, network: { ...shared.network, ...network } } };
    };
    const { create } = outside.shared.network;

    for (const natGateways of ["Single", "OnePerAz"] as const) {
        it(`passes an action outside where builds have the way out "${natGateways}"`, () =>
            assert.deepEqual(
                check("outside-the-network", withNetwork({ create: create && { ...create, natGateways } })),
                [],
            ));
    }

    it("passes it in a network that is there already: its ways out are not known", () =>
        assert.deepEqual(check("outside-the-network", withNetwork({ create: undefined })), []));

    it("passes what runs in the network, where builds have no way out", () => {
        const shut = { ...outside.shared.network, create: create && { ...create, natGateways: "None" as const } };
        const inside = inDeploy({});
        assert.deepEqual(check("outside-the-network", { ...inside, shared: { ...inside.shared, network: shut } }), []);
    });

    it("fails on an action outside where builds have no way out", () =>
        assert.deepEqual(
            check("outside-the-network", withNetwork({ create: create && { ...create, natGateways: "None" } })),
            [
                {
                    path: deploy.path,
                    message:
                        "expected nothing outside the build network, which lets builds reach AWS alone (network.create.natGateways: None), found the action deploy: it runs on machines of AWS's own; leave it out, or give the network a NAT gateway",
                },
            ],
        ));
});
