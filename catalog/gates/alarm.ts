import { z } from "zod";
import { arn, type Location } from "../arn";
import { allow } from "../grant";
import { gateKind } from "../kind";
import { alarmName } from "../words";

/**
 * A CloudWatch alarm of the pipeline's account that must not be raised. On entry a raised one is given `waitMinutes` to
 * recover, and one that is not raised passes at once; after the stage it is watched for as long.
 *
 * `AlarmStates` is left out: OK and INSUFFICIENT_DATA pass, ALARM does not.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works-conditions.html which states pass
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html the wait on entry
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html alarms on metrics of another account
 */
export const alarm = gateKind({
    type: "alarm",
    on: ["before", "after"],
    limits: [
        "The alarm is one of the pipeline's own account and region: the rule has no key for another. An alarm there can watch metrics of another account.",
        "Beside a window it is looked at once, by the first action of the stage: AWS would not look again when the window opens.",
        "A composite alarm can stand beside a window only: AWS shows composite alarms to nobody whose permission names alarms.",
    ],
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html",
    settings: z.strictObject({
        name: alarmName("Name of the alarm, in the pipeline's own account and region."),
        waitMinutes: z
            .int()
            .min(1)
            .max(1440)
            .optional()
            .describe(
                "Minutes that a raised alarm has to recover (before), or for which it is watched (after). @default the state at once",
            ),
    }),
    example: `
        type: alarm
        name: prod-5xx
        waitMinutes: 10`,
    label: ({ name }) => name,
    plan: ({ name, waitMinutes }, { home, when, environment }) => ({
        provider: "CloudWatchAlarm",
        configuration: {
            AlarmName: name,
            ...(waitMinutes !== undefined && { WaitTime: String(waitMinutes) }),
        },
        grants: [allow("WatchGateAlarms", ["cloudwatch:DescribeAlarms"], [arn("cloudwatch", `alarm:${name}`, home)])],
        summary: [
            `alarm ${name} of account ${home.account}`,
            ...(waitMinutes === undefined
                ? []
                : [when === "before" ? `given ${waitMinutes} min to recover` : `watched for ${waitMinutes} min`]),
        ].join(", "),
        ...(isForeign(home, environment) && { prerequisites: [foreignAlarm(name, home, environment)] }),
    }),
});

/** Whether an alarm of the environment's own place would not be read. */
export const isForeign = (home: Location, environment: Location) =>
    home.account !== environment.account || home.region !== environment.region;

/** Where an alarm for an environment in another account or region has to be; `reader` is what does not look there. */
export const foreignAlarm = (name: string, home: Location, { account, region }: Location, reader = "gate reads") =>
    `the alarm ${name} is in account ${home.account} and ${home.region}, as no ${reader} one of ${account} in ${region}${
        account === home.account ? "" : `; there it can watch metrics of ${account}`
    }`;
