import type { Happening } from "../functions/lib/happenings";

/** What people can be told of, and when it happens. */
export const meanings: Readonly<Record<Happening, string>> = {
    started: "an execution starts",
    succeeded: "an environment's stage succeeds",
    failed: "a stage fails, or somebody stops the execution",
    recovered: "what had failed succeeds",
    "approval-needed": "an approval waits for a yes",
    "approval-answered": "an approval is answered",
    "approval-expiring": "an approval is about to expire",
    "rolled-back": "an environment goes back to an earlier release",
    stuck: "an execution has made no step for long, and waits for nobody",
    alarm: "an alarm of the fleet is raised, or is raised no more",
};

/** What people can be told of, in the order in which it is written. */
export const happenings = Object.keys(meanings) as readonly Happening[];
