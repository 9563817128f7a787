import * as assert from "node:assert/strict";
import { allResources } from "../blueprint/counts";
import { planOf, stackFile } from "./support/plans";
import { isComponent, run } from "./support/program";
import { noun } from "./support/recordings";

const stack = (network: string) =>
    stackFile(`
        network: { ${network} }
        services:
            orders:
                source: { repository: acme/orders }
                build: { commands: [make], secrets: { A: a } }
                deploy: { type: s3, bucket: orders }`);

/** What a stack registers of each type that belongs to its network alone. */
async function ofNetwork(network: string): Promise<Record<string, number>> {
    const values = stack(network);
    const { registrations } = await run(values);
    assert.equal(registrations.length, allResources(planOf(values)), network);
    const found: Record<string, number> = {};
    for (const one of registrations.filter(({ urn }) => urn.includes(":Network$")).filter(one => !isComponent(one))) {
        found[noun(one)] = (found[noun(one)] ?? 0) + 1;
    }
    return found;
}

const always = { SecurityGroup: 1 };
const log = { FlowLog: 1, LogGroup: 1, Role: 1, RolePolicy: 1 };
const made = { ...always, ...log, Vpc: 1, DefaultSecurityGroup: 1 };

describe("the network of a stack, counted beforehand", () => {
    for (const [title, network, expected] of [
        [
            "that is there already",
            "existing: { vpcId: vpc-1, subnetIds: [subnet-1] }",
            { ...always, SecurityGroupEgressRule: 1 },
        ],
        ["with a NAT gateway", "create: {}", { ...made, SecurityGroupEgressRule: 1 }],
        [
            "without a log",
            "create: { skipFlowLogs: A sandbox }",
            { ...always, Vpc: 1, DefaultSecurityGroup: 1, SecurityGroupEgressRule: 1 },
        ],
        [
            "with a gateway beside the NAT gateway",
            "create: { endpoints: [s3] }",
            { ...made, VpcEndpoint: 1, SecurityGroupEgressRule: 1 },
        ],
        [
            "without the internet",
            "create: { natGateways: None }",
            {
                ...made,
                SecurityGroup: 2,
                SecurityGroupIngressRule: 1,
                VpcEndpoint: 3,
                // To the interfaces, and to S3.
                SecurityGroupEgressRule: 2,
            },
        ],
        [
            "without the internet, and with a way to a database",
            "create: { natGateways: None }, extraEgress: [{ port: 5432, cidrBlock: 10.9.0.0/16, reason: Migrations }]",
            { ...made, SecurityGroup: 2, SecurityGroupIngressRule: 1, VpcEndpoint: 3, SecurityGroupEgressRule: 3 },
        ],
    ] as const) {
        it(title, async () => assert.deepEqual(await ofNetwork(network), expected));
    }
});
