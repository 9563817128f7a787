import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { EndpointPlan } from "../blueprint/network-plan";
import { policyDocument } from "../blueprint/policy";

/** Arguments for {@link makeEndpoints}. */
export interface EndpointsArgs {
    readonly plans: readonly EndpointPlan[];

    readonly vpc: awsx.Vpc;

    /** Where builds run, and interfaces stand. */
    readonly subnetIds: pulumi.Input<string[]>;

    /** The group of builds. */
    readonly builds: ec2.SecurityGroup;

    readonly tags: Readonly<Record<string, string>>;

    /** The same tags with a name that ends in `suffix`. */
    readonly named: (suffix: string) => Record<string, string>;
}

/** What builds connect to. */
export interface Endpoints {
    /** The group of all interfaces, where there are some. */
    readonly group?: ec2.SecurityGroup;

    /** Entries of route tables, by name. */
    readonly gateways: readonly (readonly [name: string, endpoint: ec2.VpcEndpoint])[];
}

/**
 * Registers an `aws.ec2.VpcEndpoint` `<name>-<endpoint>` for each plan, and where one is an interface the group of them,
 * `aws.ec2.SecurityGroup` `<name>-endpoints`, which lets in builds alone: `aws.vpc.SecurityGroupIngressRule` `<name>-endpoints-in`.
 *
 * A function, not a component: it adds no noun of its own.
 */
export function makeEndpoints(name: string, args: EndpointsArgs, parent: pulumi.Resource): Endpoints {
    const { plans, named } = args;
    const group = plans.some(({ gateway }) => !gateway) ? groupOf(name, args, parent) : undefined;
    const made = plans.map(({ endpoint, serviceName, gateway, policy }) => {
        const common = {
            vpcId: args.vpc.vpcId,
            serviceName,
            ...(policy && { policy: JSON.stringify(policyDocument(policy)) }),
            tags: named(endpoint),
        };
        const resource = new ec2.VpcEndpoint(
            `${name}-${endpoint}`,
            group === undefined || gateway
                ? {
                      ...common,
                      vpcEndpointType: "Gateway",
                      routeTableIds: args.vpc.routeTables.apply(tables => pulumi.all(tables.map(table => table.id))),
                  }
                : {
                      ...common,
                      vpcEndpointType: "Interface",
                      privateDnsEnabled: true,
                      subnetIds: args.subnetIds,
                      securityGroupIds: [group.id],
                  },
            { parent, protect: false },
        );
        return { endpoint, gateway, resource };
    });
    return {
        ...(group && { group }),
        gateways: made.filter(({ gateway }) => gateway).map(({ endpoint, resource }) => [endpoint, resource] as const),
    };
}

function groupOf(name: string, args: EndpointsArgs, parent: pulumi.Resource): ec2.SecurityGroup {
    const { builds, named, tags } = args;
    const group = new ec2.SecurityGroup(
        `${name}-endpoints`,
        {
            name: named("endpoints").Name,
            description: "VPC endpoints: HTTPS from builds",
            vpcId: args.vpc.vpcId,
            tags: named("endpoints"),
        },
        { parent },
    );
    new vpc.SecurityGroupIngressRule(
        `${name}-endpoints-in`,
        {
            securityGroupId: group.id,
            referencedSecurityGroupId: builds.id,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: "HTTPS from builds",
            tags,
        },
        { parent, protect: false },
    );
    return group;
}
