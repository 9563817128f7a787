import * as assert from "node:assert/strict";
import { Network } from "../../components/network";
import { home, planOf, stackFile, terms } from "../support/plans";
import { handle, keyArn, named, nat, network, tags, withNat, withoutNat } from "./support/network";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const existing = network("existing: { vpcId: vpc-1, subnetIds: [subnet-1] }");
const open = network(`
    existing: { vpcId: vpc-1, subnetIds: [subnet-1] },
    extraEgress: [
        { port: 5432, cidrBlock: 10.9.0.0/16, reason: Migrations of the database },
        { port: 443, cidrBlock: 10.9.0.0/16, reason: Registry },
    ]`);

const layout = async (text: string) => {
    const inputs = inputsOf(await registered(network(`create: { ${text} }`)), "Vpc");
    const specs = inputs.subnetSpecs as { cidrMask: number }[];
    return [inputs.availabilityZoneCidrMask as number, ...specs.map(({ cidrMask }) => cidrMask)];
};

/** The log of a network's traffic, of one that is not protected. */
const flowLog = [
    "  FlowLog network-flow-log < LogGroup network-flow-logs, Role network-flow-log-role, RolePolicy network-flow-log-policy, Vpc network-vpc",
    "  RolePolicy network-flow-log-policy < Role network-flow-log-role",
    "  Role network-flow-log-role",
    "  LogGroup network-flow-logs",
];

