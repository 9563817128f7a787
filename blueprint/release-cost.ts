import { sealKey, verifyKey } from "./integrity/actions";
import type { ActionPlan, FleetPlan, FunctionPlan, PipelinePlan } from "./plan";
import { assumptions } from "./prices/assumptions";
import { anotherOf, buildPriceIn, priceIn, type Found, type PriceKey } from "./prices/table";
import { minutesOf, type ActionTime, type MeasuredDurations } from "./release-time/durations";

/** What one execution of a pipeline is paid for. */
export interface ReleaseItem {
    readonly what: string;
    readonly count: number;
    /** US dollars. */
    readonly usd: number;
    /** Set where a price of this region is not known: whose it is instead. */
    readonly priceOf?: string;
}

/** What one execution of a pipeline comes to when all its actions run once. */
export interface ReleaseCost {
    readonly service: string;
    /** Logical name of the pipeline. */
    readonly pipeline: string;
    readonly purpose: PipelinePlan["purpose"];
    /** US dollars. */
    readonly usd: number;
    /** Minutes begun of its actions, approvals and custom actions aside. */
    readonly actionMinutes: number;
    readonly actionUsd: number;
    /** Minutes of its builds. */
    readonly buildMinutes: number;
    readonly buildUsd: number;
    readonly machines: readonly MachineMinutes[];
    readonly items: readonly ReleaseItem[];
}

/** Minutes on machines of one kind. */
export interface MachineMinutes {
    readonly environmentType: string;
    readonly computeType: string;
    readonly minutes: number;
    /** US dollars; absent where no price is known, so that they are not in the sum. */
    readonly usd?: number;
    readonly priceOf?: string;
}

/** How a release is reckoned with. */
export interface ReleaseOptions {
    /** Minutes of every action that is paid. @default those of its kind */
    readonly minutes?: number;
    /** What was measured of its actions. @default nothing */
    readonly measured?: MeasuredDurations;
}

/** Actions that run on machines of CodeBuild which AWS chooses, and which are billed like its smallest. */
const ownMachines = ["Commands", "InspectorScan"];

const smallest = { environmentType: "LINUX_CONTAINER", computeType: "BUILD_GENERAL1_SMALL" } as const;

/** Action types that V2 pipelines run for nothing: https://aws.amazon.com/codepipeline/pricing/. */
export const isFree = ({ action: { category, owner } }: ActionPlan) => category === "Approval" || owner === "Custom";

/** What one execution of `pipeline` costs. */
export function releaseCost(
    fleet: FleetPlan,
    pipeline: PipelinePlan,
    { minutes, measured }: ReleaseOptions = {},
): ReleaseCost {
    const { region } = fleet.home;
    const paid = pipeline.stages.flatMap(stage =>
        stage.actions
            .filter(action => !isFree(action))
            .map(action => {
                const time = minutesOf({ pipeline, stage, action }, measured);
                return { action, ...time, minutes: minutes ?? time.minutes };
            }),
    );
    const actionMinutes = paid.reduce((sum, { minutes: taken }) => sum + begun(taken), 0);
    const actionItem = priced(region, "minutes begun of actions", actionMinutes, [["actionMinute", actionMinutes]]);
    const machines = machinesOf(region, paid);
    const items = [
        actionItem,
        ...machines.map(({ environmentType, computeType, minutes: count, usd, priceOf }) => ({
            what:
                usd === undefined
                    ? `minutes on ${environmentType} ${computeType}, of which no price is known`
                    : `minutes on ${environmentType} ${computeType}`,
            count,
            usd: usd ?? 0,
            ...(priceOf !== undefined && { priceOf }),
        })),
        ...restOf(fleet, pipeline, paid),
    ].filter(({ count }) => count > 0);
    const sum = (list: readonly { readonly usd?: number }[]) => list.reduce((usd, item) => usd + (item.usd ?? 0), 0);
    return {
        service: pipeline.service,
        pipeline: pipeline.logicalName,
        purpose: pipeline.purpose,
        usd: sum(items),
        actionMinutes,
        actionUsd: actionItem.usd,
        buildMinutes: machines.reduce((all, machine) => all + machine.minutes, 0),
        buildUsd: sum(machines),
        machines,
        items,
    };
}

type Paid = ActionTime & { readonly action: ActionPlan };

/** What is billed of a duration: each minute begun. */
const begun = (minutes: number) => Math.max(1, Math.ceil(minutes));

/** Minutes on machines of CodeBuild, by their kind. */
const machinesOf = (region: string, paid: readonly Paid[]): MachineMinutes[] =>
    byKind(
        paid.flatMap(({ action, minutes, project }) => {
            const machine = project ?? (ownMachines.includes(action.action.provider) ? smallest : undefined);
            if (machine === undefined) {
                return [];
            }
            const { environmentType, computeType } = machine;
            const price = buildPriceIn(environmentType, computeType, region);
            const taken = price?.counted === "second" ? minutes : begun(minutes);
            return [
                {
                    environmentType,
                    computeType,
                    minutes: taken,
                    ...(price && { usd: taken * price.usd, ...(price.of && { priceOf: price.of }) }),
                },
            ];
        }),
    );

/** `machines` with those of one kind added up. */
export function byKind(machines: readonly MachineMinutes[]): MachineMinutes[] {
    const sums = new Map<string, MachineMinutes>();
    for (const machine of machines) {
        const key = `${machine.environmentType} ${machine.computeType}`;
        const { minutes = 0, usd = 0 } = sums.get(key) ?? {};
        sums.set(key, {
            ...machine,
            minutes: minutes + machine.minutes,
            ...(machine.usd !== undefined && { usd: usd + machine.usd }),
        });
    }
    return [...sums.values()];
}

