import { everyRegion, type Price } from "./price";

/** The functions of the stack, their queues, topics and table. */
export const functionPrices = {
    functionGbSecond: {
        what: "a function of Lambda on ARM, by its memory",
        per: "GB-second",
        rows: [
            {
                source: "lambdaTable",
                sku: "arm64",
                usd: { [everyRegion]: 0.0000133334, "eu-south-1": 0.0000156138 },
            },
        ],
    },
    functionRequest: {
        what: "an invocation of Lambda",
        per: "request",
        rows: [
            { source: "list2025", sku: "GU2ZS9HVP6QTQ7KE and Request-ARM", usd: { "us-east-1": 0.0000002 } },
            { source: "irelandList", sku: "Lambda, requests", usd: { "eu-west-1": 0.0000002 } },
            { source: "tokyoList", sku: "APN1-Request", usd: { "ap-northeast-1": 0.0000002 } },
        ],
    },
    queueRequest: {
        what: "a request of SQS, standard queues",
        per: "request",
        rows: [
            { source: "virginiaList", sku: "8RN6B8U4MERHRXP3", usd: { "us-east-1": 0.0000004 } },
            { source: "tokyoList", sku: "APN1-Requests-Tier1", usd: { "ap-northeast-1": 0.0000004 } },
        ],
    },
    topicRequest: {
        what: "a request of SNS",
        per: "request",
        rows: [
            {
                source: "quotedLists",
                sku: "SNS publishes, $0.50 a million",
                usd: { "us-east-1": 0.0000005, "us-east-2": 0.0000005 },
            },
        ],
    },
    tableWrite: {
        what: "a write unit of DynamoDB on demand",
        per: "unit",
        rows: [
            { source: "virginiaList", sku: "FGXVD96DKJMUASY3", usd: { "us-east-1": 0.000000625 } },
            { source: "irelandList", sku: "DynamoDB, writes", usd: { "eu-west-1": 0.000000705 } },
            { source: "tokyoList", sku: "APN1-WriteRequestUnits", usd: { "ap-northeast-1": 0.000000715 } },
        ],
    },
    tableRead: {
        what: "a read unit of DynamoDB on demand",
        per: "unit",
        rows: [
            { source: "virginiaList", sku: "4W4ZMC46EHE8XTTZ", usd: { "us-east-1": 0.000000125 } },
            { source: "irelandList", sku: "DynamoDB, reads", usd: { "eu-west-1": 0.0000001415 } },
            { source: "tokyoList", sku: "APN1-ReadRequestUnits", usd: { "ap-northeast-1": 0.0000001425 } },
        ],
    },
} as const satisfies Record<string, Price>;
