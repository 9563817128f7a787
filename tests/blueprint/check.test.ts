import * as assert from "node:assert/strict";
import { checkFleet } from "../../blueprint/rules";
import { checkAction } from "../../catalog/check";
import { ecsService, fleetOf, pipelineOf, stackOf, stageOf, threeEnvironments, type Words } from "./support/fleet";
import { alarm, checkArn, fleetWith, window } from "./support/check";

const onMain = { type: "variable", variable: "#{SourceVariables.BranchName}", value: "main" };

const stageWith = (dev: Words) => stageOf(pipelineOf(fleetWith(dev)), "dev");

const freezes = {
    dev: "/service-pipelines/shop/freeze/dev",
    "orders in dev": "/service-pipelines/shop/freeze/dev/orders",
};
const question = (check: object) => ({
    FunctionName: "shop--fleet--check",
    UserParameters: JSON.stringify({
        pipeline: "shop--orders",
        execution: "#{codepipeline.PipelineExecutionId}",
        stage: "dev",
        action: "check",
        ...check,
    }),
});
const ask = { sid: "AskCheck", actions: ["lambda:InvokeFunction"], resources: [checkArn] };

/** Rules on entry and actions, by name, and what follows a rule that does not pass. */
const shape = (dev: Words) => {
    const { before, otherwise, actions } = stageWith(dev);
    return [before.map(({ name }) => name), otherwise, actions.map(({ name, runOrder }) => `${name} ${runOrder}`)];
};

