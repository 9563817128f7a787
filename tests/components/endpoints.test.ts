import * as assert from "node:assert/strict";
import { planOf, stackFile } from "../support/plans";
import { inputsOf, recorded, registered } from "../support/recordings";
import { handle, named, nat, network, tags, withNat, withoutNat } from "./support/network";

describe("endpoints of a network", () => {
    it("opens endpoints to builds alone", async () => {
        const recording = await recorded(withNat);
        const all = recording.registrations;
        const { securityGroupId, ...rule } = inputsOf(all, "SecurityGroupIngressRule");
        assert.deepEqual(inputsOf(all, "SecurityGroup", "network-endpoints"), {
            name: "shop--fleet--builds-endpoints",
            description: "VPC endpoints: HTTPS from builds",
            vpcId: handle(recording, "vpc"),
            tags: named("endpoints"),
        });
        assert.deepEqual(rule, {
            referencedSecurityGroupId: handle(recording, "buildSecurityGroup"),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: "HTTPS from builds",
            tags,
        });
        const { policy, ...endpoint } = inputsOf(all, "VpcEndpoint", "network-logs");
        const [own] = planOf(stackFile(`network: { create: { ${nat}, endpoints: [logs] } }`)).shared.network.endpoints;
        assert.deepEqual(JSON.parse(String(policy)), { Version: "2012-10-17", Statement: own.policy });
        assert.deepEqual(endpoint, {
            vpcId: handle(recording, "vpc"),
            serviceName: "com.amazonaws.eu-west-1.logs",
            tags: named("logs"),
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
            subnetIds: [handle(recording, "subnet:0"), handle(recording, "subnet:1")],
            securityGroupIds: [securityGroupId],
        });
        assert.notEqual(securityGroupId, handle(recording, "buildSecurityGroup"));
    });

    it("puts gateways into every route table of the VPC", async () => {
        const recording = await recorded(withNat);
        const { routeTableIds, policy, ...gateway } = inputsOf(recording.registrations, "VpcEndpoint", "network-s3");
        assert.deepEqual(gateway, {
            vpcId: handle(recording, "vpc"),
            serviceName: "com.amazonaws.eu-west-1.s3",
            tags: named("s3"),
            vpcEndpointType: "Gateway",
        });
        assert.match(String(policy), /"s3:GetObject"/);
        // Of two zones with a private and a public subnet each.
        assert.equal(new Set(routeTableIds as string[]).size, 4);
    });

    it("makes an endpoint without a policy where AWS takes none", async () => {
        const all = await registered(network(`create: { ${nat}, endpoints: [codepipeline] }`));
        assert.equal("policy" in inputsOf(all, "VpcEndpoint"), false);
    });

    it("lets out to the group of interfaces and the addresses of gateways without NAT", async () => {
        const recording = await recorded(withoutNat);
        const all = recording.registrations;
        const { securityGroupIds } = inputsOf(all, "VpcEndpoint", "network-logs");
        const out = (way: string) => {
            const { securityGroupId, ...rule } = inputsOf(all, "SecurityGroupEgressRule", `network-out-${way}`);
            assert.equal(securityGroupId, handle(recording, "buildSecurityGroup"));
            return rule as Record<string, unknown>;
        };
        const rule = (way: string) => ({
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: `HTTPS to ${way} of the VPC`,
            tags,
        });
        const [interfaces] = securityGroupIds as string[];
        assert.deepEqual(out("endpoints"), { ...rule("endpoints"), referencedSecurityGroupId: interfaces });
        const { prefixListId, ...s3 } = out("s3");
        assert.deepEqual(s3, rule("s3"));
        assert.match(String(prefixListId), /^pl-[0-9a-f]{17}$/);
        assert.notEqual(prefixListId, out("dynamodb").prefixListId);
    });
});
