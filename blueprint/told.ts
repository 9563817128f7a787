import { isDeepStrictEqual } from "node:util";
import type { ServiceConfig } from "../config/fleet-config";
import { mergedRoutes, routeOf } from "../config/routes";
import type { Routes } from "../functions/lib/happenings";
import type { Ground } from "./place";
import type { PipelinePlan, ToldPlan } from "./plan";

/** What the tags begin with in which a pipeline says who is told of it; the function that tells reads them. */
export const routeTag = "notify:";

/** What a tag says of a target that is told nothing; a tag without a value could be one that somebody has emptied. */
export const nothing = "none";

/** What a service says of who is told, as far as there are environments for it. */
type Telling = Pick<ServiceConfig, "notify" | "environments">;

/** Who is told of a pipeline, and what it says of that itself. */
export function tellingOf(service: Telling, { routes }: Pick<Ground, "routes">): Pick<PipelinePlan, "tags" | "told"> {
    const own = service.notify;
    const { fleet } = routes;
    const environments = service.environments.map(({ name, notify }) => ({
        name,
        own: notify,
        stack: routes.environments[name] ?? {},
    }));
    // A word that is the fleet's too is said all the same where an environment has another: the service's holds there.
    const layers = [fleet, ...Object.values(routes.environments).map(other => mergedRoutes(fleet, other))];
    const differs = (target: string, word: Routes[string]) => layers.some(layer => !says(layer, target, word));
    const ownTags = Object.entries(own)
        .filter(([target, word]) => differs(target, word))
        .map(([target, word]) => [`${routeTag}${target}`, tagValue(word)] as const);
    const tagsOfEnvironments = environments.flatMap(environment => {
        const lower = mergedRoutes(fleet, environment.stack, own);
        return Object.entries(environment.own)
            .filter(([target, word]) => !says(lower, target, word))
            .map(([target, word]) => [`${routeTag}${target}:${environment.name}`, tagValue(word)] as const);
    });
    return {
        tags: Object.fromEntries([...ownTags, ...tagsOfEnvironments]),
        told: {
            everywhere: withoutAlarms(mergedRoutes(fleet, own)),
            environments: Object.fromEntries(
                environments.map(({ name, own: ofService, stack }) => [
                    name,
                    withoutAlarms(mergedRoutes(fleet, stack, own, ofService)),
                ]),
            ),
        },
    };
}

/** Whether `layer` already says `word` of `target`, as far as it is about pipelines. */
const says = (layer: Routes, target: string, word: Routes[string]) =>
    isDeepStrictEqual(routeOf(withoutAlarms(layer), target) ?? [], word);

/** As a tag's value: it takes letters, digits, blanks and hyphens. */
const tagValue = (words: Routes[string]) => (words.length === 0 ? nothing : words.join(" "));

/** Alarms are the fleet's, and no pipeline's. */
const withoutAlarms = (routes: Routes): Routes =>
    Object.fromEntries(
        Object.entries(routes).map(([target, words]) => [target, words.filter(word => word !== "alarm")]),
    );

/** Whether somebody is told when `what` happens in `environment`. */
export const isTold = ({ environments }: ToldPlan, environment: string, what: Routes[string][number]): boolean =>
    Object.values(environments[environment] ?? {}).some(words => words.includes(what));
