import type { ComponentPlan } from "../catalog/plan";
import { allow, type Grant } from "../catalog/grant";
import { once } from "../catalog/once";
import type { Location } from "../catalog/arn";
import type { FleetPlan, PipelinePlan, RolePlan } from "./plan";
import { statements, type Statement } from "./policy";
import { roleArn } from "./role-terms";
import { batchTrust, buildTrust, channelTrust, eventTrust, scheduleTrust, type Trust } from "./trust";

const startPipeline = (pipelineArn: string): Grant =>
    allow("StartPipeline", ["codepipeline:StartPipelineExecution"], [pipelineArn]);

/** What the role of a component may do; a repository has none, nor has a rule that sends to a queue. */
export const componentStatements = once((component: ComponentPlan): readonly Statement[] => {
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
});

/** What a component that has a role is in AWS. */
const nouns: Readonly<Record<Exclude<ComponentPlan["component"], "ImageRepository" | "RollbackAlarm">, string>> = {
    BuildProject: "project",
    EventTrigger: "event rule",
    ScheduleTrigger: "schedule",
};

/** Who assumes the role of a component. */
function componentTrust(
    component: Exclude<ComponentPlan, { readonly component: "ImageRepository" | "RollbackAlarm" }>,
    home: Location,
): Trust {
    switch (component.component) {
        case "BuildProject":
            return buildTrust(component.physicalName, home);
        case "EventTrigger":
            return eventTrust;
        case "ScheduleTrigger":
            return scheduleTrust(home);
    }
}

/** A role of a component. */
export type ComponentRole = Pick<RolePlan, "name" | "of" | "trust" | "statements">;

/** The roles that a component makes: its own, and that of its batches. */
export function componentRoles(component: ComponentPlan, home: Location): ComponentRole[] {
    if (component.component === "ImageRepository" || component.component === "RollbackAlarm") {
        return [];
    }
    const { physicalName, roleName } = component;
    const batch = component.component === "BuildProject" ? component.batch : undefined;
    return [
        {
            name: roleName,
            of: `${nouns[component.component]} ${physicalName}`,
            trust: componentTrust(component, home),
            statements: componentStatements(component),
        },
        ...(batch === undefined
            ? []
            : [
                  {
                      name: batch.roleName,
                      of: `batches of the project ${physicalName}`,
                      trust: batchTrust,
                      statements: statements(batch.grants),
                  },
              ]),
    ];
}

/** Every role of one pipeline: its own, and those of its projects and triggers. */
export function rolesOf(pipeline: PipelinePlan, fleet: Pick<FleetPlan, "roles">): RolePlan[] {
    const path = ["services", pipeline.service];
    return [
        pipeline.role,
        ...pipeline.components
            .flatMap(component => componentRoles(component, fleet.roles.home))
            .map(role => ({ ...role, arn: roleArn(fleet.roles, role.name), path })),
    ];
}

/** Every role of the fleet. */
export const allRoles = once((fleet: FleetPlan): readonly RolePlan[] => [
    ...fleet.pipelines.flatMap(pipeline => rolesOf(pipeline, fleet)),
    ...fleet.shared.functions.map(({ role }) => role),
    ...(fleet.shared.network.flowLog === undefined ? [] : [fleet.shared.network.flowLog.role]),
    ...fleet.shared.operations.targets.flatMap(({ key, chat }) =>
        chat === undefined
            ? []
            : [
                  {
                      name: chat.roleName,
                      arn: roleArn(fleet.roles, chat.roleName),
                      of: `the channel of the target ${key}`,
                      trust: channelTrust,
                      statements: [],
                      path: ["targets", key],
                  },
              ],
    ),
]);

/** A role whose policy is written here, whoever assumes it. */
type WrittenRole = Omit<RolePlan, "trust">;

/** Every role of the fleet's own account: those of the stack, and deploy roles that are made there beside it. */
export const rolesAtHome = (fleet: FleetPlan): readonly WrittenRole[] => [
    ...allRoles(fleet),
    ...fleet.deployRoles.filter(({ account }) => account === fleet.home.account),
];

/** Every role whose policy is written here, in whatever account. */
export const writtenRoles = (fleet: FleetPlan): readonly WrittenRole[] => [...allRoles(fleet), ...fleet.deployRoles];
