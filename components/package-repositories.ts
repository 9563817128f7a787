import * as codeartifact from "@pulumi/aws/codeartifact";
import * as pulumi from "@pulumi/pulumi";
import type { PackagesPlan } from "../blueprint/plan";
import { policyDocument } from "../blueprint/policy";

/** Arguments for {@link PackageRepositories}. */
export interface PackageRepositoriesArgs {
    readonly plan: PackagesPlan;

    /** ARN of the key that packages are encrypted with; a domain keeps it for ever. */
    readonly keyArn: pulumi.Input<string>;

    readonly tags: Readonly<Record<string, string>>;
}

/**
 * Package repositories of CodeArtifact, to which nobody publishes but the roles that are named.
 *
 * Creates: `aws.codeartifact.Domain` `<name>-domain` where it does not exist, and for each repository
 * `aws.codeartifact.Repository` `<name>-<key>` and `aws.codeartifact.RepositoryPermissionsPolicy` `<name>-<key>-policy`.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/repos-upstream.html
 */
export class PackageRepositories extends pulumi.ComponentResource {
    /** ARN of each repository, by its key. */
    public readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

    constructor(name: string, args: PackageRepositoriesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("service-pipelines:index:PackageRepositories", name, {}, opts);
        const { plan, keyArn, tags } = args;

        const domain = plan.made
            ? new codeartifact.Domain(
                  `${name}-domain`,
                  { domain: plan.domain, encryptionKey: keyArn, tags },
                  { parent: this },
              ).domain
            : plan.domain;
        const where = { domain, domainOwner: plan.domainOwner };
        const made: Record<string, codeartifact.Repository> = {};
        for (const { key, upstreams, externalConnection, policy } of plan.repositories) {
            const repository = new codeartifact.Repository(
                `${name}-${key}`,
                {
                    ...where,
                    repository: key,
                    ...(upstreams.length > 0 && {
                        upstreams: upstreams.map(upstream => ({ repositoryName: made[upstream].repository })),
                    }),
                    ...(externalConnection !== undefined && {
                        externalConnections: { externalConnectionName: externalConnection },
                    }),
                    tags,
                },
                { parent: this },
            );
            new codeartifact.RepositoryPermissionsPolicy(
                `${name}-${key}-policy`,
                {
                    ...where,
                    repository: repository.repository,
                    policyDocument: JSON.stringify(policyDocument(policy)),
                },
                { parent: this },
            );
            made[key] = repository;
        }

        this.arns = Object.fromEntries(Object.entries(made).map(([key, repository]) => [key, repository.arn]));
        this.registerOutputs({ arns: this.arns });
    }
}
