import { isDeepStrictEqual } from "node:util";
import type { FleetPlan, NotificationTargetPlan, PipelinePlan } from "../blueprint/plan";
import { routeOf } from "../config/routes";
import type { Happening } from "../functions/lib/happenings";

/** Who a target is, and what it is told of one pipeline. */
export interface Told {
    readonly target: string;
    readonly type: string;
    readonly summary: string;
    /** Of what is of no environment, and of environments that are not below. */
    readonly everywhere: readonly Happening[];
    /** In environments where it is told something else. */
    readonly environments: Readonly<Record<string, readonly Happening[]>>;
}

/** Who is told of a pipeline; nobody who is told nothing. */
export function toldOf({ told }: Pick<PipelinePlan, "told">, targets: readonly NotificationTargetPlan[]): Told[] {
    return targets
        .map(({ key, type, summary }) => {
            const everywhere = routeOf(told.everywhere, key) ?? [];
            const environments = Object.entries(told.environments)
                .map(([name, routes]) => [name, routeOf(routes, key) ?? []] as const)
                .filter(([, words]) => !isDeepStrictEqual(words, everywhere));
            return { target: key, type, summary, everywhere, environments: Object.fromEntries(environments) };
        })
        .filter(({ everywhere, environments }) =>
            [everywhere, ...Object.values(environments)].some(words => words.length > 0),
        );
}

/**
 * `failed, recovered → on-call (Slack by webhook, secret slack-webhooks:on-call); in prod: failed, stuck`; of one that is told
 * nothing elsewhere, `in prod: failed → on-call (…)`.
 */
function toldLine({ target, summary, everywhere, environments }: Told): string {
    const words = (all: readonly Happening[]) => (all.length === 0 ? "nothing" : all.join(", "));
    const elsewhere = Object.entries(environments).map(([name, all]) => `in ${name}: ${words(all)}`);
    const who = `→ ${target} (${summary})`;
    return everywhere.length === 0
        ? `${elsewhere.join("; ")} ${who}`
        : [`${words(everywhere)} ${who}`, ...elsewhere].join("; ");
}

/** Who hears of what of a pipeline, a line for each target. */
export const toldLines = (pipeline: Pick<PipelinePlan, "told">, { shared }: FleetPlan): string[] => {
    const all = toldOf(pipeline, shared.operations.targets);
    return all.length === 0 ? ["nobody, of anything"] : all.map(toldLine);
};

/** Who can be told, of which alarms of the fleet, and what must be so before. */
export function targetLines({ shared }: FleetPlan): string[] {
    const { targets, notify } = shared.operations;
    return targets.length === 0
        ? ["  nobody: `targets` names none"]
        : targets.flatMap(({ key, type, summary, prerequisites = [] }) => [
              `  ${key.padEnd(12)} ${type}: ${summary}${routeOf(notify, key)?.includes("alarm") ? "; hears of the fleet's alarms" : ""}`,
              ...prerequisites.map(condition => `    needs  ${condition}`),
          ]);
}
