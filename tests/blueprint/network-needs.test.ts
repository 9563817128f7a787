import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { networkRules } from "../../blueprint/rules/network";
import { endpointsNeeded, fromElsewhere, needsOf, neededBy, outOfReach } from "../../blueprint/network-needs";
import { ecsService, fleetOf, home, stackOf, type Words } from "./support/fleet";

const auto = { create: { natGateways: "None" } };
const service = (build: object, more: object = {}) => ({
    ...ecsService("orders"),
    build: { commands: ["make"], ...build },
    ...more,
});
const calls = (actions: readonly string[], resource = "arn:aws:ecs:{region}:{account}:service/shop/orders") => ({
    permissions: [{ actions, resources: [resource], reason: "The script does it." }],
});
const script = (more: object) => ({ deploy: { type: "script", commands: ["./deploy.sh"], ...more } });
const deployRoleArn = "arn:aws:iam::111111111111:role/deploy";
const needed = (orders: object, environment: object = {}) =>
    endpointsNeeded(
        fleetOf({ network: auto, services: { orders }, environments: [{ name: "dev", ...environment }] }).pipelines,
    );

/** What a service may use, each with the endpoints that it adds to those of every build. */
const uses: Readonly<Record<string, { readonly with: object; readonly adds: readonly string[] }>> = {
    secrets: { with: { secrets: { A: "a" } }, adds: ["secretsmanager"] },
    parameters: { with: { secrets: { B: "ssm:/b" } }, adds: ["ssm"] },
    reports: { with: { reports: { junit: "junit.xml" } }, adds: ["codebuild"] },
    packages: {
        with: { codeArtifact: { domain: "acme", repository: "libraries", tool: "npm" } },
        adds: ["codeartifact.api", "codeartifact.repositories"],
    },
    image: {
        with: {
            image: "333333333333.dkr.ecr.eu-west-1.amazonaws.com/acme/build@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4",
        },
        adds: ["ecr.api", "ecr.dkr"],
    },
    scripts: { with: calls(["ecs:UpdateService", "iam:PassRole", "ecs:DescribeServices"]), adds: ["ecs"] },
    nothing: { with: {}, adds: [] },
};
const all = (names: readonly string[]) => {
    const parts = names.map(name => uses[name].with);
    const secrets = Object.assign({}, ...parts.map(part => ("secrets" in part ? part.secrets : {}))) as object;
    return { ...(Object.assign({}, ...parts) as object), secrets };
};
const added = (names: readonly string[]) => names.flatMap(name => uses[name].adds);
const some = fc.subarray(Object.keys(uses));

