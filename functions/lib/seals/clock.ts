import { Pause } from "./errors";

/** What Lambda tells a function of its run. */
export interface Context {
    getRemainingTimeInMillis(): number;
}

/** Milliseconds that are kept to write down what there is, and to answer, with the patience of three tries. */
const margin = 60_000;

/**
 * Milliseconds of one run: CodePipeline waits 20 minutes for an answer, and a run that dies must be begun again by Lambda
 * and come to its answer in them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
const longestRun = 8 * 60_000;

/** The time that a run has. */
export class Clock {
    private readonly end: number;

    constructor(
        context: Context,
        private readonly now: () => number = Date.now,
    ) {
        this.end = now() + Math.min(context.getRemainingTimeInMillis() - margin, longestRun);
    }

    /** @throws Pause when the time is over */
    check(): void {
        if (this.now() >= this.end) {
            throw new Pause("the time of this run is over");
        }
    }
}

/** How many runs a job may have: with {@link longestRun} about the 24 hours after which CodePipeline ends an action. */
export const mostRuns = 160;
