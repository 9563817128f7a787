import { arn, iamArn, one, viaService, type Location } from "../catalog/arn";
import type { Grant } from "../catalog/grant";
import type { PackageRepository } from "../catalog/plan";
import { shown } from "../catalog/reference";
import type { FleetConfig } from "../config/fleet-config";
import { reachable, type PackageRepositories } from "../config/packages-schema";
import { keyItself } from "./key-policies";
import type { Ground } from "./place";
import type { PackageRepositoryPlan, PackagesPlan, PipelinePlan } from "./plan";
import type { Statement } from "./policy";
import { rolesOf } from "./roles";

/** The domain of `config`, where it has package repositories. */
function domainOf({ packages, account }: FleetConfig): Omit<PackagesPlan, "repositories"> | undefined {
    if (packages === undefined) {
        return undefined;
    }
    const { domain } = packages;
    return typeof domain === "string"
        ? { domain, domainOwner: account, made: true }
        : { domain: domain.existing, domainOwner: domain.owner ?? account, made: false };
}

/** The package repositories of `config`, as builds name them. */
export function packageRepositories(config: FleetConfig): Record<string, PackageRepository> {
    const domain = domainOf(config);
    return domain === undefined
        ? {}
        : Object.fromEntries(
              Object.keys(config.packages?.repositories ?? {}).map(key => [
                  key,
                  { domain: domain.domain, domainOwner: domain.domainOwner, repository: key },
              ]),
          );
}

/** Keys of `all`, each behind its upstreams: what is made first can be named by the others. */
const upstreamsFirst = (all: PackageRepositories): string[] =>
    Object.keys(all).sort((a, b) => reachable(all, a).size - reachable(all, b).size || (a < b ? -1 : 1));

/** What publishes: whoever may not, may do none of these, whatever their own policy says. */
const publishing = [
    "codeartifact:CopyPackageVersions",
    "codeartifact:PublishPackageVersion",
    "codeartifact:PutPackageMetadata",
];

/**
 * The policy of a repository. It grants nothing: in one account a role's own policy is enough to read. It refuses whoever is no
 * publisher to publish; that a package is fetched from upstreams or the public repository is reading.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/repo-policies.html
 */
const policyOf = (publishers: readonly string[]): Statement[] => [
    {
        Sid: "RefuseOtherPublishers",
        Effect: "Deny",
        Principal: "*",
        Action: publishing,
        Resource: ["*"],
        ...(publishers.length > 0 && { Condition: { ArnNotEquals: { "aws:PrincipalArn": publishers } } }),
        reason: "in a repository's own policy * is that repository with its packages",
    },
];

/** The package repositories of `config`, which of its releases publish to them, and their domain. */
export function planPackages(
    config: FleetConfig,
    { home, roles: terms }: Pick<Ground, "home" | "roles">,
    pipelines: readonly PipelinePlan[],
): { readonly packages?: PackagesPlan } {
    const domain = domainOf(config);
    const { repositories: all } = config.packages ?? {};
    if (domain === undefined || all === undefined) {
        return {};
    }
    // Checks of pull requests publish nothing, even where they are given all secrets.
    const roles = pipelines
        .filter(({ purpose }) => purpose === "release")
        .flatMap(pipeline => rolesOf(pipeline, { roles: terms }));
    const publishersOf = (key: string) => {
        const packages = arn("codeartifact", `package/${domain.domain}/${key}/`, {
            ...home,
            account: domain.domainOwner,
        });
        return roles
            .filter(({ statements }) =>
                statements.some(
                    ({ Action, Resource }) =>
                        Action.includes("codeartifact:PublishPackageVersion") &&
                        Resource.some(resource => shown(resource).startsWith(packages)),
                ),
            )
            .map(role => role.arn)
            .sort();
    };
    return {
        packages: {
            ...domain,
            repositories: upstreamsFirst(all).map((key): PackageRepositoryPlan => {
                const { upstreams = [], externalConnection } = all[key];
                const publishers = publishersOf(key);
                return {
                    key,
                    upstreams,
                    ...(externalConnection !== undefined && { externalConnection }),
                    publishers,
                    policy: policyOf(publishers),
                };
            }),
        },
    };
}

/**
 * What the artifact key lets CodeArtifact have when a domain is made: a grant, with which it encrypts and opens packages itself, so
 * that who reads them needs nothing of the key. The key of a domain is never changed.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/domain-create.html (example AWS KMS key policy)
 */
export const encryptPackages = (config: FleetConfig): Statement[] =>
    domainOf(config)?.made === true
        ? [
              {
                  Sid: "LendToPackages",
                  Effect: "Allow",
                  Principal: { AWS: iamArn("root", config) },
                  Action: ["kms:CreateGrant"],
                  ...keyItself,
                  Condition: { StringEquals: { "kms:ViaService": one(viaService("codeartifact", config.region)) } },
              },
          ]
        : [];

/** What reads packages and does nothing else. */
const reading = [
    "codeartifact:GetAuthorizationToken",
    "codeartifact:GetRepositoryEndpoint",
    "codeartifact:ReadFromRepository",
];

/** Whether `grant` reads packages of the stack's own repositories and nothing else. */
export function readsPackages(
    { actions, resources }: Grant,
    packages: PackagesPlan | undefined,
    home: Location,
): boolean {
    if (packages === undefined) {
        return false;
    }
    const { domain, domainOwner, repositories } = packages;
    const owner = { ...home, account: domainOwner };
    const own = [`domain/${domain}`, ...repositories.map(({ key }) => `repository/${domain}/${key}`)].map(resource =>
        arn("codeartifact", resource, owner),
    );
    return (
        actions.every(action => action === "sts:GetServiceBearerToken") ||
        (actions.every(action => reading.includes(action)) &&
            resources.every(resource => own.includes(shown(resource))))
    );
}
