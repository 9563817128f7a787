import * as assert from "node:assert/strict";
import type { ActionPlan, FleetPlan } from "../../blueprint/plan";
import type { Rule } from "../../catalog/plan";
import type { Path } from "../../catalog/problem";
import { build, check, deploy, dev, inDeploy, inDev, source, staged } from "./support/changed";

const { path } = deploy;
const orders = ["services", "orders"];
const [sourceAction] = source.actions;

/** The deploy to dev as an action of another sort. */
const asType = (type: Partial<ActionPlan["action"]>, change: Partial<ActionPlan> = {}) =>
    inDeploy({ action: { ...deploy.action, ...type }, ...change });

const abroad = { region: "eu-central-1" };
const foreign = { roleArn: "arn:aws:iam::222222222222:role/shop-deploy" };
const own = { roleArn: "arn:aws:iam::111111111111:role/shop-deploy" };
const custom = { owner: "Custom", provider: "Jenkins" } as const;
const thirdParty = { owner: "ThirdParty", provider: "Runscope" } as const;
const commands = { category: "Compute", provider: "Commands" } as const;

const gate = (provider: string, ...keys: string[]): FleetPlan => {
    const configuration = Object.fromEntries(keys.map(key => [key, "x"]));
    const rule: Rule = { name: "check", provider, configuration, grants: [], summary: "" };
    return inDev({ before: [rule] });
};

const pageOf = (provider: string) =>
    `https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-${provider}.html`;

/** Rule, what passes, what does not, and what is said of it. */
const table: [rule: string, title: string, passes: FleetPlan, fails: FleetPlan, message: string, at?: Path][] = [
    [
        "sources-first",
        "an action beside the sources",
        staged(source, dev),
        staged({ ...source, actions: [sourceAction, deploy] }, dev),
        "deploy stands in Source, the first stage, which holds sources alone",
    ],
    [
        "sources-first",
        "a source in a later stage",
        staged({ ...source, actions: [sourceAction, sourceAction] }, dev),
        staged(source, { ...dev, actions: [sourceAction] }),
        "the source source stands in dev: sources stand in the first stage alone",
        sourceAction.path,
    ],
    [
        "stage-without-actions",
        "an empty stage",
        staged(source, { ...dev, actions: [deploy] }),
        staged(source, { ...dev, actions: [] }),
        "the stage dev would have no action, of at least 1",
        orders,
    ],
    [
        "actions-at-home",
        "a source in another region",
        staged(source, dev),
        staged({ ...source, actions: [{ ...sourceAction, ...abroad }] }, dev),
        "source (CodeStarSourceConnection) would run in eu-central-1: CodePipeline runs it in the pipeline's own region alone",
        sourceAction.path,
    ],
    [
        "actions-at-home",
        "a custom action in another region",
        asType({}, abroad),
        asType(custom, abroad),
        "deploy (Jenkins) would run in eu-central-1: CodePipeline runs it in the pipeline's own region alone",
    ],
    [
        "actions-at-home",
        "a third party's action in another region",
        asType(thirdParty),
        asType(thirdParty, abroad),
        "deploy (Runscope) would run in eu-central-1: CodePipeline runs it in the pipeline's own region alone",
    ],
    [
        "actions-at-home",
        "commands in another region",
        asType(commands),
        asType(commands, abroad),
        "deploy (Commands) would run in eu-central-1: CodePipeline runs it in the pipeline's own region alone",
    ],
    [
        "actions-of-the-account",
        "a custom action with a role of another account",
        asType({}, foreign),
        asType(custom, foreign),
        `deploy (Jenkins) would be performed with the role ${foreign.roleArn}: CodePipeline performs it in the pipeline's own account alone`,
    ],
    [
        "actions-of-the-account",
        "commands with a role of another account",
        asType(commands, own),
        asType(commands, foreign),
        `deploy (Commands) would be performed with the role ${foreign.roleArn}: CodePipeline performs it in the pipeline's own account alone`,
    ],
    [
        "timeout-of-approvals-only",
        "a timeout of another action",
        asType({ category: "Approval", provider: "Manual" }, { timeoutMinutes: 60 }),
        inDeploy({ timeoutMinutes: 60 }),
        "deploy (ECS) would time out after 60 minutes: CodePipeline takes a timeout for approvals alone",
    ],
    ...(
        [
            ["CloudWatchAlarm", ["AlarmName", "AlarmStates", "WaitTime"], "AlarmName"],
            ["DeploymentWindow", ["Cron", "TimeZone"], "Cron"],
            ["LambdaInvoke", ["FunctionName", "UserParameters"], "FunctionName"],
            ["VariableCheck", ["Operator", "Value", "Variable"], "Operator"],
        ] as const
    ).flatMap(([provider, keys, required]): typeof table => [
        [
            "gate-keys",
            `a key that ${provider} does not know`,
            gate(provider, ...keys),
            gate(provider, ...keys, "Region"),
            `the gate check (${provider}) has no configuration key Region: ${pageOf(provider)}`,
            orders,
        ],
        [
            "gate-keys",
            `${provider} without ${required}`,
            gate(provider, ...keys),
            gate(provider, ...keys.filter(key => key !== required)),
            `the gate check (${provider}) needs the configuration key ${required}: ${pageOf(provider)}`,
            orders,
        ],
    ]),
    [
        "gate-keys",
        "a gate that is none",
        gate("LambdaInvoke", "FunctionName"),
        gate("Lambda", "FunctionName"),
        "the gate check is a Lambda, of CloudWatchAlarm, DeploymentWindow, LambdaInvoke, VariableCheck",
        orders,
    ],
];

describe("rules of stages and gates", () => {
    for (const [rule, title, passes, fails, message, at = path] of table) {
        it(`${rule}: passes at the edge, fails on ${title}`, () => {
            assert.deepEqual(check(rule, passes), []);
            assert.deepEqual(check(rule, fails), [{ path: at, message }]);
        });
    }

    it("gate-keys: looks at gates after the stage too", () => {
        const [rule] = gate("Lambda").pipelines[0].stages[2].before;
        assert.equal(check("gate-keys", staged(source, build, { ...dev, after: [rule] })).length, 1);
    });
});
