import { z } from "zod";
import { gateKind } from "../kind";
import { cronProblem } from "../conditions/cron";
import { isTimeZone, timeZoneForm } from "../conditions/time-zone";

/** Whether `zone` is one of the tz database, or UTC with an offset. */
const isWindowZone = (zone: string) => /^UTC[+-]([01]\d|2[0-3]):[0-5]\d$/.test(zone) || isTimeZone(zone);

/**
 * Hours in which the environment may be deployed to; outside of them an execution waits at the stage's entry.
 * Abbreviations of time zones, which AWS takes too, mean several zones each, and are refused.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export const window = gateKind({
    type: "window",
    on: ["before"],
    limits: [
        "Other rules of the same entry may pass before the window opens, and are not checked again: what changes with time is checked by the first action of the stage.",
    ],
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html",
    settings: z.strictObject({
        cron: z
            .string()
            .regex(
                /^\*( [A-Z0-9,/*?#-]+){5,6}$/i,
                'six fields and an optional year (seconds minutes hours day-of-month month day-of-week), seconds `*`, such as "* * 8-16 ? * MON-THU *"',
            )
            .describe("The minutes in which the window is open, as a cron expression."),
        timeZone: z
            .string()
            .refine(isWindowZone, timeZoneForm)
            .default("UTC")
            .describe("Time zone of the cron expression: Region/City, UTC, or UTC+05:30. @default UTC"),
    }),
    example: `
        type: window
        cron: "* * 8-16 ? * MON-THU *"
        timeZone: Europe/Berlin`,
    label: ({ cron }) => cron,
    plan: settings => ({
        provider: "DeploymentWindow",
        configuration: { Cron: settings.cron, TimeZone: settings.timeZone },
        grants: [],
        summary: `window ${settings.cron} (${settings.timeZone})`,
    }),
    check({ cron }) {
        const message = cronProblem(cron, new Date());
        return message === undefined ? [] : [{ path: ["cron"], message }];
    },
});
