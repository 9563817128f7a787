import {
    PutJobFailureResultCommand,
    PutJobSuccessResultCommand,
    type CodePipelineClient,
    type FailureType,
} from "@aws-sdk/client-codepipeline";
import { inLine, legible } from "../text";
import { nameOf, Refusal } from "./errors";

/** What a job is answered: yes, no, or that it goes on with what the token says. */
export type Verdict =
    | { readonly verdict: "yes"; readonly message: string }
    | { readonly verdict: "no"; readonly message: string; readonly type: FailureType }
    | { readonly verdict: "on"; readonly message: string; readonly token: string };

export const yes = (message: string): Verdict => ({ verdict: "yes", message });

/** The no that `error` is: what is not known is a no as well. */
export const no = (error: unknown): Verdict => ({
    verdict: "no",
    message:
        error instanceof Refusal
            ? error.message
            : error instanceof Error
              ? `${error.name}: ${error.message}`
              : "something went wrong that has no name. Retry the stage",
    type: error instanceof Refusal ? error.type : "JobFailed",
});

export const malformed = (message: string): Verdict => ({ verdict: "no", message, type: "ConfigurationError" });

/** Longest text of an answer: what it says first matters most. */
const longest = 1500;

/**
 * Answers a job. One that has its answer already is left alone: Lambda has handed over the same event twice, or the action
 * was stopped.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutJobSuccessResult.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PutJobFailureResult.html
 */
export async function answer(codepipeline: CodePipelineClient, jobId: string, verdict: Verdict): Promise<void> {
    // Never empty, and without halves of characters: AWS would refuse the answer, and the action would hang until its end.
    const message = legible(inLine(verdict.message), longest);
    try {
        if (verdict.verdict === "no") {
            const failureDetails = { type: verdict.type, message };
            await codepipeline.send(new PutJobFailureResultCommand({ jobId, failureDetails }));
            return;
        }
        await codepipeline.send(
            new PutJobSuccessResultCommand({
                jobId,
                executionDetails: { summary: message },
                ...(verdict.verdict === "on" && { continuationToken: verdict.token }),
            }),
        );
    } catch (error) {
        if (nameOf(error) !== "InvalidJobStateException") {
            throw error;
        }
    }
}
