import type { Table } from "../../lib/claims";
import { all, day, forget, keep, type Kept } from "./item";

/** Something to look at when its time has come. */
export type Moment = StuckMoment | ExpiryMoment;

interface OfExecution {
    readonly pipeline: string;
    readonly execution: string;
    /** When it is to be looked at, as ISO 8601 in UTC. */
    readonly due: string;
}

/** Whether an execution still runs. */
export interface StuckMoment extends OfExecution {
    readonly kind: "stuck";
}

/** Whether an approval still waits, shortly before it expires. */
export interface ExpiryMoment extends OfExecution {
    readonly kind: "approval-expiring";
    readonly stage: string;
    readonly action: string;
    readonly actionExecution?: string;
    readonly since: string;
    readonly expires: string;
}

const pk = "moment";

/** At most so many are looked at in one go; the others with the next tick. */
const most = 300;

/** Begins with the time, so that those that have come stand first. The same moment has the same key, however often it is noted. */
const keyOf = (moment: Moment): string =>
    [
        moment.due,
        moment.kind,
        moment.pipeline,
        moment.execution,
        ...(moment.kind === "stuck" ? [] : [moment.stage, moment.action, moment.actionExecution ?? ""]),
    ].join("#");

/** Notes a moment to be looked at. */
export const noteMoment = (table: Table, moment: Moment): Promise<void> =>
    // Should nobody ever look, it does not stay for ever.
    keep(table, { pk, sk: keyOf(moment) }, moment, Date.parse(moment.due) + 30 * day);

/** Moments that have come by `now`, in milliseconds; the oldest first. */
export const dueMoments = (table: Table, now: number): Promise<Kept<Moment>[]> =>
    all<Moment>(table, pk, `${new Date(now).toISOString()}$`, most);

/** Nobody has to look any more. */
export const forgetMoment = (table: Table, sk: string): Promise<void> => forget(table, { pk, sk });
