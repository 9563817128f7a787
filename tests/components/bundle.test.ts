import * as assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { bundled, bundleFile } from "../../components/bundle";
import { eventOf, jobId, question } from "../functions/support/job";

/** What AWS was asked: the operation, and the request. */
type Asked = readonly [string, Record<string, unknown>];

/** A server that answers for AWS by the last word of `x-amz-target`. */
function aws(answers: Readonly<Record<string, unknown>>, asked: Asked[]): Server {
    return createServer((request, response) => {
        let body = "";
        request.on("data", (part: Buffer) => (body += part.toString()));
        request.on("end", () => {
            const operation = String(request.headers["x-amz-target"]).split(".")[1];
            asked.push([operation, JSON.parse(body) as Record<string, unknown>]);
            response.setHeader("content-type", "application/x-amz-json-1.1");
            response.end(JSON.stringify(answers[operation] ?? {}));
        });
    });
}

describe("the bundle of the check", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "bundle-"));
        writeFileSync(join(folder, "index.js"), bundled("check"));
    });
    after(() => rmSync(folder, { recursive: true }));

    it("runs by itself, as Lambda loads it, and talks to AWS", async () => {
        const asked: Asked[] = [];
        const server = aws(
            {
                GetParameters: {
                    Parameters: [{ Name: "/f/prod", Value: "Black Friday", LastModifiedDate: 1795766400 }],
                },
                GetPipelineExecution: { pipelineExecution: { executionType: "STANDARD" } },
            },
            asked,
        );
        await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
        try {
            const event = JSON.stringify(eventOf(JSON.stringify({ ...question, alarms: [] })));
            const { stdout } = await promisify(execFile)(
                process.execPath,
                ["-e", `require("./index.js").handler(${event})`],
                {
                    cwd: folder,
                    env: {
                        AWS_REGION: "eu-west-1",
                        AWS_ACCESS_KEY_ID: "key",
                        AWS_SECRET_ACCESS_KEY: "secret",
                        AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
                    },
                },
            );
            const message =
                "not deployed to prod: prod is frozen since 2026-11-27T08:00Z: Black Friday. Retry the stage when this is over";
            assert.deepEqual(asked, [
                ["GetParameters", { Names: ["/f/prod", "/f/prod/orders"] }],
                ["GetPipelineExecution", { pipelineName: "shop--orders", pipelineExecutionId: question.execution }],
                ["PutJobFailureResult", { jobId, failureDetails: { type: "JobFailed", message } }],
            ]);
            assert.deepEqual(JSON.parse(stdout), {
                pipeline: "shop--orders",
                execution: question.execution,
                passes: false,
                message,
            });
        } finally {
            server.close();
        }
    });

    it("is small", () => assert.ok(bundled("check").length < 600_000, `${bundled("check").length} characters`));

    it("is the same text wherever it is made, so that `up` updates a function only for new code", () => {
        const program = `
            process.chdir(${JSON.stringify(folder)});
            const { bundled } = require(${JSON.stringify(join(__dirname, "../../components/bundle"))});
            process.stdout.write(require("node:crypto").createHash("sha256").update(bundled("check")).digest("hex"));`;
        const made = execFileSync(process.execPath, ["-r", "ts-node/register", "-e", program], {
            cwd: join(__dirname, "../.."),
        });
        assert.equal(made.toString(), createHash("sha256").update(bundled("check")).digest("hex"));
    });

    it("does not depend on the project's tsconfig.json, which would make it strict", () =>
        assert.ok(!bundled("check").includes('"use strict"')));

    it("is a file whose name has the hash of its text, from the folder that the process works in", () => {
        const file = bundleFile("check") ?? assert.fail();
        const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
        assert.equal(basename(file), `check-${sha256.slice(0, 16)}.js`);
        assert.equal(relative(process.cwd(), resolve(file)), file);
    });

    it("fails for a function that is not there", () => assert.throws(() => bundled("chek"), /functions\/chek/));
});
