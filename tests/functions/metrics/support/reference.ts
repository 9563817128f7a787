import type { Values } from "../../../../functions/metrics/metric";
import { production, stages } from "./pipeline";
import type { Simulated, SimulatedRun, Told, World } from "./simulator";

const seconds = (milliseconds: number) => milliseconds / 1000;

/** EventBridge's times have no milliseconds. */
export const eventTime = (at: number): number => Math.floor(at / 1000) * 1000;

/**
 * What each event of `world` has to give, by its id: told once from the beginning to the end, by what is known to have been.
 */
export function expected({ mode, executions, told }: World): ReadonlyMap<string, Values> {
    const values = new Map<string, Record<string, number | readonly number[]>>();
    for (const event of told) {
        values.set(event.id, ofEvent(event));
    }
    // Production, from one moment to the next.
    const ofProduction = told.filter(
        ({ kind, stage, runs = [] }) => kind === "stage" && stage === production && runs.length > 0,
    );
    const moments: { readonly at: number; readonly pass: () => void }[] = [];
    const first = (execution: Simulated) => ofProduction.find(event => event.execution === execution);
    const counted = new Set<Simulated>();
    const delivered = new Set<number>();
    let deployed: { readonly release: Simulated; readonly byRollback: boolean } | undefined;
    let failingSince: number | undefined;
    let newest = -Infinity;
    for (const event of ofProduction) {
        const { execution, state, at } = event;
        const own = values.get(event.id) ?? {};
        if (state === "FAILED" && begun(event)) {
            moments.push({
                at: failureOf(event),
                pass: () => {
                    failingSince ??= failureOf(event);
                    if (execution.target === undefined && !counted.has(execution)) {
                        counted.add(execution);
                        own.FailedDeployments = 1;
                        own.FailedChanges = 1;
                    }
                },
            });
        }
        if (state === "SUCCEEDED") {
            moments.push({
                at,
                pass: () => {
                    if (failingSince !== undefined) {
                        own.TimeToRestore = seconds(at - failingSince);
                        failingSince = undefined;
                    }
                    deployed = { release: execution.target ?? execution, byRollback: execution.target !== undefined };
                    if (execution.target !== undefined) {
                        return;
                    }
                    own.Deployments = 1;
                    own.ExecutionTime = seconds(at - execution.start - approvals(execution));
                    const lead = new Map<number, number>();
                    for (const other of executions) {
                        const late = other === execution || (mode !== "PARALLEL" && other.start < execution.start);
                        const isNew = other === execution || other.start > newest;
                        if (
                            other.target === undefined &&
                            late &&
                            isNew &&
                            hasCommit(other) &&
                            !delivered.has(other.commit)
                        ) {
                            lead.set(
                                other.commit,
                                lead.get(other.commit) ?? seconds(at - (other.committed ?? other.start)),
                            );
                        }
                    }
                    if (lead.size > 0) {
                        own.LeadTime = [...lead.values()].sort((a, b) => a - b);
                    }
                    delivered.add(execution.commit);
                    newest = Math.max(newest, execution.start);
                },
            });
        }
    }
    for (const rollback of executions) {
        const event = first(rollback);
        if (rollback.target === undefined || event === undefined) {
            continue;
        }
        moments.push({
            at: rollback.start,
            pass: () => {
                if (deployed?.release === rollback.target) {
                    return;
                }
                failingSince ??= rollback.start;
                if (deployed !== undefined && !deployed.byRollback && !counted.has(deployed.release)) {
                    counted.add(deployed.release);
                    (values.get(event.id) ?? {}).FailedChanges = 1;
                }
            },
        });
    }
    moments.sort((a, b) => a.at - b.at).forEach(({ pass }) => pass());
    return values;
}

/** What an event gives by itself. */
function ofEvent({ kind, state, at, execution, stage, run, runs = [], attempt }: Told) {
    const own: Record<string, number | readonly number[]> = {};
    if (kind === "action" && run !== undefined && run.status !== "Abandoned") {
        const name = run.action.category === "Approval" ? "ApprovalWaitingTime" : "ActionDuration";
        own[name] = seconds(run.end - run.start);
    }
    if (kind !== "stage") {
        return own;
    }
    if (state === "SUCCEEDED" || state === "FAILED") {
        Object.assign(own, state === "FAILED" ? { Failed: 1, ErrorRate: 1 } : { Succeeded: 1, ErrorRate: 0 });
        if (runs.length > 0) {
            own.StageDuration = Math.max(0, seconds(eventTime(at) - runs[0].start));
        }
    }
    if (runs.length > 0 && attempt === 0) {
        const before = stages[stages.findIndex(({ name }) => name === stage) - 1] as
            { readonly name: string } | undefined;
        if (execution.target !== undefined) {
            own.Rollbacks = 1;
        } else if (before !== undefined) {
            const ends = execution.runs.filter(each => each.stage === before.name).map(({ end }) => end);
            own.QueueTime = seconds(runs[0].start - Math.max(...ends));
        }
    }
    return own;
}

const runsBy = ({ execution, at }: Told): SimulatedRun[] =>
    execution.runs.filter(({ stage, start }) => stage === production && start < at);

/** Whether a deploy had begun by then. */
const begun = (event: Told) => runsBy(event).some(({ action }) => action.category === "Deploy");

function failureOf({ runs = [] }: Told): number {
    const failed = runs.filter(({ status }) => status === "Failed");
    return failed.length > 0 ? Math.min(...failed.map(({ end }) => end)) : Math.max(...runs.map(({ end }) => end));
}

/** One approval at a time, in this pipeline. */
const approvals = ({ runs }: Simulated) =>
    runs.filter(({ action }) => action.category === "Approval").reduce((sum, { start, end }) => sum + end - start, 0);

/** Whether its source has told what it brings. */
const hasCommit = ({ runs }: Simulated) =>
    runs.some(({ stage, status }) => stage === "Source" && status === "Succeeded");
