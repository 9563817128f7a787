import { allow, type Grant } from "../../catalog/grant";
import type { FleetConfig } from "../../config/fleet-config";
import type { Surroundings } from "../../functions/lib/settings";
import { approvalStageName } from "../approval-stage";
import { queueOf } from "../functions";
import type { Ground } from "../place";
import type { OperationsPlan } from "../plan";

/** The table of all functions. */
export type Table = OperationsPlan["table"];

/** What every function that listens to a queue is told of the stack. */
export function surroundings(key: string, config: FleetConfig, ground: Ground, table: Table): Surroundings {
    return {
        ...ground.home,
        prefix: config.prefix,
        table: table.name,
        queue: queueOf(ground, key).url,
        deadLetters: queueOf(ground, key, "dead-letters").url,
        environments: config.environments.map(({ name }) => ({
            name,
            stage: name,
            approvalStage: approvalStageName(name),
        })),
    };
}

/** Telling people by the function that does so: the queue of `notify`. */
export const toNotify = (ground: Ground) => queueOf(ground, "notify");

/** Remembering what was done, so that nothing is done twice; and `further` uses of the table. */
export const remember = ({ arn }: Table, ...further: readonly ("GetItem" | "Query")[]): Grant =>
    allow(
        "RememberWhatWasDone",
        ["DeleteItem", ...further, "PutItem", "UpdateItem"].map(action => `dynamodb:${action}`).sort(),
        [arn],
    );
