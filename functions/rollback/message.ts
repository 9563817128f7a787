import type { AlarmEvent } from "../lib/event";
import { mapOf, shown, text } from "../lib/fields";
import { eventOf } from "../lib/parse";
import { Malformed } from "../lib/queue";

/** What the rule of one service and environment sends: whose stage it is, and the alarm that has changed. */
export interface Request {
    readonly pipeline: string;
    readonly stage: string;
    readonly environment: string;
    readonly service: string;
    readonly event: AlarmEvent;
}

/**
 * What `body` asks for.
 *
 * @throws Malformed with what was expected and what was found
 */
export function requestOf(body: unknown): Request {
    const map = mapOf(body);
    if (map === undefined) {
        throw new Malformed(`expected a message as an object, found ${shown(body)}`);
    }
    const event = eventOf(map.event);
    if (event.kind !== "alarm") {
        throw new Malformed(`expected event: a change of an alarm, found one of ${event.kind}`);
    }
    return {
        pipeline: text(map, "pipeline"),
        stage: text(map, "stage"),
        environment: text(map, "environment"),
        service: text(map, "service"),
        event,
    };
}

/** Whether the alarm has risen with this event; one that stays raised, or goes down, asks for nothing. */
export const hasRisen = ({ state, previousState }: AlarmEvent): boolean =>
    state === "ALARM" && previousState !== "ALARM";

/** This rise of this alarm: the same for all copies of the event. */
export const riseOf = ({ alarm, time }: AlarmEvent): string => `${alarm}#${time.toISOString()}`;
