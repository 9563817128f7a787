import { costAtRest } from "./cost";
import { makesShared } from "./part";
import type { FleetPlan, PipelinePlan } from "./plan";
import { assumptions } from "./prices/assumptions";
import { freeEachMonth } from "./prices/pipelines";
import { buildPriceIn, priceIn } from "./prices/table";
import { byKind, releaseCost, type MachineMinutes, type ReleaseCost } from "./release-cost";

/** What is asked about a month. */
export interface WhatIf {
    /** Releases of each service a day. */
    readonly releases: number;
    /** Checks of pull requests of each service that has a pipeline for them, a day. @default 0 */
    readonly checks?: number;
    /** Minutes of every action. @default those of its kind */
    readonly minutes?: number;
    /** Services of a fleet that has grown: those of the stack, again and again. @default those of the stack */
    readonly services?: number;
}

/** A line of a month's bill; what is free is negative. */
export interface MonthItem {
    readonly what: string;
    /** US dollars. */
    readonly usd: number;
}

/** What one service comes to in a month, before what is free in the account. */
export interface ServiceMonth {
    readonly service: string;
    readonly usd: number;
    readonly actionMinutes: number;
    readonly buildMinutes: number;
    /** From so many releases a month its release pipeline were cheaper as V1; absent where it runs no action that is paid. */
    readonly v1CheaperFromReleases?: number;
}

/** What a stack, or one service of it, comes to in a month. */
export interface Month {
    readonly asked: WhatIf;
    readonly days: number;
    /** How many services it is of. */
    readonly services: number;
    readonly usd: number;
    readonly items: readonly MonthItem[];
    /** Of the services that the stack has. */
    readonly byService: readonly ServiceMonth[];
    /** Of a pipeline: action minutes a month from which one of type V1 were cheaper, and what V1 has not that this stack uses. */
    readonly v1: { readonly minutes: number; readonly monthly: number; readonly lacks: readonly string[] };
    /** Machines of which no price is known, and so not in the sum. */
    readonly unpriced: readonly MachineMinutes[];
}

/**
 * What `fleet` comes to in a month of {@link WhatIf.releases} a day: of a platform with all services that stand on it. One service
 * alone, and a stack on a platform, come without what all services share and without what is free once in an account, so that
 * they add up to the whole.
 */
export function monthlyCost(fleet: FleetPlan, asked: WhatIf, service?: string): Month {
    const pipelines = fleet.pipelines.filter(pipeline => service === undefined || pipeline.service === service);
    const names = [...new Set(pipelines.map(pipeline => pipeline.service))];
    const services = names.length === 0 ? 0 : (asked.services ?? names.length);
    const repeats = repeatsOf(names, services);
    const runs = runsOf(fleet, pipelines, asked);
    const total = (amount: (cost: ReleaseCost) => number) =>
        runs.reduce((sum, { cost, times }) => sum + (repeats.get(cost.service) ?? 0) * times * amount(cost), 0);
    const actions = total(cost => cost.actionUsd);
    const builds = total(cost => cost.buildUsd);
    const all = total(cost => cost.usd);
    const actionMinutes = total(cost => cost.actionMinutes);
    const machines = machinesOf(runs, repeats);
    const items: MonthItem[] = [
        { what: `${figure(actionMinutes)} minutes of actions`, usd: actions },
        { what: `${figure(total(cost => cost.buildMinutes))} minutes of builds`, usd: builds },
        { what: "artifacts, logs, data, keys and functions of releases", usd: all - actions - builds },
        ...(service === undefined && makesShared(fleet)
            ? [
                  { what: "at rest", usd: costAtRest(grown(fleet, repeats)).monthlyIdle },
                  ...freeOf(fleet.home.region, actionMinutes, machines),
              ]
            : []),
    ];
    return {
        asked,
        days: assumptions.days.amount,
        services,
        usd: items.reduce((sum, { usd }) => sum + usd, 0),
        items,
        byService: byService(runs, priceOfV1(fleet)),
        v1: {
            minutes: priceOfV1(fleet) / priceIn("actionMinute", fleet.home.region).usd,
            monthly: priceOfV1(fleet),
            lacks: lacksOfV1(pipelines),
        },
        unpriced: machines.filter(({ usd }) => usd === undefined),
    };
}

/** A count, with one decimal where it is none of whole things. */
export const figure = (count: number) => count.toLocaleString("en-US", { maximumFractionDigits: 1 });

const priceOfV1 = ({ home }: FleetPlan) => priceIn("v1PipelineMonth", home.region).usd;

/** Executions of a pipeline in a month, and what each costs. */
interface Runs {
    readonly cost: ReleaseCost;
    readonly times: number;
}

