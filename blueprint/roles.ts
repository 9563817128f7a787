import { iamArn } from "../catalog/arn";
import type { ComponentPlan } from "../catalog/plan";
import { allow, type Grant } from "../catalog/grant";
import type { FleetPlan, PipelinePlan, RolePlan } from "./plan";
import { statements, type Statement } from "./policy";

const startPipeline = (pipelineArn: string): Grant =>
    allow("StartPipeline", ["codepipeline:StartPipelineExecution"], [pipelineArn]);

/** What the role of a component may do; a repository has none, nor has a rule that sends to a queue. */
export function componentStatements(component: ComponentPlan): Statement[] {
    switch (component.component) {
        case "BuildProject":
            return statements(component.grants);
        case "EventTrigger":
            return statements([
                component.build === undefined
                    ? startPipeline(component.pipelineArn)
                    : allow("StartBuild", ["codebuild:StartBuild"], [component.build.projectArn]),
            ]);
        case "ScheduleTrigger":
            return statements([startPipeline(component.pipelineArn)]);
        case "ImageRepository":
        case "RollbackAlarm":
            return [];
    }
}

/** What a component that has a role is in AWS. */
const nouns: Readonly<Record<Exclude<ComponentPlan["component"], "ImageRepository" | "RollbackAlarm">, string>> = {
    BuildProject: "project",
    EventTrigger: "event rule",
    ScheduleTrigger: "schedule",
};

/** The roles that a component makes: its own, and that of its batches. */
function componentRoles(component: ComponentPlan): Pick<RolePlan, "name" | "of" | "statements">[] {
    if (component.component === "ImageRepository" || component.component === "RollbackAlarm") {
        return [];
    }
    const { physicalName, roleName } = component;
    const batch = component.component === "BuildProject" ? component.batch : undefined;
    return [
        {
            name: roleName,
            of: `${nouns[component.component]} ${physicalName}`,
            statements: componentStatements(component),
        },
        ...(batch === undefined
            ? []
            : [
                  {
                      name: batch.roleName,
                      of: `batches of the project ${physicalName}`,
                      statements: statements(batch.grants),
                  },
              ]),
    ];
}

/** Every role of one pipeline: its own, and those of its projects and triggers. */
export function rolesOf(pipeline: PipelinePlan, fleet: Pick<FleetPlan, "home">): RolePlan[] {
    return [
        pipeline.role,
        ...pipeline.components.flatMap(componentRoles).map(role => ({
            ...role,
            arn: iamArn(`role/${role.name}`, fleet.home),
            path: ["services", pipeline.service],
        })),
    ];
}

/** Every role of the fleet. */
export const allRoles = (fleet: FleetPlan): RolePlan[] => [
    ...fleet.pipelines.flatMap(pipeline => rolesOf(pipeline, fleet)),
    ...fleet.shared.functions.map(({ role }) => role),
    ...(fleet.shared.network.flowLog === undefined ? [] : [fleet.shared.network.flowLog.role]),
    ...fleet.shared.operations.targets.flatMap(({ key, chat }) =>
        chat === undefined
            ? []
            : [
                  {
                      name: chat.roleName,
                      arn: iamArn(`role/${chat.roleName}`, fleet.home),
                      of: `the channel of the target ${key}`,
                      statements: [],
                      path: ["targets", key],
                  },
              ],
    ),
];
