import type { Table } from "../../lib/claims";
import type { ActionEvent } from "../../lib/event";
import { all, day, forget, keep, type Kept } from "./item";

/** An approval that waits for its answer. */
export interface Waiting {
    readonly pipeline: string;
    readonly execution: string;
    readonly stage: string;
    readonly action: string;
    readonly actionExecution?: string;
    readonly environment?: string;
    /** As ISO 8601 in UTC. */
    readonly since: string;
}

const pk = "approval";

/** Longer than an approval can wait: 60 days. */
const memory = 70 * day;

/** More than wait at any time. */
const most = 2000;

const keyOf = ({ pipeline, execution, stage, action, actionExecution = "" }: Waiting | ActionEvent): string =>
    [pipeline, execution, stage, action, actionExecution].join("#");

export const noteWaiting = (table: Table, waiting: Waiting): Promise<void> =>
    keep(table, { pk, sk: keyOf(waiting) }, waiting, Date.parse(waiting.since) + memory);

/** The approval of `event` waits no more. */
export const forgetWaiting = (table: Table, waiting: Waiting | ActionEvent): Promise<void> =>
    forget(table, { pk, sk: keyOf(waiting) });

/** All approvals that wait, as far as events have told. */
export const allWaiting = (table: Table): Promise<Kept<Waiting>[]> => all<Waiting>(table, pk, "~", most);
