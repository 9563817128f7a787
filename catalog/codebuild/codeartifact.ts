import { z } from "zod";
import { arn } from "../arn";
import { allow, allowAnywhere, type Grant } from "../grant";
import type { Place } from "../kind";
import type { PackageRepository } from "../plan";
import { accountId, domainName, packageRepositoryKey } from "../words";
import { isLambda, lambdaMinutes, usualMinutes } from "./compute";
import type { BuildSettings } from "./settings";

/**
 * Tools that use CodeArtifact: what CodeArtifact calls the format of their packages, and what a login does. One `replaces`
 * the registry that the tool had, one `adds` a source; without a login the tool reads the token from the variable
 * `CODEARTIFACT_AUTH_TOKEN`.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/tokens-authentication.html
 */
export const tools = {
    npm: { format: "npm", login: "replaces" },
    pip: { format: "pypi", login: "replaces" },
    twine: { format: "pypi", login: "replaces" },
    maven: { format: "maven", login: "none" },
    gradle: { format: "maven", login: "none" },
    nuget: { format: "nuget", login: "adds" },
    dotnet: { format: "nuget", login: "adds" },
    swift: { format: "swift", login: "replaces" },
} as const;

type Tool = keyof typeof tools;

const repository = z.strictObject({
    use: packageRepositoryKey(
        "A repository of the stack file, by its key in `packages.repositories`; in place of `domain` and `repository`. @default none: these two name one",
    ).optional(),
    domain: domainName
        .optional()
        .describe(
            "The CodeArtifact domain of a repository that is none of the stack file's. @default none: `use` names a repository",
        ),
    domainOwner: accountId("The account that owns the domain. @default the pipeline's").optional(),
    repository: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,99}$/, "the name of a CodeArtifact repository, such as libraries")
        .optional()
        .describe("That repository, in the pipeline's region. @default none: `use` names one"),
    tool: z
        .enum(Object.keys(tools) as [Tool, ...Tool[]])
        .describe(
            "The tool that is logged in. Maven and Gradle read the token themselves, from CODEARTIFACT_AUTH_TOKEN.",
        ),
    scope: z
        .string()
        .regex(/^@[a-z0-9][a-z0-9._-]*$/, "the scope of npm packages, such as @acme")
        .optional()
        .describe("Of npm: the packages that come from there. @default all"),
    publish: z
        .boolean()
        .default(false)
        .describe(
            "Whether packages of this format are published there too; of `use` the service is one of its `publishers`. @default false: they are only read",
        ),
});

/** The key `codeArtifact` of everything that runs in CodeBuild. */
export const codeArtifact = z
    .union([repository, z.array(repository).min(1)])
    .optional()
    .describe(
        "Repositories of CodeArtifact: logs in before the first command, for as long as a build may run. A `buildspec` logs in itself. @default none",
    );

export type Said = z.output<typeof repository>;

/** A repository, and what logs in to it. */
type Repository = PackageRepository & Pick<Said, "tool" | "scope" | "publish">;

type WithRepositories = Pick<BuildSettings, "codeArtifact">;

/** What is known of where a login stands. */
type Around = Pick<Place, "home" | "packages">;

/** What `settings` say of the repositories that they log in to. */
export const saidRepositories = ({ codeArtifact: said = [] }: WithRepositories): readonly Said[] =>
    Array.isArray(said) ? said : [said];

/** The repositories that `settings` log in to; that each is one of the stack file or has a domain is checked before. */
const repositoriesOf = (settings: WithRepositories, { home, packages }: Around): readonly Repository[] =>
    saidRepositories(settings).map(
        ({ use, domain = "", domainOwner = home.account, repository: name = "", ...login }) => ({
            ...login,
            ...(use === undefined ? { domain, domainOwner, repository: name } : packages[use]),
        }),
    );

/** For how long the token of a login is valid: CodeArtifact takes 15 minutes to 12 hours. */
function tokenSeconds({ compute, timeoutMinutes = usualMinutes.running }: BuildSettings): number {
    const minutes = isLambda(compute) ? lambdaMinutes : timeoutMinutes;
    return 60 * Math.min(Math.max(minutes, 15), 12 * 60);
}

/**
 * The commands that log in to the repositories of `settings`.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/using-npm-packages-in-codebuild.html
 */
export function loginCommands(settings: BuildSettings, at: Around): string[] {
    const commands = repositoriesOf(settings, at).map(({ domain, domainOwner, repository: name, tool, scope }) => {
        const from = `--domain ${domain} --domain-owner ${domainOwner}`;
        const lasting = `--duration-seconds ${tokenSeconds(settings)}`;
        return tools[tool].login !== "none"
            ? `aws codeartifact login --tool ${tool} ${from} --repository ${name}${scope === undefined ? "" : ` --namespace ${scope}`} ${lasting}`
            : // An export of the command itself would hide that it failed.
              `CODEARTIFACT_AUTH_TOKEN="$(aws codeartifact get-authorization-token ${from} --query authorizationToken --output text ${lasting})" && export CODEARTIFACT_AUTH_TOKEN`;
    });
    return [...new Set(commands)];
}

/**
 * What the logins of `settings` need, and what is done after them.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/using-npm-packages-in-codebuild.html
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/repo-policies.html
 */
export function codeArtifactGrants(settings: WithRepositories, at: Around): Grant[] {
    const all = repositoriesOf(settings, at);
    if (all.length === 0) {
        return [];
    }
    const of = ({ domainOwner }: Repository, resource: string) =>
        arn("codeartifact", resource, { ...at.home, account: domainOwner });
    const published = (format: string) => (one: Repository) => one.publish && tools[one.tool].format === format;
    const packages = (one: Repository) =>
        of(one, `package/${one.domain}/${one.repository}/${tools[one.tool].format}/*`);
    return [
        allow(
            "LogInToPackages",
            ["codeartifact:GetAuthorizationToken"],
            unique(all.map(one => of(one, `domain/${one.domain}`))),
        ),
        allowAnywhere(
            "GetPackageToken",
            ["sts:GetServiceBearerToken"],
            "sts:GetServiceBearerToken has no resource-level permission",
            { StringEquals: { "sts:AWSServiceName": "codeartifact.amazonaws.com" } },
        ),
        allow(
            "ReadPackages",
            ["codeartifact:GetRepositoryEndpoint", "codeartifact:ReadFromRepository"],
            unique(all.map(one => of(one, `repository/${one.domain}/${one.repository}`))),
        ),
        allow(
            "PublishPackages",
            ["codeartifact:PublishPackageVersion"],
            unique(all.filter(({ publish }) => publish).map(packages)),
        ),
        allow(
            "PublishMavenMetadata",
            ["codeartifact:PutPackageMetadata"],
            unique(all.filter(published("maven")).map(packages)),
        ),
    ].filter(({ resources }) => resources.length > 0);
}

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Variables that hold a token after the logins of `settings`. */
export const tokenVariables = (settings: WithRepositories): string[] =>
    saidRepositories(settings).some(({ tool }) => tools[tool].login === "none") ? ["CODEARTIFACT_AUTH_TOKEN"] : [];

/** What another account must have allowed, in words. */
export const codeArtifactPrerequisites = (settings: WithRepositories, at: Around): string[] =>
    unique(
        repositoriesOf(settings, at).flatMap(({ domain, domainOwner, repository: name }) =>
            domainOwner === at.home.account
                ? []
                : [
                      `the CodeArtifact domain ${domain} of account ${domainOwner} and its repository ${name} let account ${at.home.account} in`,
                  ],
        ),
    );
