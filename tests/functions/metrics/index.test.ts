import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundled } from "../../../components/bundle";
import { changed } from "../fixtures/events";
import { emfProblems } from "../support/emf-schema";
import { settings } from "./support/pipeline";

/** What AWS answers, by operation; times are in seconds. */
const answers = (now: number): Readonly<Record<string, unknown>> => ({
    GetPipelineExecution: {
        pipelineExecution: { status: "InProgress", executionType: "STANDARD", pipelineVersion: 1 },
    },
    ListActionExecutions: {
        actionExecutionDetails: [
            {
                actionExecutionId: "run",
                stageName: "Build",
                actionName: "build",
                startTime: now - 90,
                lastUpdateTime: now - 30,
                status: "Succeeded",
                input: { actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" } },
            },
        ],
    },
    // SQS says by its sum what it has taken: here, "{".
    SendMessage: { MessageId: "dead", MD5OfMessageBody: createHash("md5").update("{").digest("hex") },
    GetPipeline: {
        pipeline: { name: "shop--orders", roleArn: "", version: 1, stages: [{ name: "prod", actions: [] }] },
    },
});

describe("the bundle of metrics", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "metrics-"));
        writeFileSync(join(folder, "index.js"), bundled("metrics"));
    });
    after(() => rmSync(folder, { recursive: true }));

    it("is small", () => assert.ok(bundled("metrics").length < 1_000_000, `${bundled("metrics").length} characters`));

    it("takes a batch as Lambda hands it over: writes lines, and buries what it cannot read", async () => {
        const now = Math.floor(Date.now() / 1000);
        const asked: [string, Record<string, unknown>][] = [];
        const server = createServer((request, response) => {
            let body = "";
            request.on("data", (part: Buffer) => (body += part.toString()));
            request.on("end", () => {
                const operation = String(request.headers["x-amz-target"]).split(".")[1];
                asked.push([operation, JSON.parse(body) as Record<string, unknown>]);
                response.setHeader("content-type", "application/x-amz-json-1.0");
                response.end(JSON.stringify(answers(now)[operation] ?? {}));
            });
        });
        await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
        const { port } = server.address() as AddressInfo;
        const endpoint = `http://127.0.0.1:${port}`;
        try {
            // SQS is asked where its queue is.
            writeFileSync(
                join(folder, "settings.json"),
                JSON.stringify({
                    ...settings,
                    account: "111111111111",
                    region: "eu-west-1",
                    table: "shop--fleet--operations",
                    queue: `${endpoint}/111111111111/metrics`,
                    deadLetters: `${endpoint}/111111111111/dead`,
                }),
            );
            const detail = { pipeline: "shop--orders", stage: "Build", action: "build", "action-execution-id": "run" };
            const event = changed("action-succeeded", detail, { time: new Date((now - 30) * 1000).toISOString() });
            const record = (messageId: string, body: string) => ({ messageId, receiptHandle: messageId, body });
            const batch = { Records: [record("good", JSON.stringify(event)), record("bad", "{")] };
            const { stdout } = await promisify(execFile)(
                process.execPath,
                [
                    "-e",
                    `require("./index.js").handler(${JSON.stringify(batch)}).then(a => console.log(JSON.stringify(a)))`,
                ],
                {
                    cwd: folder,
                    env: {
                        AWS_REGION: "eu-west-1",
                        AWS_ACCESS_KEY_ID: "key",
                        AWS_SECRET_ACCESS_KEY: "secret",
                        AWS_ENDPOINT_URL: endpoint,
                    },
                },
            );
            const [line, answer] = stdout.trim().split("\n");
            assert.deepEqual(JSON.parse(answer), { batchItemFailures: [] });
            assert.deepEqual(emfProblems(line), []);
            assert.equal((JSON.parse(line) as { ActionDuration: number }).ActionDuration, 60);
            const [dead] = asked.filter(([operation]) => operation === "SendMessage");
            assert.deepEqual(dead[1].MessageAttributes, {
                reason: { DataType: "String", StringValue: "Malformed: expected a message in JSON" },
            });
            assert.deepEqual(
                asked.map(([operation]) => operation).filter(operation => operation !== "SendMessage"),
                ["GetPipelineExecution", "ListActionExecutions", "GetPipeline", "PutItem", "UpdateItem"],
            );
        } finally {
            server.close();
        }
    });
});
