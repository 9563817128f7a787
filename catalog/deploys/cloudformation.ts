import { z } from "zod";
import { arn, type Location } from "../arn";
import { allow, allowAnywhere, passRole } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType, Step } from "../plan";
import { roleArn, template, templateValue, text } from "../words";

const action: ActionType = {
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

/** Longest `ParameterOverrides`, in bytes: https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html. */
const longestOverrides = 1024;

/**
 * Macros of AWS itself, SAM's among them. CloudFormation expands them with the execution role.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-template.html
 */
const transforms = (at: Location) => arn("cloudformation", "transform/*", { ...at, account: "aws" });

/**
 * A CloudFormation or SAM stack: a change set is made, then executed. A failed change set is replaced by the next one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export const cloudformation = kind({
    type: "cloudformation",
    actions: [action],
    settings: z.strictObject({
        stack: template(
            "Name of the stack.",
            z.string().regex(/^[A-Za-z{][A-Za-z0-9{}-]{0,127}$/, "the name of a stack: letters, digits, hyphens"),
        ),
        template: text("Template file in the artifact. @default template.yaml").default("template.yaml"),
        parameters: z
            .record(
                z.string().regex(/^[A-Za-z0-9]{1,255}$/, "the name of a parameter: letters and digits"),
                templateValue("The parameter's value."),
            )
            .default({})
            .describe("Values of the template's parameters; at most 1 KB in all."),
        templateConfiguration: text(
            "Configuration file in the artifact, for tags, a stack policy and longer parameters.",
        ).optional(),
        capabilities: z
            .array(z.enum(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]))
            .default([])
            .describe(
                "What the template may do: make IAM resources (a SAM function makes its role), name them, expand macros. @default nothing of it",
            ),
        executionRoleArn: roleArn("The role that CloudFormation makes the stack's resources with."),
    }),
    example: `
        type: cloudformation
        stack: "payments-{environment}"
        template: packaged.yaml
        capabilities: [CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND]
        parameters: { Stage: "{environment}" }
        executionRoleArn: "arn:aws:iam::{account}:role/cloudformation"`,
    plan(settings, at) {
        const where = at.environment as Environment;
        const input = at.inputs[0].name;
        const { stack, capabilities, executionRoleArn, parameters, templateConfiguration } = settings;
        const changeSet = { StackName: stack, ChangeSetName: at.pipelineArn.split(":").slice(-1)[0].slice(0, 100) };
        const stackArn = arn("cloudformation", `stack/${stack}/*`, where);
        const step = (
            name: string,
            summary: string,
            configuration: Record<string, string>,
            own: Partial<Step>,
        ): Step => ({
            name,
            action,
            summary,
            byDeployRole: true,
            configuration,
            inputs: [],
            outputs: [],
            grants: [],
            ...own,
        });
        return [
            step(
                `${at.unit}-changes`,
                `change set of the CloudFormation stack ${stack}`,
                {
                    ActionMode: "CHANGE_SET_REPLACE",
                    ...changeSet,
                    TemplatePath: `${input}::${settings.template}`,
                    ...(templateConfiguration !== undefined && {
                        TemplateConfiguration: `${input}::${templateConfiguration}`,
                    }),
                    ...(capabilities.length > 0 && { Capabilities: capabilities.join(",") }),
                    ...(Object.keys(parameters).length > 0 && { ParameterOverrides: JSON.stringify(parameters) }),
                    RoleArn: executionRoleArn,
                },
                {
                    passes: [executionRoleArn],
                    inputs: [input],
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
                },
            ),
            step(
                at.unit,
                `CloudFormation stack ${stack}`,
                { ActionMode: "CHANGE_SET_EXECUTE", ...changeSet },
                {
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
                                ...(templateConfiguration === undefined ? [] : ["cloudformation:SetStackPolicy"]),
                            ],
                            [stackArn],
                        ),
                    ],
                    targets: [{ what: `CloudFormation stack ${stack}`, account: where.account }],
                    ...(capabilities.includes("CAPABILITY_AUTO_EXPAND") && {
                        prerequisites: [
                            `${executionRoleArn} may use the template's macros: cloudformation:CreateChangeSet on ${transforms(where)}`,
                        ],
                    }),
                },
            ),
        ];
    },
    check(settings) {
        const size = Buffer.byteLength(JSON.stringify(settings.parameters));
        return size > longestOverrides
            ? [
                  {
                      path: ["parameters"],
                      message: `expected at most ${longestOverrides} bytes as JSON, found ${size}; put them into a \`templateConfiguration\` file`,
                  },
              ]
            : [];
    },
});
