import type { Happening } from "../lib/happenings";

/** A commit that an execution brings. */
export interface Commit {
    readonly id: string;
    /** First line of its message. */
    readonly message?: string;
    readonly author?: string;
    /** `acme/orders`. */
    readonly repository?: string;
    readonly url?: string;
}

/** Where to look, and where to press. */
export interface Links {
    readonly pipeline?: string;
    readonly execution?: string;
    /** Of the action that failed. */
    readonly log?: string;
    /** Where the approval is answered. */
    readonly approval?: string;
    /** What its approver is asked to look at. */
    readonly review?: string;
    /** The alarm itself. */
    readonly alarm?: string;
    readonly runbook?: string;
}

/** Something that people are told, before anything is known of who they are. Queues get it as it is, as JSON. */
export interface Notice {
    readonly version: 1;
    /**
     * The same for the same thing, however often it is found out: an event's id and what happened. A success of a stage is
     * one thing, whether it is told as `succeeded`, `recovered` or `rolled-back`.
     */
    readonly id: string;
    readonly happening: Happening;
    /** When it happened, as ISO 8601 in UTC. */
    readonly time: string;
    /** Absent where it is about the fleet. */
    readonly service?: string;
    readonly environment?: string;
    readonly pipeline?: string;
    readonly execution?: string;
    readonly stage?: string;
    readonly action?: string;
    /** In one line of plain text: what happened. */
    readonly title: string;
    /** Why, in the words of whoever knows: the action's own error text, the alarm's reason, the approver's comment. */
    readonly reason?: string;
    /** What to do about it. */
    readonly advice?: string;
    /** Who did it: who answered, who stopped, who started. */
    readonly by?: string;
    /** Whether nobody has to act: people have stopped a release, or given it no yes, or an alarm is over by itself. */
    readonly settled?: true;
    readonly commit?: Commit;
    /** What has come in since the last release to production, newest first, for who is asked to approve. */
    readonly commitsSinceRelease?: readonly Commit[];
    /** How many more there are than `commitsSinceRelease` lists. */
    readonly furtherCommits?: number;
    /** What an approver is asked to look at, in the words of the stack file. */
    readonly instructions?: string;
    /** When an approval that nobody answers counts as refused, as ISO 8601 in UTC. */
    readonly expires?: string;
    /** What a rollback went back from; `commit` is what it went back to. */
    readonly from?: Commit;
    /** The alarm of the fleet that it is about, and how it is now. */
    readonly alarm?: { readonly name: string; readonly state: "ALARM" | "INSUFFICIENT_DATA" | "OK" };
    /** Of a release since its start; of a recovery how long it was broken; of what waits or is stuck since when. */
    readonly durationSeconds?: number;
    readonly links: Links;
}
