import { z } from "zod";
import type { ActionType } from "./plan";
import { template } from "./words";

/**
 * A manual approval.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html
 */
export const approvalAction: ActionType = {
    category: "Approval",
    owner: "AWS",
    provider: "Manual",
    version: "1",
    inputs: [0, 0],
    outputs: [0, 0],
    configuration: { required: [], optional: ["CustomData", "ExternalEntityLink", "NotificationArn"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html",
};

/**
 * What a stack file says of an approval. CodePipeline replaces variables when it asks.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const approval = z.strictObject(
    {
        notify: z
            .array(z.email({ error: "an e-mail address" }))
            .default([])
            .describe("Who is asked, by e-mail; each address confirms its subscription once. @default nobody is told"),
        instructions: template(
            "What to look at before saying yes; shown with the commit. May hold variables, such as #{build.Version}. @default none",
            z.string().min(1).max(500),
        ).optional(),
        reviewUrl: template(
            "A page to look at, shown as a link. May hold variables, such as #{codepipeline.PipelineExecutionId}. @default none",
            z
                .string()
                .max(1000)
                .regex(/^https?:\/\/\S+$/, "a URL that begins with https://"),
        ).optional(),
        timeoutHours: z
            .int()
            .min(1)
            .max(1440)
            .default(168)
            .describe("Hours after which an unanswered approval counts as refused, 1 to 1440. @default 168"),
    },
    {
        error: ({ code }) =>
            code === "invalid_type"
                ? "a map that says who is asked, such as { notify: [release@example.com] }"
                : undefined,
    },
);

export type ApprovalSettings = z.output<typeof approval>;
