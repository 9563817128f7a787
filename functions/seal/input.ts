/** `UserParameters` of an action that seals its input artifacts. */
export interface SealInput {
    /** Name of the pipeline. */
    readonly pipeline: string;

    /** Id of the execution. */
    readonly execution: string;

    /** Stage and name of the action that asks. */
    readonly stage: string;
    readonly action: string;

    /** Files of an artifact, by its name, that name images; each image has to be named by its digest. */
    readonly images?: Readonly<Record<string, readonly string[]>>;
}
