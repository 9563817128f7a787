import { assumptions } from "../../blueprint/prices/assumptions";
import { buildPrices } from "../../blueprint/prices/builds";
import { everyRegion, type Price } from "../../blueprint/prices/price";
import { sources } from "../../blueprint/prices/sources";
import { fallbackRegion, priceTable, tableDate } from "../../blueprint/prices/table";

/** Where {@link pricesPage} lies in the project. */
export const pricesFile = "docs/reference/prices.md";

/** The price table as a page. */
export function pricesPage(): string {
    return [
        "# Prices",
        "",
        `<!-- Made by \`npm run generate\`. -->`,
        "",
        `What \`npm start\` reckons with, as of ${tableDate}, in US dollars; each row was read at the place that it names. Where a region has none, the price of`,
        `${fallbackRegion} is taken, and said beside the figure. [What it is used for, and how to renew it](../how-to/cost.md).`,
        "",
        "## By use and at rest",
        "",
        ...Object.values(priceTable).flatMap(priceLines),
        "## Builds",
        "",
        ...Object.entries(buildPrices).flatMap(([machine, price]) =>
            priceLines({ ...price, what: `${machine} (${price.what})` }),
        ),
        "## Assumptions",
        "",
        "| What | Amount | Why |",
        "| --- | --- | --- |",
        ...Object.values(assumptions).map(
            ({ what, amount, unit, reason }) => `| ${what} | ${amount} ${unit} | ${reason} |`,
        ),
        "",
        "## Sources",
        "",
        "| Source | Page | Date | How it was read |",
        "| --- | --- | --- | --- |",
        ...Object.entries(sources).map(([key, { page, date, how }]) => `| ${key} | <${page}> | ${date} | ${how} |`),
        "",
    ].join("\n");
}

/** One price: what it is of, then a line for each amount. */
function priceLines({ what, per, rows }: Price): string[] {
    return [
        `**${what}**, per ${per}`,
        "",
        ...rows.flatMap(({ source, sku, usd }) =>
            [...byAmount(usd)].map(
                ([amount, regions]) => `- $${decimal(amount)} in ${regions.join(", ")}: ${sku} (${source})`,
            ),
        ),
        "",
    ];
}

/** Regions by what is paid there. */
function byAmount(usd: Price["rows"][number]["usd"]): Map<number, string[]> {
    const regions = new Map<number, string[]>();
    for (const [region, amount] of Object.entries(usd)) {
        const name = region === everyRegion ? "every commercial region" : region;
        regions.set(amount, [...(regions.get(amount) ?? []), name]);
    }
    return regions;
}

/** Without an exponent, and without zeros at the end. */
const decimal = (amount: number) => amount.toFixed(12).replace(/\.?0+$/, "");
