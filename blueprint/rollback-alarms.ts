import { foreignAlarm, isForeign } from "../catalog/gates/alarm";
import type { RollbackAlarmPlan } from "../catalog/plan";
import { queueOf } from "./functions";
import { logicalName } from "./names";
import type { Ground } from "./place";
import type { PlannedStage } from "./stages";

/** Folder and key of the function that rolls back; its queue takes what the rules send. */
export const rollbackKey = "rollback";

/** Longest name of an EventBridge rule. */
const longestName = 64;

/** What stands for the whole event in the message that a rule sends. */
const wholeEvent = "<aws.events.event.json>";

/** What rolls the stages of `service` back after a release, and where the alarms have to be for it. */
export function rollbackAlarms(
    service: string,
    stages: readonly PlannedStage[],
    ground: Ground,
): { readonly components: RollbackAlarmPlan[]; readonly prerequisites: string[] } {
    const asking = stages.flatMap(({ stage: { name: stage, rollbackOn = [] }, environment }) =>
        environment === undefined || rollbackOn.length === 0 ? [] : [{ stage, environment, alarms: rollbackOn }],
    );
    return {
        components: asking.map(({ stage, environment: { name }, alarms }) => ({
            component: "RollbackAlarm",
            logicalName: logicalName(service, "rollback-on", name),
            physicalName: ground.names.service(longestName, service, "rollback-on", name),
            description: `Rolls ${service} back in ${name} when an alarm rises`,
            pattern: risesOf(alarms, ground),
            queueArn: queueOf(ground, rollbackKey).arn,
            message: messageOf({ pipeline: ground.names.pipeline(service), stage, environment: name, service }),
        })),
        prerequisites: asking.flatMap(({ environment, alarms }) =>
            alarms
                .filter(() => isForeign(ground.home, environment))
                .map(alarm => foreignAlarm(alarm, ground.home, environment, "rule hears of")),
        ),
    };
}

/**
 * The events that one of `alarms` has risen. They are on the bus of the alarm's own account and region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
const risesOf = (alarms: readonly string[], { home }: Ground) => ({
    source: ["aws.cloudwatch"],
    "detail-type": ["CloudWatch Alarm State Change"],
    account: [home.account],
    detail: { alarmName: alarms, state: { value: ["ALARM"] } },
});

/**
 * The words of a stage, and the event: as a value it is JSON itself, and so stands without quotation marks.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
const messageOf = (words: Readonly<Record<string, string>>): string =>
    JSON.stringify({ ...words, event: wholeEvent }).replace(JSON.stringify(wholeEvent), wholeEvent);
