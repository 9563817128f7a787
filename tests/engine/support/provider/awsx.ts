import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import * as pulumi from "@pulumi/pulumi";
import * as provider from "@pulumi/pulumi/provider";

/** The arguments of `awsx.ec2.Vpc` that decide what the stand-in makes. */
interface VpcArgs {
    readonly cidrBlock?: string;
    readonly numberOfAvailabilityZones?: number;
    readonly availabilityZoneNames?: readonly string[];
    readonly subnetSpecs?: readonly { readonly type: string; readonly name?: string }[];
    readonly tags?: Record<string, string>;
}

const understood = ["cidrBlock", "numberOfAvailabilityZones", "availabilityZoneNames", "subnetSpecs", "tags"];

/** Arguments that change nothing of what the stand-in makes. Any other is refused: it would be ignored in silence. */
const harmless = [
    "enableDnsHostnames",
    "enableDnsSupport",
    "natGateways",
    "subnetStrategy",
    "availabilityZoneCidrMask",
];

type Kind = "Public" | "Private" | "Isolated";

/**
 * `awsx.ec2.Vpc` with a network, its subnets and their route tables; what else the real one makes (gateways, addresses
 * and routes) has no outputs here. The children belong to the AWS provider, as they do in the real one.
 */
class StandInVpc extends pulumi.ComponentResource {
    readonly state: pulumi.Inputs;

    constructor(name: string, args: VpcArgs, opts: pulumi.ComponentResourceOptions) {
        super("awsx:ec2:Vpc", name, {}, opts);
        const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
        const network = cidrBlock.split(".").slice(0, 2).join(".");
        const zones = args.availabilityZoneNames?.length ?? args.numberOfAvailabilityZones ?? 3;
        const specs = (args.subnetSpecs ?? [{ type: "Private" }, { type: "Public" }]).filter(
            ({ type }) => type !== "Unused",
        );
        const vpc = new Vpc(name, { cidrBlock, tags: args.tags }, { parent: this });

        const subnets: Record<Kind, Subnet[]> = { Public: [], Private: [], Isolated: [] };
        const routeTables: RouteTable[] = [];
        specs.forEach(({ type, name: kind = type.toLowerCase() }, i) => {
            for (let zone = 1; zone <= zones; zone++) {
                const child = `${name}-${kind}-${zone}`;
                const block = `${network}.${i * 16 + zone}.0/24`;
                const subnet = new Subnet(child, { vpcId: vpc.id, cidrBlock: block, tags: args.tags }, { parent: vpc });
                subnets[type as Kind].push(subnet);
                routeTables.push(new RouteTable(child, { vpcId: vpc.id, tags: args.tags }, { parent: subnet }));
            }
        });
        this.state = {
            vpc,
            vpcId: vpc.id,
            publicSubnetIds: subnets.Public.map(subnet => subnet.id),
            privateSubnetIds: subnets.Private.map(subnet => subnet.id),
            isolatedSubnetIds: subnets.Isolated.map(subnet => subnet.id),
            publicSubnets: subnets.Public,
            privateSubnets: subnets.Private,
            isolatedSubnets: subnets.Isolated,
            subnets: Object.values(subnets).flat(),
            routeTables,
        };
        this.registerOutputs(this.state);
    }
}

/** Serves the provider until the engine ends the process. */
export function serve(version: string): void {
    const answers: provider.Provider = {
        version,
        construct(name, type, inputs, options) {
            if (type !== "awsx:ec2:Vpc") {
                throw new Error(`the stand-in provider does not know ${type}`);
            }
            const strange = Object.keys(inputs).filter(key => ![...understood, ...harmless].includes(key));
            if (strange.length > 0) {
                throw new Error(`the stand-in for ${type} does not know the arguments ${strange.join(", ")}`);
            }
            const vpc = new StandInVpc(name, inputs, options);
            return Promise.resolve({ urn: vpc.urn, state: vpc.state });
        },
    };
    void provider.main(answers, process.argv.slice(2));
}
