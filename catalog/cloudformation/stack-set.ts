import { arn, partitionOf } from "../arn";
import { allow, allowAnywhere, passRole, type Grant } from "../grant";
import type { Environment } from "../kind";
import type { Parameters, StackSetSettings, Targets } from "./stack-set-settings";

/** `DeploymentTargets`, `Regions` and the pace of an operation. */
export function targetConfiguration(targets: Targets | undefined, input: string): Record<string, string> {
    if (targets === undefined) {
        return {};
    }
    const { accounts, organizationalUnits, targetsFile, regions } = targets;
    const { failureTolerancePercent, maxConcurrentPercent } = targets;
    return {
        DeploymentTargets:
            targetsFile === undefined
                ? [...(accounts ?? []), ...(organizationalUnits ?? [])].join(",")
                : `${input}::${targetsFile}`,
        Regions: regions.join(","),
        ...(failureTolerancePercent !== undefined && { FailureTolerancePercentage: String(failureTolerancePercent) }),
        ...(maxConcurrentPercent !== undefined && { MaxConcurrentPercentage: String(maxConcurrentPercent) }),
    };
}

/** The value of `Parameters` or `ParameterOverrides`; undefined when there are none. */
export function parameterText({ parameters, parametersFile }: Parameters, input: string): string | undefined {
    const entries = Object.entries(parameters);
    return parametersFile !== undefined
        ? `${input}::${parametersFile}`
        : entries.length === 0
          ? undefined
          : entries.map(([name, value]) => `ParameterKey=${name},ParameterValue=${value}`).join(" ");
}

/** Whether an operation on instances reads a file of the artifact. */
export const readsFile = (wave: Targets & Parameters) =>
    wave.targetsFile !== undefined || wave.parametersFile !== undefined;

/** Looking at the stack set and at what becomes of an operation. */
const watch = (name: string, where: Environment) =>
    allow(
        "WatchStackSet",
        [
            "cloudformation:DescribeStackSet",
            "cloudformation:DescribeStackSetOperation",
            "cloudformation:ListStackInstances",
        ],
        [arn("cloudformation", `stackset/${name}:*`, where)],
    );

/**
 * Operations on the stack set and its instances at `targets`; at all, where they are not known.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StackSets.html (the API actions it names)
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security_iam_id-based-policy-examples.html (stack set operations ask for the set, its targets and the template's resource types)
 */
function operate(
    sid: string,
    actions: readonly string[],
    name: string,
    targets: Targets | undefined,
    where: Environment,
): Grant {
    const known = [...(targets?.accounts ?? []), ...(targets?.organizationalUnits ?? [])];
    const partition = partitionOf(where.region);
    return allow(sid, actions, [
        arn("cloudformation", `stackset/${name}:*`, where),
        ...(known.length === 0 ? ["*"] : known).map(
            target => `arn:${partition}:cloudformation:*:${where.account}:stackset-target/${name}:*/${target}`,
        ),
        // Which types of resources the template holds is known once it is built.
        `arn:${partition}:cloudformation:*:*:type/resource/*`,
    ]);
}

const instanceOperations = ["cloudformation:CreateStackInstances", "cloudformation:UpdateStackInstances"];

/** What the action needs that makes or changes the stack set. */
export const setGrants = ({ stackSet, permissions, targets }: StackSetSettings, where: Environment): Grant[] => [
    operate("UpdateStackSet", [...instanceOperations, "cloudformation:UpdateStackSet"], stackSet, targets, where),
    watch(stackSet, where),
    allowAnywhere(
        "CreateStackSet",
        ["cloudformation:CreateStackSet"],
        "cloudformation:CreateStackSet has no resource-level permission",
    ),
    ...(permissions.type === "self-managed"
        ? [passRole("PassAdministrationRole", [permissions.administrationRoleArn], "cloudformation.amazonaws.com")]
        : []),
];

/** What the action needs that makes or changes further instances. */
export const instanceGrants = (stackSet: string, targets: Targets, where: Environment): Grant[] => [
    operate("DeployStackInstances", instanceOperations, stackSet, targets, where),
    watch(stackSet, where),
];
