/**
 * What names of CodePipeline look like; other names never become a part of a key. A name of dots alone is none: some
 * tools take it for a folder.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineExecution.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html (characters of names)
 */
const patterns = {
    pipeline: /^(?!\.+$)[A-Za-z0-9.@_-]{1,100}$/,
    execution: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    stage: /^[A-Za-z0-9.@_-]{1,100}$/,
    action: /^[A-Za-z0-9.@_-]{1,100}$/,
    artifact: /^[A-Za-z0-9_-]{1,100}$/,
} as const;

/** Whether `value` is a name of this sort. */
export const isName = (sort: keyof typeof patterns, value: unknown): value is string =>
    typeof value === "string" && patterns[sort].test(value);

/** An artifact of an execution of a pipeline. */
export interface Place {
    readonly pipeline: string;
    readonly execution: string;
    readonly artifact: string;
}

const path = ({ pipeline, execution, artifact }: Place) => `${pipeline}/${execution}/${artifact}.json`;

/** The key of an artifact's seal, in the bucket whose seals lie below `folder`. */
export const sealKey = (folder: string, place: Place): string => folder + path(place);

/**
 * The key of what `seal` has so far of an artifact. A pipeline called `work` is nothing to fear: its seals lie one folder
 * less deep.
 */
export const workKey = (folder: string, place: Place): string => `${folder}work/${path(place)}`;
