import type { SourceKey } from "./sources";

/** Every region of AWS's commercial partition, where a pricing page names one price for all of them. */
export const everyRegion = "*";

/** What one thing costs, region by region. */
export interface Price {
    /** What is paid for, in words. */
    readonly what: string;
    /** What the price is of: `hour`, `GB`, `request`. */
    readonly per: string;
    readonly rows: readonly Row[];
}

/** Prices that were read at the same place. */
export interface Row {
    readonly source: SourceKey;
    /** How the source calls it: a description, a usage type or a SKU of the price list. */
    readonly sku: string;
    /** US dollars by region, or of {@link everyRegion}. */
    readonly usd: Readonly<Record<string, number>>;
}
