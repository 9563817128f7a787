import { Malformed } from "../lib/errors";
import { subjectOf, type Subject } from "../lib/subject";
import type { EnvironmentNames } from "../lib/settings";
import type { Stage } from "./history";
import { everyEnvironment } from "./metric";

/**
 * What the pipeline is about.
 *
 * @throws Malformed where it is no pipeline of the fleet `prefix`
 */
export function namedBy(pipeline: string, prefix: string): Subject {
    const subject = subjectOf(pipeline, prefix);
    if (subject === undefined) {
        throw new Malformed(`expected a pipeline of the fleet ${prefix}, found ${pipeline}`);
    }
    return subject;
}

/** The last of `environments` that a pipeline with `stages` deploys to: its production. */
export const lastEnvironment = (
    stages: readonly Stage[],
    environments: readonly EnvironmentNames[],
): EnvironmentNames | undefined => environments.findLast(({ stage }) => stages.some(({ name }) => name === stage));

/** The environment that `stage` belongs to: deploys to, or asks for. */
export const environmentOf = (stage: string, environments: readonly EnvironmentNames[]): string =>
    environments.find(each => each.stage === stage || each.approvalStage === stage)?.name ?? everyEnvironment;
