import type { RollbackTarget } from "./rollback-target";

/** What a source was at when an execution took it: a commit, a version of an object, a digest of an image. */
export interface Revision {
    /** Name of the source's action: `source` is the main one. */
    readonly source: string;
    readonly id: string;
    /** First line of the commit's message, or what else AWS calls it. */
    readonly summary?: string;
    readonly url?: string;
}

/** An execution, and what it brings; the main source's revision comes first. */
export interface Run {
    readonly execution: string;
    readonly revisions: readonly Revision[];
}

/** What is in an environment. */
export interface Deployed extends Run {
    /** When its stage, or the last of its deploys, was done. */
    readonly since?: Date;

    /** Whether all that the stage did with it has succeeded so far. */
    readonly passed: boolean;

    /** Present when it got there by a rollback: the execution that was brought back, and who did it. */
    readonly rollback?: {
        readonly to?: string;
        /** Whether AWS did it by itself, because the stage failed. */
        readonly automatic: boolean;
        /** What AWS says of who did it otherwise. */
        readonly by?: string;
    };
}

/** A freeze that closes an environment for the service. */
export interface Frozen {
    readonly what: string;
    readonly since?: Date;
    readonly reason: string;
}

export interface EnvironmentStatus {
    readonly environment: string;
    readonly stage: string;

    /** Whether the pipeline has the stage. */
    readonly exists: boolean;
    readonly deployed?: Deployed;

    /** Why it cannot be told what is deployed. */
    readonly unknown?: string;
    readonly rollbackTarget: RollbackTarget & { readonly revisions?: readonly Revision[] };
    readonly frozen: readonly Frozen[];
}

/** An execution that goes on when somebody or something lets it. */
export interface Waiting extends Run {
    /** An approval, a rule of a condition, a transition that is disabled, or an execution that is in the stage. */
    readonly for: "approval" | "gate" | "transition" | "turn";
    readonly stage: string;
    readonly since?: Date;

    /** The approval's action, or the rules that are not yet met. */
    readonly names: readonly string[];

    /** Of an approval, as the stack file says it: addresses that are told, and when the time to answer is over. */
    readonly asked?: readonly string[];
    readonly expires?: Date;
}

/** An action that is running, or a stage that is between two of them. */
export interface Running extends Run {
    readonly stage: string;
    readonly action?: string;
    readonly since?: Date;
}

/** The newest execution of a stage, when it did not succeed. */
export interface Failed extends Run {
    readonly stage: string;
    readonly status: string;
    /** The action, or the rule of a condition, that failed. */
    readonly at?: string;
    readonly since?: Date;
    readonly error?: string;

    /** Who said no, of an approval. */
    readonly by?: string;

    /** Deploys of the stage that it had done before it failed. */
    readonly done: readonly string[];
}

/** A transition that lets nothing into its stage. */
export interface Disabled {
    readonly stage: string;
    readonly by?: string;
    readonly since?: Date;
    readonly reason?: string;
}

/** What is known of a pipeline that could be read. */
export interface PipelineStatus {
    readonly version: number;
    readonly executionMode: string;
    readonly environments: readonly EnvironmentStatus[];
    readonly waiting: readonly Waiting[];
    readonly running: readonly Running[];
    readonly failed: readonly Failed[];
    readonly disabled: readonly Disabled[];
}

export type ServiceStatus = { readonly service: string; readonly pipeline: string; readonly url: string } & (
    | ({ readonly state: "read" } & PipelineStatus)
    | { readonly state: "absent" }
    | { readonly state: "unreadable"; readonly reason: string }
);

/** What `npm run status -- --json` prints. */
export interface FleetStatus {
    readonly stack: string;
    readonly prefix: string;
    readonly account: string;
    readonly region: string;
    /** When AWS was asked. */
    readonly at: Date;
    readonly services: readonly ServiceStatus[];
    /** What could not be read, beside whole services. */
    readonly problems: readonly string[];
}
