import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { retiredRuntime } from "../../catalog/age";
import { bundled } from "../../components/bundle";
import { Reference } from "../../catalog/reference";
import { policyDocument } from "../../blueprint/policy";
import { fromNames, resolve } from "../../components/resolve";
import { SharedFunction } from "../../components/shared-function";
import { known, planOf, stackFile, terms } from "../support/plans";
import { assertFails, assertPreviewedAsDeployed, inputsOf, recorded, registered, tree } from "../support/recordings";

const tags = { fleet: "shop" };
const { functions } = planOf(
    stackFile("environments: [{ name: dev, freezable: true }]\nretention: { logDays: 30 }"),
).shared;
const [plan] = functions;
const listener = functions.find(({ key }) => key === "notify") ?? plan;
const topic = "arn:aws:sns:eu-west-1:111111111111:people";
const mine = ["dead-letters", "dead-letters-alarm"];

const build = () => {
    const { functionArn } = new SharedFunction("check", {
        plan,
        keyArn: known.artifactKey,
        alarmTopics: [topic],
        terms,
        tags,
    });
    return { functionArn };
};

/** One that takes its messages from a queue, with a setting that only AWS can name. */
const listening = () => {
    const settings = { ...listener.settings, statuses: [{ connection: new Reference("connection:github") }] };
    const { queue } = new SharedFunction("notify", {
        plan: { ...listener, settings },
        keyArn: known.artifactKey,
        handles: fromNames({ "connection:github": "arn:of:the:connection" }),
        terms,
        tags,
    });
    return { queueArn: queue?.arn };
};

