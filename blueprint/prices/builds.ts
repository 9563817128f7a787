import type { Price } from "./price";

const perMinute = (what: string, ...rows: Price["rows"]): Price => ({ what, per: "minute", rows });

const perSecond = (what: string, ...rows: Price["rows"]): Price => ({ what, per: "second", rows });

/**
 * CodeBuild on demand, by environment type and compute type as AWS's API names them. A minute begun is paid whole; Lambda
 * compute by the second.
 *
 * A size without a row has no price that anybody could be named for: it is counted, and not priced.
 *
 * @see https://aws.amazon.com/codebuild/pricing/
 */
export const buildPrices: Readonly<Record<string, Price>> = {
    "LINUX_CONTAINER BUILD_GENERAL1_SMALL": perMinute(
        "general1.small",
        { source: "buildTests", sku: "Linux (general1.small)", usd: { "us-east-1": 0.005 } },
        { source: "tokyoBuildPage", sku: "general1.small", usd: { "ap-northeast-1": 0.005 } },
        { source: "singaporeBuildList", sku: "Linux x86 Small", usd: { "ap-southeast-1": 0.005 } },
    ),
    "LINUX_CONTAINER BUILD_GENERAL1_MEDIUM": perMinute(
        "general1.medium",
        {
            source: "fourRegionsList",
            sku: "Build-Min:Linux:g1.medium, $0.60 an hour",
            usd: { "us-east-1": 0.01, "eu-west-1": 0.01, "ap-south-1": 0.01, "ap-southeast-1": 0.01 },
        },
        { source: "tokyoBuildPage", sku: "general1.medium", usd: { "ap-northeast-1": 0.01 } },
    ),
    "LINUX_CONTAINER BUILD_GENERAL1_LARGE": perMinute(
        "general1.large",
        { source: "buildTests", sku: "Linux (general1.large)", usd: { "us-east-1": 0.02 } },
        { source: "tokyoBuildPage", sku: "general1.large", usd: { "ap-northeast-1": 0.02 } },
    ),
    "LINUX_CONTAINER BUILD_GENERAL1_XLARGE": perMinute(
        "general1.xlarge",
        { source: "buildBill", sku: "g1.xlarge", usd: { "us-east-1": 0.0798 } },
        { source: "tokyoBuildPage", sku: "general1.xlarge", usd: { "ap-northeast-1": 0.1002 } },
    ),
    "LINUX_CONTAINER BUILD_GENERAL1_2XLARGE": perMinute(
        "general1.2xlarge",
        { source: "buildBill", sku: "g1.2xlarge", usd: { "us-east-1": 0.2 } },
        { source: "tokyoBuildPage", sku: "general1.2xlarge", usd: { "ap-northeast-1": 0.25 } },
    ),
    "ARM_CONTAINER BUILD_GENERAL1_SMALL": perMinute(
        "arm1.small",
        { source: "buildPage", sku: "arm1.small", usd: { "us-east-1": 0.0034 } },
        { source: "tokyoBuildPage", sku: "arm1.small", usd: { "ap-northeast-1": 0.00425 } },
        { source: "mumbaiBuilds", sku: "arm1.small", usd: { "ap-south-1": 0.002 } },
    ),
    "ARM_CONTAINER BUILD_GENERAL1_MEDIUM": perMinute("arm1.medium", {
        source: "tokyoBuildPage",
        sku: "arm1.medium",
        usd: { "ap-northeast-1": 0.009 },
    }),
    "ARM_CONTAINER BUILD_GENERAL1_LARGE": perMinute(
        "arm1.large",
        { source: "buildPage", sku: "arm1.large", usd: { "us-east-1": 0.015 } },
        { source: "tokyoBuildPage", sku: "arm1.large", usd: { "ap-northeast-1": 0.02 } },
    ),
    "ARM_CONTAINER BUILD_GENERAL1_XLARGE": perMinute("arm1.xlarge", {
        source: "tokyoBuildPage",
        sku: "arm1.xlarge",
        usd: { "ap-northeast-1": 0.08 },
    }),
    "ARM_CONTAINER BUILD_GENERAL1_2XLARGE": perMinute("arm1.2xlarge", {
        source: "tokyoBuildPage",
        sku: "arm1.2xlarge",
        usd: { "ap-northeast-1": 0.12 },
    }),
    "LINUX_LAMBDA_CONTAINER BUILD_LAMBDA_1GB": perSecond("lambda.x86-64.1GB", {
        source: "lambdaBuildPage",
        sku: "lambda.x86-64.1GB",
        usd: { "us-east-1": 0.00002, "ap-northeast-1": 0.00002 },
    }),
    "ARM_LAMBDA_CONTAINER BUILD_LAMBDA_1GB": perSecond("lambda.arm.1GB", {
        source: "lambdaBuildPage",
        sku: "lambda.arm.1GB",
        usd: { "us-east-1": 0.00001, "ap-northeast-1": 0.00001 },
    }),
};
