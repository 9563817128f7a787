import type { FleetPlan, PipelinePlan } from "./plan";

/** The pipelines that the stack of `plan` makes: a platform makes none. */
export const madePipelines = ({
    spread,
    pipelines,
}: Pick<FleetPlan, "spread" | "pipelines">): readonly PipelinePlan[] => (spread.role === "platform" ? [] : pipelines);

/** Whether the stack of `plan` makes what all services share. */
export const makesShared = ({ spread }: Pick<FleetPlan, "spread">): boolean => spread.role !== "services";
