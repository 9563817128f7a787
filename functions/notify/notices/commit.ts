import type { ActionExecutionDetail, PipelineExecution, SourceRevision } from "@aws-sdk/client-codepipeline";
import { given, textOf } from "../../lib/fields";
import { authorOf } from "../kept/remarks";
import type { Commit } from "../notice";
import type { World } from "../world";

/** Names that every pipeline of this stack gives its main source: the action, and the artifact that it hands on. */
const mainAction = "source";
const mainArtifact = "SourceArtifact";

/**
 * The commit message in the summary of a revision. Sources through a connection put it into JSON, other sources give it
 * as it is. The page says only that it is the message; the JSON is what AWS sends, so whatever is no such JSON is a message.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SourceRevision.html revisionSummary
 */
export function messageOf(summary: string | undefined): string | undefined {
    if (summary === undefined || !summary.startsWith("{")) {
        return firstLine(summary);
    }
    try {
        const { CommitMessage } = JSON.parse(summary) as { readonly CommitMessage?: unknown };
        return typeof CommitMessage === "string" ? firstLine(CommitMessage) : firstLine(summary);
    } catch {
        return firstLine(cutMessageOf(summary) ?? summary);
    }
}

/** The message in JSON that breaks off: a summary has at most 2,048 characters, and the message of a commit may have more. */
function cutMessageOf(summary: string): string | undefined {
    const [, written] = /"CommitMessage":\s*"((?:[^"\\\p{Cc}]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)/u.exec(summary) ?? [];
    return written === undefined ? undefined : (JSON.parse(`"${written}"`) as string);
}

function firstLine(text: string | undefined): string | undefined {
    const line = text?.trim().split(/\r?\n/)[0].trim();
    return line === "" ? undefined : line;
}

/** What people call the revision of an execution's main source. */
export const revisionOf = (revisions: readonly SourceRevision[] | undefined): Commit | undefined => {
    const all = revisions ?? [];
    return asCommit(all.find(({ actionName }) => actionName === mainAction) ?? all.at(0));
};

function asCommit(revision?: {
    readonly revisionId?: string | undefined;
    readonly revisionSummary?: string | undefined;
    readonly revisionUrl?: string | undefined;
}): Commit | undefined {
    return revision?.revisionId === undefined
        ? undefined
        : {
              id: revision.revisionId,
              ...given("message", messageOf(revision.revisionSummary)),
              ...given("url", textOf(revision.revisionUrl)),
          };
}

/**
 * The commit that an execution brings, with all that is known of it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html CommitMessage, FullRepositoryName
 */
export async function commitOf(
    world: World,
    pipeline: string,
    execution: PipelineExecution | undefined,
    actions: readonly ActionExecutionDetail[] = [],
): Promise<Commit | undefined> {
    const revisions = execution?.artifactRevisions ?? [];
    const commit = asCommit(revisions.find(({ name }) => name === mainArtifact) ?? revisions.at(0));
    if (commit === undefined) {
        return undefined;
    }
    const variables = actions.find(
        ({ actionName, input }) => actionName === mainAction && input?.actionTypeId?.category === "Source",
    )?.output?.outputVariables;
    return {
        ...commit,
        ...given("message", firstLine(variables?.CommitMessage) ?? commit.message),
        ...given("author", await authorOf(world.table, pipeline, commit.id)),
        ...given("repository", variables?.FullRepositoryName ?? variables?.RepositoryName),
    };
}
