import type { DomainArgs, RepositoryArgs, RepositoryPermissionsPolicyArgs } from "@pulumi/aws/codeartifact";
import type { codeartifact } from "@pulumi/aws/types/input";
import { document, shape, tags, to, type Field } from "../shape";
import type { Mappings } from "./mapping";

const repositoryType = "aws:codeartifact/repository:Repository";

/** Names of other repositories, where Pulumi has an object around each. */
const upstreams: Field = (value, at) => ({
    Upstreams: (value as codeartifact.RepositoryUpstream[]).map(({ repositoryName }) => at.value(repositoryName)),
});

/** A list in a template, and one object in Pulumi. */
const externalConnections: Field = (value, at) => ({
    ExternalConnections: [at.value((value as codeartifact.RepositoryExternalConnections).externalConnectionName)],
});

/**
 * Package repositories.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codeartifact-domain.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codeartifact-repository.html
 */
export const codeArtifact: Mappings = {
    "aws:codeartifact/domain:Domain": {
        type: "AWS::CodeArtifact::Domain",
        shape: shape<DomainArgs>(["encryptionKey"], { domain: to("DomainName"), tags }),
        outputs: { id: "${}", arn: "${}", domain: "${.Name}" },
    },
    [repositoryType]: {
        type: "AWS::CodeArtifact::Repository",
        shape: shape<RepositoryArgs>(["description", "domainOwner"], {
            domain: to("DomainName"),
            externalConnections,
            repository: to("RepositoryName"),
            tags,
            upstreams,
        }),
        outputs: { id: "${}", arn: "${}", repository: "${.Name}" },
    },
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": {
        into: repositoryType,
        by: "repository",
        shape: shape<RepositoryPermissionsPolicyArgs>([], {
            // The repository says of which domain it is.
            domain: () => ({}),
            domainOwner: () => ({}),
            policyDocument: document("PermissionsPolicyDocument"),
        }),
    },
};
