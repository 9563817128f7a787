import type { Path, Problem } from "../catalog/problem";
import type { FleetConfig } from "../config/fleet-config";

type Network = FleetConfig["network"];

/** Ways out of the network, each with its own port and range. */
export const waysOut = (network: Pick<Network, "extraEgress">) => [
    { port: 443, cidrBlock: "0.0.0.0/0", reason: "HTTPS" },
    ...network.extraEgress,
];

/** Bits of an address that tell `count` networks apart. */
export const addressBits = (count: number) => Math.ceil(Math.log2(count));

/** Length of the prefix of `cidrBlock`: 16 of `10.0.0.0/16`. */
export const prefixLength = (cidrBlock: string) => Number(cidrBlock.split("/")[1]);

/** The entries of `all` that stand further up already, with their places. */
const repeated = (all: readonly string[]) =>
    all.flatMap((one, index) => (all.indexOf(one) < index ? [{ one, index }] : []));

/**
 * What the engine or AWS would refuse half-way; paths begin at `network`.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html a VPC is a /16 at the most, a subnet a /28 at the least
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
