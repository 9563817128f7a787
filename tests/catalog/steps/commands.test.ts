import * as assert from "node:assert/strict";
import { commands } from "../../../catalog/steps/commands";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const risks = "outsideNetwork: It reads nothing., pipelineRole: It calls nothing.";

const planned = (yaml: string) =>
    only(commands.plan(read(commands.settings, `{ ${yaml}, ${risks} }`), at("stamp", [built, source], prod)));

const many = (count: number, text: string) => `[${Array.from({ length: count }, () => text).join(", ")}]`;

describe("step commands", () => {
    it("runs the commands as the pipeline itself, logs as its action is documented to, and says what that risks", () => {
        assert.deepEqual(planned("commands: [ls, make]"), {
            name: "stamp",
            action: {
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
            },
            summary: "commands ls; make",
            configuration: {},
            commands: ["ls", "make"],
            outputVariables: [],
            inputs: ["BuildArtifact"],
            outputs: [],
            namespace: "stamp__prod",
            grants: [
                {
                    sid: "WriteCommandLogs",
                    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
                    resources: [
                        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codepipeline/shop--orders",
                        "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codepipeline/shop--orders:*",
                    ],
                },
            ],
            weakens: [
                "stamp runs outside the build network, on machines of AWS's own: It reads nothing.",
                "stamp may do all that the pipeline may, in every environment: It calls nothing.",
            ],
        });
    });

    it("hands on files as an artifact of its own name, and variables", () => {
        const step = planned("commands: [make], artifacts: [out/**], outputVariables: [RELEASE]");
        assert.deepEqual(step.outputs, [
            { key: "stamp", name: "stamp_artifact__prod", opening: [], files: ["out/**"] },
        ]);
        assert.deepEqual(step.outputVariables, ["RELEASE"]);
        const handsOn = (yaml: string) => commands.handsOn?.(read(commands.settings, `{ ${yaml}, ${risks} }`));
        assert.deepEqual([handsOn("commands: [a], artifacts: [b]"), handsOn("commands: [a]")], [true, false]);
    });

    it("runs on a larger machine", () =>
        assert.deepEqual(planned("commands: [make], compute: large").configuration, {
            ComputeType: "BUILD_GENERAL1_LARGE",
        }));

    it("shows the first three of many commands", () =>
        assert.equal(planned("commands: [a, b, c, d]").summary, "commands a; b; c; …"));

    for (const [title, yaml] of [
        ["50 commands", `commands: ${many(50, "a")}`],
        ["a command of 1000 characters", `commands: [${"a".repeat(1000)}]`],
        ["15 variables", `commands: [a], outputVariables: ${many(15, "A")}`],
        ["10 files of 128 characters", `commands: [a], artifacts: ${many(10, "f".repeat(128))}`],
    ] as const) {
        it(`takes ${title}`, () => assert.deepEqual(refusals(commands.settings, `{ ${yaml}, ${risks} }`), []));
    }

    for (const [title, yaml, refused] of [
        ["no command", "commands: []", "commands"],
        ["51 commands", `commands: ${many(51, "a")}`, "commands"],
        ["a command of 1001 characters", `commands: [${"a".repeat(1001)}]`, "commands.0"],
        ["a command of two lines", 'commands: ["a\\nb"]', "commands.0"],
        ["16 variables", `commands: [a], outputVariables: ${many(16, "A")}`, "outputVariables"],
        ["a variable that is none of the shell's", "commands: [a], outputVariables: [a-b]", "outputVariables.0"],
        ["a variable of 129 characters", `commands: [a], outputVariables: [${"A".repeat(129)}]`, "outputVariables.0"],
        ["11 files", `commands: [a], artifacts: ${many(11, "f")}`, "artifacts"],
        ["no file", "commands: [a], artifacts: []", "artifacts"],
        ["a file of 129 characters", `commands: [a], artifacts: [${"f".repeat(129)}]`, "artifacts.0"],
        ["a machine that the action does not have", "commands: [a], compute: xlarge", "compute"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(commands.settings, `{ ${yaml}, ${risks} }`).map(line => line.split(":")[0]),
                [refused],
            ));
    }

    for (const [title, yaml, message] of [
        [
            "commands without a reason to be outside the network",
            "pipelineRole: It calls nothing.",
            "outsideNetwork: why it may run outside the build network, as a text",
        ],
        [
            "commands without a reason to have the pipeline's role",
            "outsideNetwork: It reads nothing.",
            "pipelineRole: why its commands may do what the pipeline may, as a text",
        ],
        [
            "a yes in the place of a reason",
            "outsideNetwork: It reads nothing., pipelineRole: true",
            "pipelineRole: why its commands may do what the pipeline may, as a text",
        ],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(refusals(commands.settings, `{ commands: [a], ${yaml} }`), [message]));
    }
});
