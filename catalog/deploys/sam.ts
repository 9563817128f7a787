import { z } from "zod";
import { checkStack, cloudformationAction, planStack, stackLimits, stackShape } from "../cloudformation/change-set";
import { kind } from "../kind";
import { text } from "../words";

/**
 * A SAM application, from the template that `sam package` (or `aws cloudformation package`) wrote: a change set is made,
 * then executed. SAM makes roles for functions, and nested applications expand into stacks of their own, so the deploy gives
 * CAPABILITY_IAM and CAPABILITY_AUTO_EXPAND by itself.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-template-nested-applications.html
 */
export const sam = kind({
    type: "sam",
    actions: [cloudformationAction],
    limits: [
        ...stackLimits,
        "The build packages the application: the functions' code is in a bucket before the template is deployed.",
    ],
    settings: z.strictObject({
        ...stackShape,
        template: text("Packaged template in the artifact. @default packaged.yaml").default("packaged.yaml"),
        namedIam: z
            .boolean()
            .default(false)
            .describe("Whether the template gives names to IAM resources (CAPABILITY_NAMED_IAM). @default false"),
    }),
    example: `
        type: sam
        stack: "orders-api-{environment}"
        parameters: { Stage: "{environment}" }
        executionRoleArn: "arn:aws:iam::{account}:role/cloudformation"`,
    plan: (settings, at) =>
        planStack(
            {
                ...settings,
                capabilities: [settings.namedIam ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
                macros: "Serverless-2016-10-31",
            },
            at,
        ),
    check: checkStack,
});
