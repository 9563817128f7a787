import type { AlarmEvent } from "../../lib/event";
import { given } from "../../lib/fields";
import { alarmLink } from "../console";
import type { Draft } from "../draft";
import type { World } from "../world";

/** What is told of an alarm of the fleet: that it is raised, and that it is not any more. */
export function ofAlarm(event: AlarmEvent, world: World): Draft[] {
    const { alarm, state, previousState, reason, description } = event;
    if (state !== "ALARM" && previousState !== "ALARM") {
        return [];
    }
    const title = {
        ALARM: `The alarm ${alarm} is raised`,
        OK: `The alarm ${alarm} is over`,
        INSUFFICIENT_DATA: `The alarm ${alarm} gets no data any more: whether it is over nobody knows`,
    }[state];
    return [
        {
            id: `${event.id}#alarm`,
            happenings: ["alarm"],
            time: event.time,
            write: () =>
                Promise.resolve({
                    title,
                    alarm: { name: alarm, state },
                    ...given("reason", reason),
                    ...given("advice", state === "OK" ? undefined : description),
                    links: { alarm: alarmLink(world.settings.region, alarm) },
                }),
        },
    ];
}
