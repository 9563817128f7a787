import { changeOf, type EditedPipeline } from "../../blueprint/change";
import { costAtRest } from "../../blueprint/cost";
import { allResources } from "../../blueprint/counts";
import { comparePermissions, type HolderChange as Compared } from "../../blueprint/permissions/compare";
import { permissionsOf, type Permissions } from "../../blueprint/permissions/view";
import { madePipelines } from "../../blueprint/part";
import type { FleetPlan, PipelinePlan } from "../../blueprint/plan";
import type { Previous } from "../baseline";
import { difference, differences } from "./differences";
import { renames } from "./renames";
import type { Change, Difference, HolderChange, PipelineChange } from "./model";
import { statementOf } from "./statements";

/** What `now` changes since `previous`, of one service alone where it is named. */
export function changeOfReport({ since, plan: was }: Previous, now: FleetPlan, service?: string): Change {
    if (was === undefined) {
        return { since, comparable: false, pipelines: [], holders: [], fleet: [] };
    }
    const wanted = (name: string) => service === undefined || name === service;
    const holders = holderChanges(was, now);
    const pipelines = pipelineChanges(was, now).filter(({ key }) => wanted(serviceOf(key)));
    const owned = new Set<string>();
    const withHolders = pipelines.map(({ services, ...change }) => {
        const own = holders.filter(holder => holder.services.some(service => services.includes(service)));
        own.forEach(({ key }) => owned.add(key));
        return { ...change, holders: own.map(({ change: one }) => one) };
    });
    return {
        since,
        comparable: true,
        pipelines: withHolders,
        holders: holders
            .filter(({ key, services }) => !owned.has(key) && (services.length === 0 || services.some(wanted)))
            .map(({ change }) => change),
        fleet: fleetDifferences(was, now),
    };
}

/** The service of a pipeline, by its logical name. */
const serviceOf = (key: string) => key.split("--")[0];

/** What became of each holder, and whose it is. */
function holderChanges(was: FleetPlan, now: FleetPlan) {
    const [before, after] = [was, now].map(permissionsOf);
    const services = new Map([...before, ...after].map((holder: Permissions) => [holder.key, holder.services]));
    return comparePermissions(before, after).map(compared => ({
        key: compared.key,
        services: services.get(compared.key) ?? [],
        change: holderChange(compared),
    }));
}

const holderChange = ({ key, of, change, broader, notes, differences }: Compared): HolderChange => ({
    key,
    of,
    kind: change,
    broader,
    notes,
    differences: differences.map(({ what, change: kind, broader: more, statement }) => ({
        what,
        kind,
        broader: more,
        statement: statementOf(statement, what === "trust"),
    })),
});

/** A change without its permissions, and which services' permissions are its own. */
type Bare = Omit<PipelineChange, "holders"> & { readonly services: readonly string[] };

/** What became of each pipeline. */
function pipelineChanges(was: FleetPlan, now: FleetPlan): Bare[] {
    const [made, making] = [was, now].map(plan => ({ ...plan, pipelines: madePipelines(plan) }));
    const { added, removed, edited, beside } = changeOf(made, making);
    const [old, current] = [was, now].map(
        plan => new Map(madePipelines(plan).map(pipeline => [pipeline.logicalName, pipeline])),
    );
    // Another prefix gives each pipeline another name: it is deleted and made anew.
    const again = added.filter(key => removed.includes(key));
    const renamed = renames(
        removed.flatMap(key => (again.includes(key) ? [] : (old.get(key) ?? []))),
        added.flatMap(key => (again.includes(key) ? [] : (current.get(key) ?? []))),
    );
    const gone = [...again, ...renamed.values()];
    const replaced = [...again.map(key => [key, key] as const), ...renamed].map(([key, before]) =>
        replacement(key, before, old, current),
    );
    const between = (key: string) => {
        const [before, after] = [old.get(key), current.get(key)];
        return before && after ? differences(before, after) : [];
    };
    return [
        ...added
            .filter(key => !again.includes(key) && !renamed.has(key))
            .map(key => ({
                ...plainChange(key, "added"),
                consequences: ["a new pipeline; nothing else changes for it"],
            })),
        ...removed
            .filter(key => !gone.includes(key))
            .map(key => ({
                ...plainChange(key, "removed"),
                consequences: [
                    "the pipeline, its roles and its projects are deleted, with the history of its executions",
                ],
            })),
        ...replaced,
        ...edited
            .filter(({ service }) => current.has(service))
            .map(one => ({
                ...plainChange(one.service, "edited"),
                stages: one.stages,
                consequences: consequencesOf(one),
                differences: between(one.service),
            })),
        ...beside
            .filter(key => current.has(key))
            .map(key => ({
                ...plainChange(key, "beside"),
                consequences: [
                    "only projects, events, schedules, roles or tags change: what runs goes on, and can be rolled back",
                ],
                differences: between(key),
            })),
    ];
}

const plainChange = (key: string, kind: PipelineChange["kind"]): Bare => ({
    key,
    kind,
    stages: [],
    consequences: [],
    differences: [],
    // A check of pull requests shares its service with the release, which has the permissions of both.
    services: key.includes("--") ? [] : [key],
});

/** What an edit means, as AWS says it: see `blueprint/change.ts`. */
const consequencesOf = ({ rollsBack }: EditedPipeline) => [
    "saving an edited pipeline stops its running executions: bring it up when none runs",
    `nothing can be rolled back to until the next success${rollsBack ? ", and this pipeline rolls back by itself" : ""}`,
];

type ByKey = ReadonlyMap<string, PipelinePlan>;

function replacement(key: string, before: string, old: ByKey, current: ByKey): Bare {
    const was = old.get(before)?.name ?? before;
    const now = current.get(key)?.name ?? key;
    return {
        ...plainChange(key, "replaced"),
        services: key.includes("--") ? [] : [key, before],
        before: was,
        consequences: [
            "a name cannot be changed: the pipeline, its roles and its projects are deleted and made anew, and its history is lost",
            "nothing can be rolled back to until the next success",
        ],
        differences: [{ what: "name of the pipeline", before: was, after: now }],
    };
}

/** What is different of the stack as a whole, in words. */
function fleetDifferences(was: FleetPlan, now: FleetPlan): Difference[] {
    const usd = (plan: FleetPlan) => `$${costAtRest(plan).monthlyIdle.toFixed(2)} a month`;
    const pairs: readonly (readonly [string, (plan: FleetPlan) => string])[] = [
        ["prefix", plan => plan.prefix],
        ["account", plan => plan.home.account],
        ["region", plan => plan.home.region],
        ["environments", plan => plan.environments.join(" → ")],
        ["protected from deletion", plan => String(plan.protect)],
        ["tags", plan => JSON.stringify(plan.tags)],
        ["cost at rest", usd],
        ["resources", plan => String(allResources(plan))],
    ];
    return pairs.flatMap(([what, of]) => difference(what, of(was), of(now)));
}
