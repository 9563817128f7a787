import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as commands from "@aws-sdk/client-dynamodb";
import { bundled } from "../../../components/bundle";
import type { Notice } from "../../../functions/notify/notice";
import { changed, sample } from "../fixtures/events";
import { says, Receiver, type Reply } from "../support/receiver";
import { MemoryTable } from "../support/table";
import { commitId, pipeline, settings } from "./support/world";

type Fields = Record<string, unknown>;

/** AWS on this machine: the table in memory, queues that take everything, and one pipeline. */
class Aws {
    readonly memory = new MemoryTable();
    readonly asked: (readonly [operation: string, input: Fields])[] = [];

    /** Whether queues take nothing. */
    refuses = false;

    readonly reply: Reply = (response, socket, request) => {
        const [service, operation] = String(request.headers["x-amz-target"]).split(".");
        const input = JSON.parse(request.body) as Fields;
        this.asked.push([operation, input]);
        this.answer(service, operation, input).then(
            answer => says(200, json, JSON.stringify(answer))(response, socket, request),
            ({ name, message, Item }: Error & Fields) =>
                says(400, json, JSON.stringify({ __type: `com.amazonaws#${name}`, message, Item }))(
                    response,
                    socket,
                    request,
                ),
        );
    };

    /** Inputs of all calls of `operation`. */
    inputs = (operation: string): Fields[] =>
        this.asked.flatMap(([asked, input]) => (asked === operation ? [input] : []));

    private async answer(service: string, operation: string, input: Fields): Promise<unknown> {
        if (service.startsWith("DynamoDB")) {
            const all = commands as unknown as Record<string, new (input: Fields) => never>;
            return this.memory.table().dynamodb.send(new all[`${operation}Command`](input));
        }
        if (operation === "SendMessage" && this.refuses) {
            throw Object.assign(new Error("no"), { name: "QueueDoesNotExist" });
        }
        if (operation === "SendMessage") {
            return {
                MD5OfMessageBody: createHash("md5").update(String(input.MessageBody)).digest("hex"),
                MessageId: "1",
            };
        }
        return answers[operation] ?? {};
    }
}

const json = { "content-type": "application/x-amz-json-1.1" };

const answers: Readonly<Record<string, unknown>> = {
    ListTagsForResource: { tags: [{ key: "service", value: "orders" }] },
    GetPipelineExecution: {
        pipelineExecution: { artifactRevisions: [{ name: "SourceArtifact", revisionId: commitId }] },
    },
    ListActionExecutions: {
        actionExecutionDetails: [
            {
                stageName: "prod",
                actionName: "deploy",
                status: "Failed",
                startTime: 1580496000,
                output: { executionResult: { errorDetails: { message: "The service did not get steady" } } },
            },
        ],
    },
};

const message = (messageId: string, body: unknown) => ({
    messageId,
    receiptHandle: messageId,
    body: JSON.stringify(body),
    attributes: { ApproximateReceiveCount: "1" },
});

describe("the bundle of notify", () => {
    let folder: string;
    let receiver: Receiver;
    let aws: Aws;
    let url: string;
    beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), "notify-"));
        writeFileSync(join(folder, "index.js"), bundled("notify"));
        aws = new Aws();
        receiver = new Receiver();
        receiver.replies = [aws.reply];
        url = await receiver.start();
        const here = {
            ...settings,
            queue: `${url}notify`,
            deadLetters: `${url}dead`,
            targets: { all: { type: "queue", url: `${url}all` } },
        };
        writeFileSync(join(folder, "settings.json"), JSON.stringify(here));
    });
    afterEach(async () => {
        rmSync(folder, { recursive: true });
        await receiver.stop();
    });

    /** What the function answers to messages, in a process of its own, and what it writes. */
    async function handled(...records: readonly object[]): Promise<{ answer: unknown; lines: string[] }> {
        const program = `require("./index.js").handler(${JSON.stringify({ Records: records })})
            .then(answer => console.log(JSON.stringify(answer)));`;
        const { stdout } = await promisify(execFile)(process.execPath, ["-e", program], {
            cwd: folder,
            env: {
                AWS_REGION: "eu-west-1",
                AWS_ACCESS_KEY_ID: "key",
                AWS_SECRET_ACCESS_KEY: "secret",
                AWS_ENDPOINT_URL: url,
            },
        });
        const lines = stdout.trim().split("\n");
        return { answer: JSON.parse(String(lines.at(-1))), lines: lines.slice(0, -1) };
    }

    /** Notices that the queue of the target has got. */
    const notices = () =>
        aws
            .inputs("SendMessage")
            .filter(({ QueueUrl }) => QueueUrl === `${url}all`)
            .map(({ MessageBody }) => JSON.parse(String(MessageBody)) as Notice);

    it("tells of what happened once, though it hears of it twice, and buries what it cannot read", async () => {
        const failure = changed("stage-failed", { pipeline, stage: "prod" });
        const { answer } = await handled(
            message("1", failure),
            message("2", { ...failure, detail: {} }),
            message("3", changed("alarm-metric", {})),
        );
        assert.deepEqual(answer, { batchItemFailures: [] });
        await handled(message("4", failure));
        assert.deepEqual(
            notices()
                .map(({ title, reason, happening }) => ({ title, reason, happening }))
                .sort((a, b) => (a.title < b.title ? -1 : 1)),
            [
                {
                    title: "The alarm ServerCpuTooHigh is raised",
                    reason: "Threshold Crossed: 1 out of the last 1 datapoints [99.50160229693434 (02/10/19 16:59:00)] was greater than the threshold (50.0) (minimum 1 datapoint for OK -> ALARM transition).",
                    happening: "alarm",
                },
                {
                    title: "orders 0123456 has failed in prod: deploy",
                    reason: "The service did not get steady",
                    happening: "failed",
                },
            ],
        );
        const [buried, ...rest] = aws.inputs("SendMessage").filter(({ QueueUrl }) => QueueUrl === `${url}dead`);
        assert.deepEqual(
            [rest, buried.MessageAttributes],
            [
                [],
                {
                    reason: {
                        DataType: "String",
                        StringValue: "Malformed: expected detail.pipeline: a text that is not empty, found none",
                    },
                },
            ],
        );
    });

    it("writes its metrics so that CloudWatch finds them", async () => {
        const { answer, lines } = await handled(message("1", sample("tick")));
        assert.deepEqual(answer, { batchItemFailures: [] });
        assert.deepEqual(
            lines.map(line => {
                const { _aws, ...fields } = JSON.parse(line) as Fields;
                return [fields, Object.keys(_aws as object)];
            }),
            ["test", "prod"].map(Environment => [
                { Environment, ApprovalsWaiting: 0, OldestApproval: 0 },
                ["Timestamp", "CloudWatchMetrics"],
            ]),
        );
    });

    it("has a message come again whose target does not take it, and then tells that one alone", async () => {
        const failure = message("1", changed("stage-failed", { pipeline, stage: "prod" }));
        aws.refuses = true;
        const { answer } = await handled(failure);
        assert.deepEqual(answer, { batchItemFailures: [{ itemIdentifier: "1" }] });
        const [{ QueueUrl, ReceiptHandle }] = aws.inputs("ChangeMessageVisibility");
        assert.deepEqual([QueueUrl, ReceiptHandle], [`${url}notify`, "1"]);
        aws.refuses = false;
        aws.asked.length = 0;
        await handled(failure);
        assert.equal(notices().length, 1);
    });

    it("is small", () => assert.ok(bundled("notify").length < 700_000, `${bundled("notify").length} characters`));
});
