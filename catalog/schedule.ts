import { z } from "zod";
import { scheduleProblem } from "./conditions/cron";
import { isTimeZone, timeZoneForm } from "./conditions/time-zone";
import type { Problem } from "./problem";

/**
 * What a stack file says of a schedule.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const schedule = z.strictObject({
    cron: z
        .string()
        .regex(
            /^[A-Z0-9,/*?#-]+( [A-Z0-9,/*?#-]+){5}$/i,
            'six fields (minutes hours day-of-month month day-of-week year), such as "0 6 ? * MON-FRI *"',
        )
        .describe("When the pipeline starts, as a cron expression; within a minute of it."),
    timeZone: z
        .string()
        .refine(isTimeZone, timeZoneForm)
        .default("UTC")
        .describe("Time zone of the cron expression. @default UTC"),
});

export type ScheduleSettings = z.output<typeof schedule>;

/** What the schema of a schedule cannot say. */
export function scheduleProblems({ cron }: ScheduleSettings): Problem[] {
    const message = scheduleProblem(cron, new Date());
    return message === undefined ? [] : [{ path: ["cron"], message }];
}

/** `schedule` in words. */
export const scheduleText = ({ cron, timeZone }: ScheduleSettings) => `${cron} (${timeZone})`;
