import { once } from "../lib/claims";
import type { Happening } from "../lib/happenings";
import { together } from "../lib/errors";
import { noticeOf, type Draft } from "./draft";
import { routesOf } from "./routes";
import type { World } from "./world";

/** Tells each target of `draft` that wants to hear of it and has not yet. */
export async function tell(draft: Draft, world: World): Promise<void> {
    const tags = draft.pipeline === undefined ? {} : await world.facts.tags(draft.pipeline);
    const targets = targetsOf(draft, tags, world);
    await together(
        [...targets].map(([happening, keys]) => async () => {
            const notice = await noticeOf(draft, happening, tags, world);
            await together(
                keys.map(
                    key => () =>
                        once(world.table, notice.id, key, () =>
                            world.deliver(notice, key, world.settings.targets[key]),
                        ),
                ),
            );
        }),
    );
}

/** By happening, the targets that are told of it: each of the first that it wants to hear of. */
function targetsOf(
    { happenings, unless = [], environment }: Draft,
    tags: Readonly<Record<string, string>>,
    { settings }: World,
): Map<Happening, string[]> {
    const routed = (happening: Happening) =>
        routesOf({ happening, ...(environment !== undefined && { environment }) }, settings, tags);
    const done = new Set(unless.flatMap(happening => [...routed(happening)]));
    const targets = new Map<Happening, string[]>();
    for (const happening of happenings) {
        const keys = [...routed(happening)].filter(key => !done.has(key));
        keys.forEach(key => done.add(key));
        if (keys.length > 0) {
            targets.set(happening, keys);
        }
    }
    return targets;
}
