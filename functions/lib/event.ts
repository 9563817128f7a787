/** What every event has. */
interface Base {
    /** EventBridge's: a duplicate has the same. */
    readonly id: string;
    /** When it happened. */
    readonly time: Date;
}

/** What started an execution. */
export interface Trigger {
    /** As AWS writes it: `Webhook`, `StartPipelineExecution`, `AutomatedRollback`, … */
    readonly type: string;
    readonly detail?: string;
}

/** What events about an execution have in common. */
interface OfExecution extends Base {
    readonly pipeline: string;
    /** Id of the pipeline execution. */
    readonly execution: string;
    /** Counts the attempts of an execution that is retried. */
    readonly attempt?: number;
    /** When the pipeline, the stage or the action began. */
    readonly startTime?: Date;
    readonly trigger?: Trigger;
    /** `ROLLBACK` for an execution that goes back to an old release, where the event says it. */
    readonly type?: "STANDARD" | "ROLLBACK";
}

/** An action that an event about a failure names. */
export interface FailedAction {
    readonly action: string;
    readonly additionalInformation?: string;
}

/** A pipeline execution has changed its state. */
export interface PipelineEvent extends OfExecution {
    readonly kind: "pipeline";
    readonly state: "CANCELED" | "FAILED" | "RESUMED" | "STARTED" | "STOPPED" | "STOPPING" | "SUCCEEDED" | "SUPERSEDED";
    /** Comment of whoever stopped it, and who. */
    readonly stopReason?: string;
}

/** A stage of a pipeline execution has changed its state. */
export interface StageEvent extends OfExecution {
    readonly kind: "stage";
    readonly stage: string;
    readonly state: "CANCELED" | "FAILED" | "RESUMED" | "STARTED" | "STOPPED" | "STOPPING" | "SUCCEEDED";
    readonly failedActions: readonly FailedAction[];
    /** Category of the failed actions, such as `Test`. */
    readonly failedActionCategory?: string;
}

/** An action of a pipeline execution has changed its state. */
export interface ActionEvent extends OfExecution {
    readonly kind: "action";
    readonly stage: string;
    readonly action: string;
    /** Id of this run of the action. */
    readonly actionExecution?: string;
    readonly state: "ABANDONED" | "CANCELED" | "FAILED" | "STARTED" | "SUCCEEDED";
    readonly category: string;
    readonly owner?: string;
    readonly provider?: string;
    readonly region?: string;
    /** What the action's own service says of its result. */
    readonly result?: {
        readonly url?: string;
        readonly summary?: string;
        readonly id?: string;
        readonly errorCode?: string;
    };
}

/** An alarm of CloudWatch has changed its state. */
export interface AlarmEvent extends Base {
    readonly kind: "alarm";
    readonly alarm: string;
    readonly alarmArn: string;
    readonly state: "ALARM" | "INSUFFICIENT_DATA" | "OK";
    readonly previousState?: "ALARM" | "INSUFFICIENT_DATA" | "OK";
    readonly reason?: string;
    readonly description?: string;
}

/** What the function `rollback` has done about an alarm; it sends it itself. */
export interface RollbackEvent extends Base {
    readonly kind: "rollback";
    readonly pipeline: string;
    readonly stage: string;
    readonly alarm: string;
    /** Absent when it refused. */
    readonly started?: { readonly execution: string; readonly target: string };
    /** The execution that is deployed, or was. */
    readonly from?: string;
    /** In words: why it went back, or why not. */
    readonly reason: string;
}

/** Five minutes have gone by: what waits for a moment may have come to it. */
export interface TickEvent extends Base {
    readonly kind: "tick";
}

export type Event = ActionEvent | AlarmEvent | PipelineEvent | RollbackEvent | StageEvent | TickEvent;
