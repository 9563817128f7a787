import type { ActionPlan, PipelinePlan, StagePlan } from "../plan";
import { Clock } from "./clock";
import type { Commit, Script } from "./script";
import type { Deployment, ExecutionStatus, StageStatus, TimelineEvent } from "./simulation";
import { World } from "./world";

/** Why an execution was started. */
export type Cause = "release" | "failure" | "condition" | "alarm" | "person";

/** An execution in one stage. */
export interface StageRun {
    status: StageStatus;
    phase?: "entry" | "actions" | "success";
    /** The part of the stage that failed. */
    failedIn?: "entry" | "actions" | "success";
    /** Attempts of each action. */
    readonly attempts: Map<string, number>;
    readonly succeeded: Set<string>;
    readonly failed: Set<string>;
    readonly running: Set<string>;
    /** Whether it was retried without anybody's doing. */
    retried: boolean;
    /** What was begun with another token is over, and does not go on. */
    token: number;
}

/** An execution on its way. */
export interface Execution {
    readonly id: string;
    /** In the order of their starts; those from before the simulation have 0. */
    readonly number: number;
    readonly commit: Commit;
    readonly type: "STANDARD" | "ROLLBACK";
    readonly cause: Cause;
    /** Of a rollback: the execution that it goes back to, and the stage that it runs in. */
    readonly rollback?: { readonly target: Execution; readonly stage: StageState };
    readonly started: number;
    ended?: number;
    status: ExecutionStatus;
    readonly runs: Map<string, StageRun>;
    /** Whether the pipeline was edited since it was started. */
    outdated?: true;
    /** The commit that each artifact was made of. */
    readonly artifacts: Map<string, string>;
}

/** A stage, and who is in it. */
export interface StageState {
    readonly plan: StagePlan;
    readonly index: number;
    /** The execution that has locked it; none in parallel mode. */
    holder?: Execution;
    /** Those that wait in front of it, in their order. */
    waiting: Execution[];
    /** The last that entered. */
    latest?: Execution;
    /** Why nothing enters. */
    closed?: string;
    /** The executions that succeeded in it, in order, since the pipeline was last edited. */
    readonly successes: Execution[];
    readonly deployments: Deployment[];
    /** The commit that has begun to be deployed, and has not succeeded. */
    halfway?: string;
    /** Whether it has failed since it last succeeded. */
    broken: boolean;
}

/** Hours of the stack file after which people are told. */
export interface Hours {
    /** @default 4 */
    readonly approvalReminder: number;
    /** @default 12 */
    readonly stuck: number;
}

/** All that is while a script is played. */
export interface State {
    readonly plan: PipelinePlan;
    readonly script: Script;
    readonly hours: Hours;
    readonly clock: Clock;
    readonly world: World;
    readonly stages: readonly StageState[];
    readonly executions: Execution[];
    readonly events: TimelineEvent[];
    edited: boolean;
}

/** Behind what has not happened in a stage: an edit makes AWS forget what had. */
export const sinceEdit = ({ edited }: Pick<State, "edited">): string =>
    edited ? " since the pipeline was last edited" : "";

export const emptyRun = (): StageRun => ({
    status: "NotReached",
    attempts: new Map(),
    succeeded: new Set(),
    failed: new Set(),
    running: new Set(),
    retried: false,
    token: 0,
});

/** What `execution` has done in `stage`. */
export function runIn({ runs }: Execution, { plan: { name } }: Pick<StageState, "plan">): StageRun {
    const run = runs.get(name) ?? emptyRun();
    runs.set(name, run);
    return run;
}

/** Whether `execution` has not come to its end. */
export const isOnItsWay = ({ status }: Execution): boolean => status === "InProgress" || status === "Stopping";

/** Whether executions run side by side, and no stage is locked. */
export const isParallel = ({ plan }: Pick<State, "plan">): boolean => plan.executionMode === "PARALLEL";

/** The environment whose release waits in, or runs in, `stage`. */
export const environmentOf = ({ environment, approval }: StagePlan): string | undefined =>
    approval?.environment ?? environment;

/** Whether `action` is the check of `stage`: it deploys nothing, and says whether anything else may. */
export const isCheck = (stage: StagePlan, { name, action }: ActionPlan): boolean =>
    stage.check !== undefined && name === "check" && action.provider === "Lambda";

/** Whether `action` deploys nothing, and says whether anything else may: the check, or one that looks at seals. */
export const isGuard = (stage: StagePlan, action: ActionPlan): boolean =>
    isCheck(stage, action) || (action.action.provider === "Lambda" && /^(seal|verify)(-|$)/.test(action.name));

/** In words: `a`, or `the rollback to a`. */
export const nameOf = ({ commit, type }: Execution): string =>
    type === "ROLLBACK" ? `the rollback to ${commit.id}` : commit.id;