describe("SharedFunction", () => {
    it("registers exactly a function, its role, policy and log group, all under the component", async () => {
        assert.deepEqual(tree(await registered(build)), [
            "SharedFunction check",
            "  Queue check-dead-letters",
            "  MetricAlarm check-dead-letters-alarm < Queue check-dead-letters",
            // Not before the policy and the logs: its first answer needs both.
            "  Function check-function < LogGroup check-logs, Queue check-dead-letters, Role check-role, RolePolicy check-policy",
            "  LogGroup check-logs",
            "  RolePolicy check-policy < Role check-role",
            "  Role check-role",
        ]);
    });

    it("runs on a runtime that Lambda still mends", async () => {
        const { registrations } = await recorded(build);
        assert.equal(retiredRuntime(String(inputsOf(registrations, "Function").runtime)), undefined);
    });

    it("runs the bundle on the newest Node.js of Lambda, on ARM", async () => {
        const { registrations, outputs } = await recorded(build);
        const { code, ...rest } = inputsOf(registrations, "Function");
        assert.deepEqual(rest, {
            name: "shop--fleet--check",
            description: "Says whether a stage may be entered: no freeze, no alarm",
            role: "arn:aws:iam::111111111111:role/shop--fleet--check",
            runtime: "nodejs24.x",
            architectures: ["arm64"],
            handler: "index.handler",
            memorySize: 256,
            timeout: 60,
            loggingConfig: { logFormat: "JSON", logGroup: "/service-pipelines/shop/functions/check" },
            deadLetterConfig: { targetArn: "arn:aws:sqs:eu-west-1:111111111111:shop--fleet--check--dead-letters" },
            tags,
        });
        const text = bundled("check");
        const sha256 = createHash("sha256").update(text).digest("hex");
        assert.deepEqual(code, { assets: { "index.js": { bytes: Buffer.byteLength(text), sha256 } } });
        assert.deepEqual(outputs, {
            functionArn: "arn:aws:lambda:eu-west-1:111111111111:function:shop--fleet--check",
        });
    });

    it("keeps its logs for a while, under the stack's key", async () => {
        assert.deepEqual(inputsOf(await registered(build), "LogGroup"), {
            name: "/service-pipelines/shop/functions/check",
            retentionInDays: 30,
            kmsKeyId: known.artifactKey,
            tags,
        });
    });

    it("has a role for Lambda alone, with the statements of the plan and no more", async () => {
        const all = await registered(build);
        assert.deepEqual(inputsOf(all, "Role"), {
            name: "shop--fleet--check",
            description: "Says whether a stage may be entered: no freeze, no alarm",
            assumeRolePolicy: {
                Version: "2012-10-17",
                Statement: [
                    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
                ],
            },
            tags,
        });
        assert.deepEqual(inputsOf(all, "RolePolicy"), {
            name: "shop--fleet--check",
            role: "shop--fleet--check",
            policy: {
                Version: "2012-10-17",
                Statement: resolve(policyDocument(plan.role.statements), fromNames(known)).Statement,
            },
        });
    });

    it("leaves what it cannot handle for two weeks, and raises an alarm until somebody has looked", async () => {
        const all = await registered(build);
        const name = "shop--fleet--check--dead-letters";
        assert.deepEqual(inputsOf(all, "Queue"), {
            name,
            kmsMasterKeyId: known.artifactKey,
            messageRetentionSeconds: 1_209_600,
            tags,
        });
        assert.deepEqual(inputsOf(all, "MetricAlarm"), {
            name,
            alarmDescription: `The function shop--fleet--check could not handle something: see ${name}`,
            namespace: "AWS/SQS",
            metricName: "ApproximateNumberOfMessagesVisible",
            dimensions: { QueueName: name },
            statistic: "Maximum",
            period: 300,
            evaluationPeriods: 1,
            threshold: 0,
            comparisonOperator: "GreaterThanThreshold",
            treatMissingData: "notBreaching",
            alarmActions: [topic],
            okActions: [topic],
            tags,
        });
    });

    it("that listens registers a queue with its policy and a mapping beside", async () => {
        const all = await registered(listening);
        assert.deepEqual(
            tree(all).filter(line => !mine.some(one => line.includes(`notify-${one} `))),
            [
                "SharedFunction notify",
                "  Queue notify-dead-letters",
                "  Function notify-function < LogGroup notify-logs, Role notify-role, RolePolicy notify-policy",
                "  LogGroup notify-logs",
                "  EventSourceMapping notify-messages < Function notify-function, Queue notify-queue",
                "  RolePolicy notify-policy < Role notify-role",
                "  Queue notify-queue < Queue notify-dead-letters",
                "  QueuePolicy notify-queue-policy < Queue notify-queue",
                "  Role notify-role",
            ],
        );
        const name = "shop--fleet--notify";
        const arn = `arn:aws:sqs:eu-west-1:111111111111:${name}`;
        const url = `https://sqs.eu-west-1.amazonaws.com/111111111111/${name}`;
        assert.deepEqual(inputsOf(all, "Queue", "notify-queue"), {
            name,
            kmsMasterKeyId: known.artifactKey,
            visibilityTimeoutSeconds: 360,
            messageRetentionSeconds: 1_209_600,
            redrivePolicy: JSON.stringify({ deadLetterTargetArn: `${arn}--dead-letters`, maxReceiveCount: 100 }),
            tags,
        });
        assert.deepEqual(inputsOf(all, "QueuePolicy"), {
            queueUrl: url,
            policy: {
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "SendByRules",
                        Effect: "Allow",
                        Principal: { Service: "events.amazonaws.com" },
                        Action: ["sqs:SendMessage"],
                        Resource: [arn],
                        Condition: {
                            ArnLike: {
                                "aws:SourceArn": ["executions", "alarms", "tick"].map(
                                    rule => `arn:aws:events:eu-west-1:111111111111:rule/shop--fleet--${rule}`,
                                ),
                            },
                        },
                    },
                ],
            },
        });
        assert.deepEqual(inputsOf(all, "EventSourceMapping"), {
            eventSourceArn: arn,
            functionName: `arn:aws:lambda:eu-west-1:111111111111:function:${name}`,
            batchSize: 10,
            functionResponseTypes: ["ReportBatchItemFailures"],
            scalingConfig: { maximumConcurrency: 5 },
            tags,
        });
    });

    it("that listens has no second place for its dead letters, and its settings beside the code", async () => {
        const { registrations, outputs } = await recorded(listening);
        const { code, deadLetterConfig } = inputsOf(registrations, "Function");
        assert.equal(deadLetterConfig, undefined);
        assert.equal(outputs.queueArn, "arn:aws:sqs:eu-west-1:111111111111:shop--fleet--notify");
        const text = JSON.stringify({ ...listener.settings, statuses: [{ connection: "arn:of:the:connection" }] });
        assert.deepEqual(code.assets["settings.json"], {
            bytes: Buffer.byteLength(text),
            sha256: createHash("sha256").update(text).digest("hex"),
        });
    });

    it("previews the same resources as it deploys", () => assertPreviewedAsDeployed(build));

    it("fails without code", () =>
        assertFails(
            () => new SharedFunction("a", { plan: { ...plan, key: "none" }, keyArn: known.artifactKey, terms, tags }),
            /functions\/none/,
        ));

    it("fails beside another function of its name", () =>
        assertFails(() => [build(), build()], /duplicate URN .*SharedFunction::check: a child of the stack/));
});
