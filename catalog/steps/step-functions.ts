import { z } from "zod";
import { arn, type Location } from "../arn";
import { allow } from "../grant";
import { kind, type Environment } from "../kind";
import type { ActionType } from "../plan";
import type { Problem } from "../problem";
import { artifactName, template, templateValue, text } from "../words";

const action: ActionType = {
    category: "Invoke",
    owner: "AWS",
    provider: "StepFunctions",
    version: "1",
    inputs: [0, 1],
    outputs: [0, 1],
    configuration: { required: ["StateMachineArn"], optional: ["ExecutionNamePrefix", "Input", "InputType"] },
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html",
};

const machine = z
    .string()
    .regex(
        /^(arn:aws(-[a-z]+)*:states:[a-z0-9{}-]+:(\d{12}|\{account\}):stateMachine:)?[A-Za-z0-9_{}-]{1,160}$/,
        'the name of a state machine, such as "orders-migration", or its ARN, without a version or an alias',
    );

/** ARN of the state machine that `word` names: of the environment's, unless it is an ARN already. */
const machineArn = (word: string, where: Location) =>
    word.startsWith("arn:") ? word : arn("states", `stateMachine:${word}`, where);

/**
 * A Step Functions state machine that is started; the end of a standard one is waited for.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const stepFunctions = kind({
    type: "step-functions",
    actions: [action],
    limits: [
        "An Express state machine is started and not waited for: the step succeeds even where the machine fails, and leaves no `ExecutionArn`.",
        "A standard state machine may run for 7 days; where it is stopped or fails, so does the step. It goes on where the step gives up.",
        "Later actions read `#{step.StateMachineArn}` and `#{step.ExecutionArn}`; what the machine returns they do not.",
        "The action runs on Lambda: an artifact that it reads its input from is at most as large as Lambda allows.",
    ],
    settings: z.strictObject({
        stateMachine: template("The state machine, by its name in the environment's account, or by its ARN.", machine),
        input: z
            .union([
                z.record(
                    z.string().min(1),
                    z.union([
                        templateValue("A value that the machine finds under this name."),
                        z.number(),
                        z.boolean(),
                    ]),
                ),
                templateValue("JSON as it is."),
            ])
            .optional()
            .describe(
                "What the machine is started with: a map, or JSON as a text; at most 1000 characters, in which `#{step.Name}` stands for what an earlier step left. @default an empty map",
            ),
        inputFile: text(
            "File in the artifact whose JSON the machine is started with, instead of `input`. @default none: `input` says it",
        ).optional(),
        executionPrefix: template(
            "What the names of its executions begin with, at most 43 characters. @default nothing",
            z.string().regex(/^[A-Za-z0-9_{}-]+$/, "letters, digits, `-` and `_`"),
        ).optional(),
        artifact: artifactName(
            "The artifact that `inputFile` is in. @default what the build hands on, or else the source",
        ).optional(),
    }),
    example: `
        type: step-functions
        when: before
        stateMachine: "orders-migration-{environment}"
        input: { commit: "#{SourceVariables.CommitId}", dryRun: false }
        executionPrefix: "release"`,
    plan(settings, at) {
        const where = at.environment as Environment;
        const { stateMachine, input, inputFile, executionPrefix } = settings;
        const target = machineArn(stateMachine, where);
        const executions = `${target.replace(":stateMachine:", ":execution:")}:${executionPrefix === undefined ? "" : `${executionPrefix}-`}*`;
        return [
            {
                name: at.unit,
                action,
                byDeployRole: true,
                summary: `state machine ${stateMachine}`,
                configuration: {
                    StateMachineArn: target,
                    ...(executionPrefix !== undefined && { ExecutionNamePrefix: executionPrefix }),
                    ...(inputFile !== undefined && { InputType: "FilePath", Input: inputFile }),
                    ...(input !== undefined && { Input: typeof input === "string" ? input : JSON.stringify(input) }),
                },
                inputs: inputFile === undefined ? [] : [at.inputs[0].name],
                outputs: [],
                namespace: at.namespace,
                grants: [
                    allow("StartStateMachines", ["states:DescribeStateMachine", "states:StartExecution"], [target]),
                    allow("FollowExecutions", ["states:DescribeExecution"], [executions]),
                ],
            },
        ];
    },
    check: ({ input, inputFile, artifact }): Problem[] => [
        ...(input !== undefined && inputFile !== undefined
            ? [{ path: ["inputFile"], message: "expected either `input` or `inputFile`, found both" }]
            : []),
        ...(artifact !== undefined && inputFile === undefined
            ? [
                  {
                      path: ["artifact"],
                      message: "expected `inputFile` beside it: nothing else is read from the artifact",
                  },
              ]
            : []),
        ...(typeof input === "string" && !isJson(input)
            ? [{ path: ["input"], message: "expected JSON, found a text that is none; say the input as a map" }]
            : []),
    ],
});

/** Whether `text` is JSON where each variable, `#{step.Name}`, stands for a number or for a part of a text. */
function isJson(text: string): boolean {
    try {
        JSON.parse(text.replace(/#\{[^}]*\}/g, "0"));
        return true;
    } catch {
        return false;
    }
}
