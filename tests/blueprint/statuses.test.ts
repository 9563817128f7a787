import * as assert from "node:assert/strict";
import { Reference } from "../../catalog/reference";
import type { NotifySettings } from "../../functions/notify/settings";
import { fleetOf, type Words } from "./support/fleet";

const account = "arn:aws:codeconnections:eu-west-1:111111111111";
const github = { provider: "GitHub", statusToken: "github-status:token" };

/** The statuses of a stack with `connections`, beside one that sets none. */
function statusesOf(connections: Readonly<Record<string, Words>>) {
    const { shared } = fleetOf({ connections: { github: { provider: "GitHub" }, ...connections } });
    const notify = shared.functions.find(({ key }) => key === "notify");
    assert.ok(notify);
    return {
        ...shared.operations,
        settings: (notify.settings as NotifySettings).statuses,
        grant: notify.role.statements.find(({ Sid }) => Sid === "ReadStatusTokens"),
    };
}

/** Connections that are made, or that are there → where their statuses are set. */
const apis: readonly (readonly [provider: string, host: string, api: string, more: Words])[] = [
    ["GitHub", "GitHub", "https://api.github.com", {}],
    ["GitLab", "GitLab", "https://gitlab.com/api/v4", {}],
    ["Bitbucket", "Bitbucket", "https://api.bitbucket.org/2.0", {}],
    ["AzureDevOps", "AzureDevOps", "https://dev.azure.com", {}],
    ["AzureDevOps", "AzureDevOps", "https://dev.azure.com/acme", { statusApi: "https://dev.azure.com/acme" }],
    [
        "GitHubEnterpriseServer",
        "GitHub",
        "https://git.acme.example/api/v3",
        { statusApi: "https://git.acme.example/api/v3", host: `${account}:host/h` },
    ],
    [
        "GitLabSelfManaged",
        "GitLab",
        "https://git.acme.example/api/v4",
        { statusApi: "https://git.acme.example/api/v4", host: `${account}:host/h` },
    ],
];

describe("statuses of commits", () => {
    it("are set of no connection without a token, and cost no permission", () => {
        const { statuses, settings, grant } = statusesOf({});
        assert.deepEqual([statuses, settings, grant], [[], [], undefined]);
    });

    for (const [provider, host, api, more] of apis) {
        it(`are set for ${provider} at ${api}`, () => {
            const { settings } = statusesOf({ git: { provider, statusToken: "git:token", ...more } });
            assert.deepEqual(settings, [
                {
                    connection: new Reference("connection:git"),
                    provider: host,
                    api,
                    token: { secret: "git", field: "token" },
                },
            ]);
        });
    }

    it("are set of a connection that exists, by its ARN", () => {
        const arn = `${account}:connection/0f5b`;
        const { settings } = statusesOf({ git: { arn, provider: "GitHub", statusToken: "git" } });
        assert.deepEqual(settings, [
            { connection: arn, provider: "GitHub", api: "https://api.github.com", token: { secret: "git" } },
        ]);
    });

    it("are planned in the order of their keys, each token named once", () => {
        const { statuses, grant } = statusesOf({
            z: { ...github, statusToken: "other:token" },
            b: github,
            a: { ...github, statusToken: "github-status:of-a" },
        });
        assert.deepEqual(
            statuses.map(({ key, token }) => [key, token]),
            [
                ["a", "github-status:of-a"],
                ["b", "github-status:token"],
                ["z", "other:token"],
            ],
        );
        assert.deepEqual(grant, {
            Sid: "ReadStatusTokens",
            Effect: "Allow",
            Action: ["secretsmanager:GetSecretValue"],
            Resource: ["github-status-??????", "other-??????"].map(
                name => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`,
            ),
        });
    });

    it("take the token of an ARN, with its field, and with placeholders", () => {
        const arn = "arn:aws:secretsmanager:{region}:{account}:secret:git-AbCdEf";
        const { settings, grant } = statusesOf({ git: { ...github, statusToken: `${arn}:token` } });
        const secret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:git-AbCdEf";
        assert.deepEqual([settings[0].token, grant?.Resource], [{ secret, field: "token" }, [secret]]);
    });
});
