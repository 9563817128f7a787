import type { Unit } from "../lib/emf";

/**
 * Metrics of every service that are kept by default, six a service: dimensions `Service` and `Environment`, which is the
 * last one that the service is deployed to, its production. Times are in seconds. docs/metrics.md defines each.
 */
export type BasicMetric =
    /** Releases that reached production: a standard execution has succeeded in its stage. Their sum is the deployment frequency. */
    | "Deployments"
    /** Releases whose stage failed after the deploy had begun: once for an execution, however often it is retried. */
    | "FailedDeployments"
    /** Failed deployments, and deployments that were rolled back: ÷ (`Deployments` + `FailedDeployments`) is the change failure rate. */
    | "FailedChanges"
    /** From each commit to its first success in production: lead time for changes. */
    | "LeadTime"
    /** From the first failure in production, or the start of a rollback, to its next success: time to restore. */
    | "TimeToRestore"
    /** From the start of the execution to its success in production, without what it waited for approvals. */
    | "ExecutionTime";

/** Metrics that `metrics: stages` adds: dimensions `Service`, `Environment` and `Stage`. */
export type StageMetric =
    | "Succeeded"
    | "Failed"
    /** 1 for a failure, 0 for a success: its average is the error rate. */
    | "ErrorRate"
    /** Of each attempt. */
    | "StageDuration"
    /** Of each action but approvals: its maximum is the longest. */
    | "ActionDuration"
    /** From the success of the stage before to the start of this one. */
    | "QueueTime"
    /** From the question to the answer. */
    | "ApprovalWaitingTime"
    /** Rollbacks that began in the stage. */
    | "Rollbacks";

/** Metrics of the fleet, which `notify` writes with every tick: dimension `Environment`. */
export type FleetMetric =
    /** Approvals that wait for an answer. */
    | "ApprovalsWaiting"
    /** Hours that the oldest of them has waited. */
    | "OldestApproval";

/** The `Environment` of stages that belong to none: sources, builds, suites before the first. */
export const everyEnvironment = "all";

/** What a line of the log says beside values; `metrics` writes one for everything that ends. */
export interface LineFields {
    readonly Service: string;
    /** The stage's; of a whole execution the service's last one. */
    readonly Environment: string;
    /** Absent where the whole execution has ended. */
    readonly Stage?: string;
    readonly action?: string;
    readonly pipeline: string;
    readonly execution: string;
    readonly type: "ROLLBACK" | "STANDARD";
    readonly kind: "action" | "pipeline" | "stage";
    readonly state: string;
    /** Category and provider of the action that failed, such as `Test CodeBuild`; `Condition` where no action has. */
    readonly cause?: string;
    /** What lead time is measured from: where a source tells of no commit's time, from what started its execution. */
    readonly leadTimeFrom?: "both" | "commit" | "trigger";
    /** The event's. */
    readonly id: string;
}

/** Values that an event gives; of `LeadTime` there is one for each commit. */
export type Values = { readonly [metric in BasicMetric | StageMetric]?: number | readonly number[] };

export const basicUnits: Readonly<Record<BasicMetric, Unit>> = {
    Deployments: "Count",
    FailedDeployments: "Count",
    FailedChanges: "Count",
    LeadTime: "Seconds",
    TimeToRestore: "Seconds",
    ExecutionTime: "Seconds",
};

export const stageUnits: Readonly<Record<StageMetric, Unit>> = {
    Succeeded: "Count",
    Failed: "Count",
    ErrorRate: "None",
    StageDuration: "Seconds",
    ActionDuration: "Seconds",
    QueueTime: "Seconds",
    ApprovalWaitingTime: "Seconds",
    Rollbacks: "Count",
};
