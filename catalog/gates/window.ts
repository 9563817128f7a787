import { z } from "zod";
import { gateKind } from "../kind";

/** Whether `zone` is one of the tz database: UTC or Region/City, old names and new ones. */
function isTimeZone(zone: string): boolean {
    try {
        return (zone === "UTC" || zone.includes("/")) && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
    } catch {
        return false;
    }
}

/**
 * Hours in which the environment may be deployed to; outside of them the execution fails at the stage's entry.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
 */
export const window = gateKind({
    type: "window",
    on: ["before"],
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
            .refine(isTimeZone, 'a time zone such as "Europe/Berlin" or "UTC"')
            .default("UTC")
            .describe("Time zone of the cron expression. @default UTC"),
    }),
    example: `
        type: window
        cron: "* * 8-16 ? * MON-THU *"
        timeZone: Europe/Berlin`,
    plan: settings => ({
        provider: "DeploymentWindow",
        configuration: { Cron: settings.cron, TimeZone: settings.timeZone },
        grants: [],
        summary: `window ${settings.cron} (${settings.timeZone})`,
    }),
    check(settings) {
        const [, , , day, , weekday] = settings.cron.split(" ");
        return (day === "?") === (weekday === "?")
            ? [
                  {
                      path: ["cron"],
                      message: `expected "?" as exactly one of day-of-month and day-of-week, found ${JSON.stringify(settings.cron)}`,
                  },
              ]
            : [];
    },
});
