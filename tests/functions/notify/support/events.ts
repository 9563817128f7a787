import type { ActionEvent, PipelineEvent, StageEvent } from "../../../../functions/lib/event";
import { at, execution, pipeline } from "./world";

const base = { id: "e-1", time: at("11:00:00"), pipeline, execution } as const;

export const pipelineEvent = (state: PipelineEvent["state"], more: Partial<PipelineEvent> = {}): PipelineEvent => ({
    ...base,
    kind: "pipeline",
    state,
    ...more,
});

export const stageEvent = (stage: string, state: StageEvent["state"], more: Partial<StageEvent> = {}): StageEvent => ({
    ...base,
    kind: "stage",
    stage,
    state,
    failedActions: [],
    ...more,
});

export const approvalEvent = (state: ActionEvent["state"], more: Partial<ActionEvent> = {}): ActionEvent => ({
    ...base,
    kind: "action",
    stage: "Approve-prod",
    action: "approve",
    actionExecution: "a-1",
    category: "Approval",
    startTime: at("10:30:00"),
    state,
    ...more,
});
