import { everyRegion, type Price } from "./price";

/** CodePipeline and CodeArtifact. */
export const pipelinePrices = {
    actionMinute: {
        what: "an action of a V2 pipeline, each minute begun; approvals and custom actions are free",
        per: "minute",
        rows: [
            {
                source: "codepipelineData",
                sku: "Action: action execution minute, the same in each of 30 regions",
                usd: { [everyRegion]: 0.002 },
            },
        ],
    },
    v1PipelineMonth: {
        what: "a V1 pipeline that a change ran through in the month, from its 31st day",
        per: "pipeline and month",
        rows: [
            {
                source: "codepipelineData",
                sku: "Active: active pipeline, the same in each of 30 regions",
                usd: { [everyRegion]: 1 },
            },
        ],
    },
    packageGbMonth: {
        what: "packages in CodeArtifact",
        per: "GB and month",
        rows: [
            {
                source: "codeartifactData",
                sku: "Storage from 0 to Inf",
                usd: {
                    "us-east-1": 0.05,
                    "us-east-2": 0.05,
                    "us-west-2": 0.05,
                    "eu-west-1": 0.05,
                    "eu-west-2": 0.055,
                    "eu-west-3": 0.055,
                    "eu-central-1": 0.055,
                    "eu-north-1": 0.055,
                    "eu-south-1": 0.055,
                    "ap-northeast-1": 0.055,
                    "ap-south-1": 0.055,
                    "ap-southeast-1": 0.055,
                    "ap-southeast-2": 0.055,
                },
            },
        ],
    },
    packageRequest: {
        what: "a request to CodeArtifact",
        per: "request",
        rows: [
            {
                source: "codeartifactData",
                sku: "Request from 0 to Inf",
                usd: {
                    "us-east-1": 0.000005,
                    "us-east-2": 0.000005,
                    "us-west-2": 0.000005,
                    "eu-west-1": 0.000005,
                    "eu-west-2": 0.0000065,
                    "eu-west-3": 0.0000065,
                    "eu-central-1": 0.0000065,
                    "eu-north-1": 0.0000065,
                    "eu-south-1": 0.0000065,
                    "ap-northeast-1": 0.0000065,
                    "ap-south-1": 0.0000065,
                    "ap-southeast-1": 0.0000065,
                    "ap-southeast-2": 0.0000065,
                },
            },
        ],
    },
} as const satisfies Record<string, Price>;

/** What AWS gives each account for nothing every month, however many pipelines and builds share it. */
export const freeEachMonth = {
    /** Of V2 pipelines; a V1 pipeline a month is free too. https://aws.amazon.com/codepipeline/pricing/ */
    actionMinutes: 100,
    /** On the smallest machine, x86 or ARM. https://aws.amazon.com/codebuild/pricing/ */
    smallBuildMinutes: 100,
    /** On Lambda compute of 1 GB, in minutes: 6,000 seconds. https://aws.amazon.com/codebuild/pricing/ */
    lambdaBuildMinutes: 100,
} as const;
