import { z } from "zod";
import { arn } from "../arn";
import { allow, allowAnywhere } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import { artifactName, template, templateValue } from "../words";

const action: ActionType = {
    category: "Invoke",
    owner: "AWS",
    provider: "Lambda",
    version: "1",
    inputs: [0, 5],
    outputs: [0, 5],
    configuration: { required: ["FunctionName"], optional: ["UserParameters"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html",
};

const functionName = z
    .string()
    .regex(
        /^[A-Za-z0-9_{}-]{1,128}$/,
        "the name of a function (letters, digits, `-` and `_`), without an account, a version or an alias",
    );

/**
 * A Lambda function that is invoked, and whose answer is waited for: a check, a cache that is warmed, a switch of traffic.
 * Several run in parallel by being several steps.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-lambda-variables.html
 */
export const lambda = kind({
    type: "lambda",
    actions: [action],
    limits: [
        "The function answers by `PutJobSuccessResult` or `PutJobFailureResult`, which its own role has to be allowed; without an answer the step waits until it fails: 20 minutes for each reply, 24 hours in all.",
        "What the function leaves for later actions it puts into `outputVariables` of `PutJobSuccessResult`; they read it as `#{step.Name}`. A failure leaves nothing, and all variables of one action have at most 122,880 bytes.",
        "The event holds the credentials with which the function may read the pipeline's artifacts: it must not be logged.",
        "CodePipeline documents the function's name alone: neither a version nor an alias.",
        "What a function would hand on as an artifact is not offered: it would have to upload it itself.",
    ],
    settings: z.strictObject({
        function: template("The function, by its name, in the environment's account and first region.", functionName),
        parameters: z
            .union([
                z.record(
                    z.string().min(1),
                    z.union([
                        templateValue("A value that the function finds under this name."),
                        z.number(),
                        z.boolean(),
                    ]),
                ),
                templateValue("A text that the function gets as it is."),
            ])
            .optional()
            .describe(
                "What the function gets as `UserParameters`: a map, as JSON, or a text; at most 1000 characters, in which `#{step.Name}` stands for what an earlier step left. @default nothing",
            ),
        artifact: artifactName("The artifact that the function may read. @default none").optional(),
    }),
    example: `
        type: lambda
        when: after
        function: "orders-check-{environment}"
        parameters: { url: "https://{environment}.example.com", commit: "#{SourceVariables.CommitId}" }`,
    plan(settings, at) {
        const where = at.environment as Environment;
        const { function: name, parameters, artifact } = settings;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: `Lambda function ${name}`,
                configuration: {
                    FunctionName: name,
                    ...(parameters !== undefined && {
                        UserParameters: typeof parameters === "string" ? parameters : JSON.stringify(parameters),
                    }),
                },
                // The function gets credentials for what it is handed: nothing that it does not ask for.
                inputs: artifact === undefined ? [] : [at.inputs[0].name],
                outputs: [],
                namespace: at.namespace,
                grants: [
                    allow("InvokeFunctions", ["lambda:InvokeFunction"], [arn("lambda", `function:${name}`, where)]),
                    allowAnywhere(
                        "FindFunctions",
                        ["lambda:ListFunctions"],
                        "pipelines that include Lambda actions fail without it, and lambda:ListFunctions has no resource-level permission",
                    ),
                ],
                prerequisites: [
                    `the role of the Lambda function ${name} may codepipeline:PutJobSuccessResult and codepipeline:PutJobFailureResult, on *`,
                ],
            },
        ];
    },
});
