import { z } from "zod";
import { bucketName } from "../catalog/words";
import { logDays } from "./log-days";

const hours = (most: number, what: string, standard: number) =>
    z.number().positive().max(most).default(standard).describe(`${what} @default ${standard}`);

const whole = (most: number, what: string, standard: number) =>
    z.int().min(1).max(most).default(standard).describe(`${what} @default ${standard}`);

/** A map of these keys, or `false` for nothing of it. */
function orFalse<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
    return z
        .union([
            z.strictObject(shape),
            z.custom<false>(value => value === false, "a map, or `false` for none").meta({ const: false }),
        ])
        .prefault({} as never)
        .describe(description);
}

/** An alarm with its limits, or `false`: there is none. */
const alarm = <Shape extends z.ZodRawShape>(what: string, shape: Shape) =>
    orFalse(`${what} \`false\` switches it off.`, shape);

/** What is kept of who did what. */
const audit = orFalse(
    "Keeps who approved, started, stopped, edited, disabled, rolled back and froze, as CloudTrail tells it; `false` keeps nothing of it. @default {}",
    {
        days: z.literal(logDays).default(365).describe("Days for which it is kept. @default 365"),
        trail: z
            .strictObject({ bucket: bucketName("An existing bucket whose policy lets CloudTrail write there.") })
            .optional()
            .describe(
                "A trail of the stack's own, for an account where none logs management events. @default none: the account's or the organization's",
            ),
    },
);

/**
 * CloudWatch looks back for three hours, and no further, where an alarm watches every service.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 */
const lookBackMinutes = 180;

const alarms = z
    .strictObject({
        failedDeploy: alarm("Deployments of a service to the last environment of the list have failed.", {
            failures: whole(100, "How many of one service.", 1),
            minutes: whole(lookBackMinutes, "Within how many minutes.", 60),
        }),
        duration: alarm(
            "A release has taken long, from its start to its success, without what it waited for approvals.",
            {
                minutes: whole(10080, "More than how many minutes.", 120),
            },
        ),
        approval: alarm("An approval waits.", { hours: hours(1440, "More than how many hours.", 24) }),
        functionErrors: alarm("The stack's own functions have failed.", {
            errors: whole(1000, "How many errors, of all functions together.", 1),
            minutes: whole(1440, "Within how many minutes.", 15),
        }),
        lateMessages: alarm("What the functions are to be told of waits in their queues.", {
            minutes: whole(20160, "More than how many minutes.", 30),
        }),
    })
    .prefault({})
    .describe("Alarms of the fleet; people are told of them like of anything else.");

/** The key `operations`: what is measured and watched, and how early people hear of what waits. */
export const operations = z
    .strictObject({
        metrics: z
            .enum(["none", "basic", "stages"])
            .default("basic")
            .describe(
                "Which metrics are kept of each service: none, the six of its last environment, or those of each stage as well; CloudWatch takes money for each. @default basic",
            ),
        approvalReminderHours: hours(
            167,
            "Hours before an approval expires at which its people are told once more.",
            4,
        ),
        stuckHours: hours(
            720,
            "Hours after which an execution that still runs, and waits for nobody, is told of as stuck.",
            12,
        ),
        runbook: z
            .url({ protocol: /^https$/, error: "an https:// address" })
            .max(500)
            .optional()
            .describe(
                "Page that messages lead to, with an anchor for each thing that can happen, such as `#failed`: docs/runbook.md, or a page of your own. @default none",
            ),
        audit,
        dashboard: z
            .boolean()
            .default(true)
            .describe("Whether there is a dashboard of the fleet; CloudWatch takes money for it. @default true"),
        alarms,
    })
    .prefault({})
    .describe("What is measured and watched, and how early people hear of what waits.");
