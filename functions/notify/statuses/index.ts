import type { PipelineExecution } from "@aws-sdk/client-codepipeline";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Table } from "../../lib/claims";
import { Later } from "../../lib/errors";
import type { Event } from "../../lib/event";
import { forward } from "../../lib/forward";
import { hold, passHold } from "../../lib/holds";
import { post, Refused, type Way } from "../../lib/http";
import { secretText } from "../../lib/secrets";
import type { NotifySettings } from "../settings";
import { azureDevops } from "./azure-devops";
import { bitbucket } from "./bitbucket";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { sourceIn, sourceOf } from "./source";
import type { Source, Status, StatusApi, StatusHost, StatusProvider } from "./status";
import { statusOf } from "./statuses";

const apis: Readonly<Record<StatusProvider, StatusApi>> = {
    AzureDevOps: azureDevops,
    Bitbucket: bitbucket,
    GitHub: github,
    GitLab: gitlab,
};

/** What setting statuses needs of the world. */
export interface StatusWorld extends Way {
    readonly settings: Pick<NotifySettings, "environments" | "prefix" | "region" | "statuses">;
    readonly table: Table;
    readonly secrets: SecretsManagerClient;
    /** An execution, as CodePipeline knows it; undefined when it is gone. */
    readonly facts: { execution(pipeline: string, execution: string): Promise<PipelineExecution | undefined> };
}

/**
 * Says at the host of the repository what `event` means for a commit: as a status of the commit, which pull requests show
 * too. What comes late does not take the place of what is newer.
 *
 * A host that refuses (a wrong token, a repository or a commit that it does not know) is told of by an error, so that the
 * message reaches the dead letters with the reason, and somebody sees it; the rest of the message must be done all the same.
 *
 * @throws Later when the host says so
 * @throws Refused when trying again does not help
 * @throws Error when it may
 */
export async function setStatuses(event: Event, world: StatusWorld): Promise<void> {
    const { settings, facts, table } = world;
    const dated = settings.statuses.length === 0 ? undefined : statusOf(event, settings);
    if (dated === undefined) {
        return;
    }
    const { pipeline, execution, status, order } = dated;
    const source = sourceIn(event) ?? sourceOf(await facts.execution(pipeline, execution));
    const host = source && settings.statuses.find(({ connection }) => sameConnection(connection, source.connection));
    if (source === undefined || host === undefined) {
        return;
    }
    await forward(table, `status#${source.repository}#${source.commit}#${status.context}`, order, () =>
        set(host, source, status, world),
    );
}

/** Connections made since 2024 have ARNs of `codeconnections`, and events may still name `codestar-connections`. */
const sameConnection = (one: string, other: string): boolean => withoutService(one) === withoutService(other);

const withoutService = (arn: string): string => arn.split(":").slice(3).join(":");

/** Sets a status; a token that the host refuses may have been changed since it was read. */
async function set(host: StatusHost, source: Source, status: Status, world: StatusWorld): Promise<void> {
    const { table, secrets } = world;
    const now = table.now ?? Date.now;
    const target = `${host.provider} for ${source.repository}`;
    const api = apis[host.provider];
    const send = async (token: string) => {
        const { url, headers, body } = api.request(host, token, source, status);
        await post(
            {
                target,
                url,
                headers: { "user-agent": "service-pipelines", ...headers },
                body: JSON.stringify(body),
            },
            { ...world, now, fetch: understood(world.fetch ?? fetch, api, status) },
        );
    };
    await passHold(table, holdOf(host));
    const began = now();
    const token = await secretText(secrets, host.token, { now });
    try {
        try {
            await send(token);
        } catch (error) {
            const fresh =
                error instanceof Refused ? await secretText(secrets, host.token, { now, since: began }) : token;
            if (fresh === token) {
                throw error;
            }
            await send(fresh);
        }
    } catch (error) {
        if (error instanceof Later) {
            await hold(table, holdOf(host), error.seconds);
        }
        throw error;
    }
}

/** Limits count by token. */
const holdOf = ({ connection }: StatusHost): string => `statuses of ${connection}`;

/** Headers by which hosts say how much of a limit is left, and the second since 1970 when it begins anew. */
const limits = [
    ["x-ratelimit-remaining", "x-ratelimit-reset"],
    ["ratelimit-remaining", "ratelimit-reset"],
] as const;

/** `send` whose answers mean what HTTP says they mean. */
const understood =
    (send: typeof fetch, api: StatusApi, status: Status): typeof fetch =>
    async (input, init) => {
        const answer = await send(input, init);
        const response = (await api.meant?.(answer, status)) ?? answer;
        const { headers } = response;
        const reset = limits
            .filter(([remaining]) => headers.get(remaining) === "0")
            .map(([, anew]) => Number(headers.get(anew)))
            .find(second => second > 0);
        if (response.status !== 429 || headers.has("retry-after") || reset === undefined) {
            return response;
        }
        return new Response(null, { status: 429, headers: { "retry-after": new Date(reset * 1000).toUTCString() } });
    };
