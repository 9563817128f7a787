import { isDeepStrictEqual } from "node:util";
import { shown } from "../../catalog/reference";
import { changeOf, type EditedPipeline } from "../../blueprint/change";
import { costAtRest } from "../../blueprint/cost";
import { allResources } from "../../blueprint/counts";
import { comparePermissions, type HolderChange as Compared } from "../../blueprint/permissions/compare";
import { permissionsOf, type Permissions } from "../../blueprint/permissions/view";
import { madePipelines } from "../../blueprint/part";
import type { ActionPlan, FleetPlan, PipelinePlan, StagePlan } from "../../blueprint/plan";
import type { Previous } from "../baseline";
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
    const withHolders = pipelines.map(change => {
        const own = holders.filter(
            ({ services, key }) =>
                services.includes(serviceOf(change.key)) && !change.key.includes("--") && owned.add(key),
        );
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

type Bare = Omit<PipelineChange, "holders">;

function pipelineChanges(was: FleetPlan, now: FleetPlan): Bare[] {
    const { added, removed, edited, beside } = changeOf(was, now);
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
        before: was,
        consequences: [
            "a name cannot be changed: the pipeline, its roles and its projects are deleted and made anew, and its history is lost",
            "nothing can be rolled back to until the next success",
        ],
        differences: [{ what: "name of the pipeline", before: was, after: now }],
    };
}

/** Which of `added` is one of `removed` under another name: the same pipeline but for its name. */
function renames(removed: readonly PipelinePlan[], added: readonly PipelinePlan[]): Map<string, string> {
    const shape = ({ service, stages, purpose }: PipelinePlan) =>
        JSON.stringify([purpose, stages.map(({ path, ...stage }: StagePlan & { path?: unknown }) => stage)])
            .replace(/"path":\[[^\]]*\],?/g, "")
            .replaceAll(service, "\u0000");
    const free = new Map(removed.map(pipeline => [pipeline.logicalName, shape(pipeline)]));
    const found = new Map<string, string>();
    for (const pipeline of added) {
        const own = shape(pipeline);
        const before = [...free].find(([, other]) => other === own)?.[0];
        if (before !== undefined) {
            free.delete(before);
            found.set(pipeline.logicalName, before);
        }
    }
    return found;
}

const difference = (what: string, before: unknown, after: unknown): Difference[] => {
    const [was, is] = [textOf(before), textOf(after)];
    return was === is
        ? []
        : [{ what, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
};

function textOf(value: unknown): string | undefined {
    return value === undefined ? undefined : typeof value === "string" ? value : JSON.stringify(value);
}

/** What is different of two pipelines of one name, in words. */
function differences(was: PipelinePlan, now: PipelinePlan): Difference[] {
    return [
        ...difference("execution mode", was.executionMode, now.executionMode),
        ...difference("starts", was.starts.join("; "), now.starts.join("; ")),
        ...difference("triggers", was.triggers, now.triggers),
        ...difference("variables", was.variables, now.variables),
        ...difference("tags", was.tags, now.tags),
        ...byName(was.stages, now.stages).flatMap(([name, before, after]) =>
            before === undefined || after === undefined
                ? difference(`stage ${name}`, before && stageWords(before), after && stageWords(after))
                : stageDifferences(name, before, after),
        ),
        ...byName(named(was), named(now)).flatMap(
            ([name, { name: _, ...before } = { name }, { name: __, ...after } = { name }]) =>
                mapDifferences(name, before, after),
        ),
    ];
}

/** The components of a pipeline, with what a reviewer reads of them. */
const named = ({ components }: PipelinePlan) =>
    components.map(({ logicalName, ...rest }) => {
        const { grants, component, batch, ...settings } = rest as typeof rest & { grants?: unknown; batch?: unknown };
        return { ...settings, name: `${component} ${logicalName}` };
    });

const stageWords = ({ actions }: StagePlan) => actions.map(({ name }) => name).join(", ");

function stageDifferences(name: string, was: StagePlan, now: StagePlan): Difference[] {
    const gates = (rules: StagePlan["before"]) => rules.map(({ summary }) => summary).join("; ");
    return [
        ...difference(`${name}: gates before`, gates(was.before), gates(now.before)),
        ...difference(`${name}: gates after`, gates(was.after), gates(now.after)),
        ...difference(`${name}: on failure`, was.onFailure, now.onFailure),
        ...difference(`${name}: approval`, was.approval, now.approval),
        ...difference(`${name}: rolled back by`, (was.rollbackOn ?? []).join(", "), (now.rollbackOn ?? []).join(", ")),
        ...byName(was.actions, now.actions).flatMap(([action, before, after]) =>
            before === undefined || after === undefined
                ? difference(`${name}: action ${action}`, before?.summary, after?.summary)
                : mapDifferences(`${name}: ${action}`, actionWords(before), actionWords(after)),
        ),
    ];
}

/** What a reviewer reads of an action. */
const actionWords = ({
    configuration,
    action,
    name,
    path,
    targets,
    passes,
    readers,
    compute,
    ...rest
}: ActionPlan) => ({
    ...rest,
    provider: action.provider,
    ...(compute && { commands: compute.commands }),
    ...Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, shown(value)])),
});

function mapDifferences(what: string, was: object, now: object): Difference[] {
    const [before, after] = [was, now] as Readonly<Record<string, unknown>>[];
    return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap(key =>
        isDeepStrictEqual(before[key], after[key]) ? [] : difference(`${what}: ${key}`, before[key], after[key]),
    );
}

/** Those of two lists by their names, in the order of the second. */
function byName<T extends { readonly name: string }>(was: readonly T[], now: readonly T[]) {
    const [old, current] = [was, now].map(all => new Map(all.map(one => [one.name, one])));
    return [...new Set([...current.keys(), ...old.keys()])].map(
        name => [name, old.get(name), current.get(name)] as const,
    );
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
