import type { BuildProjectPlan, Variable } from "../../catalog/plan";
import { once } from "../../catalog/once";
import type { Path } from "../../catalog/problem";
import { shown } from "../../catalog/reference";
import type { ActionPlan, FleetPlan } from "../plan";
import { actionsOf } from "./each";

/** A CodeBuild project with the actions that run it, and where in the stack file what it does stands. */
export interface PlacedProject {
    readonly project: BuildProjectPlan;
    readonly actions: readonly ActionPlan[];
    readonly path: Path;
}

/** Every CodeBuild project of `fleet`. */
export const projectsOf = once(({ pipelines }: FleetPlan): readonly PlacedProject[] =>
    pipelines.flatMap(pipeline => {
        const { service, components } = pipeline;
        const running = runsByProject(actionsOf(pipeline));
        return components.flatMap(project => {
            if (project.component !== "BuildProject") {
                return [];
            }
            const actions = running.get(project.physicalName) ?? [];
            return [{ project, actions, path: actions.at(0)?.path ?? ["services", service] }];
        });
    }),
);

/** Those of `actions` that run a project, by its name. */
function runsByProject(actions: readonly ActionPlan[]): ReadonlyMap<unknown, readonly ActionPlan[]> {
    const found = new Map<unknown, ActionPlan[]>();
    for (const action of actions) {
        const { ProjectName: name } = action.configuration;
        const known = found.get(name);
        if (known === undefined) {
            found.set(name, [action]);
        } else {
            known.push(action);
        }
    }
    return found;
}

/** The variables that `action` gives to a run of its project. */
function variablesOf({ configuration: { EnvironmentVariables: given } }: ActionPlan): Variable[] {
    return given === undefined ? [] : (JSON.parse(shown(given)) as Variable[]);
}

/** The variables of each run of a project: its own, and those of the action, which take the place of its own. */
export const runsOf = ({ project, actions }: PlacedProject): Variable[][] =>
    [[], ...actions.map(variablesOf)].map(given => [
        ...new Map([...project.variables, ...given].map(variable => [variable.name, variable])).values(),
    ]);
