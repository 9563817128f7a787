import { everyRegion, type Price } from "./price";

/**
 * CloudWatch and CloudTrail. Of CloudWatch an account has some for nothing: 3 dashboards that show at most 50 metrics each, 10
 * metrics of its own and 10 that alarms name; none that queries of Metrics Insights find.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const watchingPrices = {
    dashboardMonth: {
        what: "a dashboard of CloudWatch",
        per: "month",
        rows: [
            {
                source: "cloudwatchRules",
                sku: "DashboardsUsageHour-Basic, which is of no region",
                usd: { [everyRegion]: 3 },
            },
        ],
    },
    alarmMetricMonth: {
        what: "a metric that an alarm names, or that its query of Metrics Insights finds",
        per: "month",
        rows: [
            { source: "virginiaList", sku: "EVETVUGEN3MUTMXM", usd: { "us-east-1": 0.1 } },
            { source: "tokyoList", sku: "APN1-CW:AlarmMonitorUsage", usd: { "ap-northeast-1": 0.1 } },
            { source: "singaporeList", sku: "APS1-CW:AlarmMonitorUsage", usd: { "ap-southeast-1": 0.1 } },
        ],
    },
    metricMonth: {
        what: "a metric of one's own, up to the tenth thousand",
        per: "month",
        rows: [
            { source: "virginiaList", sku: "KG586CTNGQ4VRZKZ", usd: { "us-east-1": 0.3 } },
            { source: "tokyoList", sku: "APN1-CW:MetricMonitorUsage", usd: { "ap-northeast-1": 0.3 } },
        ],
    },
    furtherMetricMonth: {
        what: "a metric of one's own beyond the tenth thousand",
        per: "month",
        rows: [{ source: "list2025", sku: "Next 240,000 metrics", usd: { "us-east-1": 0.1 } }],
    },
    logGb: {
        what: "logs taken in, of builds and functions",
        per: "GB",
        rows: [
            { source: "virginiaList", sku: "96K55R2PV3ZZZ3AM", usd: { "us-east-1": 0.5 } },
            { source: "irelandList", sku: "CloudWatch Logs", usd: { "eu-west-1": 0.57 } },
            { source: "cloudwatchRules", sku: "EUC1-DataProcessing-Bytes", usd: { "eu-central-1": 0.63 } },
            { source: "tokyoList", sku: "APN1-DataProcessing-Bytes", usd: { "ap-northeast-1": 0.76 } },
            {
                source: "quotedLists",
                sku: "DataProcessing-Bytes of APN2 and APS3",
                usd: { "ap-northeast-2": 0.76, "ap-south-1": 0.67 },
            },
        ],
    },
    vendedLogGb: {
        what: "logs of AWS services taken in, such as flow logs, up to 10 TB",
        per: "GB",
        rows: [{ source: "list2025", sku: "Vended Logs, first 10TB", usd: { "us-east-1": 0.5 } }],
    },
    logGbMonth: {
        what: "logs that are kept",
        per: "GB and month",
        rows: [
            {
                source: "fourRegionsList",
                sku: "TimedStorage-ByteHrs",
                usd: { "us-east-1": 0.03, "eu-west-1": 0.03, "ap-south-1": 0.03, "ap-southeast-1": 0.03 },
            },
            { source: "tokyoLogList", sku: "APN1-TimedStorage-ByteHrs", usd: { "ap-northeast-1": 0.033 } },
            { source: "quotedLists", sku: "APN2-TimedStorage-ByteHrs", usd: { "ap-northeast-2": 0.0314 } },
        ],
    },
    trailEvent: {
        what: "a management event of CloudTrail, each further copy of it",
        per: "event",
        rows: [
            { source: "cloudtrailPage", sku: "$2.00 per 100,000 management events", usd: { [everyRegion]: 0.00002 } },
        ],
    },
} as const satisfies Record<string, Price>;

/** Metrics of one's own, of all that an account has in a region, that the first price is for. */
export const metricsAtFirstPrice = 10_000;
