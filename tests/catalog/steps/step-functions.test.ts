import * as assert from "node:assert/strict";
import { stepFunctions } from "../../../catalog/steps/step-functions";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const planned = (yaml: string, inputs = [built, source]) =>
    only(stepFunctions.plan(read(stepFunctions.settings, `{ ${yaml} }`), at("migrate", inputs, prod)));

const checked = (yaml: string) => stepFunctions.check?.(read(stepFunctions.settings, `{ ${yaml} }`));

const orders = "arn:aws:states:eu-west-1:222222222222:stateMachine:orders";

describe("step step-functions", () => {
    it("starts the one state machine of the environment's account, and follows its executions alone", () => {
        assert.deepEqual(planned("stateMachine: orders"), {
            name: "migrate",
            action: {
                category: "Invoke",
                owner: "AWS",
                provider: "StepFunctions",
                version: "1",
                inputs: [0, 1],
                outputs: [0, 1],
                configuration: {
                    required: ["StateMachineArn"],
                    optional: ["ExecutionNamePrefix", "Input", "InputType"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html",
            },
            byDeployRole: true,
            summary: "state machine orders",
            configuration: { StateMachineArn: orders },
            inputs: [],
            outputs: [],
            namespace: "migrate__prod",
            grants: [
                {
                    sid: "StartStateMachines",
                    actions: ["states:DescribeStateMachine", "states:StartExecution"],
                    resources: [orders],
                },
                {
                    sid: "FollowExecutions",
                    actions: ["states:DescribeExecution"],
                    resources: ["arn:aws:states:eu-west-1:222222222222:execution:orders:*"],
                },
            ],
        });
    });

    for (const [title, yaml, configuration, inputs] of [
        ["a map, as JSON", "input: { a: 1, b: x }", { Input: '{"a":1,"b":"x"}' }, []],
        ["JSON, as it is", "input: '{ \"a\": [1] }'", { Input: '{ "a": [1] }' }, []],
        ["JSON with variables in it", "input: '{ \"a\": #{one.Count} }'", { Input: '{ "a": #{one.Count} }' }, []],
        [
            "a file of the artifact that it works on",
            "inputFile: state/input.json, artifact: build",
            { InputType: "FilePath", Input: "state/input.json" },
            ["BuildArtifact"],
        ],
    ] as const) {
        it(`starts it with ${title}`, () => {
            const step = planned(`stateMachine: orders, ${yaml}`);
            assert.deepEqual(step.configuration, { StateMachineArn: orders, ...configuration });
            assert.deepEqual(step.inputs, inputs);
            assert.deepEqual(checked(`stateMachine: orders, ${yaml}`), []);
        });
    }

    it("takes an ARN as it is, and follows the executions with its prefix alone", () => {
        const step = planned(`stateMachine: "${orders}", executionPrefix: release`);
        assert.deepEqual(step.configuration, { StateMachineArn: orders, ExecutionNamePrefix: "release" });
        assert.deepEqual(
            step.grants.map(({ resources }) => resources),
            [[orders], ["arn:aws:states:eu-west-1:222222222222:execution:orders:release-*"]],
        );
    });

    for (const [title, yaml, path, message] of [
        [
            "an input and an input file",
            "input: {}, inputFile: a.json",
            "inputFile",
            "expected either `input` or `inputFile`, found both",
        ],
        [
            "an artifact that nothing is read from",
            "artifact: build",
            "artifact",
            "expected `inputFile` beside it: nothing else is read from the artifact",
        ],
        [
            "an input that is no JSON",
            "input: now",
            "input",
            "expected JSON, found a text that is none; say the input as a map",
        ],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(checked(`stateMachine: orders, ${yaml}`), [{ path: [path], message }]));
    }

    for (const [title, yaml, refused] of [
        ["a step without a state machine", "input: {}", "stateMachine"],
        ["a version of a state machine", `stateMachine: "${orders}:1"`, "stateMachine"],
        ["the ARN of an execution", `stateMachine: "${orders.replace("stateMachine", "execution")}"`, "stateMachine"],
        ["a name with a slash", "stateMachine: a/b", "stateMachine"],
        ["a prefix with a dot", "stateMachine: a, executionPrefix: a.b", "executionPrefix"],
        ["a list as input", "stateMachine: a, input: [1]", "input"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(stepFunctions.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            ));
    }
});
