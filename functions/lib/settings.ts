import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What every function that listens to a queue is told by the stack. */
export interface Surroundings {
    readonly account: string;
    readonly region: string;
    /** `shop`: pipelines are called `shop--…`. */
    readonly prefix: string;
    /** Name of the table of all functions. */
    readonly table: string;
    /** URL of the function's own dead-letter queue. */
    readonly deadLetters: string;
    /** URL of the queue that the function listens to. */
    readonly queue: string;
    /** In the order of promotion; the last one is production. */
    readonly environments: readonly EnvironmentNames[];
}

/** What an environment is called in a pipeline. */
export interface EnvironmentNames {
    readonly name: string;
    /** Its stage. */
    readonly stage: string;
    /** The stage before it that asks for a yes; a pipeline need not have it. */
    readonly approvalStage: string;
}

/** The settings of the function that runs: `settings.json` beside its code. */
export const readSettings = <T extends Pick<Surroundings, "account" | "region">>(): T =>
    JSON.parse(readFileSync(join(__dirname, "settings.json"), "utf8")) as T;
