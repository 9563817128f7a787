import { redactor } from "../redacted";
import { answer, malformed, type Verdict } from "./answer";
import { Clock, type Context } from "./clock";
import { jobOf, type Question } from "./job";
import type { Tools } from "./tools";

/** Judges a job. */
export type Handle = (question: Question, tools: Tools) => Promise<Verdict>;

/**
 * One run of a function that CodePipeline invokes: takes the job out of the event, lets `handle` judge it, writes one line
 * and answers. Neither the event, which holds credentials, nor the id of the job, with which others could answer it, is
 * written anywhere. Thrown is only what Lambda is to try again.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 */
export async function run(
    event: unknown,
    context: Context,
    tools: Omit<Tools, "clock">,
    handle: Handle,
): Promise<void> {
    const { id, question } = jobOf(event);
    const told =
        typeof question === "string"
            ? malformed(question)
            : await handle(question, { ...tools, clock: new Clock(context) });
    const verdict = { ...told, message: redactor(event)(told.message) };
    const asking = typeof question === "string" ? {} : question.asking;
    console.log(JSON.stringify({ ...asking, verdict: verdict.verdict, message: verdict.message }));
    await answer(tools.codepipeline, id, verdict);
}
