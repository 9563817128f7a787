import { z } from "zod";

const hours = (most: number, what: string, standard: number) =>
    z.number().positive().max(most).default(standard).describe(`${what} @default ${standard}`);

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
    })
    .prefault({})
    .describe("What is measured, and how early people hear of what waits.");
