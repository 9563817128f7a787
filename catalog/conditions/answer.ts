import { z } from "zod";

/**
 * What follows when a gate on entry stays closed: AWS lets these kinds alone skip a stage.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export const otherwise = {
    otherwise: z
        .enum(["fail", "skip"])
        .default("fail")
        .describe(
            "What follows on entry when it does not pass: fail (the stage), or skip (to the next stage). @default fail",
        ),
};

/** What AWS says of a stage that is skipped. */
export const skipLimit =
    "A stage that was skipped can be neither retried nor rolled back to, and nobody can override the gate that skips it.";
