import * as assert from "node:assert/strict";
import { Monitoring } from "../../components/monitoring";
import type { MonitoringPlan } from "../../blueprint/plan";
import { planOf, stackFile } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, registered, tree } from "../support/recordings";

const plan = planOf(
    stackFile(`
        environments: [{ name: dev }, { name: prod, approval: { notify: [ann@shop.example] } }]
        services:
            web: { source: { repository: acme/web }, build: { type: none }, deploy: { type: s3, bucket: "web-{environment}" } }
    `),
).shared.operations.monitoring;
const tags = { fleet: "shop" };
const topic = "arn:aws:sns:eu-west-1:111111111111:on-call";

const made =
    (of: MonitoringPlan, alarmTopics = [topic]) =>
    () =>
        new Monitoring("monitoring", { plan: of, alarmTopics, tags });
const build = made(plan);

describe("Monitoring", () => {
    it("registers exactly its alarms and the dashboard, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "Monitoring monitoring",
            "  MetricAlarm monitoring-approval",
            "  Dashboard monitoring-dashboard",
            "  MetricAlarm monitoring-duration",
            "  MetricAlarm monitoring-failed-deploy",
            "  MetricAlarm monitoring-function-errors",
            "  MetricAlarm monitoring-late-messages",
        ]);
    });

    it("registers no dashboard where the plan has none", async () => {
        const { dashboard: _, ...rest } = plan;
        assert.deepEqual(tree(await registered(made({ ...rest, alarms: [] }))), ["Monitoring monitoring"]);
    });

    it("watches what a query finds, each minute over its period, and publishes nothing itself", async () => {
        assert.deepEqual(inputsOf(await registered(build), "MetricAlarm", "monitoring-failed-deploy"), {
            name: "shop--fleet--failed-deploy",
            alarmDescription:
                "A deployment to prod failed. Its pipeline says which action and why: run it again, or roll the stage back.",
            metricQueries: [
                {
                    id: "failed",
                    expression:
                        'SELECT SUM(FailedDeployments) FROM SCHEMA("service-pipelines/shop", Service, Environment) ' +
                        "WHERE Environment = 'prod' GROUP BY Service ORDER BY SUM() DESC",
                    period: 3600,
                    returnData: true,
                },
            ],
            comparisonOperator: "GreaterThanOrEqualToThreshold",
            threshold: 1,
            evaluationPeriods: 1,
            treatMissingData: "notBreaching",
            alarmActions: [],
            okActions: [],
            tags,
        });
    });

    it("compares what the last query makes of the metrics before, and publishes where telling may fail", async () => {
        const { metricQueries, alarmActions, okActions } = inputsOf(
            await registered(build),
            "MetricAlarm",
            "monitoring-late-messages",
        );
        const ofQueue = (id: string, key: string) => ({
            id,
            metric: {
                namespace: "AWS/SQS",
                metricName: "ApproximateAgeOfOldestMessage",
                dimensions: { QueueName: `shop--fleet--${key}` },
                stat: "Maximum",
                period: 300,
            },
            returnData: false,
        });
        assert.deepEqual(metricQueries, [
            ofQueue("m0", "notify"),
            ofQueue("m1", "metrics"),
            { id: "all", expression: "MAX(METRICS())", returnData: true },
        ]);
        assert.deepEqual([alarmActions, okActions], [[topic], [topic]]);
    });

    it("shows the body of the plan", async () => {
        const { dashboardName, dashboardBody, ...rest } = inputsOf(await registered(build), "Dashboard");
        assert.deepEqual(rest, {});
        assert.equal(dashboardName, "shop--fleet");
        assert.deepEqual(JSON.parse(String(dashboardBody)), plan.dashboard?.body);
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails beside another of its name", () =>
        assertFails(() => [build(), build()], /duplicate URN .*Monitoring::monitoring: a child of the stack/));
});