describe("the entry of a stage", () => {
    const freezable = true;
    for (const [title, dev, rules, otherwise, actions] of [
        ["nothing", {}, [], "fail", ["verify 1", "deploy 2"]],
        ["an alarm", { before: [alarm("a")] }, ["alarm"], "fail", ["verify 1", "deploy 2"]],
        ["a freeze, on entry", { freezable }, ["freeze"], "fail", ["verify 1", "deploy 2"]],
        [
            "a freeze beside other rules",
            { freezable, before: [alarm("a"), onMain] },
            ["alarm", "variable", "freeze"],
            "fail",
            ["verify 1", "deploy 2"],
        ],
        ["a window", { before: [window] }, ["window"], "fail", ["verify 1", "deploy 2"]],
        [
            "an alarm beside a window, by the first action",
            { before: [alarm("a"), window, alarm("b")] },
            ["window"],
            "fail",
            ["check 1", "verify 2", "deploy 3"],
        ],
        [
            "a freeze beside a window, by the first action",
            { freezable, before: [window] },
            ["window"],
            "fail",
            ["check 1", "verify 2", "deploy 3"],
        ],
        [
            "a variable beside a window, which does not change",
            { before: [window, onMain] },
            ["window", "variable"],
            "fail",
            ["verify 1", "deploy 2"],
        ],
        [
            "a variable that skips the stage",
            { before: [{ ...onMain, otherwise: "skip" }] },
            ["variable"],
            "skip",
            ["verify 1", "deploy 2"],
        ],
        [
            "a freeze where the entry skips the stage, by the first action",
            { freezable, before: [{ ...onMain, otherwise: "skip" }] },
            ["variable"],
            "skip",
            ["check 1", "verify 2", "deploy 3"],
        ],
    ] as const) {
        it(`holds ${title}`, () => assert.deepEqual(shape(dev), [rules, otherwise, actions]));
    }

    it("asks for the freeze of the environment and of the service, by a rule", () => {
        const { before, check } = stageWith({ freezable });
        assert.deepEqual(before, [
            {
                name: "freeze",
                provider: "LambdaInvoke",
                configuration: question({ freezes, alarms: [] }),
                grants: [ask],
                summary: "no freeze of dev and orders in dev",
            },
        ]);
        assert.deepEqual(check, { freezes, alarms: [] });
    });

    it("asks for both and for the alarms, in one first action of the pipeline's own role", () => {
        const { actions } = stageWith({ freezable, before: [window, alarm("{service}-5xx"), alarm("b")] });
        assert.deepEqual(actions[0], {
            name: "check",
            action: checkAction,
            summary:
                "no freeze of dev and orders in dev; alarm orders-5xx of account 111111111111 not raised; alarm b of account 111111111111 not raised",
            configuration: question({ freezes, alarms: ["orders-5xx", "b"] }),
            inputs: [],
            outputs: [],
            runOrder: 1,
            targets: [],
            passes: [],
            path: ["environments", 0, "before", 1],
        });
    });

    it("asks for alarms alone where nothing can be frozen", () => {
        const { actions, check } = stageWith({ before: [window, alarm("a")] });
        assert.deepEqual(actions[0].configuration, question({ freezes: {}, alarms: ["a"] }));
        assert.deepEqual(check, { freezes: {}, alarms: ["a"] });
    });

    it("lets the pipeline ask, and neither read the alarms itself nor ask anything else", () => {
        const { role } = pipelineOf(fleetWith({ freezable, before: [window, alarm("a")] }));
        const own = role.statements.filter(({ Action }) => /^(lambda|cloudwatch|ssm):/.test(Action[0]));
        const others = ["AskSeal", "AskVerify"];
        assert.deepEqual(
            own.map(({ Sid }) => Sid),
            ["AskSeal", "AskCheck", "AskVerify"],
        );
        assert.deepEqual(
            own.filter(({ Sid }) => !others.includes(Sid)),
            [{ Sid: "AskCheck", Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [checkArn] }],
        );
    });

    it("says of an alarm of another account where it has to be", () => {
        const [, , prod] = threeEnvironments;
        const environments = [{ ...prod, before: [window, alarm("a")], after: [] }];
        assert.deepEqual(pipelineOf(fleetOf({ environments })).prerequisites, [
            "the alarm a is in account 111111111111 and eu-west-1, as no gate reads one of 222222222222 in eu-west-1; there it can watch metrics of 222222222222",
        ]);
    });

    it("keeps the freeze where a service drops the gates", () => {
        const service = { ...ecsService("orders"), environments: { dev: { skipGates: "A daily job." } } };
        const stage = stageOf(pipelineOf(fleetWith({ freezable, before: [window] }, { orders: service })), "dev");
        assert.deepEqual(
            stage.before.map(({ name }) => name),
            ["freeze"],
        );
    });

    it("gives a gate after the stage the variables of the same environment", () => {
        const ask = { type: "lambda", function: "ask", parameters: { version: "#{look.VERSION}", b: "#{build.B}" } };
        const orders = {
            ...ecsService("orders"),
            build: { commands: ["make"], exportedVariables: ["B"] },
            steps: { look: { type: "script", when: "after", commands: ["make"], exportedVariables: ["VERSION"] } },
        };
        const [rule] = stageOf(pipelineOf(fleetWith({ after: [ask] }, { orders })), "dev").after;
        assert.equal(rule.configuration.UserParameters, '{"version":"#{look__dev.VERSION}","b":"#{build.B}"}');
    });

    it("fails on more than one action's configuration can hold, at the alarm", () => {
        const long = (letter: string) => alarm(letter.repeat(255));
        const { plan, problems } = stackOf({
            environments: [{ name: "dev", before: [window, ...["a", "b", "c", "d"].map(long)] }],
        });
        assert.equal(plan, undefined);
        assert.deepEqual(
            problems.map(({ path, message }) => [path, message.replace(/\d+ characters/, "N characters")]),
            [
                [
                    ["environments", 0, "before", 1],
                    "UserParameters of the action check would be N characters long, of at most 1000: shorten what it is made of",
                ],
            ],
        );
    });

    it("fails on a freeze beside five rules: AWS takes five", () => {
        const before = ["a", "b", "c", "d", "e"].map(alarm);
        assert.deepEqual(checkFleet(fleetWith({ before })).errors, []);
        const { problems } = stackOf({ environments: [{ name: "dev", freezable, before }] });
        assert.deepEqual(
            problems.map(({ message }) => message),
            ["dev has 6 gates before, of at most 5"],
        );
    });
});
