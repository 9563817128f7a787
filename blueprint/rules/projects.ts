import type { BuildProjectPlan, Variable } from "../../catalog/plan";
import type { Path } from "../../catalog/problem";
import { shown } from "../../catalog/reference";
import type { ActionPlan, FleetPlan } from "../plan";

/** A CodeBuild project with the actions that run it, and where in the stack file what it does stands. */
export interface PlacedProject {
    readonly project: BuildProjectPlan;
    readonly actions: readonly ActionPlan[];
    readonly path: Path;
}

/** Every CodeBuild project of `fleet`. */
export const projectsOf = ({ pipelines }: FleetPlan): PlacedProject[] =>
    pipelines.flatMap(({ service, stages, components }) =>
        components.flatMap(project => {
            if (project.component !== "BuildProject") {
                return [];
            }
            const actions = stages
                .flatMap(stage => stage.actions)
                .filter(({ configuration: { ProjectName: name } }) => name === project.physicalName);
            return [{ project, actions, path: actions.at(0)?.path ?? ["services", service] }];
        }),
    );

/** The variables that `action` gives to a run of its project. */
function variablesOf({ configuration: { EnvironmentVariables: given } }: ActionPlan): Variable[] {
    return given === undefined ? [] : (JSON.parse(shown(given)) as Variable[]);
}

/** The variables of each run of a project: its own, and those of the action, which take the place of its own. */
export const runsOf = ({ project, actions }: PlacedProject): Variable[][] =>
    [[], ...actions.map(variablesOf)].map(given => [
        ...new Map([...project.variables, ...given].map(variable => [variable.name, variable])).values(),
    ]);
