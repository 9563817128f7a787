/** Domain of the console in the partition of `region`. */
function domainOf(region: string): string {
    return region.startsWith("cn-")
        ? "console.amazonaws.cn"
        : region.startsWith("us-gov-")
          ? "console.amazonaws-us-gov.com"
          : "console.aws.amazon.com";
}

/** The partition of `region`. */
export const partitionOf = (region: string): string =>
    region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";

const root = (region: string) => `https://${region}.${domainOf(region)}`;

const pipelineRoot = (region: string, pipeline: string) =>
    `${root(region)}/codesuite/codepipeline/pipelines/${encodeURIComponent(pipeline)}`;

/** The page of a pipeline, where its approvals are answered and its stages retried. */
export const pipelineLink = (region: string, pipeline: string): string =>
    `${pipelineRoot(region, pipeline)}/view?region=${region}`;

/** The page of one execution. AWS documents no address of it: this is the one that its console shows. */
export const executionLink = (region: string, pipeline: string, execution: string): string =>
    `${pipelineRoot(region, pipeline)}/executions/${execution}/visualization?region=${region}`;

/** The page of an alarm; the console's own address, as for executions. */
export const alarmLink = (region: string, alarm: string): string =>
    `${root(region)}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(alarm)}`;
