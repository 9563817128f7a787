import { z } from "zod";
import { arn, partitionOf, type Location } from "../arn";
import { allow, allowAnywhere, type Grant } from "../grant";
import { template } from "../words";

/** A repository of ECR: one account's, in one region. */
export interface Repository extends Location {
    readonly name: string;
}

/** Name of a repository; may hold placeholders. */
export const repositoryName = (description: string) =>
    template(
        description,
        z
            .string()
            .max(256)
            .regex(
                /^[a-z0-9{][a-z0-9._/{}-]*[a-z0-9}]$/,
                'the name of a repository, such as "shop/orders" (lower case; without its registry and without a tag)',
            ),
    );

/** Host of the registry that `at` has. */
export const registry = ({ account, region }: Location) =>
    `${account}.dkr.ecr.${region}.amazonaws.com${partitionOf(region) === "aws-cn" ? ".cn" : ""}`;

/** What images of `repository` are called, without a tag: `111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders`. */
export const imageName = (repository: Repository) => `${registry(repository)}/${repository.name}`;

/** Whether one login serves both. */
export const sameRegistry = (one: Location, other: Location) => registry(one) === registry(other);

const repositoryArn = (repository: Repository) => arn("ecr", `repository/${repository.name}`, repository);

/** Asking a registry for a password. */
export const logIn = (): Grant =>
    allowAnywhere(
        "LogInToRegistry",
        ["ecr:GetAuthorizationToken"],
        "ecr:GetAuthorizationToken has no resource-level permission",
    );

/**
 * Pulling images from `repository`, and asking which digest a tag has.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export const pullFrom = (repository: Repository): Grant =>
    allow(
        "PullImages",
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"],
        [repositoryArn(repository)],
    );

/**
 * Pushing images to `repository`, and asking which digest a tag has.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export const pushTo = (repository: Repository): Grant =>
    allow(
        "PushImages",
        [
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:CompleteLayerUpload",
            "ecr:DescribeImages",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
        ],
        [repositoryArn(repository)],
    );
