/** `UserParameters` of an action that verifies its input artifacts. */
export interface VerifyInput {
    /** Name of the pipeline. */
    readonly pipeline: string;

    /** Id of the execution. */
    readonly execution: string;

    /** Stage and name of the action that asks. */
    readonly stage: string;
    readonly action: string;
}
