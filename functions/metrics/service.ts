import { Malformed } from "../lib/errors";
import type { EnvironmentNames } from "../lib/settings";
import type { Stage } from "./history";
import { everyEnvironment } from "./metric";

/** A pipeline, as its name tells. */
export interface Named {
    readonly service: string;
    /** Whether it only checks pull requests. */
    readonly checks: boolean;
}

/** A hash before the service, where the name is long: it begins with a digit, as no service does. */
const hash = /^[0-9]/;

/**
 * What the name of `pipeline` tells: `shop--orders`, `shop--1a2b3c4d--notifications`, or with `--check` behind.
 *
 * @throws Malformed where it is no pipeline of the fleet `prefix`
 */
export function namedBy(pipeline: string, prefix: string): Named {
    const [first, ...words] = pipeline.split("--");
    const [service, check, ...more] = words.length > 1 && hash.test(words[0]) ? words.slice(1) : words;
    if (first !== prefix || !service || more.length > 0 || (check !== undefined && check !== "check")) {
        throw new Malformed(`expected a pipeline of the fleet ${prefix}, found ${pipeline}`);
    }
    return { service, checks: check !== undefined };
}

/** The last of `environments` that a pipeline with `stages` deploys to: its production. */
export const lastEnvironment = (
    stages: readonly Stage[],
    environments: readonly EnvironmentNames[],
): EnvironmentNames | undefined => environments.findLast(({ stage }) => stages.some(({ name }) => name === stage));

/** The environment that `stage` belongs to: deploys to, or asks for. */
export const environmentOf = (stage: string, environments: readonly EnvironmentNames[]): string =>
    environments.find(each => each.stage === stage || each.approvalStage === stage)?.name ?? everyEnvironment;
