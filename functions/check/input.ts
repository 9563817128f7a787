/** What the pipeline asks: may this execution enter this stage? */
export interface CheckInput {
    readonly pipeline: string;

    /** Id of the pipeline execution. */
    readonly execution: string;

    readonly stage: string;

    /** Name of the check's own action in a stage that asks by an action. */
    readonly action: string;

    /** SSM parameters that each close something for deploys while they exist: their names, by what they close. */
    readonly freezes: Readonly<Record<string, string>>;

    /** Names of alarms that must not be raised. */
    readonly alarms: readonly string[];
}

/** A job of CodePipeline: what to look at, or why that is not known. */
export interface Job {
    readonly id: string;
    readonly input: CheckInput | string;
}

type Words = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Words => typeof value === "object" && value !== null && !Array.isArray(value);

const texts = (values: readonly unknown[]): boolean => values.every(value => typeof value === "string" && value !== "");

/**
 * The job of `event`. What is wrong with its parameters is told as a text, so that the job can be answered with it.
 * The event itself holds credentials: nothing of it but the parameters may be repeated.
 *
 * @throws Error when there is no job, so that nobody can be answered
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export function jobOf(event: unknown): Job {
    const job = isMap(event) ? event["CodePipeline.job"] : undefined;
    if (!isMap(job) || typeof job.id !== "string" || job.id === "") {
        throw new Error("expected an event of CodePipeline with the id of a job");
    }
    const { data } = job;
    const action = isMap(data) ? data.actionConfiguration : undefined;
    const configuration = isMap(action) ? action.configuration : undefined;
    return { id: job.id, input: inputOf(isMap(configuration) ? configuration.UserParameters : undefined) };
}

function inputOf(parameters: unknown): CheckInput | string {
    if (typeof parameters !== "string") {
        return "expected UserParameters, found none";
    }
    let value: unknown;
    try {
        value = JSON.parse(parameters);
    } catch (error) {
        return `expected UserParameters in JSON: ${(error as Error).message}`;
    }
    return isInput(value)
        ? value
        : "expected UserParameters with pipeline, execution, stage, action, freezes and alarms, at least one of the last two";
}

function isInput(value: unknown): value is CheckInput {
    if (!isMap(value)) {
        return false;
    }
    const { pipeline, execution, stage, action, freezes, alarms } = value;
    return (
        texts([pipeline, execution, stage, action]) &&
        isMap(freezes) &&
        texts(Object.values(freezes)) &&
        Array.isArray(alarms) &&
        texts(alarms) &&
        // Asked for nothing, it would say yes to everything.
        Object.keys(freezes).length + alarms.length > 0
    );
}
