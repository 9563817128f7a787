import { iamArn } from "../catalog/arn";
import type { ComponentPlan } from "../catalog/plan";
import { allow } from "../catalog/grant";
import type { FleetPlan, PipelinePlan, RolePlan } from "./plan";
import { statements, type Statement } from "./policy";

/** What the role of a component may do. */
export function componentStatements(component: ComponentPlan): Statement[] {
    return component.component === "BuildProject"
        ? statements(component.grants)
        : statements([allow("StartPipeline", ["codepipeline:StartPipelineExecution"], [component.pipelineArn])]);
}

/** What a component is in AWS. */
const nouns: Readonly<Record<ComponentPlan["component"], string>> = {
    BuildProject: "project",
    EventTrigger: "event rule",
    ScheduleTrigger: "schedule",
};

/** Every role of one pipeline: its own, and those of its projects and triggers. */
export function rolesOf(pipeline: PipelinePlan, fleet: Pick<FleetPlan, "home">): RolePlan[] {
    return [
        pipeline.role,
        ...pipeline.components.map(component => ({
            name: component.roleName,
            arn: iamArn(`role/${component.roleName}`, fleet.home),
            of: `${nouns[component.component]} ${component.physicalName}`,
            statements: componentStatements(component),
            path: ["services", pipeline.service],
        })),
    ];
}

/** Every role of the fleet. */
export const allRoles = (fleet: FleetPlan): RolePlan[] => [
    ...fleet.pipelines.flatMap(pipeline => rolesOf(pipeline, fleet)),
    ...fleet.shared.functions.map(({ role }) => role),
];
