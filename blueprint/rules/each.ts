import { once } from "../../catalog/once";
import type { Problem } from "../../catalog/problem";
import type { ActionPlan, FleetPlan, PipelinePlan, StagePlan } from "../plan";

/** The actions of a pipeline in their order, which nearly every rule goes through. */
export const actionsOf = once(({ stages }: PipelinePlan): readonly ActionPlan[] =>
    stages.flatMap(({ actions }) => actions),
);

/** What is wrong with each action of `fleet`, told where its words stand; nearly always that is nothing. */
export function eachAction(
    { pipelines }: FleetPlan,
    messages: (action: ActionPlan, stage: StagePlan) => string | readonly string[] | undefined,
): Problem[] {
    const problems: Problem[] = [];
    for (const { stages } of pipelines) {
        for (const stage of stages) {
            for (const action of stage.actions) {
                const said = messages(action, stage) ?? [];
                for (const message of typeof said === "string" ? [said] : said) {
                    problems.push({ path: action.path, message });
                }
            }
        }
    }
    return problems;
}
