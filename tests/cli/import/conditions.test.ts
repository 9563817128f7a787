import * as assert from "node:assert/strict";
import { imported } from "../../../cli/import/service";
import { ecs, pipeline, source, stage } from "./support";

const region = "eu-west-1";
const rule = (provider: string, configuration: object, more: object = {}) => ({
    name: provider,
    ruleTypeId: { category: "Rule", owner: "AWS", provider, version: "1" },
    configuration,
    inputArtifacts: [],
    region,
    ...more,
});
const condition = (result: string, ...rules: readonly object[]) => ({ conditions: [{ result, rules }] });
const alarm = rule("CloudWatchAlarm", { AlarmName: "live-5xx" });

/** A pipeline whose stage `Live` has these conditions, and whose source has the namespace `Commit`. */
function withConditions(conditions: object) {
    const json = pipeline({ ...stage("Live", ecs("live")), ...conditions });
    json.pipeline.stages[0] = stage("Source", { ...source, namespace: "Commit" });
    return imported(json);
}

describe("the conditions of a stage", () => {
    const asks = rule("LambdaInvoke", {
        FunctionName: "budget",
        UserParameters: '{ "commit": "#{Commit.CommitId}" }',
    });
    const reads = rule("VariableCheck", { Variable: "#{Commit.BranchName}", Operator: "EQ", Value: "main" });

    it("become the gates of the service in its environment, with variables as they are called here", () => {
        const { entry, notExpressed } = withConditions({
            beforeEntry: condition("SKIP", asks, reads),
            onSuccess: condition("ROLLBACK", rule("CloudWatchAlarm", { AlarmName: "live-5xx", WaitTime: "15" })),
            onFailure: { result: "ROLLBACK" },
        });
        assert.deepEqual(entry.environments, {
            live: {
                before: [
                    {
                        type: "lambda",
                        function: "budget",
                        parameters: { commit: "#{SourceVariables.CommitId}" },
                        otherwise: "skip",
                    },
                    {
                        type: "variable",
                        variable: "#{SourceVariables.BranchName}",
                        operator: "EQ",
                        value: "main",
                        otherwise: "skip",
                    },
                ],
                after: [{ type: "alarm", name: "live-5xx", waitMinutes: 15 }],
                onFailure: "rollback",
            },
        });
        assert.ok(!notExpressed.some(([path]) => path.startsWith("pipeline.stages")), JSON.stringify(notExpressed));
    });

    for (const [title, conditions, key, why] of [
        [
            "of another region",
            { beforeEntry: condition("FAIL", { ...alarm, region: "us-east-1" }) },
            "beforeEntry",
            /"us-east-1" at .*region/,
        ],
        [
            "with a role",
            { beforeEntry: condition("FAIL", { ...alarm, roleArn: "r" }) },
            "beforeEntry",
            /"r" at .*roleArn/,
        ],
        [
            "with states of its alarm",
            { beforeEntry: condition("FAIL", rule("CloudWatchAlarm", { AlarmName: "a", AlarmStates: "OK" })) },
            "beforeEntry",
            /"OK" at .*AlarmStates/,
        ],
        [
            "that runs commands",
            { beforeEntry: condition("FAIL", rule("Commands", {})) },
            "beforeEntry",
            /no gate for Commands/,
        ],
        ["that skips because of an alarm", { beforeEntry: condition("SKIP", alarm) }, "beforeEntry", /otherwise|fail/],
        [
            "that goes back on entry",
            { beforeEntry: condition("ROLLBACK", alarm) },
            "beforeEntry",
            /its result is ROLLBACK/,
        ],
        [
            "with a patient alarm beside a window",
            {
                beforeEntry: condition(
                    "FAIL",
                    rule("DeploymentWindow", { Cron: "* * 8 ? * * *" }),
                    rule("CloudWatchAlarm", { AlarmName: "a", WaitTime: "5" }),
                ),
            },
            "beforeEntry",
            /no wait beside a window/,
        ],
        [
            "with a variable of another action",
            {
                beforeEntry: condition(
                    "FAIL",
                    rule("VariableCheck", { Variable: "#{Build.X}", Operator: "EQ", Value: "1" }),
                ),
            },
            "beforeEntry",
            /called otherwise/,
        ],
        [
            "with a placeholder in a name",
            { beforeEntry: condition("FAIL", rule("CloudWatchAlarm", { AlarmName: "{service}" })) },
            "beforeEntry",
            /placeholder/,
        ],
        [
            "that does not say how it compares",
            { beforeEntry: condition("FAIL", rule("VariableCheck", { Variable: "#{Commit.X}", Value: "1" })) },
            "beforeEntry",
            /how the variable is compared/,
        ],
        [
            "with a text for its function",
            { onSuccess: condition("FAIL", rule("LambdaInvoke", { FunctionName: "f", UserParameters: "x" })) },
            "onSuccess",
            /map of texts/,
        ],
        [
            "with a number for its function",
            { onSuccess: condition("FAIL", rule("LambdaInvoke", { FunctionName: "f", UserParameters: '{"a":1}' })) },
            "onSuccess",
            /parameters/,
        ],
        [
            "that goes back where a failure does not",
            { onSuccess: condition("ROLLBACK", alarm) },
            "onSuccess",
            /here it is FAIL/,
        ],
        [
            "that stops where a failure goes back",
            { onSuccess: condition("FAIL", alarm), onFailure: { result: "ROLLBACK" } },
            "onSuccess",
            /here it is ROLLBACK/,
        ],
        ["beside another", { onSuccess: { conditions: [{}, {}] } }, "onSuccess", /one condition/],
        [
            "that asks rules on failure",
            { onFailure: { result: "ROLLBACK", ...condition("ROLLBACK", alarm) } },
            "onFailure",
            /has no word here/,
        ],
        ["that skips on failure", { onFailure: { result: "SKIP" } }, "onFailure", /stop, rollback, retry/],
    ] as const) {
        it(`are listed as a whole, with why: one ${title}`, () => {
            const { entry, notExpressed } = withConditions(conditions);
            const word = { beforeEntry: "before", onSuccess: "after", onFailure: "onFailure" }[key];
            const { live = {} } = (entry.environments ?? {}) as { live?: object };
            assert.ok(!(word in live), JSON.stringify(live));
            const said = notExpressed.filter(([path]) => path === `pipeline.stages[2].${key}`);
            assert.equal(said.length, 1, JSON.stringify(notExpressed));
            assert.match(said[0][1], why);
            assert.ok(!notExpressed.some(([path]) => path.startsWith(`pipeline.stages[2].${key}.`)));
        });
    }
});
