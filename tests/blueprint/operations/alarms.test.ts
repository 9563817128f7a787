import * as assert from "node:assert/strict";
import type { MonitoringPlan } from "../../../blueprint/plan";
import { fleetOf, threeEnvironments, type Words } from "../support/fleet";

function monitoringOf(operations: Words = {}, words: Words = {}): MonitoringPlan {
    return fleetOf({ environments: threeEnvironments, ...words, operations }).shared.operations.monitoring;
}

function alarm(key: string, operations: Words = {}, words: Words = {}) {
    const found = monitoringOf(operations, words).alarms.find(one => one.key === key);
    assert.ok(found, key);
    return found;
}

const keys = (operations: Words = {}, words: Words = {}) =>
    monitoringOf(operations, words).alarms.map(({ key }) => key);

const all = ["failed-deploy", "duration", "approval", "function-errors", "late-messages"];

const named = (key: string) => ({
    name: `shop--fleet--${key}`,
    arn: `arn:aws:cloudwatch:eu-west-1:111111111111:alarm:shop--fleet--${key}`,
});

describe("the alarms of a fleet", () => {
    it("say when a deployment to the last environment failed, by service", () => {
        assert.deepEqual(alarm("failed-deploy"), {
            key: "failed-deploy",
            ...named("failed-deploy"),
            summary: "a deployment of a service to prod failed within 60 min",
            description:
                "A deployment to prod failed. Its pipeline says which action and why: run it again, or roll the stage back.",
            queries: [
                {
                    id: "failed",
                    expression:
                        'SELECT SUM(FailedDeployments) FROM SCHEMA("service-pipelines/shop", Service, Environment) ' +
                        "WHERE Environment = 'prod' GROUP BY Service ORDER BY SUM() DESC",
                    periodSeconds: 3600,
                },
            ],
            comparison: "GreaterThanOrEqualToThreshold",
            threshold: 1,
            watched: "releases to production",
            tellsItself: false,
        });
    });

    it("say when a release took long, by service, wherever it ends", () => {
        assert.deepEqual(alarm("duration"), {
            key: "duration",
            ...named("duration"),
            summary: "a release took longer than 120 min, without what it waited for approvals",
            description:
                "A release took longer than 120 minutes. The dashboard shows its slowest stages: look for what has grown there.",
            queries: [
                {
                    id: "slowest",
                    expression:
                        'SELECT MAX(ExecutionTime) FROM SCHEMA("service-pipelines/shop", Service, Environment) ' +
                        "GROUP BY Service ORDER BY MAX() DESC",
                    periodSeconds: 3600,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 7200,
            watched: "releases",
            tellsItself: false,
        });
    });

    it("say when an approval waits long, by environment", () => {
        assert.deepEqual(alarm("approval"), {
            key: "approval",
            ...named("approval"),
            summary: "an approval waits for more than 24 h",
            description:
                "An approval has waited for more than 24 hours. Answer it, or stop its execution: what comes later waits behind it.",
            queries: [
                {
                    id: "oldest",
                    expression:
                        'SELECT MAX(OldestApproval) FROM SCHEMA("service-pipelines/shop", Environment) ' +
                        "GROUP BY Environment ORDER BY MAX() DESC",
                    periodSeconds: 900,
                },
            ],
            comparison: "GreaterThanThreshold",
            threshold: 24,
            watched: "approvals",
            tellsItself: false,
        });
    });

    const frozen = { environments: [{ name: "dev", freezable: true }] };

    it("say when a function failed, also the one that pipelines call, and tell it themselves", () => {
        const { queries, comparison, threshold, watched, tellsItself } = alarm("function-errors", {}, frozen);
        assert.deepEqual(queries, [
            ...["check", "seal", "verify", "notify", "metrics"].map((key, index) => ({
                id: `m${index}`,
                metric: {
                    namespace: "AWS/Lambda",
                    name: "Errors",
                    dimensions: { FunctionName: `shop--fleet--${key}` },
                    statistic: "Sum",
                    periodSeconds: 900,
                },
            })),
            { id: "all", expression: "SUM(METRICS())" },
        ]);
        assert.deepEqual(
            [comparison, threshold, watched, tellsItself],
            ["GreaterThanOrEqualToThreshold", 1, "named metrics", true],
        );
    });

    it("say when messages wait for those functions that have a queue, and tell it themselves", () => {
        const { queries, comparison, threshold, watched, tellsItself } = alarm("late-messages", {}, frozen);
        assert.deepEqual(queries, [
            ...["notify", "metrics"].map((key, index) => ({
                id: `m${index}`,
                metric: {
                    namespace: "AWS/SQS",
                    name: "ApproximateAgeOfOldestMessage",
                    dimensions: { QueueName: `shop--fleet--${key}` },
                    statistic: "Maximum",
                    periodSeconds: 300,
                },
            })),
            { id: "all", expression: "MAX(METRICS())" },
        ]);
        assert.deepEqual(
            [comparison, threshold, watched, tellsItself],
            ["GreaterThanThreshold", 1800, "named metrics", true],
        );
    });

    for (const [key, settings, period, threshold, summary] of [
        [
            "failed-deploy",
            { failedDeploy: { failures: 3, minutes: 180 } },
            10800,
            3,
            "3 deployments of a service to prod failed within 180 min",
        ],
        [
            "duration",
            { duration: { minutes: 30 } },
            3600,
            1800,
            "a release took longer than 30 min, without what it waited for approvals",
        ],
        ["approval", { approval: { hours: 0.5 } }, 900, 0.5, "an approval waits for more than 0.5 h"],
        [
            "function-errors",
            { functionErrors: { errors: 5, minutes: 60 } },
            3600,
            5,
            "the stack's functions failed 5 times within 60 min",
        ],
        [
            "late-messages",
            { lateMessages: { minutes: 10 } },
            300,
            600,
            "what happens waits for the stack's functions for more than 10 min",
        ],
    ] as const) {
        it(`are tuned by the stack file: ${key}`, () => {
            const tuned = alarm(key, { alarms: settings });
            const [first] = tuned.queries;
            const seconds = "metric" in first ? first.metric.periodSeconds : first.periodSeconds;
            assert.deepEqual([seconds, tuned.threshold, tuned.summary], [period, threshold, summary]);
        });
        it(`are switched off by the stack file: ${key}`, () => {
            const [name] = Object.keys(settings);
            assert.deepEqual(
                keys({ alarms: { [name]: false } }),
                all.filter(other => other !== key),
            );
        });
    }

    it("are five, and none of approvals where nobody is asked", () => {
        assert.deepEqual(keys(), all);
        assert.deepEqual(
            keys({}, { environments: [{ name: "dev" }] }),
            all.filter(key => key !== "approval"),
        );
    });

    it("say what cannot be watched without metrics of services, as far as it is asked for", () => {
        const { alarms, leftOut } = monitoringOf({ metrics: "none" });
        assert.deepEqual(
            alarms.map(({ key }) => key),
            all.slice(2),
        );
        assert.deepEqual(leftOut, [
            "no alarm when a deployment fails: `metrics: none` counts none",
            "no alarm when a release is slow: `metrics: none` measures none",
        ]);
        assert.deepEqual(
            monitoringOf({ metrics: "none", alarms: { failedDeploy: false, duration: false } }).leftOut,
            [],
        );
        assert.deepEqual(monitoringOf().leftOut, []);
    });

    it("hold to what CloudWatch takes", () => {
        for (const { description, queries } of monitoringOf({}, frozen).alarms) {
            assert.ok(description.length <= 1024);
            assert.ok(queries.filter(query => "metric" in query).length <= 10);
            for (const query of queries) {
                assert.match(query.id, /^[a-z][A-Za-z0-9_]*$/);
                assert.ok(!("expression" in query) || query.expression.length <= 2048);
            }
        }
    });
});
