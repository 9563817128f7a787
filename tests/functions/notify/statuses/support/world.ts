import type { PipelineExecution } from "@aws-sdk/client-codepipeline";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { StatusWorld } from "../../../../../functions/notify/statuses";
import type { Source, StatusHost, StatusProvider } from "../../../../../functions/notify/statuses/status";
import type { MemoryTable } from "../../../support/table";

export const connection = "arn:aws:codeconnections:eu-west-1:111111111111:connection/0f5b706a";
export const commit = "da7add70427515f20f736525be1b92bf23ff6b6f";
export const source: Source = { connection, repository: "acme/orders", commit };

/** The address of a revision as CodePipeline gives it, with other words in it. */
export function revisionUrl(words: Readonly<Record<string, string | undefined>> = {}): string {
    const all = { connectionArn: connection, referenceType: "COMMIT", FullRepositoryId: "acme/orders", Commit: commit };
    return `https://eu-west-1.console.aws.amazon.com/codesuite/settings/connections/redirect?${Object.entries({
        ...all,
        ...words,
    })
        .flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
        .join("&")}`;
}

/** An execution whose main source has this address. */
export const executionOf = (url: string | undefined = revisionUrl()): PipelineExecution => ({
    artifactRevisions: [{ name: "SourceArtifact", revisionId: commit, revisionUrl: url }],
});

export const hostOf = (provider: StatusProvider, api: string): StatusHost => ({
    connection,
    provider,
    api,
    token: { secret: "status", field: "token" },
});

/** A world in which `host` sets statuses of the commit of every execution. */
export const worldOf = (memory: MemoryTable, host: StatusHost, more: Partial<StatusWorld> = {}): StatusWorld => ({
    settings: {
        prefix: "shop",
        region: "eu-west-1",
        environments: [{ name: "prod", stage: "prod", approvalStage: "Approve-prod", notify: {} }],
        statuses: [host],
    },
    table: memory.table(),
    secrets: new SecretsManagerClient({}),
    facts: { execution: () => Promise.resolve(executionOf()) },
    ...more,
});
