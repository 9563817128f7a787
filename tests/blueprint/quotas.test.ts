import * as assert from "node:assert/strict";
import type { FleetPlan } from "../../blueprint/plan";
import { quotasOf, sharedMachines } from "../../blueprint/quotas";
import { rules } from "../../blueprint/rules";
import { check, dev, fleet, source, staged } from "./support/changed";
import { ecsService, fleetOf, pipelineOf, reference, threeEnvironments, type Words } from "./support/fleet";

const upload = {
    source: { type: "s3", bucket: "drops", key: "a.zip" },
    build: { type: "none" },
    deploy: { type: "s3", bucket: "site-{environment}" },
};

describe("quotas", () => {
    const used = (words: Words) =>
        quotasOf(fleetOf(words)).map(quota => [quota.what, quota.used, quota.limit] as const);

    it("count what the fleet takes of them", () => {
        assert.deepEqual(used({ environments: threeEnvironments, services: { orders: reference, drops: upload } }), [
            ["pipelines in the region", 2, 1000],
            ["stages of the longest pipeline", 7, 50],
            ["actions of the longest pipeline", 13, 500],
            ["CodeBuild projects in the region", 2, 5000],
            ["IAM roles in the account", 10, 1000],
            ["managed policies in the account", 2, 1500],
            ["Lambda executions at once, should all stages ask the check together", 0, 1000],
            ["EventBridge rules on the bus", 7, 300],
            ["resource policies of CloudWatch Logs in the region", 1, 10],
            ["rules out of the security group of builds", 1, 60],
            ["VPCs in the region", 1, 5],
            ["Elastic IP addresses in the region, one for each NAT gateway", 1, 5],
        ]);
    });

    for (const [title, network, addresses] of [
        ["one for all zones", { create: { availabilityZones: 3 } }, [1, 5]],
        ["one for each zone", { create: { availabilityZones: 3, natGateways: "OnePerAz" } }, [3, 5]],
        ["none", { create: { natGateways: "None", endpoints: ["s3", "logs"] } }, [0, 5]],
        ["those of a network that is there already", { existing: { vpcId: "vpc-1", subnetIds: ["subnet-1"] } }, []],
    ] as const) {
        it(`count addresses of NAT gateways: ${title}`, () => {
            const found = used({ network }).find(([what]) => what.startsWith("Elastic IP"));
            assert.deepEqual(found?.slice(1) ?? [], addresses);
        });
    }

    it("count each stage that asks the check, which all could do at once", () => {
        const environments = [{ name: "dev" }, { name: "staging", freezable: true }, { name: "prod", freezable: true }];
        const services = { a: ecsService("a"), b: ecsService("b") };
        const found = used({ environments, services }).find(([what]) => what.startsWith("Lambda"));
        assert.deepEqual(found?.slice(1), [4, 1000]);
    });

    it("count custom actions where some are made, and not those that are there", () => {
        const customActions = {
            jenkins: { category: "build", provider: "Jenkins", jenkins: "https://jenkins.example.com" },
            there: { category: "test", provider: "There" },
        };
        assert.deepEqual(
            used({ customActions }).find(([what]) => what.startsWith("custom")),
            ["custom actions in the region", 1, 50],
        );
    });

    it("count each way out of the build network", () => {
        const way = (port: number) => ({ port, cidrBlock: "10.0.0.0/8", reason: "the database" });
        const found = used({ network: { create: {}, extraEgress: [way(5432), way(3306)] } });
        assert.deepEqual(
            found.find(([what]) => what.startsWith("rules out")),
            ["rules out of the security group of builds", 3, 60],
        );
    });

    it("count the ways to endpoints where nothing else leads out", () => {
        const of = (endpoints: readonly string[]) =>
            used({ network: { create: { natGateways: "None", endpoints } } }).find(([what]) =>
                what.startsWith("rules out"),
            )?.[1];
        assert.equal(of(["s3", "logs"]), 2);
        assert.equal(of(["s3", "dynamodb", "logs", "ssm"]), 3);
    });

    it("say where each is written, where it is taken, and which rule holds it already", () => {
        for (const { source: page, path, rule } of quotasOf(fleetOf())) {
            assert.match(page, /^https:\/\/docs\.aws\.amazon\.com\//);
            assert.ok(["services", "network"].includes(String(path[0])));
            assert.ok(rule === undefined || rules.some(({ name, severity }) => name === rule && severity === "error"));
        }
    });

    it("name the machines that builds share, as their number is the account's own", () => {
        const services = {
            a: ecsService("a"),
            b: { ...ecsService("b"), build: { commands: ["make"], compute: "large" } },
            c: ecsService("c"),
        };
        const rest = "your account's own quota, as few as 1 in a new account; the others wait";
        assert.deepEqual(sharedMachines(fleetOf({ services })), [
            `builds at once on ARM_CONTAINER BUILD_GENERAL1_LARGE, for one project: ${rest}`,
            `builds at once on ARM_CONTAINER BUILD_GENERAL1_SMALL, for 2 projects: ${rest}`,
        ]);
    });
});

describe("rules of quotas", () => {
    const pages = {
        codepipeline: "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html",
        iam: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        vpc: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
    };

    /** The fleet with `count` pipelines, each with one role and nothing else. */
    const pipelines = (count: number): FleetPlan => {
        const bare = { ...pipelineOf(fleet), components: [] };
        return {
            ...fleet,
            shared: { ...fleet.shared, functions: [], network: { ...fleet.shared.network, flowLog: undefined } },
            pipelines: Array.from({ length: count }, () => bare),
        };
    };

    const said = (rule: string, changed: FleetPlan) =>
        check(rule, changed).map(({ path, message }) => `${path.join(".")}: ${message}`);

    it("quota-headroom: passes below four fifths, warns from there on", () => {
        assert.deepEqual(said("quota-headroom", pipelines(799)), []);
        const rest = "beside what else is there: ask AWS to raise it in time";
        assert.deepEqual(said("quota-headroom", pipelines(800)), [
            `services: 800 of 1000 pipelines in the region, ${rest} (${pages.codepipeline})`,
            `services: 800 of 1000 IAM roles in the account, ${rest} (${pages.iam})`,
        ]);
    });

    it("quota-headroom: warns of what AWS has to raise first, and leaves what it does not raise to the error", () => {
        const rest = "beside what else is there: ask AWS to raise it before `pulumi up`";
        assert.deepEqual(said("quota-headroom", pipelines(1001)), [
            `services: 1001 of 1000 pipelines in the region, ${rest} (${pages.codepipeline})`,
            `services: 1001 of 1000 IAM roles in the account, ${rest} (${pages.iam})`,
        ]);
        assert.deepEqual(said("quota-headroom", pipelines(5001)), [
            `services: 5001 of 1000 pipelines in the region, ${rest} (${pages.codepipeline})`,
        ]);
    });

    it("quota-headroom: warns of a network where it stands", () => {
        const network = { create: { availabilityZones: 4, natGateways: "OnePerAz" } };
        assert.deepEqual(said("quota-headroom", fleetOf({ network })), [
            `network: 4 of 5 Elastic IP addresses in the region, one for each NAT gateway, beside what else is there: ask AWS to raise it in time (${pages.vpc})`,
        ]);
    });

    it("quota-headroom: warns of a pipeline that grows long, which AWS lets no longer grow", () => {
        const stages = (count: number) =>
            staged(source, ...Array.from({ length: count - 1 }, (_, index) => ({ ...dev, name: `s${index}` })));
        const rest = "beside what else is there: AWS does not raise it, so spread what takes it";
        assert.deepEqual(said("quota-headroom", stages(39)), []);
        for (const count of [40, 50]) {
            assert.deepEqual(said("quota-headroom", stages(count)), [
                `services: ${count} of 50 stages of the longest pipeline, ${rest} (${pages.codepipeline})`,
            ]);
        }
        assert.deepEqual([said("quota-headroom", stages(51)), said("quota-exceeded", stages(51))], [[], []]);
    });

    it("quota-exceeded: passes what AWS still raises, fails on one more", () => {
        assert.deepEqual(said("quota-exceeded", pipelines(5000)), []);
        assert.deepEqual(said("quota-exceeded", pipelines(5001)), [
            `services: 5001 IAM roles in the account, of at most 5000, beyond which AWS does not go: spread the services over several accounts (${pages.iam})`,
        ]);
    });
});
