import { attempts, endOf, hasFailed, type Execution, type History, type Run, type Stage } from "./history";

/** How an attempt to bring a release to production ended. */
export interface Outcome {
    readonly execution: Execution;
    /** Number of the attempt, from 0. */
    readonly attempt: number;
    /** Of a failure: when its first action failed, or where a condition said no, when its last action was over. */
    readonly at: number;
    readonly good: boolean;
}

/** Names of the actions that ask whether something is frozen, that seal and that verify: they change nothing. */
const ownAction = /^(check|(seal|verify)(-.+)?)$/;

/**
 * Whether one of `runs` has begun to deploy. Where the stage has deploy actions, one of them; else anything that is no
 * approval, no test and none of {@link ownAction}.
 */
export function hasBegunToDeploy(runs: readonly Run[], stage: Stage | undefined): boolean {
    const deploys = new Set(
        (stage?.actions ?? []).filter(({ category }) => category === "Deploy").map(({ name }) => name),
    );
    return runs.some(({ action, category }) =>
        deploys.size > 0
            ? deploys.has(action)
            : category !== "Approval" && category !== "Test" && !ownAction.test(action),
    );
}

/**
 * The outcomes of `execution` in the stage of production, the last of its pipeline: success there is success of the
 * execution. Stopped attempts have none, and failures before the deploy began are none of production.
 */
export function outcomes(execution: Execution, production: string): Outcome[] {
    const stage = execution.stages.find(({ name }) => name === production);
    const all = attempts(execution, production);
    return all.flatMap((runs, attempt): Outcome[] => {
        const isLast = attempt === all.length - 1;
        const until = all.slice(0, attempt + 1).flat();
        const failed = runs.filter(hasFailed);
        if (failed.length === 0 && isLast && execution.status === "Succeeded") {
            return [{ execution, attempt, at: execution.changed, good: true }];
        }
        const refused = failed.length === 0 && isComplete(until, stage) && (!isLast || execution.status === "Failed");
        const at = failed.length > 0 ? Math.min(...failed.map(({ start, end = start }) => end)) : endOf(runs);
        return (failed.length > 0 || refused) && hasBegunToDeploy(until, stage)
            ? [{ execution, attempt, at, good: false }]
            : [];
    });
}

/** Whether every action of `stage` has succeeded: what has failed all the same was refused by a condition. */
const isComplete = (runs: readonly Run[], stage: Stage | undefined): boolean =>
    stage !== undefined &&
    stage.actions.every(({ name }) => runs.some(({ action, status }) => action === name && status === "Succeeded"));

const all = ({ own, others }: History): readonly Execution[] => [own, ...others];

/** The last success in production before `before`, of another execution: what is deployed until then. */
export function standing({ others }: History, production: string, before: number): Outcome | undefined {
    return others
        .flatMap(execution => outcomes(execution, production))
        .filter(({ good, at }) => good && at < before)
        .reduce<Outcome | undefined>(
            (last, each) => (last === undefined || each.at > last.at ? each : last),
            undefined,
        );
}

/** The execution whose release `outcome` has deployed. */
const releaseOf = ({ execution }: Outcome) => (execution.rollback ? execution.target : execution.id);

/** Whether `execution` goes back from what is deployed, and does not just deploy it again. */
function goesBack(execution: Execution, history: History, production: string): boolean {
    if (!execution.rollback || attempts(execution, production).length === 0) {
        return false;
    }
    const deployed = standing(without(history, execution), production, execution.start);
    return deployed === undefined || releaseOf(deployed) !== execution.target;
}

const without = (history: History, execution: Execution): History => ({
    own: execution,
    others: all(history).filter(({ id }) => id !== execution.id),
});

/**
 * How long production was failing when the history's own execution made it good: from the first failure, or the start of
 * the first rollback, after it was last good. Undefined where it was good all the time.
 */
export function restored(history: History, production: string): number | undefined {
    const { own } = history;
    const since = standing(history, production, own.changed)?.at ?? -Infinity;
    const moments = all(history).flatMap(execution => [
        ...outcomes(execution, production)
            .filter(({ good }) => !good)
            .map(({ at }) => at),
        ...(goesBack(execution, history, production) ? [execution.start] : []),
    ]);
    const first = Math.min(...moments.filter(at => at > since && at < own.changed));
    return Number.isFinite(first) ? own.changed - first : undefined;
}

/**
 * Whether the history's own execution, a rollback, is the first failure of the release that it goes back from: that
 * release was deployed by itself and not by a rollback, and had neither failed before nor been rolled back.
 */
export function undoesChange(history: History, production: string): boolean {
    const { own } = history;
    const deployed = standing(history, production, own.start);
    if (deployed === undefined || deployed.execution.rollback || deployed.execution.id === own.target) {
        return false;
    }
    const failedBefore = outcomes(deployed.execution, production).some(({ good }) => !good);
    const undoneBefore = history.others.some(
        other => other.start > deployed.at && other.start < own.start && goesBack(other, history, production),
    );
    return !failedBefore && !undoneBefore;
}

/** Lead times, and what they are measured from. */
export interface LeadTimes {
    readonly times: readonly number[];
    readonly from: "both" | "commit" | "trigger";
}

/** Most commits of one success that are measured: CloudWatch takes no more values at once. */
export const mostCommits = 100;

/**
 * For each commit that comes to production with the history's own success for the first time: how long ago it was made.
 * With an execution come the commits of those that began before it, and after the last one that was deployed: they failed,
 * were stopped or superseded, and what they brought is in this one. Executions that run in parallel bring their own alone.
 */
export function leadTimes(history: History, production: string): LeadTimes | undefined {
    const { own, others } = history;
    const successes = others
        .filter(({ rollback }) => !rollback)
        .flatMap(execution => outcomes(execution, production))
        .filter(({ good, at }) => good && at < own.changed);
    const last = successes.reduce((start, { execution }) => Math.max(start, execution.start), -Infinity);
    const delivered = new Set(successes.map(({ execution }) => execution.commits));
    const carried = others.filter(
        ({ rollback, parallel, commits, start }) =>
            !rollback && !parallel && !own.parallel && commits !== undefined && start > last && start < own.start,
    );
    const first = new Map<string, Execution>();
    for (const execution of [...carried, own].sort((a, b) => a.start - b.start)) {
        const { commits = execution.id } = execution;
        if (!delivered.has(commits) && !first.has(commits)) {
            first.set(commits, execution);
        }
    }
    const brought = [...first.values()]
        .slice(-mostCommits)
        .map(execution => ({ execution, time: commitTime(execution) }));
    const known = brought.filter(({ time }) => time !== undefined).length;
    return brought.length === 0
        ? undefined
        : {
              times: brought.map(({ execution, time = execution.start }) => Math.max(0, own.changed - time)),
              from: known === brought.length ? "commit" : known === 0 ? "trigger" : "both",
          };
}

/**
 * When the commit of `execution` was made. Of several sources the newest: all of them run again, even if a change is
 * detected for one alone.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
function commitTime({ runs }: Execution): number | undefined {
    const times = runs.flatMap(({ committed }) => committed ?? []);
    return times.length === 0 ? undefined : Math.max(...times);
}
