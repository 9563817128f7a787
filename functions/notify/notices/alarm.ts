import type { AlarmEvent } from "../../lib/event";
import { given } from "../../lib/fields";
import { alarmLink } from "../console";
import type { Draft } from "../draft";
import type { World } from "../world";

/**
 * What is told of an alarm of the fleet: that it is raised, and that it is not any more. Of one that watches several time
 * series each of them is told of by itself, and so the sum of them is not.
 */
export function ofAlarm(event: AlarmEvent, world: World): Draft[] {
    const { alarm, state, previousState, reason, description, of = {}, sumsUp } = event;
    if (sumsUp || (state !== "ALARM" && previousState !== "ALARM")) {
        return [];
    }
    const series = Object.entries(of).map(([name, value]) => `${name} ${value}`);
    const which = [alarm, ...(series.length === 0 ? [] : ["for", series.join(", ")])].join(" ");
    const title = {
        ALARM: `The alarm ${which} is raised`,
        OK: `The alarm ${which} is raised no more`,
        INSUFFICIENT_DATA: `The alarm ${which} gets no data any more: whether it is still raised nobody knows`,
    }[state];
    return [
        {
            id: `${event.id}#alarm`,
            happenings: ["alarm"],
            time: event.time,
            write: () =>
                Promise.resolve({
                    title,
                    // As the fleet's metrics call their dimensions.
                    ...given("service", of.Service),
                    ...given("environment", of.Environment),
                    alarm: { name: alarm, state },
                    ...given("reason", reason),
                    ...given("advice", state === "OK" ? undefined : description),
                    links: { alarm: alarmLink(world.settings.region, alarm) },
                }),
        },
    ];
}
