import { z } from "zod";
import { schedule } from "./schedule";
import { serviceName } from "./words";

/** Keys of `trigger` that the stack's defaults may say too. */
const commonShape = {
    manual: z
        .boolean()
        .default(false)
        .describe("Whether people alone start the pipeline; AWS itself starts it once when it is made. @default false"),
    commits: z
        .boolean()
        .default(true)
        .describe("Whether changes of the sources start the pipeline, beside what else is named here. @default true"),
    schedule: schedule.optional().describe("Also at these times. @default never"),
};

/** What a stack file says of what starts all pipelines. */
export const commonTrigger = z.strictObject(commonShape);

/** What a stack file says of what starts a pipeline. */
export const trigger = z.strictObject({
    ...commonShape,
    after: z
        .array(serviceName("A service of this stack."))
        .min(1)
        .default([])
        .describe(
            "Also after each release of one of these services that went through its whole pipeline. @default none",
        ),
});

export type TriggerSettings = z.output<typeof trigger>;

/** How several executions of a pipeline get along. */
export const executionMode = z
    .enum(["queued", "superseded", "parallel"])
    .describe(
        "How executions get along: queued (one after the other), superseded (a later one takes the place of one that waits), parallel (at the same time; without rollback). @default queued",
    );

export type ExecutionMode = z.output<typeof executionMode>;

/**
 * Variables of a pipeline; what nobody starts by hand has no other value than the default.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const variables = z
    .record(
        z
            .string()
            .max(128)
            .regex(/^[A-Za-z0-9@_-]+$/, "the name of a variable, such as TARGET (letters, digits, @ _ -)"),
        z.strictObject({
            default: z
                .string({ error: "a text: an execution that nobody starts by hand has no other value" })
                .min(1)
                .max(1000)
                .describe("Its value unless who starts the pipeline gives another; not a secret."),
            description: z
                .string()
                .min(1)
                .max(200)
                .optional()
                .describe("Shown to who starts the pipeline by hand. @default none"),
        }),
    )
    .refine(all => Object.keys(all).length <= 50, "at most 50 variables")
    .describe(
        "Variables of the pipeline by name, read as `#{variables.NAME}`; whoever starts it by hand may change them. @default none",
    );

export type Variables = z.output<typeof variables>;
