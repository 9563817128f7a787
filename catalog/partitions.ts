import { partitionOf } from "./arn";

/** What a partition, or some of its regions, can be without. */
export type Feature =
    | "app-config-action"
    | "arm-builds"
    | "batch-builds"
    | "cloudformation-actions"
    | "connections"
    | "inspector-scan-action"
    | "large-builds"
    | "pipelines";

/** Something that is not there, by AWS's own words. */
export interface Lack {
    readonly feature: Feature;

    /** In which of the partition's regions. @default all */
    readonly regions?: readonly string[];

    /** What is not there, in words. */
    readonly what: string;

    /** What to do instead. */
    readonly instead: string;

    /** An error stops; what AWS's pages contradict each other about, or change often, is a warning. */
    readonly severity: "error" | "warning";
    readonly source: string;
}

/** One partition of AWS: accounts, roles and ARNs of one mean nothing in another. */
export interface Partition {
    readonly name: string;

    /** All of its regions; absent where there are many, and more each year. */
    readonly regions?: readonly string[];
    readonly lacks: readonly Lack[];
}

const connectionsPage = "https://docs.aws.amazon.com/codepipeline/latest/userguide/connections-gitlab-managed.html";
const codebuildGovPage = "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-acb.html";

/** Regions of which the page of connections says that they are not there. */
const noConnections = (regions: readonly string[]): Lack => ({
    feature: "connections",
    regions,
    what: "CodePipeline's page of connections names it among the regions without them",
    instead: "see whether the console offers connections there, or take the source from S3, ECR or CodeCommit",
    severity: "warning",
    source: connectionsPage,
});

const ofBuilds = (feature: Feature, what: string, instead: string): Lack => ({
    feature,
    what: `CodeBuild has no ${what}`,
    instead,
    severity: "error",
    source: codebuildGovPage,
});

/** What is known of each partition. */
export const partitions: Readonly<Record<string, Partition>> = {
    aws: {
        name: "the standard partition",
        lacks: [
            noConnections([
                ...["ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-northeast-3", "af-south-1"],
                ...["me-south-1", "me-central-1", "eu-south-2", "eu-central-2", "il-central-1"],
            ]),
        ],
    },
    "aws-us-gov": {
        name: "AWS GovCloud (US)",
        regions: ["us-gov-east-1", "us-gov-west-1"],
        lacks: [
            noConnections(["us-gov-west-1"]),
            ofBuilds(
                "arm-builds",
                "ARM machines",
                'build on x86_64, with an image such as "aws/codebuild/amazonlinux-x86_64-standard:5.0"',
            ),
            ofBuilds("large-builds", "machines of the size 2xlarge", "take a smaller `compute`"),
            ofBuilds("batch-builds", "batches of builds", "build in several builds of the service"),
            {
                feature: "app-config-action",
                regions: ["us-gov-east-1"],
                what: "CodePipeline has no AppConfig action",
                instead: "deploy with a script",
                severity: "error",
                source: "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-appc.html",
            },
        ],
    },
    "aws-cn": {
        name: "China",
        regions: ["cn-north-1", "cn-northwest-1"],
        lacks: [
            {
                feature: "cloudformation-actions",
                what: "CodePipeline has no CloudFormation action",
                instead: "deploy with a script",
                severity: "error",
                source: "https://docs.amazonaws.cn/en_us/codepipeline/latest/userguide/action-reference-CloudFormation.html and action-reference-StackSets.html",
            },
            {
                feature: "inspector-scan-action",
                what: "CodePipeline has no InspectorScan action",
                instead: "leave it out, or scan with a suite of commands",
                severity: "error",
                source: "https://docs.amazonaws.cn/en_us/codepipeline/latest/userguide/action-reference-InspectorScan.html",
            },
            {
                feature: "pipelines",
                what: "AWS's guide for China says that CodePipeline is not available, and its user guide for China describes it",
                instead: "see whether the console of the account offers it",
                severity: "warning",
                source: "https://docs.amazonaws.cn/en_us/aws/latest/userguide/codebuild.html",
            },
        ],
    },
};

/** Beginnings of the regions of partitions of which nothing is known here: Secret and Top Secret regions, the European sovereign cloud. */
const unknownBeginnings = /^(us-iso|eu-iso|eusc-)/;

/** Why nothing can be planned for `region`: its partition is not known, or has no such region. */
export function regionProblem(region: string): string | undefined {
    const { name, regions } = partitions[partitionOf(region)];
    return unknownBeginnings.test(region)
        ? `${region} is in a partition that is not known here: expected a region of ${Object.values(partitions)
              .map(partition => partition.name)
              .join(", ")}`
        : regions?.includes(region) === false
          ? `${name} has no region ${region}: expected one of ${regions.join(", ")}`
          : undefined;
}

/** What is not there in `region`. */
export const lacksOf = (region: string): readonly Lack[] =>
    partitions[partitionOf(region)].lacks.filter(({ regions }) => regions?.includes(region) !== false);
