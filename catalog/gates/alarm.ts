import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { gateKind } from "../kind";
import { template } from "../words";

/**
 * A CloudWatch alarm of the pipeline's account that must not be raised; waited for as long as it is watched.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
 */
export const alarm = gateKind({
    type: "alarm",
    on: ["before", "after"],
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html",
    settings: z.strictObject({
        name: template(
            "Name of the alarm.",
            z
                .string()
                .max(255)
                .regex(/^[^*?]+$/, "the name of one alarm, without `*` and `?`"),
        ),
        waitMinutes: z
            .int()
            .min(1)
            .max(1440)
            .optional()
            .describe("Minutes for which the alarm is watched. @default the state at once"),
    }),
    example: `
        type: alarm
        name: prod-5xx
        waitMinutes: 10`,
    plan: ({ name, waitMinutes }, at) => ({
        provider: "CloudWatchAlarm",
        configuration: {
            AlarmName: name,
            ...(waitMinutes !== undefined && { WaitTime: String(waitMinutes) }),
        },
        grants: [
            allow("WatchGateAlarms", ["cloudwatch:DescribeAlarms"], [arn("cloudwatch", `alarm:${name}`, at.home)]),
        ],
        summary: `alarm ${name} of account ${at.home.account}${waitMinutes === undefined ? "" : `, watched for ${waitMinutes} min`}`,
    }),
});
