import { pathText } from "../../catalog/problem";
import type { BuildProjectPlan, Variable } from "../../catalog/plan";
import { shown } from "../../catalog/reference";
import { projectOf, secretsOf, variablesOf } from "../../blueprint/action-variables";
import type { ActionPlan, FleetPlan, PipelinePlan, StagePlan } from "../../blueprint/plan";
import { isFree, releaseCost } from "../../blueprint/release-cost";
import { minutesOf } from "../../blueprint/release-time/durations";
import { roleArn } from "../../blueprint/role-terms";
import type { StackSource } from "../../config/source";
import { windowWords } from "../explain/window";
import type { Action, ActionCost, Gate, Project, Stage, Words } from "./model";

/** Where the entry at `path` stands, or else the nearest one around it: `Pulumi.prod.yaml:34`. */
export function placeOf(source: Pick<StackSource, "locate">, path: readonly (string | number)[]): string | undefined {
    for (let length = path.length; length > 0; length--) {
        const position = source.locate(path.slice(0, length));
        if (position !== undefined) {
            return `${position.file}:${position.line}`;
        }
    }
    return undefined;
}

/** `{ place }`, where it is known. */
export function placed(source: Pick<StackSource, "locate">, path: readonly (string | number)[]) {
    const place = placeOf(source, path);
    return place === undefined ? {} : { place };
}

/** A map as the page shows it. */
export const words = (map: Readonly<Record<string, string>>): Words => Object.entries(map);

/** A stage as the page shows it. */
export function stageOf(stage: StagePlan, pipeline: PipelinePlan, fleet: FleetPlan, source: StackSource): Stage {
    const { name, purpose, environment, before, otherwise, after, onFailure, rollbackOn = [], approval, check } = stage;
    return {
        name,
        purpose,
        ...(environment !== undefined && { environment }),
        before: before.map(gateOf),
        otherwise,
        actions: stage.actions.map(action => actionOf(action, stage, pipeline, fleet, source)),
        after: after.map(gateOf),
        onFailure,
        rollbackOn,
        ...(approval && { approval }),
        freezes: words(check?.freezes ?? {}),
    };
}

function gateOf({ name, provider, summary, configuration }: StagePlan["before"][number]): Gate {
    const { Cron, TimeZone } = configuration;
    const open = provider === "DeploymentWindow" ? windowWords(String(Cron), String(TimeZone)) : undefined;
    return { name, provider, summary, ...(open !== undefined && { open }), configuration: words(configuration) };
}

function actionOf(
    action: ActionPlan,
    stage: StagePlan,
    pipeline: PipelinePlan,
    fleet: FleetPlan,
    source: StackSource,
): Action {
    const { name, summary, runOrder, inputs, outputs, namespace, region, timeoutMinutes, compute, path } = action;
    const { category, owner, provider, docs } = action.action;
    const project = projectOf(action, pipeline);
    const variables = variablesOf(action, project);
    return {
        name,
        category,
        owner,
        provider,
        docs,
        summary,
        runOrder,
        configuration: Object.entries(action.configuration).map(([key, value]) => [key, shown(value)]),
        commands: compute?.commands ?? [],
        inputs,
        outputs,
        ...(namespace !== undefined && { namespace }),
        ...(region !== undefined && { region }),
        ...(timeoutMinutes !== undefined && { timeoutMinutes }),
        ...placed(source, path),
        ...(project && { project: shownProject(project, variables) }),
        secrets: secretsOf(variables),
        roles: rolesOfAction(action, pipeline, fleet, project),
        cost: costOfAction(action, stage, pipeline, fleet),
    };
}

const shownProject = (project: BuildProjectPlan, variables: readonly Variable[]): Project => ({
    name: project.physicalName,
    image: project.image,
    machine: `${project.environmentType} ${project.computeType}`,
    privileged: project.privileged,
    ...(project.timeoutMinutes !== undefined && { timeoutMinutes: project.timeoutMinutes }),
    inVpc: project.network !== undefined,
    variables: variables.flatMap(({ type, name, value }) => (type === "PLAINTEXT" ? [[name, value]] : [])),
});

/** Which roles an action works with. */
function rolesOfAction(
    action: ActionPlan,
    pipeline: PipelinePlan,
    fleet: FleetPlan,
    project: BuildProjectPlan | undefined,
): Action["roles"] {
    const { role, foreignRoles } = pipeline;
    const assumed = foreignRoles.filter(
        ({ trusts }) => project !== undefined && trusts.includes(roleArn(fleet.roles, project.roleName)),
    );
    return [
        ...(project === undefined ? [] : [{ arn: roleArn(fleet.roles, project.roleName), as: "the build runs as" }]),
        ...(project?.batch === undefined
            ? []
            : [{ arn: roleArn(fleet.roles, project.batch.roleName), as: "builds of its batch are started as" }]),
        ...assumed.map(({ arn }) => ({ arn, as: "the build assumes" })),
        ...(action.roleArn === undefined
            ? [{ arn: role.arn, as: project === undefined ? "performed as" : "started as" }]
            : [{ arn: action.roleArn, as: "performed as" }]),
    ];
}

/** What one execution of an action alone comes to. */
function costOfAction(action: ActionPlan, stage: StagePlan, pipeline: PipelinePlan, fleet: FleetPlan): ActionCost {
    const { minutes, reason } = minutesOf({ pipeline, stage, action });
    if (isFree(action)) {
        return { usd: 0, reason };
    }
    const alone = { ...stage, actions: [action], before: [], after: [] };
    const { actionUsd, buildUsd } = releaseCost(fleet, { ...pipeline, stages: [alone] });
    return { usd: Math.round((actionUsd + buildUsd) * 1_000_000) / 1_000_000, minutes, reason };
}

/** The path of `problem` as people write it. */
export const pathOf = ({ path }: { readonly path: readonly (string | number)[] }) => pathText(path);
