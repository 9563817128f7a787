import {
    buildPriceIn,
    fallbackRegion,
    hoursOfMonth,
    priceIn,
    tableDate,
    type PriceKey,
} from "../blueprint/prices/table";

/** A key of the stack file that costs money, and how much. */
export interface KeyCost {
    readonly key: string;
    /** How its description begins: several keys have the same name. */
    readonly begins: string;
    readonly costs: string;
}

/** US dollars: to the cent, or of less than one as precise as they are. */
const usd = (amount: number) => `$${amount < 1 ? Number(amount.toPrecision(3)) : amount.toFixed(2)}`;
const price = (key: PriceKey) => priceIn(key, fallbackRegion).usd;
const minute = (environment: string, compute: string) =>
    usd(buildPriceIn(environment, compute, fallbackRegion)?.usd ?? 0);

/** What keys cost, from the price table: in one region, as a description knows none. */
export const keyCosts: readonly KeyCost[] = [
    {
        key: "natGateways",
        begins: "",
        costs: `${usd((price("natGatewayHour") + price("publicIpv4Hour")) * hoursOfMonth)} a month for each gateway with its address, and ${usd(price("natGatewayGb"))} for each GB through it`,
    },
    {
        key: "endpoints",
        begins: "VPC endpoints",
        costs: `${usd(price("endpointHour") * hoursOfMonth)} a month for each interface endpoint in each zone, and ${usd(price("endpointGb"))} for each GB through it; s3 and dynamodb nothing`,
    },
    { key: "flowLogs", begins: "", costs: `${usd(price("vendedLogGb"))} for each GB that is logged` },
    { key: "metrics", begins: "", costs: `${usd(price("metricMonth"))} a month for each metric of one's own` },
    { key: "dashboard", begins: "", costs: `${usd(price("dashboardMonth"))} a month` },
    {
        key: "alarms",
        begins: "Alarms of the fleet",
        costs: `${usd(price("alarmMetricMonth"))} a month for each metric that an alarm looks at`,
    },
    {
        key: "compute",
        begins: "Size of the machine",
        costs: `of each minute ${minute("ARM_CONTAINER", "BUILD_GENERAL1_SMALL")} on arm64 small and ${minute("LINUX_CONTAINER", "BUILD_GENERAL1_SMALL")} on x86_64 small, and ${minute("LINUX_CONTAINER", "BUILD_GENERAL1_LARGE")} on x86_64 large`,
    },
    {
        key: "suites",
        begins: "Test suites by name",
        costs: `${usd(price("actionMinute"))} for each minute of an action, and the minutes of its machine (\`compute\`), in each release`,
    },
    {
        key: "regions",
        begins: "The regions that services are deployed to",
        costs: `${usd(price("keyMonth"))} a month for the key of the artifacts in each further region, and the minutes of its deploys`,
    },
    {
        key: "schedule",
        begins: "Also at these times",
        costs: `what a release costs, each time: ${usd(price("actionMinute"))} for each minute of an action, and the minutes of its machines`,
    },
    {
        key: "pullRequests",
        begins: "",
        costs: `what a check costs, each time: ${usd(price("actionMinute"))} for each minute of an action, and the minutes of its machines`,
    },
    { key: "artifactDays", begins: "", costs: `${usd(price("objectGbMonth"))} a month for each GB that is kept` },
    {
        key: "logDays",
        begins: "",
        costs: `${usd(price("logGbMonth"))} a month for each GB that is kept, and ${usd(price("logGb"))} when it is taken in`,
    },
    {
        key: "secrets",
        begins: "Environment variables filled from secrets",
        costs: `${usd(price("secretMonth"))} a month for each secret in Secrets Manager; parameters of Systems Manager of the standard tier nothing`,
    },
    {
        key: "trail",
        begins: "",
        costs: `${usd(price("trailEvent") * 100_000)} for 100,000 events, where the account has another trail already`,
    },
    {
        key: "packages",
        begins: "",
        costs: `${usd(price("packageGbMonth"))} a month for each GB, and ${usd(price("packageRequest") * 10_000)} for 10,000 requests`,
    },
];

/** `schema` as editors show it: what a key does, its default, its cost. */
export function hovered(schema: unknown, costs: readonly KeyCost[] = keyCosts, key = ""): unknown {
    if (Array.isArray(schema)) {
        return schema.map(item => hovered(item, costs));
    }
    if (typeof schema !== "object" || schema === null) {
        return schema;
    }
    const inner = Object.entries(schema).map(([name, value]: [string, unknown]) => [
        name,
        name === "properties" && typeof value === "object" && value !== null
            ? Object.fromEntries(
                  Object.entries(value).map(([own, of]) => [own, hovered(withKind(own, of), costs, bare(own))]),
              )
            : name === "description" && typeof value === "string"
              ? words(value, costs, key)
              : hovered(value, costs, name === "anyOf" ? key : ""),
    ]);
    return Object.fromEntries(inner) as unknown;
}

/** The key `type` says of itself what it is for: in each kind it has one value alone. */
const withKind = (key: string, schema: unknown): unknown =>
    key === "type" && typeof schema === "object" && schema !== null && !("description" in schema)
        ? { description: "The kind. It decides which other keys there are.", ...schema }
        : schema;

/** A key without the namespace of the project. */
const bare = (key: string) => key.replace(/^service-pipelines:/, "");

function words(description: string, costs: readonly KeyCost[], key: string): string {
    // What several keys share stands by itself, without a key.
    const cost = costs.find(
        one => (one.key === key || (key === "" && one.begins !== "")) && description.startsWith(one.begins),
    );
    const text = description.replace(/\.?\s*@default\s+([^]*?)\.?$/, (_, value: string) => `. Default: ${value}.`);
    return cost === undefined
        ? text
        : `${text.replace(/\.?$/, ".")} Costs: ${cost.costs} (${fallbackRegion}, ${tableDate}).`;
}
