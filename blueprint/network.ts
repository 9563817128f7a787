import type { Path, Problem } from "../catalog/problem";
import type { FleetConfig } from "../config/fleet-config";

type Network = FleetConfig["network"];

/** Ways out of the network, each with its own port and range. */
export const waysOut = (network: Pick<Network, "extraEgress">) => [
    { port: 443, cidrBlock: "0.0.0.0/0", reason: "HTTPS" },
    ...network.extraEgress,
];

/** Services whose endpoint is a gateway: an entry of route tables, without a price. The others are interfaces. */
export const gatewayEndpoints: readonly string[] = ["s3", "dynamodb"];

/** Bits of an address that tell `count` networks apart. */
export const addressBits = (count: number) => Math.ceil(Math.log2(count));

/** Length of the prefix of `cidrBlock`: 16 of `10.0.0.0/16`. */
export const prefixLength = (cidrBlock: string) => Number(cidrBlock.split("/")[1]);

/** Endpoints that every build needs where it has no NAT gateway. */
const alwaysNeeded = ["s3", "logs"] as const;

/** The entries of `all` that stand further up already, with their places. */
const repeated = (all: readonly string[]) =>
    all.flatMap((one, index) => (all.indexOf(one) < index ? [{ one, index }] : []));

/** Whether builds reach AWS through endpoints alone, and nothing else of the internet. */
export const isIsolated = ({ create }: Network) => create?.natGateways === "None";

/** A problem where `network` has no NAT gateway and lacks endpoints of `services`, which it needs because of `reason`. */
export function missingEndpoints(network: Network, services: readonly string[], reason: string): Problem[] {
    const there: readonly string[] = network.create?.endpoints ?? [];
    const missing = services.filter(service => !there.includes(service));
    return isIsolated(network) && missing.length > 0
        ? [
              {
                  path: ["network", "create", "endpoints"],
                  message: `lacks ${missing.join(" and ")}: ${reason}; without a NAT gateway AWS is reached through endpoints alone`,
              },
          ]
        : [];
}

/**
 * What the engine or AWS would refuse half-way; paths begin at `network`.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html a VPC is a /16 at the most, a subnet a /28 at the least
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/use-vpc-endpoints-with-codebuild.html
 */
export function networkProblems(network: Network): Problem[] {
    const { create } = network;
    const at = (...path: Path): Path => ["network", ...path];
    // Each zone holds two subnets, of a /28 at the least.
    const smallest = 27 - addressBits(create?.availabilityZones ?? 1);
    const prefix = create && prefixLength(create.cidrBlock);
    return [
        ...repeated(waysOut(network).map(({ port, cidrBlock }) => `port ${port} to ${cidrBlock}`)).map(
            ({ one, index }) => ({
                path: at("extraEgress", index - 1),
                message: `names ${one} twice; 443 to 0.0.0.0/0 is always there`,
            }),
        ),
        ...repeated(create?.endpoints ?? []).map(({ one, index }) => ({
            path: at("create", "endpoints", index),
            message: `names ${one} twice`,
        })),
        ...missingEndpoints(network, alwaysNeeded, "builds read and write their artifacts and write their logs"),
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
