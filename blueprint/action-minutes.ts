import type { BuildProjectPlan } from "../catalog/plan";
import type { ActionPlan, PipelinePlan } from "./plan";

/** Where an action stands. */
export interface Timed {
    readonly pipeline: Pick<PipelinePlan, "name" | "components">;
    readonly action: ActionPlan;
}

/** How long an action takes, as far as a bill asks. */
export interface ActionTime {
    /** Of machines, from the action's start to its end, fractions included; 0 for an approval. */
    readonly minutes: number;
    /** The CodeBuild project that runs it, where one does. */
    readonly project?: BuildProjectPlan;
}

/** Minutes of an action by its provider, and of builds by their category: assumptions, rounded to what a release usually takes. */
const usual: Readonly<Record<string, number>> = {
    CodeStarSourceConnection: 0.5,
    Lambda: 0.3,
    "CodeBuild Build": 6,
    "CodeBuild Test": 5,
    CloudFormation: 4,
    CodeDeploy: 5,
    CodeDeployToECS: 10,
    ECS: 5.5,
    S3: 0.5,
};

/** Minutes of any other action. */
const other = 5;

/** How long an action takes where nobody has measured it. */
export function minutesOf({ pipeline, action }: Timed): ActionTime {
    const { category, provider } = action.action;
    if (category === "Approval") {
        return { minutes: 0 };
    }
    const minutes = usual[provider] ?? usual[`${provider} ${category}`] ?? other;
    const project =
        provider === "CodeBuild"
            ? pipeline.components.find(
                  (component): component is BuildProjectPlan =>
                      component.component === "BuildProject" &&
                      component.physicalName === action.configuration.ProjectName,
              )
            : undefined;
    return project === undefined ? { minutes } : { minutes, project };
}
