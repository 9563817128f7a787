import "./light";
import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy";
import { Repository } from "@pulumi/aws/ecr/repository";
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

/** The arguments of `awsx.ecr.Repository`: those of the repository itself, and its lifecycle. */
interface RepositoryArgs {
    readonly name?: string;
    readonly lifecyclePolicy?: {
        readonly rules?: readonly {
            readonly description?: string;
            readonly tagStatus: string;
            readonly maximumAgeLimit?: number;
            readonly maximumNumberOfImages?: number;
        }[];
    };
    readonly tags?: Record<string, string>;
}

/** A component that the stand-in makes. */
interface StandIn {
    readonly make: (name: string, inputs: object, options: pulumi.ComponentResourceOptions) => Made;
    /** The arguments that it knows, also those that change nothing of what it makes. Any other would be ignored in silence. */
    readonly known: readonly string[];
}

type Made = pulumi.ComponentResource & { readonly state: pulumi.Inputs };

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

/**
 * `awsx.ecr.Repository`: a repository and its lifecycle policy, the rule for `any` image being the last to be tried. The real
 * one makes the policy without a parent.
 *
 * @see https://github.com/pulumi/pulumi-awsx/blob/master/awsx/ecr/repository.ts
 */
class StandInRepository extends pulumi.ComponentResource {
    readonly state: pulumi.Inputs;

    constructor(name: string, args: RepositoryArgs, opts: pulumi.ComponentResourceOptions) {
        super("awsx:ecr:Repository", name, {}, opts);
        const { lifecyclePolicy, ...own } = args;
        const repository = new Repository(name.toLowerCase(), own, { parent: this });
        const all = lifecyclePolicy?.rules ?? [];
        const ordered = [
            ...all.filter(({ tagStatus }) => tagStatus !== "any"),
            ...all.filter(({ tagStatus }) => tagStatus === "any"),
        ];
        const rules = ordered.map(({ description, tagStatus, maximumAgeLimit, maximumNumberOfImages }, index) => ({
            rulePriority: index + 1,
            description,
            selection: {
                tagStatus,
                ...(maximumNumberOfImages === undefined
                    ? { countType: "sinceImagePushed", countUnit: "days", countNumber: maximumAgeLimit }
                    : { countType: "imageCountMoreThan", countNumber: maximumNumberOfImages }),
            },
            action: { type: "expire" },
        }));
        const policy = new LifecyclePolicy(
            name.toLowerCase(),
            { repository: repository.name, policy: JSON.stringify({ rules }) },
            { parent: this },
        );
        this.state = { repository, lifecyclePolicy: policy, url: repository.repositoryUrl };
        this.registerOutputs(this.state);
    }
}

const standIns: Readonly<Record<string, StandIn>> = {
    "awsx:ec2:Vpc": {
        make: (name, inputs, options) => new StandInVpc(name, inputs, options),
        known: [
            "availabilityZoneCidrMask",
            "availabilityZoneNames",
            "cidrBlock",
            "enableDnsHostnames",
            "enableDnsSupport",
            "natGateways",
            "numberOfAvailabilityZones",
            "subnetSpecs",
            "subnetStrategy",
            "tags",
        ],
    },
    "awsx:ecr:Repository": {
        make: (name, inputs, options) => new StandInRepository(name, inputs, options),
        known: [
            "encryptionConfigurations",
            "forceDelete",
            "imageScanningConfiguration",
            "imageTagMutability",
            "imageTagMutabilityExclusionFilters",
            "lifecyclePolicy",
            "name",
            "tags",
        ],
    },
};

/** Serves the provider until the engine ends the process. */
export function serve(version: string): void {
    const answers: provider.Provider = {
        version,
        construct(name, type, inputs, options) {
            const standIn = standIns[type];
            if (standIn === undefined) {
                throw new Error(`the stand-in provider does not know ${type}`);
            }
            const strange = Object.keys(inputs).filter(key => !standIn.known.includes(key));
            if (strange.length > 0) {
                throw new Error(`the stand-in for ${type} does not know the arguments ${strange.join(", ")}`);
            }
            const { urn, state } = standIn.make(name, inputs, options);
            return Promise.resolve({ urn, state });
        },
    };
    void provider.main(answers, process.argv.slice(2));
}
