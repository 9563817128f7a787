import type { Happening } from "../lib/happenings";
import { happenings, routeTag, type NotifySettings } from "./settings";

/** Who is told of what: what happens, by key of the target. */
type Wanted = ReadonlyMap<string, ReadonlySet<string>>;

/** What routing asks of a notice. */
export interface Subject {
    readonly happening: Happening;
    readonly environment?: string;
}

type RouteSettings = Pick<NotifySettings, "environments" | "notify" | "targets">;

/** Keys of the targets that are told of `subject`. */
export function routesOf(
    { happening, environment }: Subject,
    settings: RouteSettings,
    tags: Readonly<Record<string, string>>,
): Set<string> {
    const wanted = wantedBy(environment, settings, tags);
    return new Set([...wanted].filter(([, events]) => events.has(happening)).map(([target]) => target));
}

/**
 * What each target wants to hear of a service in `environment`. The narrower word replaces the wider one, for its target
 * alone: the stack's, the environment's, the service's, the service's in the environment.
 */
function wantedBy(
    environment: string | undefined,
    { notify, environments, targets }: RouteSettings,
    tags: Readonly<Record<string, string>>,
): Wanted {
    const wanted = new Map<string, ReadonlySet<string>>();
    const of = environments.find(({ name }) => name === environment);
    for (const routes of [notify, of?.notify ?? {}]) {
        Object.entries(routes).forEach(([target, events]) => wanted.set(target, new Set(events)));
    }
    const tagged = Object.entries(tags)
        .filter(([key]) => key.startsWith(routeTag))
        .map(([key, value]) => ({ path: key.slice(routeTag.length).split(":"), events: wordsOf(value) }));
    for (const own of [undefined, environment]) {
        tagged
            .filter(({ path }) => path.length <= 2 && path.at(1) === own)
            .forEach(({ path: [target], events }) => wanted.set(target, events));
    }
    // A target that has gone from the stack may stay in a tag for a moment: nobody is there to be told.
    return new Map([...wanted].filter(([target]) => Object.hasOwn(targets, target)));
}

/** Words of a tag's value. AWS takes no empty value for a list that is empty: `none` is no happening. */
const wordsOf = (value: string): ReadonlySet<string> =>
    new Set(value.split(/\s+/).filter(word => (happenings as readonly string[]).includes(word)));
