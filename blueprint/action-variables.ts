import type { BuildProjectPlan, Variable } from "../catalog/plan";
import { shown, type Text } from "../catalog/reference";
import type { ActionPlan, PipelinePlan } from "./plan";

/** The project that runs an action, where one does. */
export const projectOf = (
    { configuration: { ProjectName } }: ActionPlan,
    { components }: Pick<PipelinePlan, "components">,
): BuildProjectPlan | undefined =>
    components.find(
        (component): component is BuildProjectPlan =>
            component.component === "BuildProject" && component.physicalName === ProjectName,
    );

/** Variables of a build: those of its project, and in place of some of them those that the action gives it. */
export function variablesOf({ configuration }: ActionPlan, project: BuildProjectPlan | undefined): Variable[] {
    const all = [...(project?.variables ?? []), ...givenVariables(configuration.EnvironmentVariables)];
    return [...new Map(all.map(variable => [variable.name, variable])).values()];
}

/** Variables in the configuration of an action, a list as JSON; where no type is said, they are plain. */
function givenVariables(text: Text | undefined): Variable[] {
    try {
        const given = JSON.parse(text === undefined ? "[]" : shown(text)) as readonly Variable[];
        return given.map(variable => ({
            ...variable,
            type: (variable.type as Variable["type"] | undefined) ?? "PLAINTEXT",
        }));
    } catch {
        return []; // Of a custom action, whose words are its own.
    }
}

/** A variable whose value is kept somewhere else. */
export interface KeptSecret {
    readonly variable: string;
    readonly kept: "Secrets Manager" | "Parameter Store";
    /** The name by which it is kept. */
    readonly name: string;
}

/** The secrets among `variables`: names, never values. */
export const secretsOf = (variables: readonly Variable[]): KeptSecret[] =>
    variables.flatMap(({ name: variable, value: name, type }) =>
        type === "PLAINTEXT"
            ? []
            : [{ variable, kept: type === "SECRETS_MANAGER" ? "Secrets Manager" : "Parameter Store", name }],
    );
