import type { Surroundings } from "../lib/settings";

/** `settings.json` of `rollback`. */
export interface RollbackSettings extends Surroundings {
    /** URL of the queue of `notify`, which tells people what has come of an alarm. */
    readonly notifyQueue: string;
}

/** Why an alarm rolls nothing back: each has its section in docs/runbook.md, `rollback-refused-<word>`. */
export const refusals = [
    "late",
    "muted",
    "over",
    "gone",
    "parallel",
    "already",
    "busy",
    "unclear",
    "of-a-rollback",
    "older-alarm",
    "no-target",
    "by-aws",
] as const;

export type Refusal = (typeof refusals)[number];
