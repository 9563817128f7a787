import { isDeepStrictEqual } from "node:util";
import { shown } from "../../catalog/reference";
import type { PipelinePlan } from "../plan";

/**
 * Which of `added` is one of `removed` under another name: from the same sources to the same targets. What is named after the service
 * is named after the new one.
 */
export function renames(removed: readonly PipelinePlan[], added: readonly PipelinePlan[]): Map<string, string> {
    const isSame = (was: PipelinePlan, now: PipelinePlan) => {
        const [before, after] = [was, now].map(endsOf);
        const moved = (texts: readonly string[]) => texts.map(text => text.replaceAll(was.service, now.service));
        const fit = (old: readonly string[], current: readonly string[]) =>
            current.length > 0 && (isDeepStrictEqual(old, current) || isDeepStrictEqual(moved(old), current));
        return was.purpose === now.purpose && fit(before.sources, after.sources) && fit(before.targets, after.targets);
    };
    const free = new Set(removed);
    const found = new Map<string, string>();
    for (const now of added) {
        const was = [...free].find(one => isSame(one, now));
        if (was !== undefined) {
            free.delete(was);
            found.set(now.logicalName, was.logicalName);
        }
    }
    return found;
}

/** What a source's configuration calls the place that it is fetched from. */
const placesOfSources = ["FullRepositoryId", "RepositoryName", "S3Bucket", "S3ObjectKey"];

/** Where a pipeline begins, and what it writes to; of one that writes nothing, what it runs. */
function endsOf({ stages }: PipelinePlan) {
    const actions = stages.flatMap(stage => stage.actions);
    const targets = actions.flatMap(action => action.targets.map(({ what }) => what));
    return {
        sources: stages[0].actions.flatMap(({ configuration }) =>
            placesOfSources.flatMap(key => (key in configuration ? shown(configuration[key]) : [])),
        ),
        targets: targets.length > 0 ? targets : actions.map(({ summary }) => summary),
    };
}
