import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import {
    CodePipelineClient,
    PutJobFailureResultCommand,
    PutJobSuccessResultCommand,
    type FailureType,
} from "@aws-sdk/client-codepipeline";
import { SSMClient } from "@aws-sdk/client-ssm";
import { patience } from "../lib/patience";
import { redactor } from "../lib/redacted";
import { inLine, reasonOf } from "../lib/text";
import { jobOf, type CheckInput } from "./input";
import { obstacles } from "./obstacles";
import { rollbackOf } from "./rollback";

const ssm = new SSMClient(patience);
const cloudwatch = new CloudWatchClient(patience);
const codepipeline = new CodePipelineClient(patience);

/** The answer to a job. */
interface Verdict {
    readonly passes: boolean;
    readonly message: string;
    /** Of a no. @default JobFailed */
    readonly type?: FailureType;
}

/**
 * Says whether an execution may enter a stage: neither the environment nor the service in it is frozen, and no alarm is
 * raised. CodePipeline asks as an action or as a rule, and waits until the job is answered; whatever goes wrong, the
 * answer is a no with the reason. It calls the function asynchronously: thrown is only what Lambda is to try again.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-codepipeline.html
 */
export async function handler(event: unknown): Promise<void> {
    const { id, input } = jobOf(event);
    const told = typeof input === "string" ? malformed(input) : await judged(input);
    const verdict = { ...told, message: redactor(event)(told.message) };
    const subject = typeof input === "string" ? {} : { pipeline: input.pipeline, execution: input.execution };
    // Not the job: who knows its id, and may ask another function of the stack, could have it answered.
    console.log(JSON.stringify({ ...subject, ...verdict }));
    await answer(id, verdict);
}

const malformed = (message: string): Verdict => ({ passes: false, message, type: "ConfigurationError" });

async function judged(input: CheckInput): Promise<Verdict> {
    try {
        const reasons = await obstacles(input, { ssm, cloudwatch });
        if (reasons.length === 0) {
            return { passes: true, message: "nothing speaks against it" };
        }
        const { passes, why } = await rollbackOf(input, codepipeline);
        return passes
            ? { passes, message: `${why}, although ${reasons.join("; ")}` }
            : {
                  passes,
                  message: `not deployed to ${input.stage}: ${[...reasons, ...(why === undefined ? [] : [why])].join("; ")}. Retry the stage when this is over`,
              };
    } catch (error) {
        return { passes: false, message: reasonOf(error) };
    }
}

/** Longest text of an answer: what it says first matters most. CodePipeline takes more of a failure than of a success. */
const longest = 1500;

const answer = (jobId: string, { passes, message, type = "JobFailed" }: Verdict) =>
    passes
        ? codepipeline.send(
              new PutJobSuccessResultCommand({ jobId, executionDetails: { summary: inLine(message, longest) } }),
          )
        : codepipeline.send(
              new PutJobFailureResultCommand({ jobId, failureDetails: { type, message: inLine(message, longest) } }),
          );