describe("Network", () => {
    it("registers exactly a VPC, the way out of builds, endpoints and a log, all under the component", async () => {
        assert.deepEqual(tree(await registered(withNat)), [
            "Network network protected",
            "  SecurityGroup network-builds protected < Vpc network-vpc",
            "  DefaultSecurityGroup network-default < Vpc network-vpc",
            "  SecurityGroup network-endpoints protected < Vpc network-vpc",
            "  SecurityGroupIngressRule network-endpoints-in < SecurityGroup network-builds, SecurityGroup network-endpoints",
            ...flowLog.map(line => line.replace(/network-flow-logs$/, "$& protected")),
            "  VpcEndpoint network-logs < SecurityGroup network-endpoints, Vpc network-vpc",
            "  SecurityGroupEgressRule network-out-443-0.0.0.0/0 < SecurityGroup network-builds",
            "  VpcEndpoint network-s3 < Vpc network-vpc",
            "  Vpc network-vpc protected",
        ]);
    });

    it("registers ways out to endpoints alone without NAT", async () => {
        assert.deepEqual(tree(await registered(withoutNat)), [
            "Network network protected",
            "  SecurityGroup network-builds protected < Vpc network-vpc",
            "  DefaultSecurityGroup network-default < Vpc network-vpc",
            "  VpcEndpoint network-dynamodb < Vpc network-vpc",
            "  SecurityGroup network-endpoints protected < Vpc network-vpc",
            "  SecurityGroupIngressRule network-endpoints-in < SecurityGroup network-builds, SecurityGroup network-endpoints",
            ...flowLog.map(line => line.replace(/network-flow-logs$/, "$& protected")),
            "  VpcEndpoint network-logs < SecurityGroup network-endpoints, Vpc network-vpc",
            "  SecurityGroupEgressRule network-out-dynamodb < SecurityGroup network-builds, VpcEndpoint network-dynamodb",
            "  SecurityGroupEgressRule network-out-endpoints < SecurityGroup network-builds, SecurityGroup network-endpoints",
            "  SecurityGroupEgressRule network-out-s3 < SecurityGroup network-builds, VpcEndpoint network-s3",
            "  VpcEndpoint network-s3 < Vpc network-vpc",
            "  VpcEndpoint network-sts < SecurityGroup network-endpoints, Vpc network-vpc",
            "  Vpc network-vpc protected",
        ]);
    });

    it("registers no group for gateways alone, and no log where the stack file says why", async () => {
        const unlogged = network(`create: { ${nat}, endpoints: [s3, dynamodb], skipFlowLogs: A sandbox }`, false);
        assert.deepEqual(tree(await registered(unlogged)), [
            "Network network",
            "  SecurityGroup network-builds < Vpc network-vpc",
            "  DefaultSecurityGroup network-default < Vpc network-vpc",
            "  VpcEndpoint network-dynamodb < Vpc network-vpc",
            "  SecurityGroupEgressRule network-out-443-0.0.0.0/0 < SecurityGroup network-builds",
            "  VpcEndpoint network-s3 < Vpc network-vpc",
            "  Vpc network-vpc",
        ]);
    });

    it("registers only the way out of builds in a VPC that is there", async () => {
        assert.deepEqual(tree(await registered(existing)), [
            "Network network protected",
            "  SecurityGroup network-builds protected",
            "  SecurityGroupEgressRule network-out-443-0.0.0.0/0 < SecurityGroup network-builds",
        ]);
    });

    it("gives builds private subnets behind one NAT gateway", async () => {
        assert.deepEqual(inputsOf(await registered(withNat), "Vpc"), {
            cidrBlock: "10.20.0.0/16",
            numberOfAvailabilityZones: 2,
            availabilityZoneCidrMask: 19,
            natGateways: { strategy: "Single" },
            subnetStrategy: "Auto",
            subnetSpecs: [
                { type: "Private", name: "builds", cidrMask: 20 },
                { type: "Public", name: "public", cidrMask: 20 },
            ],
            enableDnsHostnames: true,
            enableDnsSupport: true,
            tags: named("vpc"),
        });
    });

    it("gives builds isolated subnets without NAT, of the same names and addresses", async () => {
        const { natGateways, subnetSpecs } = inputsOf(await registered(withoutNat), "Vpc");
        assert.deepEqual(natGateways, { strategy: "None" });
        assert.deepEqual(subnetSpecs, [{ type: "Isolated", name: "builds", cidrMask: 20 }]);
    });

    it("leaves the subnets where they are when a zone is added", async () => {
        assert.deepEqual(await layout(`${nat}, availabilityZones: 1`), [19, 20, 20]);
        assert.deepEqual(await layout(`${nat}, availabilityZones: 6`), [19, 20, 20]);
        assert.deepEqual(await layout("cidrBlock: 10.0.0.0/24, availabilityZones: 6"), [27, 28, 28]);
        assert.deepEqual(await layout("cidrBlock: 10.0.0.0/25, availabilityZones: 3"), [27, 28, 28]);
        assert.deepEqual(await layout("cidrBlock: 10.0.0.0/26, availabilityZones: 2"), [27, 28, 28]);
    });

    it("lets nothing in and only HTTPS out", async () => {
        const recording = await recorded(existing);
        const all = recording.registrations;
        assert.deepEqual(inputsOf(all, "SecurityGroup"), {
            name: "shop--fleet--builds",
            description: "Builds: nothing in, HTTPS out",
            vpcId: "vpc-1",
            tags: named("group"),
        });
        assert.deepEqual(inputsOf(all, "SecurityGroupEgressRule"), {
            securityGroupId: handle(recording, "buildSecurityGroup"),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrIpv4: "0.0.0.0/0",
            description: "HTTPS",
            tags,
        });
    });

    it("closes the group that comes with the VPC: it has no rule", async () => {
        const recording = await recorded(withNat);
        assert.deepEqual(inputsOf(recording.registrations, "DefaultSecurityGroup"), {
            vpcId: handle(recording, "vpc"),
            tags: named("default"),
        });
    });

    it("lets out where the stack file says, and says why", async () => {
        const all = await registered(open);
        assert.deepEqual(tree(all).slice(2), [
            "  SecurityGroupEgressRule network-out-443-0.0.0.0/0 < SecurityGroup network-builds",
            "  SecurityGroupEgressRule network-out-443-10.9.0.0/16 < SecurityGroup network-builds",
            "  SecurityGroupEgressRule network-out-5432-10.9.0.0/16 < SecurityGroup network-builds",
        ]);
        const { securityGroupId, ...rule } = inputsOf(all, "SecurityGroupEgressRule", "network-out-5432-10.9.0.0/16");
        assert.deepEqual(rule, {
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
            cidrIpv4: "10.9.0.0/16",
            description: "Migrations of the database",
            tags,
        });
        assert.match(String(securityGroupId), /^sg-/);
    });

    for (const [title, build] of [
        ["with NAT", withNat],
        ["without NAT", withoutNat],
    ] as const) {
        it(`hands on its ids and ARNs ${title}`, async () => {
            const { registrations, outputs } = await recorded(build);
            const ids = [outputs["subnet:0"], outputs["subnet:1"]].map(String);
            const group = String(outputs.buildSecurityGroup);
            const arn = (resource: string) => `arn:aws:ec2:eu-west-1:111111111111:${resource}`;
            assert.deepEqual(outputs, {
                vpc: inputsOf(registrations, "SecurityGroup", "network-builds").vpcId,
                buildSecurityGroup: group,
                buildSecurityGroupArn: arn(`security-group/${group}`),
                "subnet:0": ids[0],
                "subnetArn:0": arn(`subnet/${ids[0]}`),
                "subnet:1": ids[1],
                "subnetArn:1": arn(`subnet/${ids[1]}`),
            });
            assert.deepEqual(inputsOf(registrations, "VpcEndpoint", "network-logs").subnetIds, ids);
            assert.equal(new Set(ids).size, 2);
        });
    }

    it("hands on the id of a VPC that is there as it is", async () => {
        const { outputs } = await recorded(existing);
        assert.deepEqual(Object.keys(outputs), ["vpc", "buildSecurityGroup", "buildSecurityGroupArn"]);
        assert.equal(outputs.vpc, "vpc-1");
    });

    for (const [title, build] of [
        ["with NAT", withNat],
        ["without NAT", withoutNat],
        ["in a VPC that is there", existing],
    ] as const) {
        it(`previews the same resources as it deploys ${title}`, () => assertPreviewedAsDeployed(build));
    }

    // That the stack file is refused before, and where, is the business of the rule that asks the same function.
    it("fails on what the rules refuse, before it registers anything", () =>
        assertFails(() => {
            const { network: plan } = planOf(stackFile("network: { create: { endpoints: [s3] } }")).shared;
            assert.ok(plan.create);
            const create = { ...plan.create, cidrBlock: "10.20.0.0/15", endpoints: ["s3", "s3"] } as const;
            return new Network("network", {
                plan: { ...plan, create: { ...create, endpoints: [...create.endpoints] } },
                home,
                terms,
                keyArn,
                tags,
            });
        }, 'network "network": names s3 twice; expected a range between /16 and /26 for 2 zones, found "10.20.0.0/15"'));
});
