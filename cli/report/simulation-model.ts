/** What the page of a pipeline is given of a simulation. Types alone, as in `cli/report/model.ts`. Times are milliseconds from the start. */
export interface PlayedScript {
    /** Name of the script's file. @default there is none: one commit was played */
    readonly script?: string;
    /** When it starts: `2026-03-02 09:00`, in UTC. */
    readonly start: string;
    /** In words: `1h5m`. */
    readonly length: string;
    readonly end: number;
    /** What the first executions do in stages, in the order in which they come to them. */
    readonly visits: readonly Visit[];
    /** What happens around the pipeline. */
    readonly around: readonly Around[];
    /** How many executions are not among {@link PlayedScript.visits}. */
    readonly undrawn: number;
    /** The first events. */
    readonly events: readonly PlayedEvent[];
    /** How many events are not among these. */
    readonly untold: number;
    readonly executions: readonly PlayedExecution[];
    /** What is in each environment at the end, in words. */
    readonly environments: readonly string[];
    readonly expectations: readonly Expectation[];
}

/** How an execution's time in a stage ends. */
export type VisitEnd = "succeeded" | "failed" | "stopped" | "superseded" | "cancelled" | "skipped" | "unfinished";

/** What an execution does in a stage, or in front of it. */
export type SegmentKind = "waiting" | "gate" | "approval" | "running" | "failed" | "rollback";

/** An execution's time in a stage: from when it comes to it until it is through, or over. */
export interface Visit {
    readonly stage: string;
    readonly commit: string;
    /** `#2 back to a`. */
    readonly execution: string;
    /** One after the other, without a gap; at least one. */
    readonly segments: readonly Segment[];
    readonly end: VisitEnd;
}

/** A part of a visit. */
export interface Segment {
    readonly kind: SegmentKind;
    readonly from: number;
    readonly to: number;
}

/** Something around the pipeline that takes some time, or happens at one moment. */
export interface Around {
    readonly kind: "commit" | "alarm" | "freeze" | "transition";
    /** Of a commit: what it is called. */
    readonly name?: string;
    /** In words. */
    readonly what: string;
    readonly from: number;
    /** @default it is a moment */
    readonly to?: number;
}

/** A line of the timeline in words. */
export interface PlayedEvent {
    readonly time: string;
    readonly execution: string;
    readonly where: string;
    readonly what: string;
    readonly why?: string;
    readonly tone: "plain" | "remarkable" | "trouble";
    readonly told: readonly PlayedTold[];
}

/** Who is told of an event, and what of. */
export interface PlayedTold {
    readonly target: string;
    readonly happening: string;
}

/** What became of an execution, or of a commit that has started none. */
export interface PlayedExecution {
    readonly execution: string;
    readonly status: string;
    /** In words. */
    readonly text: string;
    readonly tone: "good" | "warn" | "bad" | "plain";
}

/** What was expected, and whether it was met. */
export interface Expectation {
    readonly met: boolean;
    readonly expected: string;
    readonly found: string;
    /** `release.yaml:12:5`. */
    readonly place?: string;
}
