import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import type { PipelinePlan } from "../../blueprint/plan";
import type { Execution, History } from "../status/history";
import type { DurationsFile } from "./durations-file";
import { rounded } from "./round";

type Measures = DurationsFile["pipelines"][string];

/** Most releases that are measured: more of them would be of another time. */
export const mostReleases = 100;

/**
 * How long the actions of `pipeline` took in its last `executions` releases that succeeded: those alone of which all
 * actions did, at the first attempt. A release that is still on its way to its last environment is none yet.
 */
export async function measured(pipeline: PipelinePlan, executions: number, history: History): Promise<Measures> {
    const isRelease = ({ status, executionType = "STANDARD" }: Execution) =>
        status === "Succeeded" && executionType === "STANDARD";
    const releases = (await history.newest(isRelease, executions)).flatMap(
        ({ pipelineExecutionId }) => pipelineExecutionId ?? [],
    );
    const smooth = [...(await actionsOf(releases, pipeline, history)).values()].filter(isSmooth);
    const actions = smooth.flat();
    const approvals = new Set(pipeline.stages.filter(({ purpose }) => purpose === "approval").map(({ name }) => name));
    const waits = ({ stageName = "", input }: ActionExecutionDetail) =>
        input?.actionTypeId?.category === "Approval" || approvals.has(stageName);
    return {
        service: pipeline.service,
        executions: smooth.length,
        stages: statistics(actions.filter(action => !waits(action))),
        approvals: statistics(actions.filter(waits)),
    };
}

/** The actions of each of `executions`: read back until the sources of all are seen, which came first. */
async function actionsOf(
    executions: readonly string[],
    { stages: [source] }: PipelinePlan,
    history: History,
): Promise<ReadonlyMap<string, readonly ActionExecutionDetail[]>> {
    const found = new Map<string, ActionExecutionDetail[]>();
    const wanted = new Set(executions);
    const begun = new Map<string, number>();
    let looked = 0;
    if (wanted.size > 0) {
        await history.lookBack(read => {
            for (const action of read.slice(looked)) {
                const { pipelineExecutionId: execution = "", stageName } = action;
                if (wanted.has(execution)) {
                    found.set(execution, [...(found.get(execution) ?? []), action]);
                    begun.set(execution, (begun.get(execution) ?? 0) + (stageName === source.name ? 1 : 0));
                }
            }
            looked = read.length;
            const all = executions.every(execution => (begun.get(execution) ?? 0) >= source.actions.length);
            return all ? true : undefined;
        });
    }
    // Of what began before the last page only the end was seen.
    return new Map([...found].filter(([execution]) => (begun.get(execution) ?? 0) > 0));
}

/** Whether everything succeeded, and nothing had to be tried again. */
function isSmooth(actions: readonly ActionExecutionDetail[]): boolean {
    const names = actions.map(({ stageName, actionName }) => `${stageName}/${actionName}`);
    return new Set(names).size === names.length && actions.every(({ status }) => status === "Succeeded");
}

type Statistics = Measures["stages"];

function statistics(actions: readonly ActionExecutionDetail[]): Statistics {
    const minutes = new Map<string, Map<string, number[]>>();
    for (const { stageName = "", actionName = "", startTime, lastUpdateTime } of actions) {
        if (startTime !== undefined && lastUpdateTime !== undefined) {
            const stage = minutes.get(stageName) ?? new Map<string, number[]>();
            minutes.set(stageName, stage);
            stage.set(actionName, [...(stage.get(actionName) ?? []), minutesBetween(startTime, lastUpdateTime)]);
        }
    }
    return Object.fromEntries(
        sorted(minutes).map(([stage, all]) => [
            stage,
            Object.fromEntries(sorted(all).map(([action, values]) => [action, statistic(values)])),
        ]),
    );
}

/** By name, so that two files differ in what was measured alone. */
const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const minutesBetween = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / 60_000);

/** Median, and the value that nine of ten do not exceed: of a few values that is the longest. */
export function statistic(values: readonly number[]): Statistics[string][string] {
    const all = [...values].sort((a, b) => a - b);
    const middle = all.length / 2;
    const median = all.length % 2 === 1 ? all[Math.floor(middle)] : (all[middle - 1] + all[middle]) / 2;
    return {
        medianMinutes: rounded(median, 2),
        p90Minutes: rounded(all[Math.ceil(0.9 * all.length) - 1], 2),
        count: all.length,
    };
}
