/** The partition that `region` belongs to. */
export function partitionOf(region: string): string {
    return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What the names of AWS's hosts, and of some service principals, end with in a partition's regions. */
export const dnsSuffix = (region: string): string =>
    partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

/**
 * Values of `kms:ViaService` for `service` in `region`. No page says which suffix KMS names in China, so both are taken there.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const viaService = (service: string, region: string): string[] => [
    ...new Set(["amazonaws.com", dnsSuffix(region)].map(suffix => `${service}.${region}.${suffix}`)),
];

/** The value of a list that has one, else the list: a policy that has one value keeps its form. */
export const one = (values: readonly string[]): string | readonly string[] =>
    values.length === 1 ? values[0] : values;

/** Domain of the service principals and consoles of a partition's regions. */
export function consoleDomain(region: string): string {
    return (
        { "aws-cn": "console.amazonaws.cn", "aws-us-gov": "console.amazonaws-us-gov.com" }[partitionOf(region)] ??
        "console.aws.amazon.com"
    );
}

/** An account in a region. */
export interface Location {
    readonly account: string;
    readonly region: string;
}

/** ARN of `resource` of `service` at `at`; for services whose ARNs hold a region and an account. */
export function arn(service: string, resource: string, at: Location): string {
    return `arn:${partitionOf(at.region)}:${service}:${at.region}:${at.account}:${resource}`;
}

/** ARN of an IAM resource: IAM is global, so there is no region in it. */
export function iamArn(resource: string, at: Location): string {
    return `arn:${partitionOf(at.region)}:iam::${at.account}:${resource}`;
}

/** ARN of a CloudFront distribution: CloudFront is global, so there is no region in it. */
export function distributionArn(id: string, at: Location): string {
    return `arn:${partitionOf(at.region)}:cloudfront::${at.account}:distribution/${id}`;
}

/** ARN of a bucket, or with `/…` behind it of its objects: names of buckets are global. */
export function s3Arn(resource: string, region: string): string {
    return `arn:${partitionOf(region)}:s3:::${resource}`;
}
