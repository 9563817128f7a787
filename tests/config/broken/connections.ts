import { broken } from "../support/broken";

export const connections = [
    broken(
        "source null",
        [["      source: { repository: acme/orders }", "      §source:"]],
        "services.orders.source",
        "expected a map, found nothing (null)",
    ),
    broken(
        "connections null",
        [["  service-pipelines:connections:\n    github: { provider: GitHub }", "  §service-pipelines:connections:"]],
        "connections",
        "expected a map, found nothing (null)",
    ),
    broken(
        "self-managed provider without a host",
        [
            ["    github: { provider: GitHub }", "    github: { provider: GitLabSelfManaged }"],
            ["    github:", "    §github:"],
        ],
        "connections.github.host",
        "missing; GitLabSelfManaged is reached through a host: expected its ARN",
    ),
    broken(
        "a host of a provider that has none",
        [
            [
                "{ provider: GitHub }",
                '{ provider: GitHub, §host: "arn:aws:codeconnections:eu-west-1:111111111111:host/h" }',
            ],
        ],
        "connections.github.host",
        "expected no host: GitHub has none",
    ),
    broken(
        "a tag of AWS",
        [["tags: { fleet: shop }", "tags: { §aws:fleet: shop }"]],
        "tags.aws:fleet",
        'expected a key of letters, digits and _.:/=+-@ that begins neither with `aws:` nor with `notify:`, and is not `service`: services set these themselves, found "aws:fleet"',
    ),
    broken(
        "a tag that services set",
        [["tags: { fleet: shop }", "tags: { §service: shop }"]],
        "tags.service",
        'expected a key of letters, digits and _.:/=+-@ that begins neither with `aws:` nor with `notify:`, and is not `service`: services set these themselves, found "service"',
    ),
    broken(
        "a tag with brackets",
        [["tags: { fleet: shop }", 'tags: { §fleet: "a<b>" }']],
        "tags.fleet",
        'expected a value of letters, digits and _.:/=+-@, at most 255, found "a<b>"',
    ),
    broken(
        "default source null",
        [["    source: { type: connection, connection: github, branch: main }", "    §source:"]],
        "defaults.source",
        "expected a map, found nothing (null)",
    ),
    broken(
        "default source list",
        [["    source: { type: connection, connection: github, branch: main }", "    §source: [a]"]],
        "defaults.source",
        "expected a map, found a list",
    ),
    broken(
        "default sources",
        [
            [
                "    source: { type: connection, connection: github, branch: main }",
                "    §sources: { type: connection, connection: github, branch: main }",
            ],
        ],
        "defaults.sources",
        'unknown key; did you mean "source"?',
    ),
    broken(
        "missing repository",
        [["      source: { repository: acme/orders }", "      §source: {}"]],
        "services.orders.source.repository",
        "missing; expected a text",
    ),
    broken(
        "missing source",
        [
            ["      source: { repository: acme/orders }\n", ""],
            ["    orders:", "    §orders:"],
        ],
        "services.orders.source.repository",
        "missing; expected a text",
    ),
    broken(
        "unknown connection",
        [["connection: github, branch", "§connection: gitlab, branch"]],
        "defaults.source.connection",
        'unknown connection "gitlab"; did you mean "github"?',
    ),
    broken(
        "unknown connection svc",
        [["source: { repository: acme/orders }", "source: { repository: acme/orders, §connection: githib }"]],
        "services.orders.source.connection",
        'unknown connection "githib"; did you mean "github"?',
    ),
    broken(
        "connection provider",
        [["github: { provider: GitHub }", "github: { §provider: Github }"]],
        "connections.github.provider",
        'expected one of "GitHub", "GitHubEnterpriseServer", "GitLab", "GitLabSelfManaged", "Bitbucket", "AzureDevOps", found "Github"; did you mean "GitHub"?',
    ),
    broken(
        "connection empty",
        [["github: { provider: GitHub }", "§github: {}"]],
        "connections.github.provider",
        'missing; expected one of "GitHub", "GitHubEnterpriseServer", "GitLab", "GitLabSelfManaged", "Bitbucket", "AzureDevOps"',
    ),
    broken(
        "connection typo",
        [["github: { provider: GitHub }", "github: { provider: GitHub, §hots: x }"]],
        "connections.github.hots",
        'unknown key; did you mean "host"?',
    ),
    broken(
        "connection arn",
        [["github: { provider: GitHub }", "github: { §arn: github }"]],
        "connections.github.arn",
        'expected the ARN of a CodeConnections connection, found "github"',
    ),
    broken(
        "connection both",
        [
            [
                "github: { provider: GitHub }",
                'github: { §provider: GitHub, arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/x" }',
            ],
        ],
        "connections.github.provider",
        "expected no provider without `statusToken`: the connection exists, and knows it",
    ),
    broken(
        "a host of a connection that exists",
        [
            [
                "github: { provider: GitHub }",
                'github: { provider: GitHub, host: "arn:aws:codeconnections:eu-west-1:111111111111:host/h", §arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/x" }',
            ],
        ],
        "connections.github.arn",
        'unknown key; expected one of "provider", "host", "statusToken", "statusApi"',
    ),
    broken(
        "a token for a connection of nobody knows whom",
        [
            [
                "github: { provider: GitHub }",
                '§github: { arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/x", statusToken: "git:token" }',
            ],
        ],
        "connections.github.provider",
        "missing; `statusToken` needs it: expected one of GitHub, GitHubEnterpriseServer, GitLab, GitLabSelfManaged, Bitbucket, AzureDevOps",
    ),
    broken(
        "a token for a host of one's own, without its API",
        [
            [
                "github: { provider: GitHub }",
                '§github: { arn: "arn:aws:codeconnections:eu-west-1:111111111111:connection/x", provider: GitLabSelfManaged, statusToken: "git:token" }',
            ],
        ],
        "connections.github.statusApi",
        "missing; GitLabSelfManaged is where you run it: expected the base URL of its API",
    ),
    broken(
        "an API without a token",
        [["{ provider: GitHub }", '{ provider: GitHub, §statusApi: "https://api.github.com" }']],
        "connections.github.statusApi",
        "expected no base URL without `statusToken`: no status is set",
    ),
    ...[
        "http://github.acme.example/api/v3",
        "https://github.acme.example/api/v3/",
        "https://me@github.acme.example",
        "https://github.acme.example?a=b",
        "https://",
    ].map(url =>
        broken(
            `an API at ${url}`,
            [["{ provider: GitHub }", `{ provider: GitHub, statusToken: "git:token", §statusApi: "${url}" }`]],
            "connections.github.statusApi",
            `expected a base URL of https without a slash at its end, such as "https://github.acme.example/api/v3", found "${url}"`,
        ),
    ),
    broken(
        "a token in plain text",
        [["{ provider: GitHub }", `{ provider: GitHub, §statusToken: ghp_${"a".repeat(36)} }`]],
        "connections.github.statusToken",
        'looks like a GitHub token in plain text: keep it in Secrets Manager and write the name of its secret here, "name:field", and replace it where it is valid',
        `ghp_${"a".repeat(36)}`,
    ),
    broken(
        "a token in a parameter",
        [["{ provider: GitHub }", "{ provider: GitHub, §statusToken: ssm:/git/token }"]],
        "connections.github.statusToken",
        'expected the name of a secret in Secrets Manager, "name" or "name:field" for a field of the JSON that it holds, or its full ARN, and no parameter of SSM, found "ssm:/git/token"',
    ),
    broken(
        "a token for each environment",
        [["{ provider: GitHub }", '{ provider: GitHub, §statusToken: "git-{environment}" }']],
        "connections.github.statusToken",
        "{environment} has no meaning here: this is the same for all environments",
    ),
    broken(
        "a typo of a token",
        [["{ provider: GitHub }", '{ provider: GitHub, §statustoken: "git:token" }']],
        "connections.github.statustoken",
        'unknown key; did you mean "statusToken"?',
    ),
    broken(
        "connection text",
        [["github: { provider: GitHub }", "§github: GitHub"]],
        "connections.github",
        'expected a map, found "GitHub"',
    ),
    broken(
        "connection upper",
        [
            ["github: { provider: GitHub }", "§GitHub: { provider: GitHub }"],
            ["connection: github", "connection: GitHub"],
        ],
        "connections.GitHub",
        'expected a lower-case key of a connection such as "orders-api" (letters, digits, single hyphens), found "GitHub"',
    ),
    broken(
        "connection list",
        [
            ["    github: { provider: GitHub }", "    - provider: GitHub"],
            ["  service-pipelines:connections:", "  §service-pipelines:connections:"],
        ],
        "connections",
        "expected a map, found a list",
    ),
    broken(
        "repository url",
        [["repository: acme/web", "§repository: https://github.com/acme/web"]],
        "services.web.source.repository",
        'expected owner/name, such as "acme/orders", found "https://github.com/acme/web"',
    ),
    broken(
        "connection typo top",
        [["service-pipelines:connections", "§service-pipelines:conections"]],
        "conections",
        'unknown key; did you mean "connections"?',
    ),
];
