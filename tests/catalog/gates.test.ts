import * as assert from "node:assert/strict";
import { alarm } from "../../catalog/gates/alarm";
import { lambda } from "../../catalog/gates/lambda";
import { variable } from "../../catalog/gates/variable";
import type { Location } from "../../catalog/arn";
import type { When } from "../../catalog/kind";
import { home, prod, read, refusals } from "./support/place";

describe("gate alarm", () => {
    const planned = (yaml: string, when: When = "after", environment: Location = home) =>
        alarm.plan(read(alarm.settings, `{ ${yaml} }`), { home, when, environment });
    const grants = [
        {
            sid: "WatchGateAlarms",
            actions: ["cloudwatch:DescribeAlarms"],
            resources: ["arn:aws:cloudwatch:eu-west-1:111111111111:alarm:prod-5xx"],
        },
    ];

    it("looks at the alarm at once", () => {
        assert.deepEqual(planned("name: prod-5xx"), {
            provider: "CloudWatchAlarm",
            configuration: { AlarmName: "prod-5xx" },
            grants,
            summary: "alarm prod-5xx of account 111111111111",
        });
    });

    for (const [when, words] of [
        ["after", "watched for 10 min"],
        ["before", "given 10 min to recover"],
    ] as const) {
        it(`waits some minutes ${when} the stage`, () => {
            assert.deepEqual(planned("name: prod-5xx, waitMinutes: 10", when), {
                provider: "CloudWatchAlarm",
                configuration: { AlarmName: "prod-5xx", WaitTime: "10" },
                grants,
                summary: `alarm prod-5xx of account 111111111111, ${words}`,
            });
        });
    }

    for (const [what, environment, end] of [
        ["account", prod, "222222222222 in eu-west-1; there it can watch metrics of 222222222222"],
        ["region", { ...home, region: "us-east-1" }, "111111111111 in us-east-1"],
    ] as const) {
        it(`is read where the pipeline is, and says so where the environment is in another ${what}`, () => {
            const rule = planned("name: prod-5xx", "after", environment);
            assert.deepEqual(rule.grants, grants);
            assert.deepEqual(rule.prerequisites, [
                `the alarm prod-5xx is in account 111111111111 and eu-west-1, as no gate reads one of ${end}`,
            ]);
        });
    }

    it("is told from others by its name", () => assert.equal(alarm.label(read(alarm.settings, "{ name: a }")), "a"));

    it("may stand before and after", () => assert.deepEqual(alarm.on, ["before", "after"]));

    for (const [title, yaml, refused] of [
        ["no name", "waitMinutes: 1", "name"],
        ["a name of 256 characters", `name: ${"a".repeat(256)}`, "name"],
        ["no minute", "name: a, waitMinutes: 0", "waitMinutes"],
        ["more than a day", "name: a, waitMinutes: 1441", "waitMinutes"],
        ["half a minute", "name: a, waitMinutes: 0.5", "waitMinutes"],
        ["all alarms that begin alike, which the permission would then reach", "name: prod-*", "name"],
        ["an ARN, which the rule does not take", 'name: "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:a"', "name"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(alarm.settings, `{ ${yaml} }`).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});

describe("gate lambda", () => {
    const planned = (yaml: string) =>
        lambda.plan(read(lambda.settings, yaml), { home, when: "before", environment: home });
    const grants = [
        {
            sid: "AskGateFunctions",
            actions: ["lambda:InvokeFunction"],
            resources: ["arn:aws:lambda:eu-west-1:111111111111:function:budget"],
        },
    ];
    const prerequisites = [
        "the function budget answers each job by PutJobSuccessResult or PutJobFailureResult, which its role allows",
    ];

    it("asks a function, with nothing said", () => {
        assert.deepEqual(planned("{ function: budget }"), {
            provider: "LambdaInvoke",
            configuration: { FunctionName: "budget" },
            grants,
            summary: "a yes of the function budget",
            prerequisites,
        });
    });

    it("hands its parameters over as JSON", () => {
        const { configuration } = planned(
            '{ function: budget, parameters: { commit: "#{SourceVariables.CommitId}", b: "2" } }',
        );
        assert.deepEqual(configuration, {
            FunctionName: "budget",
            UserParameters: '{"commit":"#{SourceVariables.CommitId}","b":"2"}',
        });
    });

    it("may stand before and after, fails the stage unless told to skip, and is told from others by its function", () => {
        const settings = read(lambda.settings, "{ function: budget }");
        assert.deepEqual(
            [lambda.on, settings.otherwise, lambda.label(settings)],
            [["before", "after"], "fail", "budget"],
        );
        assert.deepEqual(refusals(lambda.settings, "{ function: budget, otherwise: skip }"), []);
    });

    for (const [title, yaml, refused] of [
        ["no function", "{}", "function"],
        [
            "an ARN, as the function must be of the pipeline's account",
            '{ function: "arn:aws:lambda:eu-west-1:222222222222:function:a" }',
            "function",
        ],
        ["every function", '{ function: "*" }', "function"],
        ["a parameter that is no text", "{ function: a, parameters: { b: 1 } }", "parameters.b"],
        ["another answer", "{ function: a, otherwise: rollback }", "otherwise"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(lambda.settings, yaml).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});

describe("gate variable", () => {
    const settings = (yaml: string) =>
        read(variable.settings, `{ variable: "#{SourceVariables.BranchName}", ${yaml} }`);

    for (const [operator, words] of [
        ["EQ", "= main"],
        ["NE", "≠ main"],
        ["CONTAINS", "containing main"],
        ["MATCHES", "matching main"],
    ] as const) {
        it(`compares by ${operator}, without permissions`, () => {
            const at = { home, when: "before", environment: home } as const;
            assert.deepEqual(variable.plan(settings(`operator: ${operator}, value: main`), at), {
                provider: "VariableCheck",
                configuration: { Variable: "#{SourceVariables.BranchName}", Value: "main", Operator: operator },
                grants: [],
                summary: `#{SourceVariables.BranchName} ${words}`,
            });
        });
    }

    it("may stand before only, and is an equality that fails the stage unless it says otherwise", () => {
        const plain = settings("value: main");
        assert.deepEqual(variable.on, ["before"]);
        assert.deepEqual([plain.operator, plain.otherwise], ["EQ", "fail"]);
        assert.equal(variable.label(plain), "#{SourceVariables.BranchName}");
    });

    for (const [title, yaml, refused] of [
        ["a word that is no variable: it would always pass, or never", "{ variable: main, value: main }", "variable"],
        ["a variable without its namespace", '{ variable: "#{BranchName}", value: main }', "variable"],
        ["text beside the variable", '{ variable: "v#{build.V}", value: v1 }', "variable"],
        ["nothing to compare with", '{ variable: "#{build.V}", value: "" }', "value"],
        ["1001 characters", `{ variable: "#{build.V}", value: ${"a".repeat(1001)} }`, "value"],
        ["an operator that AWS does not have", '{ variable: "#{build.V}", value: a, operator: GT }', "operator"],
    ] as const) {
        it(`fails on ${title}`, () => {
            assert.deepEqual(
                refusals(variable.settings, yaml).map(line => line.split(":")[0]),
                [refused],
            );
        });
    }
});
