import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../catalog/arn";
import { addressBits, isIsolated, networkProblems, prefixLength, waysOut } from "../blueprint/network";
import type { SharedPlan } from "../blueprint/plan";
import { makeEndpoints, type Endpoints } from "./endpoints";
import { makeFlowLog } from "./flow-log";
import type { RoleTerms } from "../blueprint/role-terms";
import type { NamedHandles } from "./resolve";

/** Arguments for {@link Network}. */
export interface NetworkArgs {
    readonly plan: Plan;

    /** Account and region of the network. */
    readonly home: Location;

    /** What all roles have in common. */
    readonly terms: RoleTerms;

    /** ARN of the key that the log of its traffic is encrypted with. */
    readonly keyArn: pulumi.Input<string>;

    readonly tags: Readonly<Record<string, string>>;
}

type Plan = SharedPlan["network"];
type Create = NonNullable<Plan["create"]>;

/**
 * Where builds run: private subnets, and a security group that lets nothing in and only HTTPS out, unless the stack
 * file names another way out and why. Without a NAT gateway it lets out to the VPC's endpoints alone.
 *
 * Creates: with `create` an `awsx.ec2.Vpc` `<name>-vpc`, an `aws.ec2.DefaultSecurityGroup` `<name>-default` without a rule,
 * what {@link makeFlowLog} and {@link makeEndpoints} make; always `aws.ec2.SecurityGroup` `<name>-builds` and an
 * `aws.vpc.SecurityGroupEgressRule` for each way out. The provider removes the rule by which AWS lets a new group out everywhere.
 *
 * Rules and endpoints are never protected: they can be made again as they were, and taking a way out away must not fail.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
export class Network extends pulumi.ComponentResource {
    /** What plans may refer to of this network. */
    public readonly handles: NamedHandles;

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        const { plan, home, terms, tags } = args;
        const problems = networkProblems(plan).map(({ message }) => message);
        if (problems.length > 0) {
            throw new pulumi.RunError(`network "${name}": ${problems.join("; ")}`);
        }
        super("service-pipelines:index:Network", name, {}, opts);
        const named = (suffix: string) => ({ ...tags, Name: `${plan.name}-${suffix}` });

        const created = plan.create && makeVpc(name, plan.create, named("vpc"), this);
        const vpcId = created?.vpcId ?? plan.existing?.vpcId ?? "";
        if (created !== undefined) {
            new ec2.DefaultSecurityGroup(
                `${name}-default`,
                { vpcId, tags: named("default") },
                { parent: this, protect: false },
            );
        }
        if (plan.flowLog !== undefined) {
            makeFlowLog(name, { plan: plan.flowLog, vpcId, terms, keyArn: args.keyArn, tags: named("flow-log") }, this);
        }

        const builds = new ec2.SecurityGroup(
            `${name}-builds`,
            {
                name: plan.name,
                description: "Builds: nothing in, HTTPS out",
                vpcId,
                tags: named("group"),
            },
            { parent: this },
        );
        const group = { group: builds, tags };
        for (const { port, cidrBlock, reason } of waysOut(plan)) {
            egress(
                `${name}-out-${port}-${cidrBlock}`,
                { ...group, port, description: reason, to: { cidrIpv4: cidrBlock } },
                this,
            );
        }
        if (created !== undefined && plan.create !== undefined) {
            const { create, endpoints: plans } = plan;
            const endpoints = makeEndpoints(
                name,
                { plans, vpc: created, subnetIds: subnetsOf(created, create), builds, tags, named },
                this,
            );
            for (const [way, to] of isIsolated(plan) ? waysTo(endpoints) : []) {
                egress(
                    `${name}-out-${way}`,
                    { ...group, port: 443, description: `HTTPS to ${way} of the VPC`, to },
                    this,
                );
            }
        }

        const subnets = created && subnetsOf(created, plan.create);
        const zones = Array.from({ length: plan.create?.availabilityZones ?? 0 }, (_, index) => index);
        const subnet = (index: number) => (subnets ?? pulumi.output<string[]>([])).apply(ids => ids[index]);
        this.handles = {
            vpc: vpcId,
            buildSecurityGroup: builds.id,
            buildSecurityGroupArn: builds.id.apply(id => arn("ec2", `security-group/${id}`, home)),
            ...Object.fromEntries(
                zones.flatMap(index => [
                    [`subnet:${index}`, subnet(index)],
                    [`subnetArn:${index}`, subnet(index).apply(id => arn("ec2", `subnet/${id}`, home))],
                ]),
            ),
        };
        this.registerOutputs({ vpcId });
    }
}

/**
 * Each zone takes an eighth of the addresses, and builds the first half of it, whether they have NAT or not: so neither
 * another zone nor another `natGateways` moves a subnet, which AWS would refuse while the old one has the addresses.
 * Where that would be smaller than AWS allows, zones share all there is.
 */
function makeVpc(name: string, create: Create, tags: Record<string, string>, parent: pulumi.Resource): awsx.Vpc {
    const prefix = prefixLength(create.cidrBlock);
    const zoneMask = Math.max(prefix + addressBits(create.availabilityZones), Math.min(prefix + 3, 27));
    const half = { cidrMask: zoneMask + 1 };
    return new awsx.Vpc(
        `${name}-vpc`,
        {
            cidrBlock: create.cidrBlock,
            numberOfAvailabilityZones: create.availabilityZones,
            availabilityZoneCidrMask: zoneMask,
            natGateways: { strategy: create.natGateways },
            subnetStrategy: "Auto",
            // Without NAT there is nothing that a public subnet would be for.
            subnetSpecs:
                create.natGateways === "None"
                    ? [{ type: "Isolated", name: "builds", ...half }]
                    : [
                          { type: "Private", name: "builds", ...half },
                          { type: "Public", name: "public", ...half },
                      ],
            enableDnsHostnames: true,
            enableDnsSupport: true,
            tags,
        },
        { parent },
    );
}

/** The subnets that builds run in: private with NAT, isolated without. */
const subnetsOf = (created: awsx.Vpc, create: Create | undefined) =>
    create?.natGateways === "None" ? created.isolatedSubnetIds : created.privateSubnetIds;

/** Ways out to `endpoints`, by what they are called: to the group of interfaces, and to the addresses of each gateway. */
const waysTo = ({ group, gateways }: Endpoints): [way: string, to: Peer][] => [
    ...(group === undefined ? [] : ([["endpoints", { referencedSecurityGroupId: group.id }]] as [string, Peer][])),
    ...gateways.map(([name, { prefixListId }]): [string, Peer] => [name, { prefixListId }]),
];

/** Where a rule lets out to. */
type Peer = Pick<vpc.SecurityGroupEgressRuleArgs, "cidrIpv4" | "prefixListId" | "referencedSecurityGroupId">;

interface Egress {
    readonly port: number;
    readonly to: Peer;
    readonly description: string;
    readonly group: ec2.SecurityGroup;
    readonly tags: Readonly<Record<string, string>>;
}

function egress(name: string, { port, to, description, group, tags }: Egress, parent: pulumi.Resource): void {
    new vpc.SecurityGroupEgressRule(
        name,
        { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port, ...to, description, tags },
        { parent, protect: false },
    );
}
