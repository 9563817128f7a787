import * as codeartifact from "@pulumi/aws/codeartifact";
import * as kms from "@pulumi/aws/kms";
import { att, id, type Rows } from "./render";

const tags = { a: "1" };
const Tags = [{ Key: "a", Value: "1" }];
const domainType = "aws:codeartifact/domain:Domain";
const repositoryType = "aws:codeartifact/repository:Repository";

const inDomain = { DomainName: "acme", DomainOwner: "111111111111" };

const statement = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "codeartifact:PublishPackageVersion", Resource: "*" }],
};

export const packageRows: Rows = {
    "package repositories, with a policy each": {
        make: () => {
            const key = new kms.Key("key", {});
            const made = new codeartifact.Domain("domain", { domain: "acme", encryptionKey: key.arn, tags });
            const where = { domain: made.domain, domainOwner: "111111111111" };
            const npm = new codeartifact.Repository("npm", {
                ...where,
                repository: "npm",
                description: "What comes from npm",
                externalConnections: { externalConnectionName: "public:npmjs" },
                tags,
            });
            new codeartifact.Repository("ours", {
                ...where,
                repository: "ours",
                upstreams: [{ repositoryName: npm.repository }],
            });
            new codeartifact.RepositoryPermissionsPolicy("npm-policy", {
                ...where,
                repository: npm.repository,
                policyDocument: JSON.stringify(statement),
            });
        },
        expected: [
            {
                Type: "AWS::CodeArtifact::Domain",
                Properties: { DomainName: "acme", EncryptionKey: att("aws:kms/key:Key", "key", "Arn"), Tags },
            },
            { Type: "AWS::KMS::Key", Properties: {} },
            {
                Type: "AWS::CodeArtifact::Repository",
                DependsOn: [id(domainType, "domain")],
                Properties: {
                    Description: "What comes from npm",
                    ExternalConnections: ["public:npmjs"],
                    PermissionsPolicyDocument: statement,
                    RepositoryName: "npm",
                    Tags,
                    ...inDomain,
                },
            },
            {
                Type: "AWS::CodeArtifact::Repository",
                DependsOn: [id(repositoryType, "npm")],
                Properties: { RepositoryName: "ours", Upstreams: ["npm"], ...inDomain },
            },
        ],
    },
};
