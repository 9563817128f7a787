import { needs, type ResourceType } from "./type";

const repository = "aws:ecr/repository:Repository";

/** Container images. */
export const images: Readonly<Record<string, ResourceType>> = {
    [repository]: {
        name: "name",
        // No two hyphens in a row: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-create.html.
        pattern: /^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
        unique: ["name"],
        id: "{name}",
        replace: ["name", "encryptionConfigurations"],
        outputs: {
            arn: "arn:{partition}:ecr:{region}:{account}:repository/{name}",
            registryId: "{account}",
            repositoryUrl: "{account}.dkr.ecr.{region}.amazonaws.com/{name}",
        },
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        unique: ["repository"],
        id: "{repository}",
        replace: ["repository"],
        references: [needs("repository", repository)],
        outputs: { registryId: "{account}" },
    },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": {
        unique: ["repository"],
        id: "{repository}",
        replace: ["repository"],
        documents: ["policy"],
        references: [needs("repository", repository)],
        outputs: { registryId: "{account}" },
    },
};
