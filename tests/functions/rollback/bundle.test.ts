import * as assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundled } from "../../../components/bundle";
import type { RollbackSettings } from "../../../functions/rollback/settings";
import { risen } from "./support/pipeline";

type Asked = readonly [operation: string, request: Record<string, unknown>];

describe("the bundle of rollback", () => {
    let folder: string;
    const asked: Asked[] = [];
    const server = createServer((request, response) => {
        let body = "";
        request.on("data", (part: Buffer) => (body += part.toString()));
        request.on("end", () => {
            const operation = String(request.headers["x-amz-target"]).split(".")[1];
            const words = JSON.parse(body) as Record<string, unknown>;
            asked.push([operation, words]);
            const md5 = createHash("md5").update(String(words.MessageBody)).digest("hex");
            response.setHeader("content-type", "application/x-amz-json-1.0");
            response.end(JSON.stringify(operation === "SendMessage" ? { MessageId: "m", MD5OfMessageBody: md5 } : {}));
        });
    });
    before(async () => {
        await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const settings: RollbackSettings = {
            account: "111111111111",
            region: "eu-west-1",
            prefix: "shop",
            table: "shop--fleet--operations",
            queue: `${url}/rollback`,
            deadLetters: `${url}/dead-letters`,
            notifyQueue: `${url}/notify`,
            environments: [{ name: "prod", stage: "prod", approvalStage: "Approve-prod" }],
        };
        folder = mkdtempSync(join(tmpdir(), "rollback-"));
        writeFileSync(join(folder, "index.js"), bundled("rollback"));
        writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
    });
    after(() => {
        server.close();
        rmSync(folder, { recursive: true });
    });

    /** What the function answers to messages with these bodies, as Lambda calls it. */
    async function answered(...bodies: readonly string[]): Promise<unknown> {
        asked.length = 0;
        const event = { Records: bodies.map((body, index) => ({ messageId: `m${index}`, receiptHandle: "r", body })) };
        const program = `require("./index.js").handler(${JSON.stringify(event)}).then(answer => require("node:fs").writeFileSync("answer.json", JSON.stringify(answer)))`;
        await promisify(execFile)(process.execPath, ["-e", program], {
            cwd: folder,
            env: {
                AWS_REGION: "eu-west-1",
                AWS_ACCESS_KEY_ID: "key",
                AWS_SECRET_ACCESS_KEY: "secret",
                AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            },
        });
        return JSON.parse(readFileSync(join(folder, "answer.json"), "utf8"));
    }

    const longAgo = { ...risen().event, time: "2001-01-01T00:00:00Z" };

    const sent = () => asked.filter(([operation]) => operation === "SendMessage").map(([, request]) => request);

    it("runs by itself, as Lambda loads it, and tells notify why an old alarm rolls nothing back", async () => {
        assert.deepEqual(await answered(JSON.stringify({ ...risen(), event: longAgo })), { batchItemFailures: [] });
        assert.deepEqual(
            asked.map(([operation]) => operation),
            ["PutItem", "Query", "SendMessage", "UpdateItem"],
        );
        const [{ QueueUrl, MessageBody }] = sent();
        assert.match(String(QueueUrl), /\/notify$/);
        const { detail } = JSON.parse(String(MessageBody)) as { detail: Record<string, unknown> };
        assert.deepEqual([detail.pipeline, detail.stage, detail.refusal], ["shop--orders", "prod", "late"]);
    });

    it("fails for a malformed message alone: it goes to the dead letters with its reason", async () => {
        const answer = await answered("{", JSON.stringify(risen({ state: { value: "OK" } })));
        assert.deepEqual(answer, { batchItemFailures: [] });
        const [{ QueueUrl, MessageBody, MessageAttributes }] = sent();
        assert.match(String(QueueUrl), /\/dead-letters$/);
        assert.equal(MessageBody, "{");
        assert.match(JSON.stringify(MessageAttributes), /Malformed: expected a message in JSON/);
        assert.equal(asked.length, 1);
    });

    it("is small", () => assert.ok(bundled("rollback").length < 600_000, `${bundled("rollback").length} characters`));
});
