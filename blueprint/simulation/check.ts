import type { Place } from "./actions";
import { isCheck, runIn, type Execution, type StageState } from "./state";

/**
 * Why the check, the first action of a stage, says no; undefined where it says yes, and of every other action. A rollback
 * passes, but for one that follows because the check has stopped a release: docs/decisions/0030.
 */
export function obstacleOf({ state, execution, stage, action }: Place): string | undefined {
    const { check, environment, name } = stage.plan;
    if (check === undefined || !isCheck(stage.plan, action)) {
        return undefined;
    }
    const { world, clock, executions } = state;
    const frozen = Object.keys(check.freezes).length === 0 ? undefined : world.freezeOf(environment, clock.now);
    const raised = check.alarms.filter(alarm => world.alarmState(alarm, clock.now) === "ALARM");
    const reasons = [...(frozen === undefined ? [] : [frozen]), ...raised.map(alarm => `the alarm ${alarm} is raised`)];
    if (reasons.length === 0) {
        return undefined;
    }
    if (execution.type === "STANDARD") {
        return reasons.join("; ");
    }
    const automatic = execution.cause === "failure" || execution.cause === "condition";
    const before = automatic ? lastBefore(executions, execution, stage) : undefined;
    return before === undefined
        ? undefined
        : `${reasons.join("; ")}; nothing of ${before.commit.id} was deployed to ${name}, so there is nothing to go back from`;
}

/** The release that was in the stage before `execution`, if it got no further than the check. */
function lastBefore(all: readonly Execution[], execution: Execution, stage: StageState): Execution | undefined {
    const before = all
        .filter(one => one !== execution && (one.runs.get(stage.plan.name)?.attempts.size ?? 0) > 0)
        .at(-1);
    return before !== undefined && before.type === "STANDARD" && runIn(before, stage).attempts.size === 1
        ? before
        : undefined;
}
