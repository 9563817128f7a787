import { mapOf, type Fields } from "../fields";
import { isName } from "./names";

/** An input artifact of an action: what CodePipeline calls it, and where it lies. */
export interface Artifact {
    readonly name: string;
    readonly bucket: string;
    readonly key: string;
}

/** Who asks: an action of a stage, in an execution of a pipeline. */
export interface Asking {
    readonly pipeline: string;
    readonly execution: string;
    readonly stage: string;
    readonly action: string;
}

/** What a job asks. */
export interface Question {
    readonly asking: Asking;
    /** All of the parameters, of which only {@link asking} has been looked at. */
    readonly parameters: Fields;
    readonly artifacts: readonly [Artifact, ...Artifact[]];
    /** What the run before has left, as whoever sends the event says. */
    readonly token?: string;
}

/** A job of CodePipeline: what it asks, or why that is not known. */
export interface Job {
    readonly id: string;
    readonly question: Question | string;
}

/** Longest UserParameters that CodePipeline takes are 1,000 characters of a pipeline's JSON; more is no event of it. */
const longestParameters = 20_000;

/** Most input artifacts of an action that invokes a function. */
const mostArtifacts = 5;

/**
 * The job of `event`. What is wrong with it is told as a text, so that the job can be answered with it. The event itself
 * holds credentials: nothing of it is repeated but names that look like names.
 *
 * @throws Error when there is no job, so that nobody can be answered
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 */
export function jobOf(event: unknown): Job {
    const job = mapOf(mapOf(event)?.["CodePipeline.job"]);
    if (typeof job?.id !== "string" || !isName("execution", job.id.toLowerCase())) {
        throw new Error("expected an event of CodePipeline with the id of a job");
    }
    return { id: job.id, question: questionOf(mapOf(job.data) ?? {}) };
}

function questionOf(data: Fields): Question | string {
    const configuration = mapOf(mapOf(data.actionConfiguration)?.configuration);
    const parameters = parametersOf(configuration?.UserParameters);
    if (typeof parameters === "string") {
        return parameters;
    }
    const { pipeline, execution, stage, action } = parameters;
    if (
        !isName("pipeline", pipeline) ||
        !isName("execution", execution) ||
        !isName("stage", stage) ||
        !isName("action", action)
    ) {
        return "expected UserParameters with pipeline, execution, stage and action, each as CodePipeline writes such a name";
    }
    const artifacts = artifactsOf(data.inputArtifacts);
    if (typeof artifacts === "string") {
        return artifacts;
    }
    const token = data.continuationToken;
    return {
        asking: { pipeline, execution, stage, action },
        parameters,
        artifacts,
        ...(typeof token === "string" && token.length <= 2048 && { token }),
    };
}

function parametersOf(text: unknown): Fields | string {
    if (typeof text !== "string" || text.length > longestParameters) {
        return `expected UserParameters of at most ${longestParameters} characters, found none or more`;
    }
    try {
        return mapOf(JSON.parse(text)) ?? "expected UserParameters as an object of JSON";
    } catch {
        return "expected UserParameters in JSON";
    }
}

function artifactsOf(value: unknown): Question["artifacts"] | string {
    const found = Array.isArray(value) ? value.map(artifactOf) : [];
    const artifacts = found.filter(artifact => artifact !== undefined);
    const [first, ...rest] = artifacts;
    if (first === undefined || artifacts.length > mostArtifacts || artifacts.length < found.length) {
        return `expected 1 to ${mostArtifacts} input artifacts, each with a name and where it lies in S3`;
    }
    return new Set(artifacts.map(({ name }) => name)).size === artifacts.length
        ? [first, ...rest]
        : "expected input artifacts of different names";
}

function artifactOf(value: unknown): Artifact | undefined {
    const artifact = mapOf(value);
    const location = mapOf(artifact?.location);
    const { bucketName: bucket, objectKey: key } = mapOf(location?.s3Location) ?? {};
    return isName("artifact", artifact?.name) && location?.type === "S3" && isText(bucket, 63) && isText(key, 1024)
        ? { name: artifact.name, bucket, key }
        : undefined;
}

/** Whether `value` is a text of printable ASCII: buckets and CodePipeline's keys are nothing else. */
const isText = (value: unknown, longest: number): value is string =>
    typeof value === "string" && value.length <= longest && /^[\x21-\x7e]+$/.test(value);
