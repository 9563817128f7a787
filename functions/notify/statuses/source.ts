import type { PipelineExecution } from "@aws-sdk/client-codepipeline";
import type { Event } from "../../lib/event";
import type { Source } from "./status";

/** The artifact of the source that a pipeline releases; further sources have other names. */
const mainArtifact = "SourceArtifact";

/**
 * The commit that an execution brings, if its source is a connection. Its address is one of the console's, which holds what
 * is looked for: `…/settings/connections/redirect?connectionArn=…&referenceType=COMMIT&FullRepositoryId=acme/orders&Commit=…`.
 * No page of AWS documents it: what does not look so is no commit of a connection.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ArtifactRevision.html
 */
export function sourceOf(execution: PipelineExecution | undefined): Source | undefined {
    const { revisionUrl = "", revisionId } =
        execution?.artifactRevisions?.find(({ name }) => name === mainArtifact) ?? {};
    if (!URL.canParse(revisionUrl)) {
        return undefined;
    }
    const words = new URL(revisionUrl).searchParams;
    return complete(
        words.get("connectionArn") ?? undefined,
        words.get("FullRepositoryId") ?? undefined,
        words.get("Commit") ?? revisionId,
    );
}

/** The commit that an event names itself: those of pipelines that a push to a branch or a tag has started. */
export function sourceIn(event: Event): Source | undefined {
    if (event.kind !== "pipeline") {
        return undefined;
    }
    const { connection, repository, commit } = event.revision ?? {};
    return complete(connection, repository, commit);
}

const complete = (connection?: string, repository?: string, commit?: string): Source | undefined =>
    connection && repository && commit ? { connection, repository, commit } : undefined;
