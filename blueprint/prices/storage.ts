import { everyRegion, type Price } from "./price";

/** Regions of which the copy of the page's data was read. */
const kmsRegions = (usd: number) => ({
    "us-east-1": usd,
    "us-east-2": usd,
    "us-west-1": usd,
    "us-west-2": usd,
    "sa-east-1": usd,
});

/** Keys, secrets and what is kept in S3. */
export const storagePrices = {
    keyMonth: {
        what: "a key of KMS; each rotation of it adds as much",
        per: "month",
        rows: [{ source: "kmsPage", sku: "each AWS KMS key that you create", usd: { [everyRegion]: 1 } }],
    },
    keyRequest: {
        what: "a request of KMS with a symmetric key",
        per: "request",
        rows: [
            { source: "kmsData", sku: "API request - Non Free Tier", usd: kmsRegions(0.000003) },
            { source: "tokyoList", sku: "ap-northeast-1-KMS-Requests", usd: { "ap-northeast-1": 0.000003 } },
            { source: "singaporeList", sku: "ap-southeast-1-KMS-Requests", usd: { "ap-southeast-1": 0.000003 } },
        ],
    },
    signatureRequest: {
        what: "a signature of KMS, made or verified with a key of an elliptic curve",
        per: "request",
        rows: [{ source: "kmsData", sku: "Asymmetric Requests except RSA_2048API", usd: kmsRegions(0.000015) }],
    },
    secretMonth: {
        what: "a secret of Secrets Manager",
        per: "month",
        rows: [
            {
                source: "fourRegionsList",
                sku: "AWSSecretsManager-Secrets",
                usd: { "us-east-1": 0.4, "eu-west-1": 0.4, "ap-south-1": 0.4, "ap-southeast-1": 0.4 },
            },
            { source: "tokyoList", sku: "APN1-AWSSecretsManager-Secrets", usd: { "ap-northeast-1": 0.4 } },
        ],
    },
    secretRequest: {
        what: "a call of Secrets Manager",
        per: "request",
        rows: [
            {
                source: "fourRegionsList",
                sku: "AWSSecretsManagerAPIRequest",
                usd: {
                    "us-east-1": 0.000005,
                    "eu-west-1": 0.000005,
                    "ap-south-1": 0.000005,
                    "ap-southeast-1": 0.000005,
                },
            },
        ],
    },
    objectGbMonth: {
        what: "objects in S3 Standard, up to 50 TB",
        per: "GB and month",
        rows: [
            { source: "s3Page", sku: "S3 Standard, first 50 TB / month", usd: { "us-east-1": 0.023 } },
            { source: "tokyoList", sku: "APN1-TimedStorage-ByteHrs", usd: { "ap-northeast-1": 0.025 } },
            { source: "singaporeList", sku: "APS1-TimedStorage-ByteHrs", usd: { "ap-southeast-1": 0.025 } },
        ],
    },
    objectWrite: {
        what: "a PUT, COPY, POST or LIST of S3",
        per: "request",
        rows: [
            { source: "s3Page", sku: "PUT/COPY/POST/LIST", usd: { "us-east-1": 0.000005 } },
            { source: "irelandList", sku: "S3, requests: PUT", usd: { "eu-west-1": 0.000005 } },
            { source: "tokyoList", sku: "APN1-Requests-Tier1", usd: { "ap-northeast-1": 0.0000047 } },
            { source: "singaporeList", sku: "APS1-Requests-Tier1", usd: { "ap-southeast-1": 0.000005 } },
        ],
    },
    objectRead: {
        what: "a GET of S3",
        per: "request",
        rows: [
            { source: "s3Page", sku: "GET and all other retrievals", usd: { "us-east-1": 0.0000004 } },
            { source: "irelandList", sku: "S3, requests: GET", usd: { "eu-west-1": 0.0000004 } },
            { source: "tokyoList", sku: "APN1-Requests-Tier2", usd: { "ap-northeast-1": 0.00000037 } },
            { source: "singaporeList", sku: "APS1-Requests-Tier2", usd: { "ap-southeast-1": 0.0000004 } },
        ],
    },
} as const satisfies Record<string, Price>;
