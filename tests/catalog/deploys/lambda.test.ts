import * as assert from "node:assert/strict";
import { lambda } from "../../../catalog/deploys/lambda";
import { at, built, only, prod, read, refusals, source } from "../support/place";

const words = (yaml: string) => read(lambda.settings, `{ function: orders${yaml === "" ? "" : `, ${yaml}`} }`);
const planned = (yaml = "") => only(lambda.plan(words(yaml), at("deploy", [built, source], prod)));

const itself = "arn:aws:lambda:eu-west-1:222222222222:function:orders";
const groups = ["aws", "eu-west-1"].map(
    folder => `arn:aws:logs:eu-west-1:222222222222:log-group:/${folder}/codepipeline/shop--orders`,
);
const logGrant = {
    sid: "WriteActionLog",
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
    resources: groups.flatMap(group => [group, `${group}:*`]),
};
const deployFunction = (actions: readonly string[]) => ({
    sid: "DeployFunction",
    actions,
    resources: [itself, `${itself}:*`],
});

describe("deploy lambda", () => {
    it("brings the artifact's code to an alias, by the environment's deploy role", () => {
        const step = planned("alias: live, strategy: Canary10Percent5Minutes, alarms: [errors, throttles]");
        assert.deepEqual(step, {
            name: "deploy",
            action: {
                category: "Deploy",
                owner: "AWS",
                provider: "Lambda",
                version: "1",
                inputs: [0, 1],
                outputs: [0, 0],
                configuration: {
                    required: ["FunctionName"],
                    optional: ["FunctionAlias", "PublishedTargetVersion", "DeployStrategy", "Alarms"],
                },
                docs: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-LambdaDeploy.html",
            },
            byDeployRole: true,
            summary: "Lambda function orders, alias live: Canary10Percent5Minutes",
            configuration: {
                FunctionName: "orders",
                FunctionAlias: "live",
                DeployStrategy: "Canary10Percent5Minutes",
                Alarms: "errors,throttles",
            },
            inputs: ["BuildArtifact"],
            outputs: [],
            namespace: at("deploy", [], prod).namespace,
            grants: [
                deployFunction([
                    "lambda:GetFunctionConfiguration",
                    "lambda:GetAlias",
                    "lambda:GetProvisionedConcurrencyConfig",
                    "lambda:UpdateAlias",
                    "lambda:PublishVersion",
                    "lambda:UpdateFunctionCode",
                ]),
                {
                    sid: "WatchAlarms",
                    actions: ["cloudwatch:DescribeAlarms"],
                    resources: [
                        "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors",
                        "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:throttles",
                    ],
                },
                logGrant,
            ],
            targets: [{ what: "Lambda function orders, alias live", account: "222222222222" }],
            prerequisites: [
                "the alias live of the Lambda function orders points to one published version, not to $LATEST",
            ],
        });
    });

    it("publishes a version where there is no alias, and may move none", () => {
        const step = planned();
        assert.deepEqual(step.configuration, { FunctionName: "orders" });
        assert.deepEqual(step.grants, [
            deployFunction(["lambda:GetFunctionConfiguration", "lambda:PublishVersion", "lambda:UpdateFunctionCode"]),
            logGrant,
        ]);
        assert.equal(step.summary, "Lambda function orders: a new version");
        assert.equal(step.prerequisites, undefined);
        assert.deepEqual(step.targets, [{ what: "Lambda function orders", account: "222222222222" }]);
    });

    for (const version of ["7", "#{variables.lambdaVersion}"]) {
        it(`shifts traffic to the version ${version}, takes no artifact and may change no code`, () => {
            const step = planned(`alias: live, version: "${version}"`);
            assert.deepEqual(step.configuration, {
                FunctionName: "orders",
                FunctionAlias: "live",
                PublishedTargetVersion: version,
            });
            assert.deepEqual(step.inputs, []);
            assert.deepEqual(step.grants, [
                deployFunction([
                    "lambda:GetFunctionConfiguration",
                    "lambda:GetAlias",
                    "lambda:GetProvisionedConcurrencyConfig",
                    "lambda:UpdateAlias",
                ]),
                logGrant,
            ]);
            assert.equal(step.summary, `Lambda function orders, alias live: AllAtOnce to version ${version}`);
        });
    }

    const noAlias = "expected `alias` beside it: without one there is no traffic to shift";
    const tooLong = (minutes: number) =>
        `expected at most 2 days (2880 minutes) until all traffic is shifted, found ${minutes} minutes`;
    for (const [title, yaml, problems] of [
        ["a strategy without an alias", "strategy: AllAtOnce", [{ path: ["strategy"], message: noAlias }]],
        ["a version without an alias", 'version: "7"', [{ path: ["version"], message: noAlias }]],
        [
            "a canary of more than two days",
            "alias: live, strategy: Canary10Percent2881Minutes",
            [{ path: ["strategy"], message: tooLong(2881) }],
        ],
        [
            "ten steps of more than two days",
            "alias: live, strategy: Linear10PercentEvery321Minutes",
            [{ path: ["strategy"], message: tooLong(2889) }],
        ],
        [
            "four steps, the last a smaller one",
            "alias: live, strategy: Linear30PercentEvery1000Minutes",
            [{ path: ["strategy"], message: tooLong(3000) }],
        ],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(lambda.check?.(words(yaml)), problems);
        });
    }

    for (const strategy of [
        "AllAtOnce",
        "Canary10Percent5Minutes",
        "Canary99Percent1Minute",
        "Canary10Percent2880Minutes",
        "Linear10PercentEvery1Minute",
        "Linear10PercentEvery320Minutes",
        "Linear50PercentEvery2880Minutes",
    ]) {
        it(`accepts ${strategy}`, () => {
            assert.deepEqual(lambda.check?.(words(`alias: live, strategy: ${strategy}`)), []);
        });
    }

    for (const strategy of [
        "allAtOnce",
        "AllAtOnce5Minutes",
        "Canary10PercentEvery5Minutes",
        "Linear10Percent5Minutes",
        "Canary100Percent5Minutes",
        "Canary0Percent5Minutes",
        "Canary10Percent0Minutes",
        "CodeDeployDefault.LambdaCanary10Percent5Minutes",
    ]) {
        it(`fails on the strategy ${strategy}`, () => {
            assert.deepEqual(refusals(lambda.settings, `{ function: a, alias: b, strategy: ${strategy} }`), [
                'strategy: a strategy such as "AllAtOnce", "Canary10Percent5Minutes" or "Linear10PercentEvery1Minute"',
            ]);
        });
    }

    const alarms = (count: number) => Array.from({ length: count }, (_, index) => `alarm-${index}`).join(", ");
    for (const [title, yaml, refused] of [
        ["no function", "alias: live", "function"],
        ["a function's ARN", 'function: "arn:aws:lambda:a:b:function:c"', "function"],
        ["every function", 'function: "*"', "function"],
        ["a name of 65 characters", `function: ${"a".repeat(65)}`, "function"],
        ["a version as alias", 'function: a, alias: "7"', "alias"],
        ["eleven alarms", `function: a, alarms: [${alarms(11)}]`, "alarms"],
        ["two alarms in one", 'function: a, alarms: ["a,b"]', "alarms.0"],
        ["every alarm", 'function: a, alarms: ["*"]', "alarms.0"],
        ["$LATEST as a version", "function: a, alias: b, version: $LATEST", "version"],
        ["the version 0", 'function: a, alias: b, version: "0"', "version"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(lambda.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }

    it("accepts ten alarms, and a name of 64 characters", () => {
        assert.deepEqual(refusals(lambda.settings, `{ function: ${"a".repeat(64)}, alarms: [${alarms(10)}] }`), []);
    });
});
