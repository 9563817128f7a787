import { DescribeAlarmsCommand, type CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { AlarmEvent } from "../lib/event";
import type { Refusal } from "./settings";

/** Why the alarm itself speaks against a rollback. */
interface Obstacle {
    readonly refusal: Refusal;
    readonly reason: string;
}

/** After an hour people are at it, and a rollback would come as a surprise; in milliseconds. */
const freshness = 60 * 60 * 1000;

/**
 * Why `event` rolls nothing back, if so: it comes late, somebody has muted the alarm, or it is not raised any more.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export async function alarmObstacle(
    { alarm, time, heldBackBy }: AlarmEvent,
    cloudwatch: CloudWatchClient,
    now: Date,
): Promise<Obstacle | undefined> {
    if (now.getTime() - time.getTime() > freshness) {
        return {
            refusal: "late",
            reason: `the alarm ${alarm} rose at ${time.toISOString()}, more than an hour before this could be looked at: look yourself, and roll back by hand if it is still raised`,
        };
    }
    if (heldBackBy !== undefined) {
        return {
            refusal: "muted",
            reason: `the actions of the alarm ${alarm} are held back by ${heldBackBy}, and a rollback is one: roll back by hand if it is needed`,
        };
    }
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
        new DescribeAlarmsCommand({ AlarmNames: [alarm], AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }),
    );
    const found = [...MetricAlarms, ...CompositeAlarms].find(({ AlarmName }) => AlarmName === alarm);
    return found?.StateValue === "ALARM"
        ? undefined
        : {
              refusal: "over",
              reason: `the alarm ${alarm} ${found === undefined ? "is not there any more" : `is over by itself: it is ${String(found.StateValue)}`}, so nothing was rolled back`,
          };
}
