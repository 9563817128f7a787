import { everyRegion, type Price } from "./price";

/** NAT gateways cost as much an hour as a GB, in every region. */
const natGateways = {
    "us-east-1": 0.045,
    "us-east-2": 0.045,
    "us-west-1": 0.048,
    "us-west-2": 0.045,
    "ca-central-1": 0.05,
    "eu-west-1": 0.048,
    "eu-west-2": 0.05,
    "eu-west-3": 0.05,
    "eu-central-1": 0.052,
    "eu-north-1": 0.046,
    "eu-south-1": 0.05,
    "ap-northeast-1": 0.062,
    "ap-northeast-2": 0.059,
    "ap-south-1": 0.056,
    "ap-southeast-1": 0.059,
    "ap-southeast-2": 0.059,
    "sa-east-1": 0.093,
} as const;

/** The network of builds. */
export const networkPrices = {
    natGatewayHour: {
        what: "a NAT gateway",
        per: "hour",
        rows: [{ source: "natData", sku: "Hourly charge for NAT Gateways", usd: natGateways }],
    },
    natGatewayGb: {
        what: "data through a NAT gateway",
        per: "GB",
        rows: [{ source: "natData", sku: "Charge for per GB data processed by NatGateways", usd: natGateways }],
    },
    publicIpv4Hour: {
        what: "a public IPv4 address, that of a NAT gateway too",
        per: "hour",
        rows: [
            {
                source: "vpcPage",
                sku: "PublicIPv4:InUseAddress, the same in every region",
                usd: { [everyRegion]: 0.005 },
            },
        ],
    },
    endpointHour: {
        what: "an interface endpoint in one zone",
        per: "hour",
        rows: [
            {
                source: "virginiaList",
                sku: "EN2N5TATXE673A3B VpcEndpoint-Hours",
                usd: { "us-east-1": 0.01 },
            },
            { source: "irelandVpcList", sku: "H37WJ97MHYGDXG2A VpcEndpoint-Hours", usd: { "eu-west-1": 0.011 } },
            { source: "tokyoList", sku: "APN1-VpcEndpoint-Hours", usd: { "ap-northeast-1": 0.014 } },
            { source: "singaporeList", sku: "APS1-VpcEndpoint-Hours", usd: { "ap-southeast-1": 0.013 } },
            {
                source: "quotedLists",
                sku: "VpcEndpoint-Hours of EUC1, APN2 and APS3",
                usd: { "eu-central-1": 0.012, "ap-northeast-2": 0.013, "ap-south-1": 0.013 },
            },
        ],
    },
    endpointGb: {
        what: "data through an interface endpoint, up to 1 PB a month in a region",
        per: "GB",
        rows: [{ source: "privatelinkPage", sku: "First 1 PB", usd: { [everyRegion]: 0.01 } }],
    },
} as const satisfies Record<string, Price>;
