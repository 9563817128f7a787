import { beginActions } from "./actions";
import { added, hold } from "./flow";
import { isParallel, nameOf, runIn, sinceEdit, type Cause, type Execution, type StageState, type State } from "./state";
import { note, type News } from "./telling";
import type { AlarmChange } from "./world";

/**
 * Where a stage goes back to that fails: to the last standard execution that succeeded in it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback-auto.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html (to no rollback)
 */
export const automaticTarget = ({ successes }: StageState): Execution | undefined =>
    [...successes].reverse().find(({ type }) => type === "STANDARD");

/**
 * Starts a rollback of `stage`: a new execution, with the artifacts and variables of `target`, that runs in this stage
 * alone. It enters at once, as nothing else is in the stage.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
 */
export function rollBack(state: State, stage: StageState, target: Execution, cause: Cause, why: string): void {
    const execution = added(state, target.commit, cause, { target, stage });
    const news: News = cause === "alarm" ? { happenings: ["rolled-back", "started"] } : { happenings: ["started"] };
    hold(state, execution, stage);
    note(
        state,
        "rollback-started",
        { execution, stage },
        {
            what: `${stage.plan.name} goes back to ${target.commit.id}, as execution ${execution.id}`,
            why,
            news,
        },
    );
    beginActions(state, execution, stage);
}

/**
 * Why AWS would start no rollback of `stage` that it is asked for; undefined where it would.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html (of a stage in Skipped status)
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_RollbackStage.html
 */
export function notRollable({ holder, latest, plan }: StageState): string | undefined {
    if (holder !== undefined) {
        return `${nameOf(holder)} is in it`;
    }
    return latest !== undefined && runIn(latest, { plan }).status === "Skipped"
        ? `${nameOf(latest)} has skipped it, and a stage that was skipped cannot be rolled back`
        : undefined;
}

/** From which execution to which; or why not. */
export type Decision =
    { readonly from: Execution; readonly target: Execution } | { readonly refusal: string; readonly reason: string };

const refuse = (refusal: string, reason: string): Decision => ({ refusal, reason });

/**
 * Where the function `rollback` of this project lets `stage` go back to when an alarm rises: functions/rollback/target.ts,
 * from which this differs in nothing but the words (tests/blueprint/simulation compares them).
 */
export function decide(state: Pick<State, "plan" | "edited">, stage: StageState): Decision {
    const { successes, latest, plan } = stage;
    if (isParallel(state) && successes.length > 0) {
        return refuse("parallel", "the pipeline runs its executions in parallel");
    }
    const status = latest && runIn(latest, stage).status;
    if (latest !== undefined && (status === "InProgress" || status === "Stopping")) {
        return latest.type === "ROLLBACK"
            ? refuse("already", `${plan.name} is being rolled back already`)
            : refuse("busy", `${latest.commit.id} is in ${plan.name}`);
    }
    if (latest !== undefined && status !== "Succeeded" && status !== "Skipped") {
        return refuse(
            "unclear",
            `${latest.commit.id} has not succeeded in ${plan.name}, so what is there is not known`,
        );
    }
    const deployed = status === "Succeeded" ? latest : successes.at(-1);
    if (deployed === undefined) {
        return refuse("no-target", `nothing has succeeded in ${plan.name}${sinceEdit(state)}`);
    }
    if (deployed.type === "ROLLBACK") {
        return refuse("of-a-rollback", `what is in ${plan.name} is itself a rollback`);
    }
    const earlier = successes.slice(0, Math.max(0, successes.lastIndexOf(deployed)));
    const before = earlier.at(-1);
    const target = before?.type === "ROLLBACK" ? before.rollback?.target : before;
    return target === undefined || !earlier.includes(target)
        ? refuse(
              "no-target",
              `no release before ${deployed.commit.id} has succeeded in ${plan.name}${sinceEdit(state)}`,
          )
        : { from: deployed, target };
}

/** What AWS says to the function that asks it to go back as `decision` says. */
function asked(stage: StageState, decision: Decision): Decision {
    const no = "refusal" in decision ? undefined : notRollable(stage);
    return no === undefined ? decision : refuse("by-aws", `AWS does not roll ${stage.plan.name} back: ${no}`);
}

/** An alarm has changed: where it has risen, the stages that name it go back, or people are told why not. */
export function alarmChanged(state: State, { name, state: to, before }: AlarmChange): void {
    if (to !== "ALARM" || before === "ALARM") {
        return;
    }
    for (const stage of state.stages.filter(({ plan }) => plan.rollbackOn?.includes(name))) {
        const decision = asked(stage, decide(state, stage));
        if ("refusal" in decision) {
            note(
                state,
                "rollback-refused",
                { stage, ...(stage.latest && { execution: stage.latest }) },
                {
                    what: `${stage.plan.name} is not rolled back, although the alarm ${name} is raised`,
                    why: decision.reason,
                    news: { happenings: ["rolled-back"] },
                },
            );
        } else {
            const why = `the alarm ${name} rose after the release of ${decision.from.commit.id}`;
            rollBack(state, stage, decision.target, "alarm", why);
        }
    }
}
