import { partitionOf } from "../../catalog/arn";
import { buildPrices } from "./builds";
import { functionPrices } from "./functions";
import { networkPrices } from "./network";
import { pipelinePrices } from "./pipelines";
import { everyRegion, type Price } from "./price";
import { storagePrices } from "./storage";
import { watchingPrices } from "./watching";

/** Month in which the table was last gone through. Each row has the date of its own source. */
export const tableDate = "2026-11";

/** The region whose price is taken where none is known for another. */
export const fallbackRegion = "us-east-1";

/** Hours of a month, as AWS's own calculator counts them. */
export const hoursOfMonth = 730;

/** All prices but those of builds, by key. */
export const priceTable = {
    ...pipelinePrices,
    ...networkPrices,
    ...storagePrices,
    ...functionPrices,
    ...watchingPrices,
} as const satisfies Record<string, Price>;

export type PriceKey = keyof typeof priceTable;

/** A price, and whose it is. */
export interface Found {
    /** US dollars. */
    readonly usd: number;
    /** Set where none is known for the region that was asked about: whose price it is instead. */
    readonly of?: typeof fallbackRegion;
}

/** Whose price one of `found` is, where none is known for the region itself. */
export const anotherOf = (found: readonly Pick<Found, "of">[]): Found["of"] =>
    found.find(({ of }) => of !== undefined)?.of;

/**
 * The price of `key` in `region`.
 *
 * @throws Error when the table has none that could stand in: a mistake in the table
 */
export function priceIn(key: PriceKey, region: string): Found {
    const found = lookUp(priceTable[key], region);
    if (found === undefined) {
        throw new Error(`the price ${key} has no row for ${fallbackRegion}`);
    }
    return found;
}

/** A minute of a build, and how it is counted. */
export interface BuildPrice extends Found {
    /** A `minute` that has begun is paid whole. */
    readonly counted: "minute" | "second";
}

/** The price of a minute on a machine of CodeBuild; undefined where none is known, neither here nor in {@link fallbackRegion}. */
export function buildPriceIn(environmentType: string, computeType: string, region: string): BuildPrice | undefined {
    const key = `${environmentType} ${computeType}`;
    const price = Object.hasOwn(buildPrices, key) ? buildPrices[key] : undefined;
    const found = price && lookUp(price, region);
    if (price === undefined || found === undefined) {
        return undefined;
    }
    return price.per === "second"
        ? { ...found, usd: found.usd * 60, counted: "second" }
        : { ...found, counted: "minute" };
}

/** Of a region itself, of every region of the commercial partition, or else of {@link fallbackRegion}. */
function lookUp({ rows }: Price, region: string): Found | undefined {
    const of = (name: string) => rows.map(({ usd }) => usd[name]).find(usd => usd !== undefined);
    const own = of(region) ?? (partitionOf(region) === "aws" ? of(everyRegion) : undefined);
    if (own !== undefined) {
        return { usd: own };
    }
    const instead = of(fallbackRegion) ?? of(everyRegion);
    return instead === undefined ? undefined : { usd: instead, of: fallbackRegion };
}
