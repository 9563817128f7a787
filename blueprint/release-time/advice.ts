import { pathText } from "../../catalog/problem";
import type { FleetPlan, PipelinePlan } from "../plan";
import type { StackSource } from "../../config/source";
import { releaseCost } from "../release-cost";
import { carriedOver } from "./carried-over";
import { releaseTime } from "./critical-path";
import { projectOf, type MeasuredDurations } from "./durations";
import { orderProposals } from "./order-proposals";
import { machineProposals, runsOf, type Proposal, type ProposalKind } from "./proposals";
import { trialOf, type Change, type Trial } from "./what-if";

/** A change of the stack file that was tried, and what came of it. */
export interface Advice {
    readonly kind: ProposalKind;
    readonly changes: readonly Change[];
    readonly why: string;
    readonly but: string;
    /** Minutes of the critical path; never negative. */
    readonly savesMinutes: number;
    /** US dollars that a release costs more; less than 0 where it is cheaper, absent where a machine's price is not known. */
    readonly costs?: number;
    /** The region whose prices stand in where none is known for that of the pipelines. */
    readonly priceOf?: string;
    /** Minutes of the critical path with it. */
    readonly minutes: number;
    /** What else then runs on another machine: suites and scripts that name none take the build's. */
    readonly followers: readonly string[];
}

/** Below these nobody waits, and nobody pays. */
const leastMinutes = 0.05;
const leastDollars = 0.0005;

/**
 * What would shorten the release of `pipeline`, or make it cheaper at the same time, each by itself; what saves most comes
 * first. Each was planned, checked and timed: what the rules refuse is left out, as is what delays a release.
 */
export function adviceFor(
    source: StackSource,
    pipeline: PipelinePlan,
    fleet: FleetPlan,
    measured?: MeasuredDurations,
): Advice[] {
    const trial = trialOf(source, pipeline.service);
    const runs = runsOf(pipeline);
    const { region } = fleet.home;
    const proposals = [...orderProposals(pipeline, runs, trial, region), ...machineProposals(runs, region)];
    const tried = proposals.flatMap(proposal => attempt(proposal, { fleet, pipeline, trial, measured }) ?? []);
    return withoutFollowers(withoutParts(tried)).sort(
        (a, b) => b.savesMinutes - a.savesMinutes || (a.costs ?? 0) - (b.costs ?? 0),
    );
}

/** What proposals are tried on. */
interface Ground {
    readonly fleet: FleetPlan;
    readonly pipeline: PipelinePlan;
    readonly trial: Trial;
    readonly measured: MeasuredDurations | undefined;
}

function attempt(
    { kind, changes, why, but }: Proposal,
    { fleet, pipeline, trial, measured }: Ground,
): Advice | undefined {
    const { pipeline: changed, home } = trial.planned(changes) ?? {};
    if (changed === undefined || bringsImagesToArm(pipeline, changed)) {
        return undefined;
    }
    const known = measured && carriedOver(pipeline, changed, measured);
    const { minutes } = releaseTime(changed, known);
    const savesMinutes = releaseTime(pipeline, measured).minutes - minutes;
    const was = costOf(pipeline, fleet, measured);
    const is = costOf(changed, { ...fleet, ...(home && { home }) }, known);
    const costs = was === undefined || is === undefined ? undefined : is.usd - was.usd;
    const priceOf = costs === undefined ? undefined : (is?.priceOf ?? was?.priceOf);
    const helps = savesMinutes >= leastMinutes || (savesMinutes > -1e-9 && (costs ?? 0) <= -leastDollars);
    return helps
        ? {
              kind,
              changes,
              why,
              but,
              savesMinutes: Math.max(0, savesMinutes),
              ...(costs !== undefined && { costs }),
              ...(priceOf !== undefined && { priceOf }),
              minutes,
              followers: followersOf(pipeline, changed, changes),
          }
        : undefined;
}

/** US dollars of one release, and whose prices stand in; undefined where the price of a machine is not known. */
function costOf(pipeline: PipelinePlan, fleet: FleetPlan, measured?: MeasuredDurations) {
    const { usd, machines, items } = releaseCost(fleet, pipeline, { ...(measured && { measured }) });
    const priceOf = items.find(item => item.priceOf !== undefined)?.priceOf;
    return machines.some(machine => machine.usd === undefined) ? undefined : { usd, priceOf };
}

/** Machines of the projects of `pipeline`, by action and where it stands in the stack file. */
const machinesOf = (pipeline: PipelinePlan) =>
    new Map(
        runsOf(pipeline).map(({ stage, action, project: { image, computeType }, path }) => [
            `${stage.name}/${action.name}`,
            { name: action.name, machine: `${image} ${computeType}`, path: pathText(path) },
        ]),
    );

/** What runs on another machine in `after`, and is not what `changes` speak of. */
function followersOf(before: PipelinePlan, after: PipelinePlan, changes: readonly Change[]): string[] {
    const own = new Set(changes.map(({ path }) => pathText(path.slice(0, -1))));
    const was = machinesOf(before);
    const names = [...machinesOf(after)].flatMap(([key, { name, machine, path }]) =>
        was.has(key) && was.get(key)?.machine !== machine && !own.has(path) ? name : [],
    );
    return [...new Set(names)].sort();
}

/** Whether something privileged, which may build images, would do so for another processor: suites take their machine from the build. */
function bringsImagesToArm(before: PipelinePlan, after: PipelinePlan): boolean {
    const types = (pipeline: PipelinePlan) =>
        new Map(
            pipeline.stages
                .flatMap(({ actions }) => actions.flatMap(action => projectOf({ pipeline, action }) ?? []))
                .filter(({ privileged }) => privileged)
                .map(({ physicalName, environmentType }) => [physicalName, environmentType]),
        );
    const was = types(before);
    return [...types(after)].some(([name, type]) => was.get(name) !== undefined && was.get(name) !== type);
}

/** Without what is part of other advice that saves more, or as much: one suite of all that need not wait. */
const withoutParts = (all: readonly Advice[]) =>
    all.filter(
        one =>
            !all.some(
                other =>
                    other !== one &&
                    other.kind === one.kind &&
                    other.changes.length > one.changes.length &&
                    one.changes.every(change => other.changes.includes(change)),
            ),
    );

/** Without ARM for what takes its machine from a build that could be on ARM: whoever changes the build changes both. */
function withoutFollowers(all: readonly Advice[]): Advice[] {
    const followers = new Set(all.filter(({ kind }) => kind === "arm").flatMap(one => one.followers));
    return all.filter(({ kind, changes }) => kind !== "arm" || !followers.has(String(changes[0].path.at(-2))));
}
