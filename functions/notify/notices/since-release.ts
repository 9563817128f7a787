import type { PipelineDeclaration, PipelineExecutionSummary } from "@aws-sdk/client-codepipeline";
import type { Commit } from "../notice";
import type { NotifySettings } from "../settings";
import type { World } from "../world";
import { revisionOf } from "./commit";

/** What would be new in production. */
export interface SinceRelease {
    /** Newest first. */
    readonly commits: readonly Commit[];
    /** How many more there are. */
    readonly further: number;
}

/** Commits that are listed; the others are counted. */
const listed = 20;

const began = ({ startTime }: PipelineExecutionSummary) => startTime?.getTime() ?? 0;

const newest = (executions: readonly PipelineExecutionSummary[]) =>
    [...executions].sort((a, b) => began(b) - began(a)).at(0);

/**
 * What has come in since the last release to production, up to `execution`: the revisions that executions have brought. A
 * commit that was pushed together with a newer one has no execution, so it is not among them. Nothing where no release is known.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ListPipelineExecutions.html
 */
export async function commitsSinceRelease(
    pipeline: string,
    execution: string,
    structure: PipelineDeclaration | undefined,
    { settings, facts }: World,
): Promise<SinceRelease | undefined> {
    const production = productionOf(structure, settings);
    const [all, released] = await Promise.all([
        facts.executions(pipeline),
        production === undefined ? [] : facts.executions(pipeline, production),
    ]);
    const own = all.find(({ pipelineExecutionId }) => pipelineExecutionId === execution);
    const last = lastRelease(all, released);
    return own === undefined || last === undefined ? undefined : between(last, own, all);
}

/** The last environment that the pipeline has a stage for. */
const productionOf = (structure: PipelineDeclaration | undefined, { environments }: NotifySettings) =>
    structure?.stages
        ?.map(({ name }) => name)
        .filter(name => environments.some(({ stage }) => stage === name))
        .at(-1);

/**
 * The execution whose revision production has: the newest that went through its stage, or what that one went back to.
 * AWS knows stages only since the pipeline's last change; before it, an execution that went all the way was released.
 */
function lastRelease(
    all: readonly PipelineExecutionSummary[],
    released: readonly PipelineExecutionSummary[],
): PipelineExecutionSummary | undefined {
    const whole = all.filter(({ status, executionType }) => status === "Succeeded" && executionType !== "ROLLBACK");
    const last = newest(released.length > 0 ? released : whole);
    const target =
        last?.executionType === "ROLLBACK" ? last.rollbackMetadata?.rollbackTargetPipelineExecutionId : undefined;
    return target === undefined ? last : all.find(({ pipelineExecutionId }) => pipelineExecutionId === target);
}

function between(
    last: PipelineExecutionSummary,
    own: PipelineExecutionSummary,
    all: readonly PipelineExecutionSummary[],
): SinceRelease {
    const known = new Set([revisionOf(last.sourceRevisions)?.id]);
    const commits = all
        .filter(one => began(one) > began(last) && began(one) <= began(own) && one.executionType !== "ROLLBACK")
        .sort((a, b) => began(b) - began(a))
        .flatMap(one => revisionOf(one.sourceRevisions) ?? [])
        .filter(({ id }) => !known.has(id) && known.add(id) !== undefined);
    return { commits: commits.slice(0, listed), further: Math.max(0, commits.length - listed) };
}
