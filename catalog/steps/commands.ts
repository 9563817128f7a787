import { z } from "zod";
import { arn } from "../arn";
import { machineTypes } from "../codebuild/compute";
import { allow } from "../grant";
import { kind } from "../kind";
import { outsideNetworkKey, outsideNetworkWeakness } from "../outside-network";
import type { ActionType } from "../plan";
import { why } from "../words";

const action: ActionType = {
    category: "Compute",
    owner: "AWS",
    provider: "Commands",
    version: "1",
    homeOnly: true,
    inputs: [1, 10],
    outputs: [0, 1],
    configuration: {
        required: [],
        optional: ["ComputeType", "EnvironmentType", "SecurityGroupIds", "Subnets", "VpcId"],
    },
    outsideVpc: "its commands run on compute that CodePipeline manages",
    docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html",
};

/**
 * Shell commands on compute that CodePipeline manages: no project to make, but outside the network of builds and with the
 * pipeline's own role. A `script` has neither risk.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export const commands = kind({
    type: "commands",
    actions: [action],
    limits: [
        "The commands run for at most 55 minutes, in an environment that may be used again for another execution of the account's pipelines.",
        "They run in the pipeline's own account and region, as the pipeline's own role, whatever the environment is.",
        "They find no `ENVIRONMENT` and no secrets: what differs between environments is said in `environments.<name>.steps`.",
        "Of several artifacts they get the one that they work on.",
    ],
    settings: z.strictObject({
        commands: z
            .array(
                z
                    .string()
                    .min(1)
                    .max(1000)
                    .regex(/^[^\r\n]*$/, "a single line: CodePipeline takes no command of several"),
            )
            .min(1)
            .max(50)
            .describe(
                "Shell commands, each a single line, in which `#{step.Name}` stands for what an earlier step left.",
            ),
        outputVariables: z
            .array(
                z
                    .string()
                    .max(128)
                    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of a variable of the shell"),
            )
            .max(15)
            .default([])
            .describe("Exported variables of the shell that later actions read as `#{step.NAME}`. @default none"),
        artifacts: z
            .array(z.string().min(1).max(128))
            .min(1)
            .max(10)
            .optional()
            .describe("Files (globs) that are handed on, as an artifact of the step's name. @default none"),
        compute: z
            .enum(["small", "medium", "large"])
            .optional()
            .describe("Size of the machine: small 2 vCPU and 4 GB, medium 4/8, large 8/16. @default small"),
        outsideNetwork: outsideNetworkKey,
        pipelineRole: why(
            "why its commands may do what the pipeline may, as a text",
            "Why its commands, and what they call, may do all that the pipeline may, in every environment of the service: they run with its role; printed in the preview.",
        ),
    }),
    example: `
        type: commands
        when: before
        commands: ["export RELEASE=$(date +%Y-%m-%d)", "echo $RELEASE of #{SourceVariables.CommitId}"]
        outputVariables: [RELEASE]
        outsideNetwork: It calls nothing and reads nothing.
        pipelineRole: It calls nothing and reads nothing.`,
    handsOn: ({ artifacts }) => artifacts !== undefined,
    plan(settings, at) {
        const { compute, outputVariables, artifacts, outsideNetwork, pipelineRole } = settings;
        const shown = settings.commands.slice(0, 3).join("; ");
        const logGroup = `log-group:/aws/codepipeline/${at.pipelineArn.split(":").at(-1)}`;
        return [
            {
                name: at.unit,
                action,
                summary: `commands ${settings.commands.length > 3 ? `${shown}; …` : shown}`,
                configuration: { ...(compute !== undefined && { ComputeType: machineTypes[compute] }) },
                commands: settings.commands,
                outputVariables,
                inputs: [at.inputs[0].name],
                outputs: artifacts === undefined ? [] : [{ ...at.output(), files: artifacts }],
                namespace: at.namespace,
                grants: [
                    allow(
                        "WriteCommandLogs",
                        ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                        [arn("logs", logGroup, at.home), arn("logs", `${logGroup}:*`, at.home)],
                    ),
                ],
                weakens: [
                    outsideNetworkWeakness(at.unit, outsideNetwork),
                    `${at.unit} may do all that the pipeline may, in every environment: ${pipelineRole}`,
                ],
            },
        ];
    },
});