/** All but actions and builds. */
function restOf(fleet: FleetPlan, pipeline: PipelinePlan, paid: readonly Paid[]): ReleaseItem[] {
    const { home, shared } = fleet;
    const { region } = home;
    const { artifactMb, days, downloadGb, logMb } = assumptions;
    const actions = paid.map(({ action }) => action);
    const builds = paid.filter(({ project }) => project !== undefined);
    const buildMinutes = builds.reduce((sum, { minutes }) => sum + minutes, 0);
    const written = actions.reduce((sum, { outputs }) => sum + outputs.length, 0);
    const read = actions.reduce((sum, { inputs }) => sum + inputs.length, 0);
    const keptGb = (written * artifactMb.amount) / 1024;
    const logGb = (buildMinutes * logMb.amount) / 1024;
    const throughNat = shared.network.create !== undefined && shared.network.create.natGateways !== "None";
    const downloads = throughNat ? builds.filter(({ project }) => project?.network !== undefined).length : 0;
    const secrets = builds.flatMap(({ project }) => project?.variables ?? []).filter(isSecret).length;
    return [
        priced(region, `artifacts, kept for ${shared.store.artifactDays} days`, written, [
            ["objectWrite", written],
            ["objectRead", read],
            ["keyRequest", written + read],
            ["objectGbMonth", (keptGb * shared.store.artifactDays) / days.amount],
        ]),
        priced(region, `minutes of builds whose logs are kept for ${shared.logs.days} days`, buildMinutes, [
            ["logGb", logGb],
            ["logGbMonth", (logGb * shared.logs.days) / days.amount],
        ]),
        priced(region, "builds that download through a NAT gateway", downloads, [
            ["natGatewayGb", downloads * downloadGb.amount],
        ]),
        priced(region, "secrets that builds read", secrets, [["secretRequest", secrets]]),
        functionItem(fleet, pipeline),
        eventItem(fleet, pipeline),
    ];
}

const isSecret = ({ type }: { readonly type: string }) => type === "SECRETS_MANAGER";

/** The stack's functions that actions and conditions of the pipeline ask: those that seal, verify and check. */
function functionItem({ home: { region }, shared }: FleetPlan, { stages }: PipelinePlan): ReleaseItem {
    const { functionSeconds } = assumptions;
    const asked = stages
        .flatMap(({ actions, before, after }) => [...actions, ...before, ...after])
        .flatMap(
            ({ configuration: { FunctionName } }) => shared.functions.find(({ name }) => name === FunctionName) ?? [],
        );
    return priced(region, "questions to the stack's functions", asked.length, [
        ["functionRequest", asked.length],
        ["functionGbSecond", memoryOf(asked) * functionSeconds.amount],
        ["signatureRequest", asked.filter(({ key }) => key === sealKey || key === verifyKey).length],
    ]);
}

/** The functions that hear of the pipeline's executions, stages and actions: that each begins, and how it ends. */
function eventItem({ home: { region }, shared }: FleetPlan, { stages }: PipelinePlan): ReleaseItem {
    const { eventRequests, eventSeconds, eventWrites } = assumptions;
    const hearing = shared.operations.rules.find(({ key }) => key === "executions")?.targets ?? [];
    const listeners = shared.functions.filter(({ key }) => hearing.some(target => target.key === key));
    const events = 2 * (1 + stages.reduce((sum, { actions }) => sum + 1 + actions.length, 0));
    const count = events * listeners.length;
    return priced(region, "events that functions hear", count, [
        ["queueRequest", count * eventRequests.amount],
        ["functionRequest", count],
        ["functionGbSecond", events * memoryOf(listeners) * eventSeconds.amount],
        ["tableWrite", count * eventWrites.amount],
        ["tableRead", count * eventWrites.amount],
    ]);
}

/** GB of memory of some functions. */
const memoryOf = (functions: readonly FunctionPlan[]) =>
    functions.reduce((sum, { memoryMb }) => sum + memoryMb, 0) / 1024;

/** One item, made of several prices. */
function priced(
    region: string,
    what: string,
    count: number,
    parts: readonly (readonly [PriceKey, number])[],
): ReleaseItem {
    const found = parts.map(([key, amount]): Found & { amount: number } => ({ ...priceIn(key, region), amount }));
    const of = anotherOf(found.filter(({ amount }) => amount > 0));
    return {
        what,
        count,
        usd: found.reduce((sum, { usd, amount }) => sum + usd * amount, 0),
        ...(of !== undefined && { priceOf: of }),
    };
}

/** The same, in figures that people and programs read: millionths of a dollar are enough. */
export function roundedRelease(cost: ReleaseCost): ReleaseCost {
    const rounded = <T extends { readonly usd?: number }>(item: T): T =>
        item.usd === undefined ? item : { ...item, usd: millionths(item.usd) };
    return {
        ...rounded(cost),
        actionUsd: millionths(cost.actionUsd),
        buildMinutes: millionths(cost.buildMinutes),
        buildUsd: millionths(cost.buildUsd),
        machines: cost.machines.map(rounded),
        items: cost.items.map(rounded),
    };
}

const millionths = (value: number) => Math.round(value * 1_000_000) / 1_000_000;
