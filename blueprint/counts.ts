import type { ComponentPlan } from "../catalog/plan";
import { madePipelines, makesShared } from "./part";
import { waysOut, waysToEndpoints } from "./network";
import type {
    AuditPlan,
    FleetPlan,
    FunctionPlan,
    MonitoringPlan,
    NotificationTargetPlan,
    OperationsPlan,
    PackagesPlan,
    PipelinePlan,
    SharedPlan,
} from "./plan";

/** Resources that each component registers, itself and its role and policy included. */
const ofComponent: Readonly<Record<ComponentPlan["component"], number>> = {
    BuildProject: 4,
    EventTrigger: 5,
    ImageRepository: 2,
    RollbackAlarm: 3,
    ScheduleTrigger: 4,
};

/** Resources that some components register beside: the role and policy of batches, the policy of a repository. */
function more(component: ComponentPlan): number {
    switch (component.component) {
        case "BuildProject":
            return component.batch === undefined ? 0 : 2;
        case "ImageRepository":
            return component.pullAccounts.length === 0 ? 0 : 1;
        default:
            return 0;
    }
}

/** Resources that `component` registers, itself included. */
export const componentResources = (component: ComponentPlan): number =>
    ofComponent[component.component] + more(component);

/** Whether somebody else makes the roles: all are made here where nothing is said. */
type Roles = Pick<FleetPlan["roles"], "existing">;

const madeHere: Roles = { existing: false };

/** Roles of one pipeline: its own, and those of its components and their batches. */
const rolesOfPipeline = ({ components }: PipelinePlan): number =>
    1 +
    components.reduce(
        (sum, component) =>
            sum +
            ("roleName" in component ? 1 : 0) +
            (component.component === "BuildProject" && component.batch !== undefined ? 1 : 0),
        0,
    );

/** Resources that one service's pipeline registers: itself, its pipeline, role and policy, and its components. */
export const pipelineResources = (pipeline: PipelinePlan, { existing }: Roles = madeHere): number =>
    4 +
    pipeline.components.reduce((sum, component) => sum + componentResources(component), 0) -
    (existing ? 2 * rolesOfPipeline(pipeline) : 0);

/** What all services share of IAM: roles of functions and of the flow log with their policies, of channels, and policies of approvers. */
const sharedAccess = ({ functions, approvals, operations, network }: SharedPlan): number =>
    2 * functions.length +
    (network.flowLog === undefined ? 0 : 2) +
    approvals.length +
    operations.targets.reduce((sum, { chat }) => sum + (chat === undefined ? 0 : 1), 0);

/**
 * Resources of a shared function: itself, its function, log group, role and policy, its dead letters and their alarm; and
 * where it listens, a queue with its policy and the mapping between them.
 */
const functionResources = ({ queue }: FunctionPlan): number => (queue === undefined ? 7 : 10);

/** Resources of an audit: itself, its log group and the policy of it, each rule with its target, the queries, the trail. */
const auditResources = ({ rules, queries, trail }: AuditPlan): number =>
    3 + 2 * rules.length + queries.length + (trail === undefined ? 0 : 1);

/** Resources that watch: each alarm, the dashboard, and what they stand in. */
function monitoringResources({ alarms, dashboard }: MonitoringPlan): number {
    const watching = alarms.length + (dashboard === undefined ? 0 : 1);
    return watching === 0 ? 0 : 1 + watching;
}

/** Resources of one target: its topic with who hears of it and who may publish, its queue, its channel with a role. */
export const targetResources = ({ topic, topicPolicy, queue, chat }: Omit<NotificationTargetPlan, "key" | "type">) =>
    (topic === undefined ? 0 : 1 + topic.emails.length + topic.https.length) +
    (topicPolicy === undefined ? 0 : 1) +
    (queue === undefined ? 0 : 1) +
    (chat === undefined ? 0 : 2);

/** Resources of all targets, with a component around them. */
function notificationResources(targets: readonly NotificationTargetPlan[]): number {
    const made = targets.reduce((sum, target) => sum + targetResources(target), 0);
    return made === 0 ? 0 : 1 + made;
}

/**
 * Resources that tell, measure, watch and audit: itself, the table, each rule with its targets, what watches, the audit, and what
 * is made for those who are told.
 */
export const operationsResources = ({ rules, monitoring, audit, targets }: OperationsPlan): number =>
    2 +
    rules.reduce((sum, { targets: queues }) => sum + 1 + queues.length, 0) +
    monitoringResources(monitoring) +
    (audit === undefined ? 0 : auditResources(audit)) +
    notificationResources(targets);

/** Resources of package repositories: themselves, their domain, and each with its policy. */
const packagesResources = ({ made, repositories }: PackagesPlan): number =>
    1 + (made ? 1 : 0) + 2 * repositories.length;

/**
 * Resources of the network: itself, the group of builds and its ways out; of one that is made the VPC, its closed default group, the
 * log of its traffic with group, role and policy, the endpoints, and of interfaces a group with its rule.
 */
function networkResources(network: SharedPlan["network"]): number {
    const { create, endpoints, flowLog } = network;
    const interfaces = endpoints.some(({ gateway }) => !gateway) ? 2 : 0;
    const made =
        create === undefined
            ? 0
            : 2 + (flowLog === undefined ? 0 : 4) + endpoints.length + interfaces + waysToEndpoints(network).length;
    return 2 + waysOut(network).length + made;
}

/** Resources that a stack registers however many services it has. */
export function sharedResources(shared: SharedPlan, { existing }: Roles = madeHere): number {
    const { network, store, stores, connections, customActions, packages, approvals, functions, operations } = shared;
    const fleet = 1;
    const logs = 1;
    const ofNetwork = networkResources(network);
    const ofStores = [store, ...stores].reduce((sum, one) => sum + (one.accessLogs === undefined ? 10 : 11), 0);
    // Itself, the key and its alias.
    const ofSigning = shared.signingKey === undefined ? 0 : 3;
    const ofApprovals = 1 + approvals.reduce((sum, { notify }) => sum + 2 + notify.length, 0);
    const ofCustomActions = customActions.length === 0 ? 0 : 1 + customActions.length;
    const ofFunctions = functions.reduce((sum, one) => sum + functionResources(one), 0);
    const ofOperations = operationsResources(operations);
    return (
        fleet +
        logs +
        ofNetwork +
        ofStores +
        ofSigning +
        1 +
        connections.length +
        ofCustomActions +
        (packages === undefined ? 0 : packagesResources(packages)) +
        ofApprovals +
        ofFunctions +
        ofOperations -
        (existing ? sharedAccess(shared) : 0)
    );
}

/** Resources of a stack that belong to no service: of a stack of services the fleet itself alone, of a platform its safeguard too. */
export const fleetResources = (fleet: FleetPlan): number =>
    makesShared(fleet) ? sharedResources(fleet.shared, fleet.roles) + (fleet.spread.role === "platform" ? 1 : 0) : 1;

/** Resources that `pulumi up` registers for `fleet`. */
export const allResources = (fleet: FleetPlan): number =>
    fleetResources(fleet) +
    madePipelines(fleet).reduce((sum, pipeline) => sum + pipelineResources(pipeline, fleet.roles), 0);
