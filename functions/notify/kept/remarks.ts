import type { Table } from "../../lib/claims";
import { day, keep, read } from "./item";

/** What events say and AWS's API does not, kept as long as somebody may ask for it. */
const memory = 90 * day;

const until = ({ now = Date.now }: Table) => now() + memory;

/** Notes who has written the commit that an execution brings. */
export const noteAuthor = (table: Table, pipeline: string, commit: string, author: string): Promise<void> =>
    keep(table, { pk: `author#${pipeline}`, sk: commit }, author, until(table));

export const authorOf = (table: Table, pipeline: string, commit: string): Promise<string | undefined> =>
    read<string>(table, { pk: `author#${pipeline}`, sk: commit });

/** Notes for which alarm an execution rolls back. */
export const noteAlarm = (table: Table, pipeline: string, execution: string, alarm: string): Promise<void> =>
    keep(table, { pk: `rollback#${pipeline}`, sk: execution }, alarm, until(table));

export const alarmOf = (table: Table, pipeline: string, execution: string): Promise<string | undefined> =>
    read<string>(table, { pk: `rollback#${pipeline}`, sk: execution });
