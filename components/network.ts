import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { arn, type Location } from "../catalog/arn";
import type { SharedPlan } from "../blueprint/plan";
import type { NamedHandles } from "./resolve";

/** Arguments for {@link Network}. */
export interface NetworkArgs {
    readonly plan: SharedPlan["network"];

    /** Account and region of the network. */
    readonly home: Location;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Where builds run: private subnets, and a security group that lets nothing in and only HTTPS out, unless the stack
 * file names another way out and why.
 *
 * Creates: with `create` an `awsx.ec2.Vpc` `<name>-vpc` and an `aws.ec2.VpcEndpoint` `<name>-<service>` for each endpoint
 * (with `aws.ec2.SecurityGroup` `<name>-endpoints` and its rules where one is an interface); always
 * `aws.ec2.SecurityGroup` `<name>-builds` and an `aws.vpc.SecurityGroupEgressRule` for each way out.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 */
export class Network extends pulumi.ComponentResource {
    /** What plans may refer to of this network. */
    public readonly handles: NamedHandles;

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:Network", name, {}, opts);
        const { plan, home, tags } = args;
        const named = (suffix: string) => ({ ...tags, Name: `${plan.name}-${suffix}` });

        const created = plan.create && makeVpc(name, plan.create, { plan, tags: named("vpc") }, this);
        const vpcId = created?.vpcId ?? plan.existing?.vpcId ?? "";

        const builds = new ec2.SecurityGroup(
            `${name}-builds`,
            { name: plan.name, description: "Builds: nothing in, HTTPS out", vpcId, tags: named("group") },
            { parent: this },
        );
        const out = [{ port: 443, cidrBlock: "0.0.0.0/0", reason: "HTTPS" }, ...plan.extraEgress];
        for (const { port, cidrBlock, reason } of out) {
            egress(
                `${name}-out-${port}-${cidrBlock}`,
                { port, cidrBlock, description: reason, group: builds, tags },
                this,
            );
        }
        if (created !== undefined && plan.create !== undefined) {
            makeEndpoints(
                name,
                plan.create.endpoints,
                { created, builds, home, create: plan.create, tags, named },
                this,
            );
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

type Create = NonNullable<SharedPlan["network"]["create"]>;

function makeVpc(
    name: string,
    create: Create,
    { tags }: { plan: SharedPlan["network"]; tags: Record<string, string> },
    parent: pulumi.Resource,
): awsx.Vpc {
    return new awsx.Vpc(
        `${name}-vpc`,
        {
            cidrBlock: create.cidrBlock,
            numberOfAvailabilityZones: create.availabilityZones,
            natGateways: { strategy: create.natGateways },
            subnetStrategy: "Auto",
            // Without NAT there is nothing that a public subnet would be for.
            subnetSpecs:
                create.natGateways === "None" ? [{ type: "Isolated" }] : [{ type: "Private" }, { type: "Public" }],
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

const gateways = ["s3", "dynamodb"];

interface EndpointArgs {
    readonly created: awsx.Vpc;
    readonly builds: ec2.SecurityGroup;
    readonly home: Location;
    readonly create: Create;
    readonly tags: Readonly<Record<string, string>>;
    readonly named: (suffix: string) => Record<string, string>;
}

function makeEndpoints(name: string, services: readonly string[], args: EndpointArgs, parent: pulumi.Resource): void {
    const { created, home, tags, named } = args;
    const interfaces = services.filter(service => !gateways.includes(service));
    const group =
        interfaces.length === 0
            ? undefined
            : new ec2.SecurityGroup(
                  `${name}-endpoints`,
                  {
                      name: `${named("endpoints").Name}`,
                      description: "VPC endpoints: HTTPS from builds",
                      vpcId: created.vpcId,
                      tags: named("endpoints"),
                  },
                  { parent },
              );
    if (group !== undefined) {
        new vpc.SecurityGroupIngressRule(
            `${name}-endpoints-in`,
            {
                securityGroupId: group.id,
                referencedSecurityGroupId: args.builds.id,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS from builds",
                tags,
            },
            { parent },
        );
    }
    for (const service of services) {
        const common = {
            vpcId: created.vpcId,
            serviceName: `com.amazonaws.${home.region}.${service}`,
            tags: named(service),
        };
        new ec2.VpcEndpoint(
            `${name}-${service}`,
            group === undefined || gateways.includes(service)
                ? {
                      ...common,
                      vpcEndpointType: "Gateway",
                      routeTableIds: created.routeTables.apply(tables => pulumi.all(tables.map(table => table.id))),
                  }
                : {
                      ...common,
                      vpcEndpointType: "Interface",
                      privateDnsEnabled: true,
                      subnetIds: subnetsOf(created, args.create),
                      securityGroupIds: [group.id],
                  },
            { parent },
        );
    }
}

interface Egress {
    readonly port: number;
    readonly cidrBlock: string;
    readonly description: string;
    readonly group: ec2.SecurityGroup;
    readonly tags: Readonly<Record<string, string>>;
}

function egress(name: string, { port, cidrBlock, description, group, tags }: Egress, parent: pulumi.Resource): void {
    new vpc.SecurityGroupEgressRule(
        name,
        {
            securityGroupId: group.id,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            cidrIpv4: cidrBlock,
            description,
            tags,
        },
        { parent },
    );
}
