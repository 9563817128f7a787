import { costAtRest } from "../../blueprint/cost";
import { allResources } from "../../blueprint/counts";
import type { Outcome } from "../../blueprint/changes/outcomes";
import { comparePermissions, type HolderChange as Compared } from "../../blueprint/permissions/compare";
import { permissionsOf, type Permissions } from "../../blueprint/permissions/view";
import type { FleetPlan } from "../../blueprint/plan";
import type { Previous } from "../baseline";
import { comparedWith, noteText, notesOf } from "../change-words";
import type { Change, Difference, HolderChange } from "./change-model";
import { statementOf } from "./statements";

/** What `now` changes since `previous`, of one service alone where it is named. */
export function changeOfReport(previous: Previous, now: FleetPlan, service?: string): Change {
    const { since, plan: was, beside } = previous;
    const compared = comparedWith(previous, now, service);
    if (was === undefined || compared === undefined) {
        return { since, comparable: false, pipelines: [], settings: [], notes: [], holders: [], fleet: [] };
    }
    const holders = holderChanges(was, now);
    const owned = new Set<string>();
    const pipelines = compared.pipelines.map(outcome => {
        const own = holders.filter(holder => holder.services.some(name => outcome.services.includes(name)));
        own.forEach(({ key }) => owned.add(key));
        return {
            ...pipelineChange(outcome, beside === undefined),
            holders: own.map(({ change }) => change),
        };
    });
    return {
        since,
        comparable: true,
        pipelines,
        settings: compared.settings,
        notes: compared.notes.map(noteText),
        holders: holders
            .filter(
                ({ key, services }) =>
                    !owned.has(key) && (services.length === 0 || service === undefined || services.includes(service)),
            )
            .map(({ change }) => change),
        fleet: figures(was, now),
    };
}

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
    differences: differences.map(({ what, change: kind, broader: more, statement, was = [] }) => ({
        what,
        kind,
        broader: more,
        statement: statementOf(statement, what === "trust"),
        was: was.map(one => statementOf(one, what === "trust")),
    })),
});

const pipelineChange = (outcome: Outcome, isPast: boolean) => ({
    key: outcome.key,
    kind: outcome.kind,
    ...(outcome.before !== undefined && { before: outcome.before }),
    stages: outcome.stages,
    consequences: isPast ? notesOf([outcome]).map(noteText) : [],
    differences: outcome.settings,
});

/** What the stack comes to, where that is not the same. */
function figures(was: FleetPlan, now: FleetPlan): Difference[] {
    const pairs: readonly (readonly [string, (plan: FleetPlan) => string])[] = [
        ["cost at rest", plan => `$${costAtRest(plan).monthlyIdle.toFixed(2)} a month`],
        ["resources", plan => String(allResources(plan))],
    ];
    return pairs
        .map(([what, of]) => ({ what, before: of(was), after: of(now) }))
        .filter(({ before, after }) => before !== after);
}
