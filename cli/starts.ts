import type { PipelinePlan } from "../blueprint/plan";

/** What starts a pipeline, in words, with the changes of its sources where these start it. */
export function startsOf({ purpose, stages, starts }: Pick<PipelinePlan, "purpose" | "stages" | "starts">): string[] {
    const ofSources = purpose === "release" && !starts.some(start => /^(by hand alone|not when)/.test(start));
    const sources = ofSources
        ? stages.filter(stage => stage.purpose === "source").flatMap(({ actions }) => actions)
        : [];
    return [
        ...sources.map(({ summary }) => `a change of ${summary}`),
        ...starts.filter(start => !/^not when/.test(start)),
    ];
}