describe("endpoints that builds need", () => {
    for (const [name, use] of Object.entries(uses)) {
        it(`are those of every build and of ${name}`, () =>
            assert.deepEqual(needed(service(use.with)), ["logs", "s3", ...use.adds].sort()));
    }

    it("are those of what a script does as the deploy role, beside STS", () => {
        const orders = service({}, script(calls(["ecs:UpdateService"])));
        assert.deepEqual(needed(orders), ["ecs", "logs", "s3"]);
        assert.deepEqual(needed(orders, { deployRoleArn }), ["ecs", "logs", "s3", "sts"]);
    });

    it("are none of a key that S3 uses, and KMS of one that a script uses", () => {
        assert.ok(!needed(service({})).includes("kms"));
        const key = "arn:aws:kms:{region}:{account}:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        assert.ok(needed(service(calls(["kms:Sign"], key))).includes("kms"));
    });

    it("are none of EC2 for the interfaces that CodeBuild makes, and EC2 of a script that calls it", () => {
        assert.ok(!needed(service({})).includes("ec2"));
        const vpc = "arn:aws:ec2:{region}:{account}:vpc/vpc-1";
        assert.ok(needed(service(calls(["ec2:CreateTags"], vpc))).includes("ec2"));
    });

    it("look away from grants that a project has, by the names that they have there", () => {
        const [pipeline] = fleetOf().pipelines;
        const sids = pipeline.components.flatMap(one => ("grants" in one ? one.grants.map(({ sid }) => sid) : []));
        assert.deepEqual(
            fromElsewhere.filter(sid => !sids.includes(sid)),
            [],
        );
    });

    it("are none of builds outside the network", () => {
        const outside = {
            compute: "lambda-1gb",
            image: "acme/build@sha256:a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4",
            outsideNetwork: "It reads no secret.",
        };
        const { plan } = stackOf({ services: { orders: service({ ...outside, secrets: { A: "a" } }) } });
        assert.deepEqual(plan && endpointsNeeded(plan.pipelines), []);
    });

    it("say which services need them", () => {
        const services = {
            orders: service({ secrets: { A: "a" } }),
            web: { ...service({}), ...{ deploy: { type: "s3", bucket: "web" } } },
        };
        assert.deepEqual(
            [...neededBy(fleetOf({ services }).pipelines)],
            [
                ["s3", ["orders", "web"]],
                ["logs", ["orders", "web"]],
                ["secretsmanager", ["orders"]],
            ],
        );
    });

    it("are exactly enough: no rule asks for more, and without any one some rule does", () => {
        fc.assert(
            fc.property(some, names => {
                const orders = service(all(names));
                const fleet = fleetOf({ network: auto, services: { orders } });
                const { network } = fleet.shared;
                const derived = network.endpoints.map(({ endpoint }) => endpoint);
                const asked = (endpoints: readonly string[]) => {
                    const words = { network: { create: { natGateways: "None", endpoints } }, services: { orders } };
                    const { problems, warnings } = stackOf(words);
                    return [...problems, ...warnings].filter(
                        ({ path }) => path.join(".") === "network.create.endpoints",
                    );
                };
                assert.deepEqual([...derived].sort(), [...new Set(["logs", "s3", ...added(names)])].sort());
                assert.deepEqual(derived, [...derived].sort());
                assert.deepEqual(asked(derived), []);
                for (const one of derived) {
                    assert.notDeepEqual(asked(derived.filter(other => other !== one)), [], one);
                }
            }),
            { numRuns: 15 },
        );
    });

    it("grow by a service alone by what it needs", () => {
        fc.assert(
            fc.property(some, some, (first, second) => {
                const of = (services: Words) =>
                    fleetOf({ network: auto, services }).shared.network.endpoints.map(
                        ({ endpoint }) => endpoint as string,
                    );
                const before = of({ orders: service(all(first)) });
                const both = of({
                    orders: service(all(first)),
                    web: { ...service(all(second)), deploy: { type: "s3", bucket: "web" } },
                });
                assert.deepEqual(both, [...new Set([...before, ...added(second)])].sort());
            }),
            { numRuns: 15 },
        );
    });
});

describe("what no endpoint leads to", () => {
    const reach = (orders: object) =>
        outOfReach(fleetOf({ services: { orders } }).pipelines, home.region).map(({ what }) => what);
    for (const [title, build, expected] of [
        ["nothing of a build that calls what has one", calls(["ecs:UpdateService", "iam:PassRole"]), []],
        [
            "a service without one that is known",
            calls(["cloudfront:CreateInvalidation"], "arn:aws:cloudfront::{account}:distribution/E1"),
            ["calls cloudfront, of which no endpoint is known"],
        ],
        [
            "a resource in another region",
            calls(["ecs:UpdateService"], "arn:aws:ecs:us-east-1:{account}:service/shop/orders"),
            ["calls ecs in us-east-1, where endpoints do not lead"],
        ],
    ] as const) {
        it(`is ${title}`, () => assert.deepEqual(reach(service(build)), expected));
    }

    it("is warned of where nothing else leads out, and only there", () => {
        const orders = service(
            calls(["cloudfront:CreateInvalidation"], "arn:aws:cloudfront::{account}:distribution/E1"),
        );
        const rule = networkRules.find(({ name }) => name === "out-of-reach");
        const said = (network: object) =>
            rule
                ?.check(fleetOf({ network, services: { orders } }))
                .map(({ path, message }) => `${path.join(".")}: ${message}`);
        assert.deepEqual(said(auto), [
            "services.orders: the project shop--orders--build calls cloudfront, of which no endpoint is known: it fails there, as builds have no way to the internet (network.create.natGateways: None)",
        ]);
        assert.deepEqual(said({ create: {} }), []);
    });

    it("needs are told by the plainest reason first", () => {
        const { pipelines } = fleetOf({
            services: { orders: service({ ...uses.secrets.with, ...uses.scripts.with }) },
        });
        assert.deepEqual(
            needsOf(pipelines).map(({ what }) => what),
            [
                "reads and writes its artifacts and writes its logs",
                "reads secrets",
                "calls ecs",
                "calls logs",
                "calls s3",
                "calls secretsmanager",
            ],
        );
    });
});
