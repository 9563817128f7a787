import * as ecr from "@pulumi/aws/ecr";
import * as awsx from "@pulumi/awsx/ecr";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../catalog/arn";
import type { ImageRepositoryPlan } from "../catalog/plan";
import { pullByAccounts } from "../blueprint/resource-policies";

/** Arguments for {@link ImageRepository}. */
export interface ImageRepositoryArgs {
    readonly plan: ImageRepositoryPlan;

    /** Account and region of the repository. */
    readonly home: Location;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * An ECR repository: each image is scanned when it is pushed and encrypted at rest, a tag is never moved but the one of the cache,
 * and old images go. It is not deleted while images are in it.
 *
 * Creates: `awsx.ecr.Repository` `<name>-repository`, which makes the repository and its lifecycle policy; where other
 * accounts pull, `aws.ecr.RepositoryPolicy` `<name>-policy`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html
 */
export class ImageRepository extends pulumi.ComponentResource {
    /** What stands before the tag or digest of an image. */
    public readonly url: pulumi.Output<string>;

    constructor(name: string, args: ImageRepositoryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:ImageRepository", name, {}, opts);
        const { plan, home, tags } = args;

        const repository = new awsx.Repository(
            `${name}-repository`,
            {
                name: plan.physicalName,
                forceDelete: false,
                encryptionConfigurations: [{ encryptionType: "KMS" }],
                imageScanningConfiguration: { scanOnPush: true },
                imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
                imageTagMutabilityExclusionFilters: [{ filter: plan.mutableTag, filterType: "WILDCARD" }],
                lifecyclePolicy: {
                    rules: [
                        {
                            description: "What no tag names",
                            tagStatus: "untagged",
                            maximumAgeLimit: plan.untaggedDays,
                        },
                        { description: "The oldest images", tagStatus: "any", maximumNumberOfImages: plan.keepImages },
                    ],
                },
                tags,
            },
            { parent: this },
        );
        if (plan.pullAccounts.length > 0) {
            new ecr.RepositoryPolicy(
                `${name}-policy`,
                {
                    repository: plan.physicalName,
                    policy: {
                        Version: "2012-10-17",
                        Statement: [pullByAccounts(plan.pullAccounts, home)],
                    },
                },
                { parent: this, dependsOn: repository },
            );
        }

        this.url = repository.url;
        this.registerOutputs({ url: this.url });
    }
}
