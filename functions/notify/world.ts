import type { Event } from "../lib/event";
import type { Table } from "../lib/claims";
import type { Facts } from "./facts";
import type { Notice } from "./notice";
import type { Delivery, NotifySettings } from "./settings";

/** What the function reads, keeps and reaches. */
export interface World {
    readonly settings: NotifySettings;
    readonly table: Table;
    readonly facts: Facts;
    /** Now, in milliseconds. */
    readonly now: () => number;
    /** Hands a notice to a target; it throws where the target did not take it. */
    readonly deliver: (notice: Notice, target: string, delivery: Delivery) => Promise<void>;
    /** Writes a line to the log as it is, so that CloudWatch finds the metrics in it. */
    readonly write: (line: string) => void;
}

/** A world in which more is done with an event than that people are told. */
export interface WholeWorld extends World {
    /** Each is done whatever becomes of the others, and of the notices. */
    readonly beside: readonly ((event: Event) => Promise<void>)[];
}
