import { z } from "zod";
import { secretText } from "../catalog/secret-text";
import type { Report } from "./parse";

/** Where repositories can be. */
const providers = [
    "GitHub",
    "GitHubEnterpriseServer",
    "GitLab",
    "GitLabSelfManaged",
    "Bitbucket",
    "AzureDevOps",
] as const;

export type Provider = (typeof providers)[number];

/** Providers that people run themselves; AWS reaches them through a host. */
const selfManaged: readonly Provider[] = ["GitHubEnterpriseServer", "GitLabSelfManaged"];

/** What both sorts of connections have. */
const statuses = {
    statusToken: secretText(
        "Token with which statuses of commits are set, which pull requests show: build, suites, environments, check. Without it there are none. @default no statuses",
    ).optional(),
    statusApi: z
        .string()
        .regex(
            /^https:\/\/[^\s/?#@]+(\/[^\s/?#]+)*$/,
            'a base URL of https without a slash at its end, such as "https://github.acme.example/api/v3"',
        )
        .optional()
        .describe(
            "Base URL of the API that takes statuses; needed for GitHubEnterpriseServer and GitLabSelfManaged. @default the provider's own",
        ),
};

/** An entry of `connections`. */
export const connection = z.union([
    z.strictObject({
        provider: z
            .enum(providers)
            .describe("Where the repositories are; the connection is created, and confirmed once in the console."),
        host: z
            .string()
            .regex(
                /^arn:aws[\w-]*:code(connections|star-connections):[\w-]+:\d{12}:host\/.+$/,
                "the ARN of a CodeConnections host",
            )
            .optional()
            .describe(
                "ARN of the host of a self-managed provider, GitHubEnterpriseServer or GitLabSelfManaged. @default none: the provider's own service",
            ),
        ...statuses,
    }),
    z.strictObject({
        arn: z
            .string()
            .regex(
                /^arn:aws[\w-]*:code(connections|star-connections):[\w-]+:\d{12}:connection\/.+$/,
                "the ARN of a CodeConnections connection",
            )
            .describe("An existing connection."),
        provider: z
            .enum(providers)
            .optional()
            .describe("Where its repositories are; needed for `statusToken`, and only for it. @default none"),
        ...statuses,
    }),
]);

export type Connections = Readonly<Record<string, z.output<typeof connection>>>;

type Connection = Connections[string];

/** Reports what the keys of each connection have to do with each other. */
export function checkConnections(connections: Connections, report: Report): void {
    for (const [key, one] of Object.entries(connections)) {
        for (const [word, message] of [...hostProblems(one), ...statusProblems(one)]) {
            report({ path: ["connections", key, word], message });
        }
    }
}

type Mistake = readonly [key: keyof Connection | "host", message: string];

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html */
function hostProblems(one: Connection): Mistake[] {
    if ("arn" in one || selfManaged.includes(one.provider) === (one.host !== undefined)) {
        return [];
    }
    return [
        [
            "host",
            one.host === undefined
                ? `missing; ${one.provider} is reached through a host: expected its ARN`
                : `expected no host: ${one.provider} has none`,
        ],
    ];
}

function statusProblems({ provider, statusToken, statusApi, ...rest }: Connection): Mistake[] {
    if (statusToken === undefined) {
        return [
            ...(statusApi === undefined
                ? []
                : [["statusApi", "expected no base URL without `statusToken`: no status is set"] as const]),
            ...("arn" in rest && provider !== undefined
                ? [
                      [
                          "provider",
                          "expected no provider without `statusToken`: the connection exists, and knows it",
                      ] as const,
                  ]
                : []),
        ];
    }
    if (provider === undefined) {
        return [["provider", `missing; \`statusToken\` needs it: expected one of ${providers.join(", ")}`]];
    }
    return selfManaged.includes(provider) && statusApi === undefined
        ? [["statusApi", `missing; ${provider} is where you run it: expected the base URL of its API`]]
        : [];
}
