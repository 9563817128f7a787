import { z } from "zod";
import {
    capability,
    checkStack,
    cloudformationAction,
    planStack,
    stackLimits,
    stackShape,
} from "../cloudformation/change-set";
import { kind } from "../kind";
import { text } from "../words";

/**
 * A CloudFormation stack: a change set is made, then executed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export const cloudformation = kind({
    type: "cloudformation",
    actions: [cloudformationAction],
    limits: [
        ...stackLimits,
        "What a template holds is known once it is built: nested applications that `nestedApplications` does not tell of fail the deploy, unless CAPABILITY_AUTO_EXPAND is there.",
    ],
    settings: z.strictObject({
        ...stackShape,
        template: text("Template file in the artifact. @default template.yaml").default("template.yaml"),
        capabilities: z
            .array(capability)
            .default([])
            .describe(
                "What the template may do: make IAM resources (a SAM function makes its role), name them, expand macros. @default nothing of it",
            ),
        nestedApplications: z
            .boolean()
            .default(false)
            .describe(
                "Whether the template holds nested serverless applications (`AWS::Serverless::Application`), or nested stacks that use macros: CloudFormation then wants CAPABILITY_AUTO_EXPAND. @default false",
            ),
    }),
    example: `
        type: cloudformation
        stack: "payments-{environment}"
        template: packaged.yaml
        capabilities: [CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND]
        nestedApplications: true
        parameters:
          Stage: "{environment}"
          ImageTag: { file: image.json, key: tag }
        executionRoleArn: "arn:aws:iam::{account}:role/cloudformation"`,
    plan: (settings, at) =>
        planStack({ ...settings, ...(settings.capabilities.includes(autoExpand) && { macros: "*" }) }, at),
    check: settings => [
        ...checkStack(settings),
        ...(settings.nestedApplications && !settings.capabilities.includes(autoExpand)
            ? [
                  {
                      path: ["capabilities"],
                      message: `expected ${autoExpand} among them, because \`nestedApplications\` says that the template holds nested applications`,
                  },
              ]
            : []),
    ],
});

const autoExpand = "CAPABILITY_AUTO_EXPAND";
