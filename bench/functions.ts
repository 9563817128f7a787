import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { bundled } from "../components/bundle";

/** What a function is asked, and what AWS says to it. */
export interface Question {
    readonly settings?: object;
    /** The event of the `index`th call: no two are the same. */
    readonly event: (index: number) => unknown;
    /** By the name of the operation. */
    readonly answers: Readonly<Record<string, unknown>>;
}

/** A folder with the function as Lambda gets it. */
async function deployed<T>(name: string, settings: object, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "bench-"));
    try {
        writeFileSync(join(folder, "index.js"), bundled(name));
        writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
        return await work(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** Milliseconds of a new process until the function's code is loaded, the start of Node.js included: the median of five. */
export const coldStart = (name: string): Promise<number> =>
    deployed(name, {}, async cwd => {
        const times: number[] = [];
        for (let round = 0; round < 5; round++) {
            const start = performance.now();
            await promisify(execFile)(process.execPath, ["-e", 'require("./index.js")'], { cwd, env });
            times.push(performance.now() - start);
        }
        return times.sort((a, b) => a - b)[2];
    });

const env = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };

/** Calls the handler once for each line, and says how long it took. */
const caller = `
    const { handler } = require("./index.js");
    const answer = process.stdout.write.bind(process.stdout);
    process.stdout.write = () => true;
    console.log = console.error = () => undefined;
    require("node:readline").createInterface({ input: process.stdin }).on("line", async line => {
        const event = JSON.parse(line);
        const start = performance.now();
        let wrong = "";
        try {
            const result = await handler(event);
            wrong = (result?.batchItemFailures ?? []).length > 0 ? "it has failed" : "";
        } catch (error) {
            wrong = String(error);
        }
        answer(JSON.stringify({ time: performance.now() - start, wrong }) + "\\n");
    });`;

/** Milliseconds in which 95 of 100 events are handled, by a function that runs already, with AWS stubbed on this machine. */
export async function handling(name: string, { settings = {}, event, answers }: Question): Promise<number> {
    const server = aws(answers);
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
        return await deployed(
            name,
            JSON.parse(JSON.stringify(settings).replaceAll("ENDPOINT", endpoint)) as object,
            async cwd => {
                const child = spawn(process.execPath, ["-e", caller], {
                    cwd,
                    env: { ...env, AWS_ENDPOINT_URL: endpoint },
                });
                const times: number[] = [];
                let rest = "";
                let wake: () => void = () => undefined;
                child.stdout.on("data", (part: Buffer) => {
                    rest += part.toString();
                    wake();
                });
                for (let index = 0; index < 320; index++) {
                    child.stdin.write(`${JSON.stringify(event(index))}\n`);
                    while (!rest.includes("\n")) {
                        await new Promise<void>(resolve => (wake = resolve));
                    }
                    const { time, wrong } = JSON.parse(rest) as { time: number; wrong: string };
                    rest = "";
                    if (wrong !== "") {
                        throw new Error(`${name}: ${wrong}`);
                    }
                    // The first ones warm it up.
                    if (index >= 20) {
                        times.push(time);
                    }
                }
                child.kill();
                return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
            },
        );
    } finally {
        server.closeAllConnections();
        server.close();
    }
}

/** Answers for AWS by the last word of `x-amz-target`, and for every webhook. */
const aws = (answers: Question["answers"]): Server =>
    createServer((request, response) => {
        let body = "";
        request.on("data", (part: Buffer) => (body += part.toString()));
        request.on("end", () => {
            const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
            response.setHeader("content-type", "application/x-amz-json-1.0");
            response.end(JSON.stringify(operation === "SendMessage" ? receiptOf(body) : (answers[operation] ?? {})));
        });
    });

/** The SDK compares the hash of what has arrived. */
function receiptOf(body: string): object {
    const { MessageBody } = JSON.parse(body) as { readonly MessageBody: string };
    return { MessageId: "m", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") };
}
