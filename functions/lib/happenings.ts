/** What people can be told of, as the stack file says it. `alarm` is one of the fleet's own alarms. */
export type Happening =
    | "started"
    | "succeeded"
    | "failed"
    | "recovered"
    | "approval-needed"
    | "approval-answered"
    | "approval-expiring"
    | "rolled-back"
    | "stuck"
    | "alarm";

/** Who is told of what: what happens, by key of the target. */
export type Routes = Readonly<Record<string, readonly Happening[]>>;
