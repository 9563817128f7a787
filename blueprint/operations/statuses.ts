import { allow, type Grant } from "../../catalog/grant";
import { secretReference } from "../../catalog/codebuild/secrets";
import { secretTextOf } from "../../catalog/secret-text";
import type { Provider } from "../../config/connections";
import type { FleetConfig } from "../../config/fleet-config";
import type { StatusProvider } from "../../functions/notify/statuses/status";
import type { Ground } from "../place";
import type { StatusHostPlan } from "./plan";

/** Whose API each provider has. */
const hosts = {
    AzureDevOps: "AzureDevOps",
    Bitbucket: "Bitbucket",
    GitHub: "GitHub",
    GitHubEnterpriseServer: "GitHub",
    GitLab: "GitLab",
    GitLabSelfManaged: "GitLab",
} as const satisfies Readonly<Record<Provider, StatusProvider>>;

/**
 * Base URL of each API where people do not run it themselves.
 *
 * @see https://docs.github.com/en/rest/commits/statuses
 * @see https://docs.gitlab.com/api/commits/
 * @see https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/
 * @see https://learn.microsoft.com/en-us/rest/api/azure/devops/git/statuses/create
 */
const apis: Readonly<Record<StatusProvider, string>> = {
    AzureDevOps: "https://dev.azure.com",
    Bitbucket: "https://api.bitbucket.org/2.0",
    GitHub: "https://api.github.com",
    GitLab: "https://gitlab.com/api/v4",
};

/** The connections of whose commits statuses are set, by key in alphabetical order. */
export const planStatuses = ({ connections }: Pick<FleetConfig, "connections">, ground: Ground): StatusHostPlan[] =>
    Object.entries(connections)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, { provider, statusToken, statusApi }]) => {
            if (provider === undefined || statusToken === undefined) {
                return [];
            }
            const api = hosts[provider];
            return [
                {
                    key,
                    token: statusToken,
                    host: {
                        connection: ground.connections[key],
                        provider: api,
                        api: statusApi ?? apis[api],
                        token: secretTextOf(statusToken),
                    },
                },
            ];
        });

/** Reading exactly the tokens of `statuses`. */
export const readTokens = (statuses: readonly StatusHostPlan[], { home }: Pick<Ground, "home">): Grant[] =>
    statuses.length === 0
        ? []
        : [
              allow(
                  "ReadStatusTokens",
                  ["secretsmanager:GetSecretValue"],
                  [...new Set(statuses.map(({ token }) => secretReference(token, home).arn))],
              ),
          ];
