import * as assert from "node:assert/strict";
import { lambda } from "../../../catalog/steps/lambda";
import { at, built, dev, only, prod, read, refusals, source } from "../support/place";

const planned = (yaml: string, inputs = [built, source], environment = prod) =>
    only(lambda.plan(read(lambda.settings, `{ ${yaml} }`), at("check", inputs, environment)));

describe("step lambda", () => {
    it("invokes the one function of the environment's account, by its deploy role, and hands it nothing else", () => {
        assert.deepEqual(planned("function: orders-check"), {
            name: "check",
            action: {
                category: "Invoke",
                owner: "AWS",
                provider: "Lambda",
                version: "1",
                inputs: [0, 5],
                outputs: [0, 5],
                configuration: { required: ["FunctionName"], optional: ["UserParameters"] },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Lambda.html",
            },
            byDeployRole: true,
            summary: "Lambda function orders-check",
            configuration: { FunctionName: "orders-check" },
            inputs: [],
            outputs: [],
            namespace: "check__prod",
            grants: [
                {
                    sid: "InvokeFunctions",
                    actions: ["lambda:InvokeFunction"],
                    resources: ["arn:aws:lambda:eu-west-1:222222222222:function:orders-check"],
                },
                {
                    sid: "FindFunctions",
                    actions: ["lambda:ListFunctions"],
                    resources: ["*"],
                    reason: "pipelines that include Lambda actions fail without it, and lambda:ListFunctions has no resource-level permission",
                },
            ],
            prerequisites: [
                "the role of the Lambda function orders-check may codepipeline:PutJobSuccessResult and codepipeline:PutJobFailureResult, on *",
            ],
        });
    });

    it("invokes a function of the pipeline's account where the environment is there", () =>
        assert.deepEqual(planned("function: warm", [built], dev).grants[0].resources, [
            "arn:aws:lambda:eu-west-1:111111111111:function:warm",
        ]));

    for (const [title, yaml, text] of [
        [
            "a map, as JSON",
            'parameters: { url: "https://x", tries: 3, strict: true, commit: "#{SourceVariables.CommitId}" }',
            '{"url":"https://x","tries":3,"strict":true,"commit":"#{SourceVariables.CommitId}"}',
        ],
        ["a text, as it is", "parameters: '{\"a\": [1]}'", '{"a": [1]}'],
    ] as const) {
        it(`hands on ${title}`, () =>
            assert.deepEqual(planned(`function: check, ${yaml}`).configuration, {
                FunctionName: "check",
                UserParameters: text,
            }));
    }

    it("hands over an artifact only where it is asked for, the one that the planner puts first", () =>
        assert.deepEqual(planned("function: check, artifact: source", [source, built]).inputs, ["SourceArtifact"]));

    for (const [title, yaml, refused] of [
        ["a step without a function", "parameters: x", "function"],
        ["a function with an alias", "function: check:live", "function"],
        ["an ARN", 'function: "arn:aws:lambda:eu-west-1:111111111111:function:check"', "function"],
        ["a list of parameters", "function: check, parameters: [a]", "parameters"],
        ["a parameter that is a map", "function: check, parameters: { a: { b: 1 } }", "parameters"],
        ["a parameter that is nothing", "function: check, parameters: { a: null }", "parameters"],
    ] as const) {
        it(`fails on ${title}`, () =>
            assert.deepEqual(
                refusals(lambda.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            ));
    }

    it("fails on an alias with what is wanted", () =>
        assert.deepEqual(refusals(lambda.settings, "function: check:live"), [
            "function: the name of a function (letters, digits, `-` and `_`), without an account, a version or an alias",
        ]));
});
