/**
 * Metrics of every service that are kept by default, six a service: dimensions `Service` and `Environment`, which is the
 * last one that the service is deployed to. Times are in seconds.
 */
export type BasicMetric =
    /** Releases that reached the environment: deployment frequency. */
    | "Deployments"
    /** Executions that failed in the environment's stage. */
    | "FailedDeployments"
    /** Releases that were followed by a rollback, or by a failure that needed another release: ÷ `Deployments` is the change failure rate. */
    | "FailedChanges"
    /** From the commit to its success in the environment: lead time for changes. */
    | "LeadTime"
    /** From the first failure in the environment to the next success: time to restore. */
    | "TimeToRestore"
    /** From the start of the execution to its success in the environment, without what it waited for approvals. */
    | "ExecutionTime";

/** Metrics that `metrics: stages` adds: dimensions `Service`, `Environment` and `Stage`. */
export type StageMetric =
    | "Succeeded"
    | "Failed"
    /** 1 for a failure, 0 for a success: its average is the error rate. */
    | "ErrorRate"
    | "StageDuration"
    /** Of the longest action. */
    | "ActionDuration"
    /** From the success of the stage before to the start of this one. */
    | "QueueTime"
    | "ApprovalWaitingTime"
    | "Rollbacks";

/** Metrics of the fleet, which `notify` writes with every tick: dimension `Environment`. */
export type FleetMetric =
    /** Approvals that wait for an answer. */
    | "ApprovalsWaiting"
    /** Hours that the oldest of them has waited. */
    | "OldestApproval";
