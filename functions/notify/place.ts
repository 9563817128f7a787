import { subjectOf } from "../lib/subject";
import type { NotifySettings } from "./settings";

/** What a stage is to people. */
export interface Place {
    /** Absent for what runs before any environment: sources and builds. */
    readonly environment?: string;
    /** Whether the stage only asks for a yes. */
    readonly approval: boolean;
}

/** What the stage called `stage` is. */
export function placeOf(stage: string | undefined, { environments }: Pick<NotifySettings, "environments">): Place {
    const found = environments.find(environment => environment.stage === stage || environment.approvalStage === stage);
    return found === undefined
        ? { approval: false }
        : { environment: found.name, approval: found.approvalStage === stage };
}

/** Whether `pipeline` is one of this stack that releases a service: pull requests are told of by statuses. */
export const releases = (pipeline: string, { prefix }: Pick<NotifySettings, "prefix">): boolean =>
    subjectOf(pipeline, prefix)?.check === false;

/** The service of `pipeline`: as its tag says, or as its name does where there is no tag any more. */
export const serviceOf = (pipeline: string, tags: Readonly<Record<string, string>>, prefix: string): string =>
    tags.service || (subjectOf(pipeline, prefix)?.service ?? pipeline.replace(`${prefix}--`, ""));
