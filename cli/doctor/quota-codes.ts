import type { SharedMachines } from "../../blueprint/quotas";

/** A quota as Service Quotas knows it. */
export interface QuotaCode {
    /** Code of the service, as `aws service-quotas list-service-quotas --service-code` takes it. */
    readonly service: string;
    readonly code: string;
}

const of = (service: string, code: string): QuotaCode => ({ service, code });

/**
 * The quotas of `quotasOf` that an account can have values of its own of, by how they begin. Those of one pipeline, and of the
 * policies of CloudWatch Logs, AWS raises for nobody.
 *
 * The pages below name the quotas. The codes of EventBridge and CodeArtifact were seen in them; the others come from public lists of codes, as
 * docs/decisions/0073-words.md says.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codepipeline.html "Total pipelines", "Total custom actions"
 * @see https://docs.aws.amazon.com/general/latest/gr/codebuild.html "Build projects"
 * @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html "Roles per account", "Customer managed policies per account"
 * @see https://docs.aws.amazon.com/general/latest/gr/lambda-service.html "Concurrent executions"
 * @see https://docs.aws.amazon.com/general/latest/gr/ev.html "Number of rules"
 * @see https://docs.aws.amazon.com/general/latest/gr/codeartifact.html "Domains per AWS account", "Repositories per domain"
 * @see https://docs.aws.amazon.com/general/latest/gr/vpc-service.html "Inbound or outbound rules per security group", "VPCs per Region"
 * @see https://docs.aws.amazon.com/general/latest/gr/ec2-service.html "EC2-VPC Elastic IPs"
 */
const codes: Readonly<Record<string, QuotaCode>> = {
    "pipelines in the region": of("codepipeline", "L-78D200AD"),
    "custom actions in the region": of("codepipeline", "L-519D5A90"),
    "CodeBuild projects in the region": of("codebuild", "L-ACCF6C0D"),
    "IAM roles in the account": of("iam", "L-FE177D64"),
    "managed policies in the account": of("iam", "L-E95E4862"),
    "Lambda executions at once": of("lambda", "L-B99A9384"),
    "EventBridge rules on the bus": of("events", "L-244521F2"),
    "CodeArtifact domains in the region": of("codeartifact", "L-DD7208D3"),
    "repositories in the CodeArtifact domain": of("codeartifact", "L-86608C96"),
    "rules out of the security group": of("vpc", "L-0EA8095F"),
    "VPCs in the region": of("vpc", "L-F678F1CE"),
    "Elastic IP addresses in the region": of("ec2", "L-0263D0A3"),
};

/** The code of the quota `what`; undefined where AWS raises it for nobody. */
export const codeOf = (what: string): QuotaCode | undefined =>
    Object.entries(codes).find(([begin]) => what.startsWith(begin))?.[1];

const types = {
    LINUX_CONTAINER: "Linux",
    ARM_CONTAINER: "ARM",
    LINUX_LAMBDA_CONTAINER: "Linux Lambda",
    ARM_LAMBDA_CONTAINER: "ARM Lambda",
} as const;

/**
 * What Service Quotas calls these machines in the name of the quota of builds at once: `Linux/Small`.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codebuild.html "Concurrently running builds for Linux/Small environment"
 */
export function machineName({ environmentType, computeType }: SharedMachines): string {
    const size = computeType.replace(/^BUILD_(?:GENERAL1|LAMBDA)_/, "");
    const word = size.replace(/^(X|2X)?(SMALL|MEDIUM|LARGE)$/, (_, before: string | undefined, rest: string) => {
        return `${before ?? ""}${rest[0]}${rest.slice(1).toLowerCase()}`;
    });
    return `${types[environmentType]}/${word}`;
}

/** Name of the quota of builds at once on `machine`, a {@link machineName}. */
export const buildsAtOnce = (machine: string): string => `Concurrently running builds for ${machine} environment`;

/**
 * Region that knows the quotas of `service`: those of IAM are of the whole account, and are told in one region alone. For China no page
 * names it.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 */
export function regionOf({ service }: Pick<QuotaCode, "service">, home: string): string {
    return service !== "iam" || home.startsWith("cn-")
        ? home
        : home.startsWith("us-gov-")
          ? "us-gov-west-1"
          : "us-east-1";
}
