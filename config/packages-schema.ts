import { z } from "zod";
import { packageRepositoryKeys, accountId, domainName, key, serviceName } from "../catalog/words";
import type { Path, Problem } from "../catalog/problem";
import { hint } from "./suggest";
import { valueAt } from "./values";
import { mapTexts } from "./walk";

/**
 * Public repositories that a repository can take packages from.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_AssociateExternalConnection.html
 */
const externalConnections = [
    "public:npmjs",
    "public:nuget-org",
    "public:pypi",
    "public:maven-central",
    "public:maven-googleandroid",
    "public:maven-gradleplugins",
    "public:maven-commonsware",
    "public:maven-clojars",
    "public:ruby-gems-org",
    "public:crates-io",
] as const;

/** Most upstreams of one repository: https://docs.aws.amazon.com/codeartifact/latest/ug/service-limits.html. */
const mostUpstreams = 10;

const repository = z.strictObject({
    upstreams: z
        .array(z.string().min(1))
        .min(1)
        .max(mostUpstreams)
        .optional()
        .describe(
            "Other repositories of `packages`, by key, where a package is looked for that is not here; in this order. @default none",
        ),
    externalConnection: z
        .enum(externalConnections)
        .optional()
        .describe(
            "The public repository that packages come from which are not here; instead of `upstreams`. @default none",
        ),
    publishers: z
        .array(serviceName("A service."))
        .default([])
        .describe(
            "Services whose builds may publish here, where they say `publish: true`; everybody else is refused, whatever they may do otherwise. @default nobody",
        ),
});

/** The key `packages`: repositories of CodeArtifact. */
export const packages = z
    .strictObject({
        domain: z
            .union([
                domainName,
                z.strictObject({
                    existing: domainName.describe("Its name."),
                    owner: accountId("The account that owns it. @default the pipelines'").optional(),
                }),
            ])
            .describe("The CodeArtifact domain: the name of one that is made, or `{ existing: acme, owner: … }`."),
        repositories: z
            .record(key("key of a repository").min(2), repository)
            .refine(all => Object.keys(all).length > 0, "at least one repository")
            .describe("Package repositories by key, which is their name in the domain."),
    })
    .optional()
    .describe(
        "Package repositories of CodeArtifact, which builds read and publish to by `codeArtifact: { use: … }`. @default none",
    );

export type Packages = NonNullable<z.output<typeof packages>>;

/** The repositories of `packages`, by key. */
export type PackageRepositories = Packages["repositories"];

const upstreamsOf = (all: PackageRepositories, name: string): readonly string[] =>
    (all[name]?.upstreams ?? []).filter(upstream => Object.hasOwn(all, upstream));

/** Repositories that are found from `name`, by upstreams of upstreams. */
export function reachable(all: PackageRepositories, name: string): Set<string> {
    const found = new Set<string>();
    const visit = (one: string): void =>
        upstreamsOf(all, one).forEach(upstream => {
            if (!found.has(upstream)) {
                found.add(upstream);
                visit(upstream);
            }
        });
    visit(name);
    return found;
}

/** Most repositories that CodeArtifact looks into for one package. */
const mostSearched = 25;

/** What the schema of `packages` cannot say; paths are relative to it. */
export function packagesProblems({ repositories: all }: Packages, services: readonly string[]): Problem[] {
    return Object.entries(all).flatMap(([name, { upstreams = [], externalConnection, publishers }]) => {
        const at = (...path: Path) => ["repositories", name, ...path];
        const others = Object.keys(all).filter(other => other !== name);
        const found = reachable(all, name);
        return [
            ...upstreams.flatMap((upstream, index) => {
                const wrong =
                    upstream === name
                        ? `${name} is no upstream of its own`
                        : !others.includes(upstream)
                          ? `unknown repository ${JSON.stringify(upstream)}${hint(upstream, others)}`
                          : upstreams.indexOf(upstream) < index
                            ? `names ${upstream} twice`
                            : reachable(all, upstream).has(name)
                              ? `${upstream} takes packages from ${name} already: each would wait for the other`
                              : undefined;
                return wrong === undefined ? [] : [{ path: at("upstreams", index), message: wrong }];
            }),
            ...(found.size > mostSearched
                ? [
                      {
                          path: at("upstreams"),
                          message: `expected at most ${mostSearched} repositories with the upstreams of upstreams, which CodeArtifact looks into, found ${found.size}`,
                      },
                  ]
                : []),
            ...(upstreams.length > 0 && externalConnection !== undefined
                ? [
                      {
                          path: at("externalConnection"),
                          message: `expected either \`upstreams\` or \`externalConnection\`, as CodeArtifact takes one of the two: give ${externalConnection} a repository of its own, and name that among the upstreams`,
                      },
                  ]
                : []),
            ...publishers.flatMap((publisher, index) =>
                services.includes(publisher)
                    ? []
                    : [
                          {
                              path: at("publishers", index),
                              message: `unknown service ${JSON.stringify(publisher)}${hint(publisher, services)}`,
                          },
                      ],
            ),
        ];
    });
}

/** What the parts of a service may use. */
export interface PackageUse {
    readonly service: string;
    readonly repositories: PackageRepositories;
}

/** What the parts of `service` may use of `repositories`; nothing where these cannot be read. */
export const packageUse = (
    service: string,
    repositories: PackageRepositories | undefined,
): { readonly packages?: PackageUse } => (repositories === undefined ? {} : { packages: { service, repositories } });

/** Repositories that `settings` use and that are none of the stack file, or that the service may not publish to. */
export function packageUseProblems<T>(
    schema: z.ZodType,
    settings: T,
    { service, repositories }: PackageUse,
): Problem[] {
    const problems: Problem[] = [];
    const known = Object.keys(repositories);
    mapTexts(schema, settings, packageRepositoryKeys, (name, _, path) => {
        const entry = path.slice(0, -1);
        if (!known.includes(name)) {
            const choices = known.length === 0 ? ": `packages` has none" : hint(name, known);
            problems.push({ path, message: `unknown package repository ${JSON.stringify(name)}${choices}` });
        } else if (
            valueAt(settings, [...entry, "publish"]) === true &&
            !repositories[name].publishers.includes(service)
        ) {
            problems.push({
                path: [...entry, "publish"],
                message: `${service} may not publish to ${name}: add it to packages.repositories.${name}.publishers`,
            });
        }
        return name;
    });
    return problems;
}
