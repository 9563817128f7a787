import { z } from "zod";
import { bucketName } from "../catalog/words";
import { logDays } from "./log-days";

const hours = (most: number, what: string, standard: number) =>
    z.number().positive().max(most).default(standard).describe(`${what} @default ${standard}`);

/** What is kept of who did what; `false` keeps nothing. */
const audit = z
    .union([
        z.literal(false),
        z.strictObject({
            days: z.literal(logDays).default(365).describe("Days for which it is kept. @default 365"),
            trail: z
                .strictObject({
                    bucket: bucketName("An existing bucket whose policy lets CloudTrail write there."),
                })
                .optional()
                .describe(
                    "A trail of the stack's own, for an account where none logs management events. @default none: the account's or the organization's",
                ),
        }),
    ])
    .prefault({})
    .describe(
        "Keeps who approved, started, stopped, edited, disabled, rolled back and froze, as CloudTrail tells it; `false` keeps nothing of it. @default {}",
    );

/** The key `operations`: what is measured, and how early people hear of what waits. */
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
        audit,
    })
    .prefault({})
    .describe("What is measured, and how early people hear of what waits.");
