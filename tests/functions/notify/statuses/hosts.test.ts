import * as assert from "node:assert/strict";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import type { Event } from "../../../../functions/lib/event";
import { eventOf } from "../../../../functions/lib/parse";
import { setStatuses } from "../../../../functions/notify/statuses";
import type { StatusProvider } from "../../../../functions/notify/statuses/status";
import { changed, type Sample } from "../../fixtures/events";
import { cut, Receiver, says, silent, type Reply } from "../../support/receiver";
import { MemoryTable } from "../../support/table";
import { commit, executionOf, hostOf, revisionUrl, worldOf } from "./support/world";

const secrets = mockClient(SecretsManagerClient);

const token = "t0ken-of-the-host";
const url =
    "https://eu-west-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop--orders/executions/12ab/visualization?region=eu-west-1";

const happens = (name: Sample, stage = "prod"): Event =>
    eventOf(changed(name, { pipeline: "shop--orders", "execution-id": "12ab", stage }));

/** What a host is sent when a release has reached prod. */
interface Expected {
    readonly provider: StatusProvider;
    readonly repository: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: object;
    /** What it calls what has begun, what has failed and what was stopped. */
    readonly states: readonly [began: string, failed: string, stopped: string];
}

const hosts: readonly Expected[] = [
    {
        provider: "GitHub",
        repository: "acme/orders",
        path: `/api/repos/acme/orders/statuses/${commit}`,
        headers: {
            accept: "application/vnd.github+json",
            authorization: `Bearer ${token}`,
            "x-github-api-version": "2022-11-28",
        },
        body: { context: "shop/orders in prod", state: "success", description: "is in prod", target_url: url },
        states: ["pending", "failure", "error"],
    },
    {
        provider: "GitLab",
        repository: "acme/backend/orders",
        path: `/api/projects/acme%2Fbackend%2Forders/statuses/${commit}`,
        headers: { "private-token": token },
        body: { name: "shop/orders in prod", state: "success", description: "is in prod", target_url: url },
        states: ["running", "failed", "canceled"],
    },
    {
        provider: "Bitbucket",
        repository: "acme/orders",
        path: `/api/repositories/acme/orders/commit/${commit}/statuses/build`,
        headers: { authorization: `Bearer ${token}` },
        body: {
            // sha1 of the name
            key: "5f19c9ce116ad59181de3b0951ad2da7a191b9b8",
            name: "shop/orders in prod",
            state: "SUCCESSFUL",
            description: "is in prod",
            url,
        },
        states: ["INPROGRESS", "FAILED", "STOPPED"],
    },
    {
        provider: "AzureDevOps",
        repository: "acme/web shop/orders",
        path: `/api/acme/web%20shop/_apis/git/repositories/orders/commits/${commit}/statuses?api-version=7.1`,
        headers: { authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}` },
        body: {
            context: { genre: "shop", name: "orders in prod" },
            state: "succeeded",
            description: "is in prod",
            targetUrl: url,
        },
        states: ["pending", "failed", "error"],
    },
];

const done = says(201, {}, "{}");

/** What hosts answer → what the message is to do. */
const answers: readonly (readonly [
    title: string,
    provider: StatusProvider,
    reply: Reply,
    error: Readonly<Record<"name" | "message", string>> & { readonly seconds?: number },
])[] = [
    ["a wrong token", "GitHub", says(401), refused("GitHub", "401")],
    [
        "a token that may not",
        "GitHub",
        says(403, {}, '{"message":"Resource not accessible"}'),
        refused("GitHub", "403"),
    ],
    ["a repository that it does not know", "GitLab", says(404), refused("GitLab", "404")],
    ["a commit that it does not know", "GitHub", says(422), refused("GitHub", "422")],
    ["a body that it does not understand", "Bitbucket", says(400), refused("Bitbucket", "400")],
    ["another failed transition", "GitLab", says(400, {}, '{"message":"bad"}'), refused("GitLab", "400")],
    ["a page to sign in", "AzureDevOps", says(203, {}, "<html>"), refused("AzureDevOps", "401")],
    ["a way to such a page", "AzureDevOps", says(302, { location: "/signin" }), refused("AzureDevOps", "302")],
    ["an error of its own", "GitLab", says(502), failed("GitLab", "answered 502")],
    ["a connection that is cut", "Bitbucket", cut, failed("Bitbucket", "gave no answer: UND_ERR_SOCKET")],
    ["nothing in time", "AzureDevOps", silent, failed("AzureDevOps", "gave no answer: none within 0.05 s")],
    ["a limit with a time", "GitLab", says(429, { "retry-after": "7" }), later("GitLab", 7)],
    ["a limit without a time", "Bitbucket", says(429), later("Bitbucket", 60)],
    [
        "a limit that ends at a second",
        "GitLab",
        says(429, { "ratelimit-remaining": "0", "ratelimit-reset": String(start() / 1000 + 90) }),
        later("GitLab", 90),
    ],
    [
        "a limit with a time that ends at a second as well",
        "GitHub",
        says(429, {
            "retry-after": "3",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": String(start() / 1000 + 900),
        }),
        later("GitHub", 3),
    ],
    [
        "a limit of which something is left",
        "GitHub",
        says(429, { "x-ratelimit-remaining": "17", "x-ratelimit-reset": String(start() / 1000 + 900) }),
        later("GitHub", 60),
    ],
    ["a limit as 403", "GitHub", says(403, { "retry-after": "30" }), later("GitHub", 30)],
    [
        "a limit as 403 that ends at a second",
        "GitHub",
        says(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(start() / 1000 + 45) }),
        later("GitHub", 45),
    ],
    [
        "a limit as 403 that its message alone tells of",
        "GitHub",
        says(403, {}, '{"message":"You have exceeded a secondary rate limit"}'),
        later("GitHub", 60),
    ],
    ["a pause of its own", "AzureDevOps", says(503, { "retry-after": "5" }), later("AzureDevOps", 5, "503")],
];

function start(): number {
    return Date.parse("2026-01-02T03:04:05Z");
}

function refused(provider: string, status: string) {
    return { name: "Refused", message: `${provider} for acme/orders answered ${status}` };
}

function failed(provider: string, what: string) {
    return { name: "Error", message: `${provider} for acme/orders ${what}` };
}

function later(provider: string, seconds: number, status = "429") {
    return { name: "Later", message: `${provider} for acme/orders answered ${status}`, seconds };
}

describe("statuses at hosts of repositories", () => {
    let host: Receiver;
    let api: string;
    let memory: MemoryTable;
    let now: number;

    before(async () => (api = `${await (host = new Receiver()).start()}api`));
    after(() => host.stop());
    beforeEach(() => {
        memory = new MemoryTable();
        now = start();
        host.requests.length = 0;
        host.replies = [done];
        secrets.reset();
        secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify({ token }) });
    });

    const world = (provider: StatusProvider, repository = "acme/orders", timeout = 10_000) =>
        worldOf(memory, hostOf(provider, api), {
            table: memory.table(() => now),
            timeout,
            facts: { execution: () => Promise.resolve(executionOf(revisionUrl({ FullRepositoryId: repository }))) },
        });

    for (const { provider, repository, path, headers, body, states } of hosts) {
        it(`are set at ${provider}`, async () => {
            await setStatuses(happens("stage-succeeded"), world(provider, repository));
            const [request] = host.requests;
            assert.deepEqual([request.method, request.path, JSON.parse(request.body)], ["POST", path, body]);
            const sent = Object.entries({
                ...headers,
                "content-type": "application/json; charset=utf-8",
                "user-agent": "service-pipelines",
            });
            assert.deepEqual(
                sent.map(([name]) => [name, request.headers[name]]),
                sent,
            );
        });

        it(`have the names that ${provider} gives them`, async () => {
            const around = world(provider, repository);
            for (const [name, stage] of [
                ["stage-started", "Build"],
                ["stage-failed", "prod"],
                ["stage-stopped", "Approve-prod"],
            ] as const) {
                memory.items.clear();
                await setStatuses(happens(name, stage), around);
            }
            assert.deepEqual(
                host.requests.map(({ body: sent }) => (JSON.parse(sent) as { readonly state: string }).state),
                states,
            );
        });
    }

    for (const [title, provider, reply, expected] of answers) {
        it(`fails at ${provider} with ${title}`, async () => {
            host.replies = [reply];
            const timeout = reply === silent ? 50 : undefined;
            const error = await rejection(
                setStatuses(happens("stage-succeeded"), world(provider, "acme/orders", timeout)),
            );
            assert.deepEqual(
                { name: error.name, message: error.message, ...("seconds" in error && { seconds: error.seconds }) },
                expected,
            );
        });
    }

    it("are set when GitLab has them already", async () => {
        host.replies = [says(400, {}, '{"message":"Cannot transition status via :run from :running"}')];
        await setStatuses(happens("stage-started"), world("GitLab"));
        await assert.rejects(setStatuses(happens("stage-failed"), world("GitLab")), { name: "Refused" });
    });

    it("are set with the token as it is now, when the host refuses the one that was known", async () => {
        const around = world("GitHub");
        await setStatuses(happens("stage-started"), around);
        secrets.on(GetSecretValueCommand).resolves({ SecretString: JSON.stringify({ token: "new" }) });
        host.replies = [says(401), done];
        now += 1000;
        await setStatuses(happens("stage-succeeded"), around);
        assert.deepEqual(
            host.requests.map(({ headers }) => headers.authorization),
            [`Bearer ${token}`, `Bearer ${token}`, "Bearer new"],
        );
    });

    it("are not sent again to a host that refuses a token that is still the same", async () => {
        host.replies = [says(401)];
        await assert.rejects(setStatuses(happens("stage-started"), world("GitHub")), { name: "Refused" });
        assert.equal(host.requests.length, 1);
    });

    it("wait until the host wants them, without asking it", async () => {
        host.replies = [says(429, { "retry-after": "20" }), done];
        await assert.rejects(setStatuses(happens("stage-started"), world("GitHub")), { name: "Later" });
        now += 19_000;
        const error = await rejection(setStatuses(happens("stage-succeeded"), world("GitHub")));
        assert.deepEqual([error.name, "seconds" in error && error.seconds], ["Later", 1]);
        assert.equal(host.requests.length, 1);
        now += 1000;
        await setStatuses(happens("stage-succeeded"), world("GitHub"));
        assert.equal(host.requests.length, 2);
    });

    it("say no token, whatever goes wrong", async () => {
        for (const reply of [cut, says(500, {}, token), says(400, {}, token)] as Reply[]) {
            host.replies = [reply];
            const error = await rejection(setStatuses(happens("stage-started"), world("GitHub")));
            assert.ok(!error.message.includes(token), error.message);
        }
    });
});

async function rejection(promise: Promise<unknown>): Promise<Error> {
    const result = await promise.then(
        () => undefined,
        (error: unknown) => error,
    );
    assert.ok(result instanceof Error, "it fails");
    return result;
}
