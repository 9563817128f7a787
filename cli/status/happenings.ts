import type {
    ActionExecutionDetail,
    RuleState,
    StageConditionState,
    StageExecution,
    StageState,
} from "@aws-sdk/client-codepipeline";
import type { PipelinePlan, StagePlan } from "../../blueprint/plan";
import { deploysOf, succeeds } from "./deployed";
import type { History } from "./history";
import { lastAttempts, latest, runOf, sinceOf } from "./runs";
import type { Disabled, Failed, PipelineStatus, Run, Running, Waiting } from "./fleet-status";

type Happenings = Pick<PipelineStatus, "waiting" | "running" | "failed" | "disabled">;

/** Where something happens: a stage as it is, as the stack file wants it, and what is known of the pipeline. */
interface Scene {
    readonly name: string;
    readonly state: StageState;
    readonly plan?: StagePlan;
    readonly pipeline: PipelinePlan;
    readonly history: History;
}

/** What waits, runs, has failed and is disabled in a pipeline, stage by stage. */
export async function happenings(pipeline: PipelinePlan, history: History): Promise<Happenings> {
    const { executionMode } = await history.structure();
    const { stageStates = [] } = await history.state();
    const all: Happenings[] = [];
    for (const state of stageStates) {
        const name = state.stageName ?? "";
        const plan = pipeline.stages.find(stage => stage.name === name);
        const scene: Scene = { name, state, pipeline, history, ...(plan && { plan }) };
        const inside = executionMode === "PARALLEL" ? await allInside(history) : idOf(state.latestExecution, under);
        const moving: (Waiting | Running)[] = [];
        for (const id of inside) {
            moving.push(...(await inStage(id, scene, executionMode === "PARALLEL")));
        }
        for (const one of state.inboundExecutions ?? [state.inboundExecution]) {
            for (const id of idOf(one, under)) {
                moving.push(await beforeStage(id, scene));
            }
        }
        all.push({
            waiting: moving.filter(one => "for" in one),
            running: moving.filter(one => !("for" in one)),
            failed: await failures(scene),
            disabled: disabledOf(scene),
        });
    }
    return {
        waiting: all.flatMap(({ waiting }) => waiting),
        running: all.flatMap(({ running }) => running),
        failed: all.flatMap(({ failed }) => failed),
        disabled: all.flatMap(({ disabled }) => disabled),
    };
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StageExecution.html */
const under = ["InProgress", "Stopping"];
const ended = ["Failed", "Stopped", "Cancelled"];

const idOf = (execution: StageExecution | undefined, statuses: readonly string[]): string[] =>
    execution?.pipelineExecutionId !== undefined && statuses.includes(execution.status ?? "")
        ? [execution.pipelineExecutionId]
        : [];

/** In parallel mode a stage holds many executions, of which its state tells one. */
const allInside = async (history: History) =>
    (await history.executions())
        .filter(({ status }) => under.includes(status ?? ""))
        .flatMap(({ pipelineExecutionId }) => pipelineExecutionId ?? []);

/** What an execution does in the stage that it is in. */
async function inStage(id: string, scene: Scene, parallel: boolean): Promise<(Waiting | Running)[]> {
    const { name, state, pipeline, history } = scene;
    const run = await runOf(id, pipeline, history);
    const actions = lastAttempts(await history.actionsOf(id), name).filter(({ status }) => status === "InProgress");
    if (actions.length > 0) {
        return actions.map(action => doing(run, action, scene));
    }
    if (parallel) {
        return [];
    }
    const rules = [state.beforeEntryConditionState, state.onSuccessConditionState].flatMap(rulesUnderWay);
    return [rules.length > 0 ? { ...run, ...gate(name, rules) } : { ...run, stage: name }];
}

/** An action that is under way: an approval waits for somebody, all others run. */
function doing(
    run: Run,
    { actionName = "", startTime, input }: ActionExecutionDetail,
    { name, plan }: Scene,
): Waiting | Running {
    const planned = plan?.actions.find(one => one.name === actionName);
    if ((input?.actionTypeId?.category ?? planned?.action.category) !== "Approval") {
        return { ...run, stage: name, action: actionName, ...sinceOf(startTime) };
    }
    const { notify = [], timeoutHours } = plan?.approval ?? {};
    return {
        ...run,
        for: "approval",
        stage: name,
        names: [actionName],
        asked: notify,
        ...sinceOf(startTime),
        ...(startTime !== undefined &&
            timeoutHours !== undefined && { expires: new Date(startTime.getTime() + timeoutHours * 3_600_000) }),
    };
}

/** What an execution that wants to enter a stage waits for. */
async function beforeStage(id: string, { name, state, pipeline, history }: Scene): Promise<Waiting> {
    const run = await runOf(id, pipeline, history);
    const rules = rulesUnderWay(state.beforeEntryConditionState);
    const since = latest((await history.actionsOf(id)).flatMap(({ lastUpdateTime }) => lastUpdateTime ?? []));
    if (state.inboundTransitionState?.enabled === false) {
        return { ...run, for: "transition", stage: name, names: [], ...sinceOf(since) };
    }
    return rules.length > 0
        ? { ...run, ...sinceOf(since), ...gate(name, rules) }
        : { ...run, for: "turn", stage: name, names: [], ...sinceOf(since) };
}

const rulesOf = (condition?: StageConditionState) =>
    (condition?.conditionStates ?? []).flatMap(({ ruleStates = [] }) => ruleStates);

const rulesUnderWay = (condition?: StageConditionState) =>
    rulesOf(condition).filter(({ latestExecution }) => latestExecution?.status === "InProgress");

const gate = (stage: string, rules: readonly RuleState[]) =>
    ({
        for: "gate",
        stage,
        names: rules.map(({ ruleName = "" }) => ruleName),
        ...sinceOf(latest(rules.flatMap(({ latestExecution }) => latestExecution?.lastStatusChange ?? []))),
    }) as const;

/** The newest execution of a stage where it did not succeed, for each of its actions that failed. */
async function failures(scene: Scene): Promise<Failed[]> {
    const { name, state, plan, pipeline, history } = scene;
    const inbound = state.inboundExecutions ?? [state.inboundExecution];
    const failed: Failed[] = [];
    for (const execution of [state.latestExecution, ...inbound]) {
        for (const id of idOf(execution, ended)) {
            const attempts = lastAttempts(await history.actionsOf(id), name);
            const deploys = plan === undefined ? [] : deploysOf(plan);
            const done = attempts
                .filter(({ status }) => succeeds(status))
                .flatMap(({ actionName }) => actionName ?? []);
            const common = {
                ...(await runOf(id, pipeline, history)),
                stage: name,
                status: execution?.status ?? "",
                done: plan?.purpose === "environment" ? done.filter(action => deploys.includes(action)) : [],
            };
            const causes = [
                ...attempts.filter(({ status }) => status === "Failed").map(failedAction),
                ...(attempts.some(({ status }) => status === "Failed") ? [] : failedRules(state)),
            ];
            const { stopTrigger, lastUpdateTime } = await history.execution(id);
            const otherwise = {
                ...sinceOf(lastUpdateTime),
                ...(stopTrigger?.reason !== undefined && { error: stopTrigger.reason }),
            };
            failed.push(...(causes.length === 0 ? [otherwise] : causes).map(cause => ({ ...common, ...cause })));
        }
    }
    return failed;
}

function failedAction({ actionName, lastUpdateTime, output, updatedBy, input }: ActionExecutionDetail) {
    const { errorDetails, externalExecutionSummary } = output?.executionResult ?? {};
    const error = errorDetails?.message ?? externalExecutionSummary;
    return {
        ...(actionName !== undefined && { at: actionName }),
        ...sinceOf(lastUpdateTime),
        ...(error !== undefined && { error }),
        ...(updatedBy !== undefined && input?.actionTypeId?.category === "Approval" && { by: updatedBy }),
    };
}

/** The rules that stopped a stage none of whose actions failed. */
const failedRules = ({ beforeEntryConditionState, onSuccessConditionState }: StageState) =>
    [beforeEntryConditionState, onSuccessConditionState]
        .flatMap(rulesOf)
        .filter(({ latestExecution }) => latestExecution?.status === "Failed")
        .map(({ ruleName, latestExecution }) => {
            const error = latestExecution?.errorDetails?.message ?? latestExecution?.summary;
            return {
                ...(ruleName !== undefined && { at: ruleName }),
                ...sinceOf(latestExecution?.lastStatusChange),
                ...(error !== undefined && { error }),
            };
        });

function disabledOf({ name, state: { inboundTransitionState } }: Scene): Disabled[] {
    const { enabled, lastChangedBy, lastChangedAt, disabledReason } = inboundTransitionState ?? {};
    return enabled !== false
        ? []
        : [
              {
                  stage: name,
                  ...(lastChangedBy !== undefined && { by: lastChangedBy }),
                  ...sinceOf(lastChangedAt),
                  ...(disabledReason !== undefined && { reason: disabledReason }),
              },
          ];
}
