import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import type { PipelinePlan } from "../../blueprint/plan";
import type { Execution, History } from "./history";
import type { Release } from "./rollback-target";
import type { Revision, Run } from "./fleet-status";

/** An execution, and what it brings. */
export async function runOf(id: string, pipeline: PipelinePlan, history: History): Promise<Run> {
    return { execution: id, revisions: revisionsOf(await history.execution(id), pipeline) };
}

/** An execution as a release; undefined where nothing tells any more when it began. */
export async function releaseOf(id: string, history: History): Promise<Release | undefined> {
    const { startTime, executionType = "STANDARD" } = await history.execution(id);
    const started = startTime ?? first((await history.actionsOf(id)).flatMap(action => action.startTime ?? []));
    return started === undefined ? undefined : { execution: id, type: executionType, started };
}

/**
 * The revisions of an execution, that of the main source first. A single execution names artifacts instead of actions.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SourceRevision.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ArtifactRevision.html
 */
export function revisionsOf(
    { sourceRevisions, artifactRevisions = [] }: Execution,
    { stages: [source] }: PipelinePlan,
): Revision[] {
    const sourceOf = (artifact?: string) =>
        source.actions.find(({ outputs }) => outputs.includes(artifact ?? ""))?.name;
    const all =
        sourceRevisions ??
        artifactRevisions.map(({ name = "", ...revision }) => ({ actionName: sourceOf(name) ?? name, ...revision }));
    const main = source.actions[0].name;
    return all
        .map(({ actionName = "", revisionId = "", revisionSummary, revisionUrl }) => ({
            source: actionName,
            id: revisionId,
            ...(revisionSummary !== undefined && { summary: messageOf(revisionSummary) }),
            ...(revisionUrl !== undefined && { url: revisionUrl }),
        }))
        .sort((a, b) => Number(b.source === main) - Number(a.source === main));
}

/** First line of the commit's message. Connections wrap it in JSON, as their answers show; no page says so. */
function messageOf(summary: string): string {
    let text = summary;
    try {
        const { CommitMessage } = JSON.parse(summary) as { readonly CommitMessage?: unknown };
        text = typeof CommitMessage === "string" ? CommitMessage : summary;
    } catch {
        // A message as it is.
    }
    return text.trim().split("\n")[0];
}

/** The last attempt of each action in `stage`. */
export function lastAttempts(actions: readonly ActionExecutionDetail[], stage: string): ActionExecutionDetail[] {
    const last = new Map<string, ActionExecutionDetail>();
    actions
        .filter(({ stageName }) => stageName === stage)
        .sort((a, b) => began(a) - began(b))
        .forEach(action => last.set(action.actionName ?? "", action));
    return [...last.values()];
}

export const began = ({ startTime }: ActionExecutionDetail) => startTime?.getTime() ?? 0;

const first = (dates: readonly Date[]): Date | undefined => [...dates].sort((a, b) => a.getTime() - b.getTime()).at(0);

export const latest = (dates: readonly Date[]): Date | undefined =>
    [...dates].sort((a, b) => a.getTime() - b.getTime()).at(-1);

/** `since`, where it is known. */
export const sinceOf = (since: Date | undefined) => (since === undefined ? {} : { since });
