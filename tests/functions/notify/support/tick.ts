import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import type { TickEvent } from "../../../../functions/lib/event";
import { at, type TestWorld } from "./world";

/** Five minutes have gone by; when, the clock of the world says. */
export const tick: TickEvent = { kind: "tick", id: "t-1", time: at("18:00:00") };

/** An action that has run since `clock`. */
export const running = (actionName: string, clock: string, category = "Deploy"): ActionExecutionDetail => ({
    stageName: category === "Approval" ? "Approve-prod" : "prod",
    actionName,
    actionExecutionId: "a-1",
    status: "InProgress",
    startTime: at(clock),
    lastUpdateTime: at("17:59:00"),
    input: { actionTypeId: { category: category as "Deploy", owner: "AWS", provider: "P", version: "1" } },
});

/** Moments that are still to be looked at: when, and what for. */
export const moments = (test: TestWorld) =>
    Object.keys(test.memory.under("moment")).map(key => key.split("#").slice(0, 2).join(" "));
