import type { Happening } from "../../functions/lib/happenings";

/** What happened, as programs read it. */
export type EventKind =
    | "commit-ignored"
    | "execution-refused"
    | "execution-cancelled"
    | "execution-started"
    | "execution-succeeded"
    | "execution-failed"
    | "execution-stopping"
    | "execution-stopped"
    | "execution-superseded"
    | "execution-stuck"
    | "stage-waited-for"
    | "stage-entered"
    | "stage-succeeded"
    | "stage-failed"
    | "stage-skipped"
    | "stage-retried"
    | "condition-waits"
    | "condition-passed"
    | "condition-failed"
    | "condition-overridden"
    | "action-started"
    | "action-succeeded"
    | "action-failed"
    | "action-abandoned"
    | "action-cancelled"
    | "approval-asked"
    | "approval-given"
    | "approval-refused"
    | "approval-expiring"
    | "approval-expired"
    | "approval-withdrawn"
    | "rollback-started"
    | "rollback-refused"
    | "transition-closed"
    | "transition-opened"
    | "alarm-changed"
    | "freeze-changed"
    | "pipeline-edited"
    | "nothing-started"
    | "deed-refused";

/** A target that a message is sent to, and what it is told of. */
export interface Told {
    readonly target: string;
    readonly happening: Happening;
}

/** One line of the timeline. */
export interface TimelineEvent {
    /** Milliseconds since the start. */
    readonly at: number;
    readonly kind: EventKind;
    /** Id of the execution. */
    readonly execution?: string;
    /** Whose source the execution has: of a rollback, that of the execution which it goes back to. */
    readonly commit?: string;
    readonly stage?: string;
    readonly environment?: string;
    readonly action?: string;
    /** Of an action: its attempt in this execution, from 1. */
    readonly attempt?: number;
    /** Of an action: whether it may change its environment, and does not only look whether others may. */
    readonly deploys?: true;
    /** Of an action: which commit each artifact that it reads was made of. */
    readonly reads?: Readonly<Record<string, string>>;
    /** Of a condition: whether it stands before or after the stage. */
    readonly condition?: "before" | "after";
    /** In words: what happened. */
    readonly what: string;
    /** In words: why, where it does not go without saying. */
    readonly why?: string;
    /** Who is told, by the routes of the stack file. */
    readonly told: readonly Told[];
}

/**
 * Status of an execution.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html
 */
export type ExecutionStatus =
    "InProgress" | "Stopping" | "Stopped" | "Succeeded" | "Superseded" | "Failed" | "Cancelled";

/**
 * Status of an execution in one stage; `NotReached` where it never came to it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageExecution.html
 */
export type StageStatus =
    "NotReached" | "Waiting" | "InProgress" | "Stopping" | "Stopped" | "Succeeded" | "Failed" | "Skipped" | "Cancelled";

/** What became of an execution. */
export interface ExecutionResult {
    readonly execution: string;
    readonly type: "STANDARD" | "ROLLBACK";
    readonly commit: string;
    /** Of a rollback: the stage that it runs in, and the execution that it goes back to. */
    readonly rollback?: { readonly stage: string; readonly target: string };
    readonly started: number;
    readonly ended?: number;
    readonly status: ExecutionStatus;
    readonly stages: Readonly<Record<string, StageStatus>>;
}

/** What is in an environment from some moment on. */
export interface Deployment {
    readonly at: number;
    readonly commit: string;
    readonly execution: string;
}

/** What became of an environment. */
export interface EnvironmentResult {
    readonly environment: string;
    readonly stage: string;
    /** All that succeeded there, in order; the last is what is there. */
    readonly deployments: readonly Deployment[];
    /** What has begun there since, and has not succeeded: parts of it may be there. */
    readonly halfway?: string;
}

/** A played script. */
export interface Simulation {
    readonly service: string;
    readonly pipeline: string;
    readonly executionMode: "QUEUED" | "SUPERSEDED" | "PARALLEL";
    /** Milliseconds since 1970. */
    readonly start: number;
    /** When the last thing happened. */
    readonly end: number;
    readonly events: readonly TimelineEvent[];
    readonly executions: readonly ExecutionResult[];
    readonly environments: readonly EnvironmentResult[];
}
