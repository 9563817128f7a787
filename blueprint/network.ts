import type { EndpointName } from "../catalog/endpoints";
import type { Path, Problem } from "../catalog/problem";
import type { FleetConfig } from "../config/fleet-config";

type Network = FleetConfig["network"];

/** What a network says of its way to the internet. */
type Ways = Pick<Network, "create" | "extraEgress">;

/** Whether builds reach AWS through endpoints alone, and nothing else of the internet. */
export const isIsolated = ({ create }: Pick<Network, "create">) => create?.natGateways === "None";

/** How many NAT gateways a created network has. */
export const natGatewaysOf = ({
    natGateways,
    availabilityZones,
}: Pick<NonNullable<Network["create"]>, "natGateways" | "availabilityZones">): number =>
    ({ None: 0, Single: 1, OnePerAz: availabilityZones })[natGateways];

/** The way out that every network has that leads to the internet. */
const https = { port: 443, cidrBlock: "0.0.0.0/0", reason: "HTTPS" };

/** Ways out of the network, each with its own port and range; beside them an isolated one has those to its endpoints. */
export const waysOut = (network: Ways) => [...(isIsolated(network) ? [] : [https]), ...network.extraEgress];

/** An endpoint, as far as a way leads to it. */
interface Reached {
    readonly endpoint: EndpointName;
    readonly gateway: boolean;
}

/**
 * Ways out of an isolated network beside {@link waysOut}, by what they are called: to each gateway's addresses, and to the group of
 * all interfaces.
 */
export function waysToEndpoints(
    network: Pick<Network, "create"> & { readonly endpoints: readonly Reached[] },
): (EndpointName | "endpoints")[] {
    const gateways = network.endpoints.filter(({ gateway }) => gateway).map(({ endpoint }) => endpoint);
    const interfaces = network.endpoints.some(({ gateway }) => !gateway) ? (["endpoints"] as const) : [];
    return isIsolated(network) ? [...interfaces, ...gateways] : [];
}

/** The endpoints that the stack file asks for: a list of its own, or those that builds need. */
export const chosenEndpoints = ({
    natGateways,
    endpoints,
}: Pick<NonNullable<Network["create"]>, "natGateways" | "endpoints">): readonly EndpointName[] | "auto" =>
    endpoints ?? (natGateways === "None" ? "auto" : []);

/** Bits of an address that tell `count` networks apart. */
export const addressBits = (count: number) => Math.ceil(Math.log2(count));

/** Length of the prefix of `cidrBlock`: 16 of `10.0.0.0/16`. */
export const prefixLength = (cidrBlock: string) => Number(cidrBlock.split("/")[1]);

/** Endpoints that every build needs where it has no NAT gateway. */
const alwaysNeeded = ["s3", "logs"] as const;

/** The entries of `all` that stand further up already, with their places. */
const repeated = (all: readonly string[]) =>
    all.flatMap((one, index) => (all.indexOf(one) < index ? [{ one, index }] : []));

/** Which of `endpoints` a network lacks that has no NAT gateway and names its endpoints itself. */
export function lacking({ create }: Pick<Network, "create">, endpoints: readonly EndpointName[]): EndpointName[] {
    const there = create && chosenEndpoints(create);
    return create === undefined || !isIsolated({ create }) || there === "auto"
        ? []
        : endpoints.filter(endpoint => there?.includes(endpoint) !== true);
}

/** The problem that a network lacks `missing`, which it needs because of `reason`. */
export const missingEndpoints = (missing: readonly EndpointName[], reason: string): Problem[] =>
    missing.length === 0
        ? []
        : [
              {
                  path: ["network", "create", "endpoints"],
                  message: `lacks ${missing.join(" and ")}: ${reason}; without a NAT gateway AWS is reached through endpoints alone`,
              },
          ];

/**
 * What the engine or AWS would refuse half-way; paths begin at `network`.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html a VPC is a /16 at the most, a subnet a /28 at the least
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-vpc-endpoints-with-codebuild.html
 */
export function networkProblems(network: Pick<Network, "create" | "extraEgress">): Problem[] {
    const { create } = network;
    const at = (...path: Path): Path => ["network", ...path];
    // Each zone holds two subnets, of a /28 at the least.
    const smallest = 27 - addressBits(create?.availabilityZones ?? 1);
    const prefix = create && prefixLength(create.cidrBlock);
    const ways = waysOut(network);
    const always = ways.length - network.extraEgress.length;
    return [
        ...repeated(ways.map(({ port, cidrBlock }) => `port ${port} to ${cidrBlock}`)).map(({ one, index }) => ({
            path: at("extraEgress", index - always),
            message: `names ${one} twice${always > 0 ? "; 443 to 0.0.0.0/0 is always there" : ""}`,
        })),
        ...repeated(create?.endpoints === "auto" ? [] : (create?.endpoints ?? [])).map(({ one, index }) => ({
            path: at("create", "endpoints", index),
            message: `names ${one} twice`,
        })),
        ...missingEndpoints(
            lacking(network, alwaysNeeded),
            "builds read and write their artifacts and write their logs",
        ),
        ...(create !== undefined && prefix !== undefined && (prefix < 16 || prefix > smallest)
            ? [
                  {
                      path: at("create", "cidrBlock"),
                      message: `expected a range between /16 and /${smallest} for ${create.availabilityZones} zones, found ${JSON.stringify(create.cidrBlock)}`,
                  },
              ]
            : []),
    ];
}
