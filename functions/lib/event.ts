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

/** The commit that a trigger on branches or tags has brought, where the event tells of it instead of a {@link Trigger}. */
export interface Revision {
    /** ARN of the connection that it came through. */
    readonly connection?: string;
    /** `acme/orders`. */
    readonly repository?: string;
    readonly commit?: string;
    readonly message?: string;
    readonly author?: string;
    /** When it was written. */
    readonly written?: Date;
    readonly branch?: string;
    readonly tag?: string;
}

/** What events about an execution have in common. */
interface OfExecution extends Base {
    readonly pipeline: string;
    /** Id of the pipeline execution. */
    readonly execution: string;
    /** Counts the attempts of an execution that is retried, from 1; before the first stage is over AWS may say 0. */
    readonly attempt?: number;
    /** When the pipeline, the stage or the action began. */
    readonly startTime?: Date;
    /** Only on events of pipelines, and there not on all. */
    readonly trigger?: Trigger;
    readonly revision?: Revision;
    /**
     * `ROLLBACK` where the trigger says so; `STANDARD` nowhere yet. No page says that events of a rollback name their
     * type or their trigger: absent, it has to be asked of `GetPipelineExecution`.
     */
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
    /** AWS documents them for the events of its notification rules only: here they are, if EventBridge has them too. */
    readonly failedActions: readonly FailedAction[];
    /** When the stage was last retried; on every event since. */
    readonly retried?: Date;
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
    /** What the action's own service says of its result. None is documented of approvals: who answered is asked of the API. */
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
    /** Of one of the time series that the alarm watches, such as `{ Service: "orders" }`. */
    readonly of?: Readonly<Record<string, string>>;
    /** Whether it sums up several time series, of which each has an event of its own. */
    readonly sumsUp?: true;
    /** What holds its own actions back: a mute rule's ARN, or `WaitPeriod`, `ExtensionPeriod` or `Alarm` of a suppressor. */
    readonly heldBackBy?: string;
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
    /** In one word, why it refused: the runbook has a place for each. */
    readonly refusal?: string;
    /** In words: why it went back, or why not. */
    readonly reason: string;
}

/** Five minutes have gone by: what waits for a moment may have come to it. */
export interface TickEvent extends Base {
    readonly kind: "tick";
}

export type Event = ActionEvent | AlarmEvent | PipelineEvent | RollbackEvent | StageEvent | TickEvent;
