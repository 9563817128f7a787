import type { PipelineExecutionSummary, StageExecution, StageState } from "@aws-sdk/client-codepipeline";
import type { Refusal } from "./settings";

/** What AWS says of a stage, as far as it decides where the stage can go back to. */
export interface StageHistory {
    /** Of the pipeline's structure as it is now. */
    readonly version?: number;
    /** Absent where the pipeline has no such stage. */
    readonly stage?: StageState;
    /** The executions that succeeded in the stage in the current version, in any order. */
    readonly successes: readonly PipelineExecutionSummary[];
    /** When executions began in the stage, by id, as far back as was looked. */
    readonly began: ReadonlyMap<string, Date>;
}

/** The alarm that asks. */
export interface Rise {
    readonly alarm: string;
    /** When it rose. */
    readonly since: Date;
}

/** From which execution to which; or why not, and what to do, in words. */
export type Decision =
    | { readonly from: string; readonly target: string }
    | { readonly refusal: Refusal; readonly reason: string; readonly from?: string };

const refuse = (refusal: Refusal, reason: string, from?: string): Decision => ({
    refusal,
    reason,
    ...(from !== undefined && { from }),
});

/**
 * Where `stage` goes back to: to the newest standard execution that succeeded in it before the one that is deployed now, in
 * the current structure of the pipeline. With a standing alarm the bad release is itself the last success.
 *
 * Where a rollback lies between, it is the release that the rollback went to: what it went away from, somebody held to be
 * bad. What a failed execution has left, nobody knows; there a person decides. No page says what a closed transition does
 * to a rollback, so whether it may start is left to AWS.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_SucceededInStageFilter.html the current version
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageState.html latestExecution
 */
export function decide(stageName: string, { alarm, since }: Rise, history: StageHistory): Decision {
    const { stage, successes } = history;
    if (stage === undefined) {
        return refuse("gone", `the pipeline has no stage ${stageName} any more: nothing to go back in`);
    }
    if (successes.some(({ executionMode }) => executionMode === "PARALLEL")) {
        return refuse(
            "parallel",
            "the pipeline runs its executions in parallel, and AWS rolls no such pipeline back: release the last good commit again",
        );
    }
    const { latestExecution } = stage;
    const running = latestExecution && inStage(stageName, latestExecution);
    if (running !== undefined) {
        return running;
    }
    const ordered = inOrder(history);
    const deployed = deployedOf(latestExecution, ordered);
    if (deployed === undefined) {
        return refuse(
            "no-target",
            `nothing has succeeded in ${stageName} since the pipeline was last edited, so there is nothing to go back to: release the last good commit again`,
        );
    }
    const { id, type } = deployed;
    if (type === "ROLLBACK") {
        return refuse(
            "of-a-rollback",
            `what is deployed in ${stageName} is itself a rollback (${id}): going back further needs a person, or a new release`,
            id,
        );
    }
    const entered = history.began.get(id) ?? ordered.find(one => one.pipelineExecutionId === id)?.startTime;
    if (entered !== undefined && since < entered) {
        return refuse(
            "older-alarm",
            `the alarm ${alarm} rose at ${since.toISOString()}, before the release ${id} began in ${stageName} at ${entered.toISOString()}: it is not this release's fault`,
            id,
        );
    }
    const target = releaseBefore(id, ordered);
    return target === undefined
        ? refuse(
              "no-target",
              `no release before ${id} has succeeded in ${stageName} since the pipeline was last edited, and AWS goes back to none from before: release the last good commit again`,
              id,
          )
        : { from: id, target };
}

/** Why an execution that has not come to its end in the stage is in the way. */
function inStage(stage: string, { pipelineExecutionId: id, status, type }: StageExecution): Decision | undefined {
    switch (status) {
        case "Succeeded":
        case "Skipped":
            return undefined;
        case "InProgress":
        case "Stopping":
            return type === "ROLLBACK"
                ? refuse(
                      "already",
                      `${stage} is being rolled back already, by the execution ${String(id)}: wait for it`,
                  )
                : refuse(
                      "busy",
                      `the execution ${String(id)} is in ${stage} now: wait for its end, or stop it; then roll back by hand if the alarm stays`,
                  );
        default:
            return refuse(
                "unclear",
                `the execution ${String(id)} ended in ${stage} as ${String(status)}, so what is deployed there is not known: retry the stage, or roll it back by hand`,
            );
    }
}

/** The executions that succeeded, the last that entered the stage first. */
function inOrder({ successes, began }: StageHistory): PipelineExecutionSummary[] {
    const entered = ({ pipelineExecutionId: id = "", startTime }: PipelineExecutionSummary) =>
        (began.get(id) ?? startTime)?.getTime() ?? 0;
    return [...successes].sort((a, b) => entered(b) - entered(a));
}

interface Deployed {
    readonly id: string;
    readonly type?: string;
}

/** What runs now: the stage's latest execution, or where that was skipped, the newest that succeeded. */
function deployedOf(
    latest: StageExecution | undefined,
    ordered: readonly PipelineExecutionSummary[],
): Deployed | undefined {
    const id = latest?.status === "Succeeded" ? latest.pipelineExecutionId : ordered.at(0)?.pipelineExecutionId;
    if (id === undefined) {
        return undefined;
    }
    const type = ordered.find(one => one.pipelineExecutionId === id)?.executionType ?? latest?.type;
    return { id, ...(type !== undefined && { type }) };
}

/** The release that ran before the execution `deployed`. */
function releaseBefore(deployed: string, ordered: readonly PipelineExecutionSummary[]): string | undefined {
    const index = ordered.findIndex(one => one.pipelineExecutionId === deployed);
    const earlier = index < 0 ? [] : ordered.slice(index + 1);
    const before = earlier.at(0);
    return before?.executionType !== "ROLLBACK"
        ? before?.pipelineExecutionId
        : earlier.find(
              one =>
                  one.executionType !== "ROLLBACK" &&
                  one.pipelineExecutionId === before.rollbackMetadata?.rollbackTargetPipelineExecutionId,
          )?.pipelineExecutionId;
}
