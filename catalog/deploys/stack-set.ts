import { instanceGrants, parameterText, readsFile, setGrants, targetConfiguration } from "../cloudformation/stack-set";
import {
    checkStackSet,
    stackSetSettings,
    type StackSetSettings,
    type Targets,
} from "../cloudformation/stack-set-settings";
import { kind, type Environment, type Place } from "../kind";
import type { ActionType, Step } from "../plan";

const docs = "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StackSets.html";

const setAction: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "CloudFormationStackSet",
    version: "1",
    inputs: [1, 3],
    outputs: [0, 0],
    configuration: {
        required: ["StackSetName", "TemplatePath"],
        optional: [
            "AdministrationRoleArn",
            "Capabilities",
            "DeploymentTargets",
            "Description",
            "ExecutionRoleName",
            "FailureTolerancePercentage",
            "MaxConcurrentPercentage",
            "OrganizationsAutoDeployment",
            "Parameters",
            "PermissionModel",
            "Regions",
        ],
    },
    docs,
};

const instancesAction: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "CloudFormationStackInstances",
    version: "1",
    inputs: [0, 2],
    outputs: [0, 0],
    configuration: {
        required: ["Regions", "StackSetName"],
        optional: ["DeploymentTargets", "FailureTolerancePercentage", "MaxConcurrentPercentage", "ParameterOverrides"],
    },
    docs,
};

/**
 * A CloudFormation stack set: one template in many accounts and regions. It is changed first, with the instances of its
 * `targets`; then each entry of `instances` makes or updates more of them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StackSets.html
 */
export const stackSet = kind({
    type: "stack-set",
    actions: [setAction, instancesAction],
    limits: [
        "The template has at most 460,800 bytes.",
        "No action deletes stack sets, instances or their resources: a target that is taken out stays, outdated.",
        "The permission model can be changed only while there are no instances.",
        "Service-managed permissions need trusted access between StackSets and AWS Organizations.",
        "CodePipeline has no StackSets actions in China.",
    ],
    settings: stackSetSettings,
    example: `
        type: stack-set
        stackSet: "baseline-{environment}"
        capabilities: [CAPABILITY_NAMED_IAM]
        permissions:
          type: self-managed
          administrationRoleArn: "arn:aws:iam::{account}:role/stack-set-administration"
        targets: { accounts: ["333333333333"], regions: [eu-west-1] }
        instances:
          - name: rest
            accounts: ["444444444444", "555555555555"]
            regions: [eu-west-1, us-east-1]
            failureTolerancePercent: 10`,
    plan: (settings, at) => [
        setStep(settings, at),
        ...settings.instances.map(wave => instancesStep(wave, settings, at)),
    ],
    check: checkStackSet,
});

function setStep(settings: StackSetSettings, at: Place): Step {
    const where = at.environment as Environment;
    const input = at.inputs[0].name;
    const { stackSet: name, capabilities, permissions, targets, description } = settings;
    const parameters = parameterText(settings, input);
    return {
        name: at.unit,
        action: setAction,
        byDeployRole: true,
        summary: `CloudFormation stack set ${name}${targets === undefined ? "" : `: ${targetText(targets)}`}`,
        configuration: {
            StackSetName: name,
            TemplatePath: `${input}::${settings.template}`,
            ...(description !== undefined && { Description: description }),
            ...(parameters !== undefined && { Parameters: parameters }),
            ...(capabilities.length > 0 && { Capabilities: capabilities.join(",") }),
            ...permissionConfiguration(permissions),
            ...targetConfiguration(targets, input),
        },
        inputs: [input],
        outputs: [],
        grants: setGrants(settings, where),
        namespace: at.namespace,
        ...(permissions.type === "self-managed" && { passes: [permissions.administrationRoleArn] }),
        targets: [{ what: `CloudFormation stack set ${name}`, account: where.account }],
    };
}

const permissionConfiguration = (permissions: StackSetSettings["permissions"]): Record<string, string> =>
    permissions.type === "service-managed"
        ? {
              PermissionModel: "SERVICE_MANAGED",
              ...(permissions.autoDeployment !== undefined && {
                  OrganizationsAutoDeployment: permissions.autoDeployment,
              }),
          }
        : {
              PermissionModel: "SELF_MANAGED",
              AdministrationRoleArn: permissions.administrationRoleArn,
              ...(permissions.executionRoleName !== undefined && { ExecutionRoleName: permissions.executionRoleName }),
          };

function instancesStep(
    wave: StackSetSettings["instances"][number],
    { stackSet: name }: StackSetSettings,
    at: Place,
): Step {
    const input = at.inputs[0].name;
    const overrides = parameterText(wave, input);
    return {
        name: `${at.unit}-${wave.name}`,
        action: instancesAction,
        byDeployRole: true,
        summary: `instances of the CloudFormation stack set ${name}: ${targetText(wave)}`,
        configuration: {
            StackSetName: name,
            ...targetConfiguration(wave, input),
            ...(overrides !== undefined && { ParameterOverrides: overrides }),
        },
        inputs: readsFile(wave) ? [input] : [],
        outputs: [],
        grants: instanceGrants(name, wave, at.environment as Environment),
    };
}

/** Where `targets` are, in words. */
const targetText = ({ accounts, organizationalUnits, targetsFile, regions }: Targets) =>
    `${[...(accounts ?? []), ...(organizationalUnits ?? []), ...(targetsFile === undefined ? [] : [targetsFile])].join(", ")} in ${regions.join(", ")}`;
