/**
 * What happens around a pipeline while it runs, as a script says it. All times are milliseconds since the start of the
 * simulation, and all durations milliseconds.
 */
export interface Script {
    /** Milliseconds since 1970. */
    readonly start: number;
    /** When the simulation ends, whatever still runs. @default {@link usualUntil} */
    readonly until?: number;
    /** What is there before the first commit: the id of a commit, by environment. */
    readonly deployed: Readonly<Record<string, string>>;
    readonly commits: readonly Commit[];
    readonly durations: Durations;
    readonly failures: readonly Failure[];
    readonly alarms: readonly AlarmState[];
    readonly approvals: readonly Answer[];
    readonly freezes: readonly Freeze[];
    readonly functions: readonly FunctionAnswer[];
    readonly transitions: readonly ClosedTransition[];
    readonly overrides: readonly Override[];
    readonly retries: readonly Retry[];
    readonly rollbacks: readonly ManualRollback[];
    readonly stops: readonly Stop[];
    readonly releases: readonly OtherRelease[];
    readonly edits: readonly Edit[];
}

/** How long actions take, by `stage/action`, action, stage or `default`: the first of these that is said counts. */
export type Durations = Readonly<Record<string, number>>;

/** A revision of the source, and with it a start of the pipeline. */
export interface Commit {
    readonly id: string;
    readonly at: number;
    readonly message: string;
    /** Absent where the push is one of a tag, or where the source has no branch. */
    readonly branch?: string;
    readonly tag?: string;
    /** Files that it changes; absent where every filter of files takes it. */
    readonly paths?: readonly string[];
    /** Whether somebody starts the pipeline by hand, with this revision, whatever its triggers. */
    readonly byHand: boolean;
    /** Values of variables, by name with their namespace: `SourceVariables.BranchName`. */
    readonly variables: Readonly<Record<string, string>>;
    /** Where this commit's actions take longer or shorter than those of others. */
    readonly durations: Durations;
}

/** Whose action or condition is meant: of which commit, at which attempt, and whether of its release or of a rollback to it. */
export interface Which {
    /** @default every commit */
    readonly commit?: string;
}

/** An action that fails. */
export interface Failure extends Which {
    /** `stage/action`, or an action in every stage that has one of this name. */
    readonly action: string;
    /** Which attempt of the execution fails, from 1. @default every attempt */
    readonly attempt?: number;
    /** Whether rollbacks to the commit fail instead of its release. */
    readonly rollback: boolean;
    readonly reason?: string;
}

/** A time in which an alarm has a state; at all other times it is OK. */
export interface AlarmState {
    readonly name: string;
    readonly from: number;
    readonly to: number;
    readonly state: "ALARM" | "INSUFFICIENT_DATA";
}

/** What people say to an approval that asks them. Of all answers that are meant, the first counts. */
export interface Answer extends Which {
    /** @default every environment */
    readonly environment?: string;
    /** Which attempt of the approval is answered so, from 1: each retry asks again. @default every attempt */
    readonly attempt?: number;
    /** How long after it was asked. */
    readonly after: number;
    /** `none` lets it expire. */
    readonly answer: "approve" | "refuse" | "none";
    readonly by?: string;
}

/** A time in which an environment is closed for deploys. */
export interface Freeze {
    readonly environment: string;
    readonly from: number;
    readonly to: number;
    readonly reason?: string;
}

/** What the function of a gate answers in some time; at all other times it says yes. */
export interface FunctionAnswer extends Which {
    readonly name: string;
    readonly from: number;
    readonly to: number;
    readonly answer: "yes" | "no";
}

/** A time in which nothing enters a stage. */
export interface ClosedTransition {
    readonly stage: string;
    readonly from: number;
    readonly to: number;
    readonly reason?: string;
}

/** Something that a person does to the release of one commit. */
interface Deed {
    readonly at: number;
    readonly commit: string;
    readonly by?: string;
}

/** Somebody lets an execution pass a condition. */
export interface Override extends Deed {
    readonly stage: string;
    readonly condition: "before" | "after";
}

/** Somebody retries a stage that has failed or was stopped. */
export interface Retry extends Deed {
    readonly stage: string;
    readonly mode: "failed-actions" | "all-actions";
}

/** Somebody stops an execution. */
export interface Stop extends Deed {
    /** Whether actions that run are given up, or waited for. */
    readonly abandon: boolean;
    readonly reason?: string;
}

/** Somebody rolls a stage back to the release of a commit. */
export interface ManualRollback {
    readonly at: number;
    readonly environment: string;
    readonly to: string;
    readonly by?: string;
}

/** Somebody changes the structure of the pipeline. */
export interface Edit {
    readonly at: number;
    readonly reason?: string;
    readonly by?: string;
}

/** Another service was released, through its whole pipeline. */
export interface OtherRelease {
    readonly at: number;
    readonly service: string;
}

/** Milliseconds until an approval is given of which the script says nothing: an assumption, for a first look. */
export const usualAnswer = 10 * 60_000;

/** Longest simulation that is played where the script names no end: windows, holidays and approvals fit into it. */
export const usualUntil = 90 * 24 * 3_600_000;

/** A Monday in the middle of a working morning in Europe, in which windows are open: simulations are the same every day. */
export const usualStart = Date.UTC(2026, 2, 2, 9);

/** A script in which nothing happens but what it says. */
export const scriptOf = (words: Partial<Script>): Script => ({
    start: usualStart,
    deployed: {},
    commits: [],
    durations: {},
    failures: [],
    alarms: [],
    approvals: [],
    freezes: [],
    functions: [],
    transitions: [],
    overrides: [],
    retries: [],
    rollbacks: [],
    stops: [],
    edits: [],
    releases: [],
    ...words,
});

/** A commit at the start. */
export const commitOf = (id: string, words: Partial<Commit> = {}): Commit => ({
    id,
    at: 0,
    message: "",
    byHand: false,
    variables: {},
    durations: {},
    ...words,
});
