import * as assert from "node:assert/strict";
import type { PipelinePlan } from "../../blueprint/plan";
import { known, planOf, stackFile } from "../support/plans";
import { inputsOf, registered } from "../support/recordings";
import { drop, made, orders } from "./support/service-pipeline";

const stages = async (plan: PipelinePlan) =>
    inputsOf(await registered(made(plan)), "Pipeline").stages as readonly Record<string, unknown>[];

const alarm = (name: string, configuration: object) => ({
    name: "alarm",
    ruleTypeId: { category: "Rule", owner: "AWS", provider: "CloudWatchAlarm", version: "1" },
    configuration: { AlarmName: name, ...configuration },
    inputArtifacts: [],
    region: "eu-west-1",
});

describe("the stages of a ServicePipeline", () => {
    it("passes on each action as it is planned", async () => {
        const plan = orders();
        const [source, build, dev, , , approve, prod] = await stages(plan);
        const action = { owner: "AWS", version: "1", runOrder: 1, inputArtifacts: [], outputArtifacts: [] };
        const [planned] = plan.stages[0].actions;
        assert.deepEqual(source, {
            name: "Source",
            actions: [
                {
                    ...action,
                    name: "source",
                    category: "Source",
                    provider: "CodeStarSourceConnection",
                    configuration: { ...planned.configuration, ConnectionArn: known["connection:github"] },
                    outputArtifacts: ["SourceArtifact"],
                    namespace: "SourceVariables",
                },
            ],
        });
        assert.deepEqual(build.actions, [
            {
                ...action,
                name: "build",
                category: "Build",
                provider: "CodeBuild",
                configuration: { ...plan.stages[1].actions[0].configuration },
                inputArtifacts: ["SourceArtifact"],
                outputArtifacts: ["BuildArtifact"],
                ...(plan.stages[1].actions[0].namespace && { namespace: plan.stages[1].actions[0].namespace }),
            },
            {
                ...action,
                name: "seal",
                category: "Invoke",
                provider: "Lambda",
                configuration: { ...plan.stages[1].actions[1].configuration },
                inputArtifacts: ["BuildArtifact"],
                runOrder: 2,
            },
        ]);
        assert.deepEqual(
            (dev.actions as Record<string, unknown>[]).map(({ name, runOrder }) => [name, runOrder]),
            [
                ["verify", 1],
                ["deploy", 2],
                ["integration", 3],
            ],
        );
        assert.deepEqual(approve, {
            name: "Approve-prod",
            actions: [
                {
                    ...action,
                    name: "approve",
                    category: "Approval",
                    provider: "Manual",
                    configuration: { ...plan.stages[5].actions[0].configuration },
                    timeoutInMinutes: 48 * 60,
                },
            ],
        });
        assert.deepEqual(
            (prod.actions as Record<string, unknown>[]).map(({ roleArn }) => roleArn),
            [undefined, "arn:aws:iam::222222222222:role/deploy"],
        );
    });

    it("stops, retries or rolls back a failed stage, and checks its gates", async () => {
        const [, , dev, , staging, , prod] = (await stages(orders())).map(({ actions, ...stage }) => stage);
        const retry = (retryMode: string) => ({ result: "RETRY", retryConfiguration: { retryMode } });
        assert.deepEqual(dev, { name: "dev", onFailure: retry("FAILED_ACTIONS") });
        assert.deepEqual(staging, { name: "staging", onFailure: retry("ALL_ACTIONS") });
        const window = {
            name: "window",
            ruleTypeId: { category: "Rule", owner: "AWS", provider: "DeploymentWindow", version: "1" },
            configuration: { Cron: "* * 8-16 ? * MON-THU *", TimeZone: "Europe/Berlin" },
            inputArtifacts: [],
            region: "eu-west-1",
        };
        const rules = [alarm("prod-5xx", { WaitTime: "10" })];
        assert.deepEqual(prod, {
            name: "prod",
            beforeEntry: { condition: { result: "FAIL", rules: [window] } },
            onSuccess: { condition: { result: "ROLLBACK", rules } },
            onFailure: { result: "ROLLBACK" },
        });
        const [, , { actions, ...stopping }] = await stages(drop());
        assert.ok(actions);
        const [planned] = drop().stages[2].after;
        assert.deepEqual(stopping, {
            name: "dev",
            onSuccess: { condition: { result: "FAIL", rules: [alarm("dev-5xx", planned.configuration)] } },
        });
    });

    it("skips a stage whose entry says so", async () => {
        const branch = {
            type: "variable",
            variable: "#{SourceVariables.BranchName}",
            value: "main",
            otherwise: "skip",
        };
        const [plan] = planOf({ ...stackFile(), environments: [{ name: "dev", before: [branch] }] }).pipelines;
        const [, , dev] = await stages(plan);
        assert.deepEqual(dev.beforeEntry, {
            condition: {
                result: "SKIP",
                rules: [
                    {
                        name: "variable",
                        ruleTypeId: { category: "Rule", owner: "AWS", provider: "VariableCheck", version: "1" },
                        configuration: { Variable: "#{SourceVariables.BranchName}", Value: "main", Operator: "EQ" },
                        inputArtifacts: [],
                        region: "eu-west-1",
                    },
                ],
            },
        });
    });
});
