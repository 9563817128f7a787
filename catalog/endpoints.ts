import { partitionOf } from "./arn";

/** An endpoint through which a VPC reaches a service of AWS without the internet. */
interface Endpoint {
    /** What actions that go through it begin with, in IAM's words. */
    readonly prefix: string;

    /** Whether it is an entry of route tables, without a price; the others are network interfaces. */
    readonly gateway?: true;

    /**
     * What its policy can tell apart: whose `principals` ask and whose `resources` are asked for, `principals` alone, or nothing
     * where it takes no policy.
     */
    readonly policy: "principals and resources" | "principals" | "none";

    /** Whether its name begins with `cn.` in China. */
    readonly cn?: true;
}

const all = "principals and resources";

/**
 * The endpoints that a created network can have: what builds and scripts of deploys use.
 *
 * CodeArtifact's pages show policies that name principals; whether a repository's requests say whose the repository is, they do not.
 * The names in China are those that the AWS CDK keeps, as AWS's own pages list none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/create-vpc-endoint-policy.html
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/service_specific_guidance (CodePipeline takes no policy)
 * @see https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts (names in China)
 */
const endpoints = {
    "application-autoscaling": { prefix: "application-autoscaling", policy: all, cn: true },
    autoscaling: { prefix: "autoscaling", policy: all, cn: true },
    batch: { prefix: "batch", policy: all, cn: true },
    cloudformation: { prefix: "cloudformation", policy: all, cn: true },
    "codeartifact.api": { prefix: "codeartifact", policy: "principals" },
    "codeartifact.repositories": { prefix: "codeartifact", policy: "principals" },
    codebuild: { prefix: "codebuild", policy: all },
    codecommit: { prefix: "codecommit", policy: all },
    codedeploy: { prefix: "codedeploy", policy: all },
    codepipeline: { prefix: "codepipeline", policy: "none" },
    dynamodb: { prefix: "dynamodb", policy: all, gateway: true },
    ec2: { prefix: "ec2", policy: all, cn: true },
    "ecr.api": { prefix: "ecr", policy: all, cn: true },
    "ecr.dkr": { prefix: "ecr", policy: all, cn: true },
    ecs: { prefix: "ecs", policy: all },
    eks: { prefix: "eks", policy: all, cn: true },
    elasticbeanstalk: { prefix: "elasticbeanstalk", policy: all, cn: true },
    elasticloadbalancing: { prefix: "elasticloadbalancing", policy: all },
    events: { prefix: "events", policy: all },
    "git-codecommit": { prefix: "codecommit", policy: all },
    "kinesis-streams": { prefix: "kinesis", policy: all, cn: true },
    kms: { prefix: "kms", policy: all },
    lambda: { prefix: "lambda", policy: all, cn: true },
    logs: { prefix: "logs", policy: all },
    monitoring: { prefix: "cloudwatch", policy: all, cn: true },
    rds: { prefix: "rds", policy: all, cn: true },
    s3: { prefix: "s3", policy: all, gateway: true },
    secretsmanager: { prefix: "secretsmanager", policy: all },
    servicecatalog: { prefix: "servicecatalog", policy: "none", cn: true },
    sns: { prefix: "sns", policy: all },
    sqs: { prefix: "sqs", policy: all, cn: true },
    ssm: { prefix: "ssm", policy: all },
    states: { prefix: "states", policy: all, cn: true },
    sts: { prefix: "sts", policy: all, cn: true },
} as const satisfies Readonly<Record<string, Endpoint>>;

/** What the stack file calls an endpoint: the end of AWS's own name of it. */
export type EndpointName = keyof typeof endpoints;

/** Every endpoint that a network can have, sorted. */
export const endpointNames = Object.keys(endpoints).sort() as [EndpointName, ...EndpointName[]];

/** The endpoint `name`. */
export const endpointOf = (name: EndpointName): Endpoint => endpoints[name];

/** Whether `name` is an entry of route tables, without a price. */
export const isGateway = (name: EndpointName): boolean => endpointOf(name).gateway === true;

/** AWS's name of the endpoint `name` in `region`. */
export const endpointServiceName = (name: EndpointName, region: string): string =>
    `${partitionOf(region) === "aws-cn" && endpointOf(name).cn ? "cn." : ""}com.amazonaws.${region}.${name}`;

/** Endpoints by the part of an action that names the service. */
const byPrefix = new Map<string, readonly EndpointName[]>();
for (const name of endpointNames) {
    const { prefix } = endpointOf(name);
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), name]);
}

/** Actions that are no call of the service that they are named after: another service asks whether they are allowed. */
const noCalls = ["iam:PassRole", "sts:GetServiceBearerToken", "sts:SetSourceIdentity", "sts:TagSession"];

/**
 * The endpoints that calls of `action` go through; none where the action is no call, and nothing where no endpoint is known.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html (whoever logs in to a registry, pulls or pushes)
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/codecommit-and-interface-VPC.html
 */
export function endpointsOfAction(action: string): readonly EndpointName[] | undefined {
    if (noCalls.includes(action)) {
        return [];
    }
    if (action === "ecr:GetAuthorizationToken") {
        return ["ecr.api", "ecr.dkr"];
    }
    const [prefix, name = ""] = action.split(":");
    switch (prefix) {
        case "ecr":
            return ["ecr.api"];
        case "codeartifact":
            return ["codeartifact.api", "codeartifact.repositories"];
        case "codecommit":
            return [/^Git/.test(name) ? "git-codecommit" : "codecommit"];
        default:
            return byPrefix.get(prefix);
    }
}
