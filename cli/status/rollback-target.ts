/** A release that has succeeded in a stage, or is deployed there. */
export interface Release {
    /** Id of its execution. */
    readonly execution: string;
    readonly type: "STANDARD" | "ROLLBACK";
    readonly started: Date;
    /** Of a rollback: the execution that it went back to. */
    readonly target?: string;
}

/** What decides whether a stage can be rolled back now. */
export interface Situation {
    readonly executionMode: string;

    /** Version of the pipeline's structure: each edit makes a new one. */
    readonly version: number;

    /** What is deployed; of a rollback also the release that it has brought back, where that is still known. */
    readonly deployed?: Release & { readonly broughtBack?: Release };

    /** What has succeeded in the stage in the pipeline's current version, in any order. */
    readonly succeeded: readonly Release[];

    /** Whether an execution is in the stage. */
    readonly busy: boolean;
}

/** Where a stage can be rolled back to, or why not. */
export type RollbackTarget =
    | {
          readonly possible: true;
          readonly execution: string;
          readonly started: Date;
          /** What has to be known before somebody does it. */
          readonly notes: readonly string[];
      }
    | { readonly possible: false; readonly why: string };

/**
 * The newest standard execution that succeeded in a stage before the release that is deployed there, in the current version
 * of the pipeline's structure. Before the release: after a rollback the newest success is the one that was taken back. Where
 * a rollback lies between, it is the release that the rollback went to: what it went away from, somebody held to be bad.
 * The function `rollback` goes to the same.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html (none in PARALLEL)
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RollbackStage.html (not while the stage runs)
 */
export function rollbackTarget({ executionMode, version, deployed, succeeded, busy }: Situation): RollbackTarget {
    if (executionMode === "PARALLEL") {
        return { possible: false, why: "a pipeline in parallel mode cannot be rolled back" };
    }
    if (deployed === undefined) {
        return { possible: false, why: "nothing is deployed" };
    }
    const release = deployed.type === "ROLLBACK" ? deployed.broughtBack : deployed;
    if (release === undefined) {
        return { possible: false, why: "which release the rollback has brought back is no longer known" };
    }
    const earlier = succeeded
        .filter(({ started, execution }) => started < release.started && execution !== release.execution)
        .sort((a, b) => b.started.getTime() - a.started.getTime());
    const before = earlier.at(0);
    const newest =
        before?.type === "ROLLBACK"
            ? earlier.find(({ type, execution }) => type === "STANDARD" && execution === before.target)
            : before;
    if (newest === undefined) {
        return {
            possible: false,
            why: `no older release has succeeded here in version ${version} of the pipeline`,
        };
    }
    return {
        possible: true,
        execution: newest.execution,
        started: newest.started,
        notes: [
            ...(deployed.type === "ROLLBACK" ? ["by hand only: no alarm rolls back a rollback"] : []),
            ...(busy ? ["not while an execution is in the stage"] : []),
        ],
    };
}