const runsOf = (fleet: FleetPlan, pipelines: readonly PipelinePlan[], asked: WhatIf): Runs[] =>
    pipelines.map(pipeline => ({
        cost: releaseCost(fleet, pipeline, asked.minutes === undefined ? {} : { minutes: asked.minutes }),
        times: (pipeline.purpose === "release" ? asked.releases : (asked.checks ?? 0)) * assumptions.days.amount,
    }));

/** How often each of `names` is there in a fleet of `count` services: in their order, again and again. */
const repeatsOf = (names: readonly string[], count: number): ReadonlyMap<string, number> =>
    new Map(names.map((name, index) => [name, Math.ceil((count - index) / names.length)]));

/** The fleet with each service as often as `repeats` says. */
const grown = (fleet: FleetPlan, repeats: ReadonlyMap<string, number>): FleetPlan => ({
    ...fleet,
    pipelines: fleet.pipelines.flatMap(pipeline =>
        Array.from({ length: repeats.get(pipeline.service) ?? 0 }, () => pipeline),
    ),
});

/** What each service comes to, once. */
function byService(runs: readonly Runs[], v1: number): ServiceMonth[] {
    const months = new Map<string, ServiceMonth>();
    for (const { cost, times } of runs) {
        const { service, purpose, usd, actionMinutes, actionUsd, buildMinutes } = cost;
        const before = months.get(service);
        const from = purpose === "release" && actionUsd > 0 ? Math.floor(v1 / actionUsd) + 1 : undefined;
        months.set(service, {
            service,
            usd: (before?.usd ?? 0) + times * usd,
            actionMinutes: (before?.actionMinutes ?? 0) + times * actionMinutes,
            buildMinutes: (before?.buildMinutes ?? 0) + times * buildMinutes,
            ...(before?.v1CheaperFromReleases !== undefined && { v1CheaperFromReleases: before.v1CheaperFromReleases }),
            ...(from !== undefined && { v1CheaperFromReleases: from }),
        });
    }
    return [...months.values()];
}

/** Minutes in a month on machines of each kind. */
const machinesOf = (runs: readonly Runs[], repeats: ReadonlyMap<string, number>): MachineMinutes[] =>
    byKind(
        runs.flatMap(({ cost, times }) => {
            const often = (repeats.get(cost.service) ?? 0) * times;
            return cost.machines.map(machine => ({
                ...machine,
                minutes: often * machine.minutes,
                ...(machine.usd !== undefined && { usd: often * machine.usd }),
            }));
        }),
    ).filter(({ minutes }) => minutes > 0);

/** What AWS gives an account each month for nothing, as far as it is used: once, however many stacks share it. */
function freeOf(region: string, actionMinutes: number, machines: readonly MachineMinutes[]): MonthItem[] {
    const action = priceIn("actionMinute", region).usd;
    const taken = Math.min(actionMinutes, freeEachMonth.actionMinutes);
    // The dearest of them first: AWS does not say which it takes.
    const free = (size: string, minutes: number) => {
        let left: number = minutes;
        return machines
            .filter(({ computeType }) => computeType === size)
            .map(machine => ({
                ...machine,
                each: buildPriceIn(machine.environmentType, machine.computeType, region)?.usd ?? 0,
            }))
            .sort((a, b) => b.each - a.each)
            .reduce((usd, machine) => {
                const used = Math.min(left, machine.minutes);
                left -= used;
                return usd + used * machine.each;
            }, 0);
    };
    const small = free("BUILD_GENERAL1_SMALL", freeEachMonth.smallBuildMinutes);
    const lambda = free("BUILD_LAMBDA_1GB", freeEachMonth.lambdaBuildMinutes);
    return [
        {
            what: `free, once an account: the first ${freeEachMonth.actionMinutes} minutes of actions`,
            usd: -taken * action,
        },
        {
            what: `free, once an account: the first ${freeEachMonth.smallBuildMinutes} minutes of the smallest builds, and as many in Lambda with 1 GB`,
            usd: -(small + lambda),
        },
    ].filter(({ usd }) => usd < 0);
}

/**
 * What these pipelines use and those of type V1 do not have.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipeline-types-planning.html
 */
function lacksOfV1(pipelines: readonly PipelinePlan[]): string[] {
    const modes = [...new Set(pipelines.map(({ executionMode }) => executionMode))].filter(
        mode => mode !== "SUPERSEDED",
    );
    const uses = (test: (pipeline: PipelinePlan) => boolean) => pipelines.some(test);
    return [
        ...modes.sort().map(mode => `the execution mode ${mode}`),
        ...(uses(({ variables }) => variables.length > 0) ? ["variables of pipelines"] : []),
        ...(uses(({ triggers }) => triggers.length > 0) ? ["triggers by branch, tag, path and pull request"] : []),
        ...(uses(({ stages }) => stages.some(({ onFailure }) => onFailure === "rollback")) ? ["rollbacks"] : []),
        ...(uses(({ stages }) => stages.some(({ before, after }) => before.length + after.length > 0))
            ? ["conditions of stages"]
            : []),
    ];
}
