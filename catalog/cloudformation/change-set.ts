import { z } from "zod";
import { arn } from "../arn";
import { allow, allowAnywhere, passRole } from "../grant";
import type { Environment, Place } from "../kind";
import type { ActionType, Step } from "../plan";
import type { Problem } from "../problem";
import { roleArn, template, text } from "../words";
import { artifactValues, checkParameters, parameterOverrides, parameters } from "./parameters";

/** The CloudFormation action. */
export const cloudformationAction: ActionType = {
    category: "Deploy",
    owner: "AWS",
    provider: "CloudFormation",
    version: "1",
    inputs: [0, 10],
    outputs: [0, 1],
    configuration: {
        required: ["ActionMode", "StackName"],
        optional: [
            "Capabilities",
            "ChangeSetName",
            "OutputFileName",
            "ParameterOverrides",
            "RoleArn",
            "TemplateConfiguration",
            "TemplatePath",
        ],
    },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html",
};

/** What CloudFormation is told that a template may do: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html. */
export const capability = z.enum(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]);

/** Keys of everything that is deployed as a CloudFormation stack. */
export const stackShape = {
    stack: template(
        "Name of the stack.",
        z.string().regex(/^[A-Za-z{][A-Za-z0-9{}-]{0,127}$/, "the name of a stack: letters, digits, hyphens"),
    ),
    parameters,
    templateConfiguration: text(
        "Configuration file in the artifact, for tags, a stack policy and longer parameters. @default none",
    ).optional(),
    executionRoleArn: roleArn("The role that CloudFormation makes the stack's resources with."),
};

/** What AWS limits every CloudFormation deploy to. */
export const stackLimits = [
    "The template has at most 51,200 bytes, the artifacts 256 MB.",
    "The stack's outputs are variables of later actions in the stage, such as `#{deploy.ApiUrl}`; they are not written to a file, for which a deploy role would have to write into the artifact bucket.",
    "CodePipeline has no CloudFormation action in China.",
];

/** A stack with what its kind says of it. */
export type Stack = z.output<z.ZodObject<typeof stackShape>> & {
    readonly template: string;
    readonly capabilities: readonly z.output<typeof capability>[];

    /** The macros that its template uses, as CloudFormation calls them; none when it uses none. */
    readonly macros?: string;
};

/**
 * The steps that make a change set and execute it. A change set that failed is replaced by the next one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export function planStack(stack: Stack, at: Place): Step[] {
    const where = at.environment as Environment;
    const names = { StackName: stack.stack, ChangeSetName: at.pipelineArn.split(":").slice(-1)[0].slice(0, 100) };
    const stackArn = arn("cloudformation", `stack/${stack.stack}/*`, where);
    return [prepare(stack, names, stackArn, at), execute(stack, names, stackArn, at)];
}

type Names = Readonly<Record<"StackName" | "ChangeSetName", string>>;

function prepare(stack: Stack, names: Names, stackArn: string, at: Place): Step {
    const input = at.inputs[0].name;
    const { capabilities, executionRoleArn, templateConfiguration } = stack;
    const nameOf = (key: string | undefined) => artifactOf(key, at);
    const values = artifactValues(stack.parameters);
    return {
        name: `${at.unit}-changes`,
        action: cloudformationAction,
        summary: `change set of the CloudFormation stack ${stack.stack}`,
        byDeployRole: true,
        configuration: {
            ActionMode: "CHANGE_SET_REPLACE",
            ...names,
            TemplatePath: `${input}::${stack.template}`,
            ...(templateConfiguration !== undefined && {
                TemplateConfiguration: `${input}::${templateConfiguration}`,
            }),
            ...(capabilities.length > 0 && { Capabilities: capabilities.join(",") }),
            ...(Object.keys(stack.parameters).length > 0 && {
                ParameterOverrides: parameterOverrides(stack.parameters, nameOf),
            }),
            RoleArn: executionRoleArn,
        },
        inputs: [...new Set([input, ...values.map(({ artifact }) => nameOf(artifact))])],
        outputs: [],
        passes: [executionRoleArn],
        // What is told where an artifact is kept, CloudFormation reads there with the execution role.
        ...(values.some(({ attribute }) => attribute !== undefined) && { readers: [executionRoleArn] }),
        grants: [
            allow(
                "PrepareStackChanges",
                [
                    "cloudformation:CreateChangeSet",
                    "cloudformation:DeleteChangeSet",
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStacks",
                    "cloudformation:GetTemplate",
                ],
                [stackArn],
            ),
            allowAnywhere(
                "ValidateTemplate",
                ["cloudformation:ValidateTemplate"],
                "cloudformation:ValidateTemplate has no resource-level permission",
            ),
            passRole("PassExecutionRole", [executionRoleArn], "cloudformation.amazonaws.com"),
        ],
    };
}

/** Name of the artifact that the stack file calls `key`; the one that the deploy works on where it names none. */
function artifactOf(key: string | undefined, at: Place): string {
    const artifact = key === undefined ? at.inputs[0] : at.artifact(key);
    if (artifact === undefined) {
        throw new Error(`no artifact "${key}" among ${at.inputs.map(input => input.key).join(", ")}`);
    }
    return artifact.name;
}

function execute(stack: Stack, names: Names, stackArn: string, at: Place): Step {
    const where = at.environment as Environment;
    const what = `CloudFormation stack ${stack.stack}`;
    return {
        name: at.unit,
        action: cloudformationAction,
        summary: what,
        byDeployRole: true,
        configuration: { ActionMode: "CHANGE_SET_EXECUTE", ...names },
        inputs: [],
        outputs: [],
        namespace: at.namespace,
        grants: [
            allow(
                "ExecuteStackChanges",
                [
                    "cloudformation:DescribeChangeSet",
                    "cloudformation:DescribeStackEvents",
                    "cloudformation:DescribeStackResources",
                    "cloudformation:DescribeStacks",
                    "cloudformation:ExecuteChangeSet",
                    // The stack policy of a configuration file.
                    ...(stack.templateConfiguration === undefined ? [] : ["cloudformation:SetStackPolicy"]),
                ],
                [stackArn],
            ),
        ],
        targets: [{ what, account: where.account }],
        ...prerequisites(stack, at),
    };
}

/** What must already be so of the execution role. */
function prerequisites(
    { executionRoleArn, macros, parameters: values }: Stack,
    at: Place,
): Pick<Step, "prerequisites"> {
    const where = at.environment as Environment;
    const all = [
        // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html
        ...(macros === undefined
            ? []
            : [
                  `${executionRoleArn} may use the template's macros: cloudformation:CreateChangeSet on ${arn("cloudformation", `transform/${macros}`, { ...where, account: "aws" })}`,
              ]),
        ...(artifactValues(values).some(({ attribute }) => attribute !== undefined)
            ? [
                  `${executionRoleArn} may read the artifacts: s3:GetObject on ${at.store.folder}/* in the artifact bucket of ${where.region}, and kms:Decrypt with its key`,
              ]
            : []),
    ];
    return all.length === 0 ? {} : { prerequisites: all };
}

/** What the schema of a stack cannot say. */
export const checkStack = (stack: Pick<Stack, "parameters">): Problem[] => checkParameters(stack.parameters);
