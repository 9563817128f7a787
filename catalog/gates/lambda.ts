import { z } from "zod";
import { arn } from "../arn";
import { allow } from "../grant";
import { gateKind } from "../kind";
import { template, templateValue } from "../words";
import { otherwise, skipLimit } from "../conditions/answer";

/**
 * A Lambda function that is asked whether to go on. It answers as one that an action invokes: by PutJobSuccessResult or
 * PutJobFailureResult on the job that it is given (docs/decisions/0030).
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export const lambda = gateKind({
    type: "lambda",
    on: ["before", "after"],
    limits: ["The function is one of the pipeline's own account and region.", skipLimit],
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html",
    settings: z.strictObject({
        function: template(
            "Name of the Lambda function, in the pipeline's own account and region.",
            z.string().regex(/^[A-Za-z0-9_{}-]{1,140}$/, "the name of a Lambda function: letters, digits, `_` and `-`"),
        ),
        parameters: z
            .record(
                z.string().min(1),
                templateValue("A value; may hold variables such as #{SourceVariables.CommitId}."),
            )
            .default({})
            .describe("What the function is told, by name: its UserParameters are this as JSON. @default nothing"),
        ...otherwise,
    }),
    example: `
        type: lambda
        function: error-budget
        parameters: { service: "{service}", execution: "#{codepipeline.PipelineExecutionId}" }`,
    label: settings => settings.function,
    plan: ({ function: name, parameters }, { home }) => ({
        provider: "LambdaInvoke",
        configuration: {
            FunctionName: name,
            ...(Object.keys(parameters).length > 0 && { UserParameters: JSON.stringify(parameters) }),
        },
        grants: [allow("AskGateFunctions", ["lambda:InvokeFunction"], [arn("lambda", `function:${name}`, home)])],
        summary: `a yes of the function ${name}`,
        prerequisites: [
            `the function ${name} answers each job by PutJobSuccessResult or PutJobFailureResult, which its role allows`,
        ],
    }),
});
