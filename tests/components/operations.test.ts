import * as assert from "node:assert/strict";
import { Operations } from "../../components/operations";
import { SharedFunction } from "../../components/shared-function";
import { handles, known, planOf, stackFile, terms } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, registered, tree } from "../support/recordings";

const tags = { fleet: "shop" };
const { functions, operations: plan } = planOf(stackFile("operations: { audit: false }")).shared;

const build = (wrong: object = {}) => {
    const made = functions.map(one => [
        one.key,
        new SharedFunction(one.key, { plan: one, keyArn: known.artifactKey, handles, terms, tags }),
    ]);
    const { tableName } = new Operations("operations", {
        plan: { ...plan, ...wrong },
        keyArn: known.artifactKey,
        protect: false,
        functions: Object.fromEntries(made) as Record<string, SharedFunction>,
        tags,
    });
    return { tableName };
};

describe("Operations", () => {
    it("registers exactly a table, and rules with a target for each function that hears of them", async () => {
        const lines = tree(await registered(build));
        const ready = (key: string) =>
            ["EventSourceMapping messages", "Function function", "LogGroup logs", "MetricAlarm dead-letters-alarm"]
                .concat([
                    "Queue dead-letters",
                    "Queue queue",
                    "QueuePolicy queue-policy",
                    "Role role",
                    "RolePolicy policy",
                ])
                .map(one => one.replace(" ", ` ${key}-`));
        const below = lines.slice(lines.indexOf("Operations operations"));
        assert.deepEqual(below.slice(0, below.findIndex((line, index) => index > 0 && !line.startsWith(" ")) >>> 0), [
            "Operations operations",
            "  EventRule operations-alarms",
            `  EventTarget operations-alarms-notify < ${["EventRule operations-alarms", ...ready("notify")].sort().join(", ")}`,
            "  EventRule operations-executions",
            `  EventTarget operations-executions-metrics < ${["EventRule operations-executions", ...ready("metrics")].sort().join(", ")}`,
            `  EventTarget operations-executions-notify < ${["EventRule operations-executions", ...ready("notify")].sort().join(", ")}`,
            "  Table operations-table",
            "  EventRule operations-tick",
            `  EventTarget operations-tick-notify < ${["EventRule operations-tick", ...ready("notify")].sort().join(", ")}`,
        ]);
    });

    it("keeps in the table what is true for a while", async () => {
        assert.deepEqual(inputsOf(await registered(build), "Table"), {
            name: "shop--fleet--operations",
            billingMode: "PAY_PER_REQUEST",
            hashKey: "pk",
            rangeKey: "sk",
            attributes: [
                { name: "pk", type: "S" },
                { name: "sk", type: "S" },
            ],
            ttl: { attributeName: "expires", enabled: true },
            tags,
        });
    });

    it("hears of this stack's pipelines and alarms and of no others, and of the time", async () => {
        const all = await registered(build);
        const rule = (key: string): Record<string, unknown> => {
            const inputs: Record<string, unknown> = inputsOf(all, "EventRule", `operations-${key}`);
            const { eventPattern, ...rest } = inputs;
            return typeof eventPattern === "string" ? { ...rest, eventPattern: JSON.parse(eventPattern) } : rest;
        };
        assert.deepEqual(rule("executions"), {
            name: "shop--fleet--executions",
            description: "What happens in the pipelines of the stack",
            eventPattern: {
                source: ["aws.codepipeline"],
                "detail-type": [
                    "CodePipeline Pipeline Execution State Change",
                    "CodePipeline Stage Execution State Change",
                    "CodePipeline Action Execution State Change",
                ],
                account: ["111111111111"],
                detail: { pipeline: [{ prefix: "shop--" }] },
            },
            tags,
        });
        assert.deepEqual(rule("alarms"), {
            name: "shop--fleet--alarms",
            description: "What the alarms of the stack say",
            eventPattern: {
                source: ["aws.cloudwatch"],
                "detail-type": ["CloudWatch Alarm State Change", "CloudWatch Alarm Contributor State Change"],
                account: ["111111111111"],
                detail: { alarmName: [{ prefix: "shop--fleet--" }] },
            },
            tags,
        });
        assert.deepEqual(rule("tick"), {
            name: "shop--fleet--tick",
            description: "Five minutes have gone by: what waits for a moment is looked at",
            scheduleExpression: "rate(5 minutes)",
            tags,
        });
    });

    it("sends to queues without a role, as AWS asks for encrypted ones", async () => {
        assert.deepEqual(inputsOf(await registered(build), "EventTarget", "operations-executions-metrics"), {
            rule: "shop--fleet--executions",
            targetId: "metrics",
            arn: "arn:aws:sqs:eu-west-1:111111111111:shop--fleet--metrics",
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails on two rules of one key", () =>
        assertFails(() => build({ rules: [...plan.rules, plan.rules[0]] }), /duplicate URN .*operations-executions/));
});
