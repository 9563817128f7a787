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

/** What a pipeline is called behind the stack's prefix, and behind the hash that long names have: `orders`, `orders--check`. */
const ownName = (pipeline: string, prefix: string): string =>
    pipeline.slice(`${prefix}--`.length).replace(/^\d[0-9a-f]{7}--/, "");

/** Whether `pipeline` is one of this stack that releases a service: pull requests are told of by statuses. */
export const releases = (pipeline: string, { prefix }: Pick<NotifySettings, "prefix">): boolean =>
    pipeline.startsWith(`${prefix}--`) && !ownName(pipeline, prefix).endsWith("--check");

/** The service of `pipeline`: as its tag says, or as its name does where there is no tag any more. */
export const serviceOf = (pipeline: string, tags: Readonly<Record<string, string>>, prefix: string): string =>
    tags.service || ownName(pipeline, prefix);
