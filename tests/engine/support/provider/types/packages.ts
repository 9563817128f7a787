import { needs, type ResourceType } from "./type";

const domain = "aws:codeartifact/domain:Domain";
const repository = "aws:codeartifact/repository:Repository";

/** Packages. */
export const packages: Readonly<Record<string, ResourceType>> = {
    [domain]: {
        name: "domain",
        pattern: /^[a-z][a-z0-9-]{0,48}[a-z0-9]$/,
        unique: ["domain"],
        scope: "region",
        id: "arn:{partition}:codeartifact:{region}:{account}:domain/{domain}",
        replace: ["domain", "encryptionKey"],
        outputs: {
            arn: "arn:{partition}:codeartifact:{region}:{account}:domain/{domain}",
            owner: "{account}",
        },
        references: [needs("encryptionKey", "aws:kms/key:Key")],
        blockedBy: [{ type: repository, path: "domain" }],
    },
    [repository]: {
        name: "repository",
        pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{1,99}$/,
        unique: ["domain", "repository"],
        id: "arn:{partition}:codeartifact:{region}:{account}:repository/{domain}/{repository}",
        replace: ["domain", "domainOwner", "repository"],
        references: [
            { ...needs("domain", domain), owner: "domainOwner" },
            needs("upstreams[*].repositoryName", repository),
        ],
        outputs: {
            arn: "arn:{partition}:codeartifact:{region}:{account}:repository/{domain}/{repository}",
            administratorAccount: "{account}",
        },
    },
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": {
        unique: ["domain", "repository"],
        id: "arn:{partition}:codeartifact:{region}:{account}:repository/{domain}/{repository}",
        replace: ["domain", "repository"],
        documents: ["policyDocument"],
        references: [needs("repository", repository)],
        outputs: {
            resourceArn: "arn:{partition}:codeartifact:{region}:{account}:repository/{domain}/{repository}",
            policyRevision: "{hex}",
        },
    },
};
