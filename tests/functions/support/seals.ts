import * as assert from "node:assert/strict";
import type { FailureDetails } from "@aws-sdk/client-codepipeline";
import { ZipFile } from "yazl";
import { handle as seal } from "../../../functions/seal/handle";
import { run } from "../../../functions/lib/seals/run";
import { handle as verify } from "../../../functions/verify/handle";
import { Aws, settings } from "./aws";
import type { Content } from "./bucket";

/** Marks what must never be printed. */
export const credential = "6CGtmAa3lzWtV7a";

export const jobId = "c0d76431-b0e7-4a5b-97e3-e8ee786eb6f6";

/** The id of the `index`th execution. */
export const executionId = (index: number) => `${String(index).padStart(8, "0")}-1111-4111-8111-111111111111`;

/** An artifact as an event names it. */
export interface Input {
    readonly name: string;
    readonly key: string;
    readonly bucket?: string;
}

/** What an event is made of. */
export interface Asked {
    readonly pipeline?: string;
    readonly execution?: string;
    readonly action?: string;
    readonly stage?: string;
    readonly artifacts?: readonly Input[];
    readonly images?: unknown;
    readonly token?: string;
    /** Instead of all parameters. */
    readonly parameters?: unknown;
}

const answers: { readonly seal: typeof seal; readonly verify: typeof verify } = { seal, verify };

/**
 * An event of CodePipeline as AWS documents it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export function eventOf(which: "seal" | "verify", asked: Asked) {
    const { pipeline = "shop--orders", execution = executionId(1), stage = "Build", images, token } = asked;
    const { action = which, artifacts = [], parameters } = asked;
    const text = parameters ?? { pipeline, execution, stage, action, ...(images !== undefined && { images }) };
    return {
        "CodePipeline.job": {
            id: jobId,
            accountId: "111111111111",
            data: {
                actionConfiguration: {
                    configuration: {
                        FunctionName: which,
                        UserParameters: typeof text === "string" ? text : JSON.stringify(text),
                    },
                },
                inputArtifacts: artifacts.map(({ name, key, bucket = settings.bucket }) => ({
                    name,
                    revision: null,
                    location: { type: "S3", s3Location: { bucketName: bucket, objectKey: key } },
                })),
                outputArtifacts: [],
                artifactCredentials: {
                    accessKeyId: `ASIA${credential}`,
                    secretAccessKey: credential,
                    sessionToken: `session${credential}`,
                    expirationTime: 1575493418000,
                },
                encryptionKey: { type: "KMS", id: `key${credential}` },
                ...(token !== undefined && { continuationToken: token }),
            },
        },
    };
}

/** What a job was answered. */
export interface Answer {
    readonly verdict: "no" | "on" | "yes";
    readonly message: string;
    readonly token?: string;
    readonly type?: string;
}

const plenty = { getRemainingTimeInMillis: () => 900_000 };

/** Lets a function run once, and gives its one answer; nothing of the event's credentials may be in it or in the log. */
export async function once(aws: Aws, which: "seal" | "verify", event: unknown, context = plenty): Promise<Answer> {
    const before = aws.calls.length;
    const { log } = console;
    const lines: string[] = [];
    console.log = (line: string) => void lines.push(line);
    try {
        await run(event, context, aws.tools, answers[which]);
    } finally {
        console.log = log;
    }
    const given = aws.calls.slice(before).filter(({ operation }) => operation.startsWith("PutJob"));
    assert.equal(given.length, 1, "one answer");
    assert.ok(!JSON.stringify([lines, given]).includes(credential), "no credential");
    assert.equal(lines.length, 1);
    const { input } = given[0];
    const failed = input.failureDetails as FailureDetails | undefined;
    const { summary } = (input.executionDetails ?? {}) as { readonly summary?: string };
    const message = failed?.message ?? summary ?? "";
    assert.ok(message !== "" && message.length <= 1500, "a message of a length that CodePipeline takes");
    if (failed !== undefined) {
        return { verdict: "no", message, type: failed.type };
    }
    const token = input.continuationToken as string | undefined;
    assert.ok((token ?? "").length <= 2048, "a token of a length that CodePipeline takes");
    return token === undefined ? { verdict: "yes", message } : { verdict: "on", message, token };
}

/** Lets a function run until it has a definite answer. */
export async function answered(aws: Aws, which: "seal" | "verify", asked: Asked, context = plenty): Promise<Answer> {
    let token: string | undefined = asked.token;
    for (let round = 0; round < 100; round++) {
        const answer = await once(
            aws,
            which,
            eventOf(which, { ...asked, ...(token !== undefined && { token }) }),
            context,
        );
        if (answer.verdict !== "on") {
            return answer;
        }
        token = answer.token;
    }
    throw new Error("expected an end");
}

/** An execution, in which a build has made `artifacts` and an action asks for seals. */
export function built(
    aws: Aws,
    artifacts: Readonly<Record<string, Buffer | Content | string>>,
    { pipeline = "shop--orders", execution = executionId(1), rollbackOf = "" } = {},
): readonly Input[] {
    aws.executions.set(execution, {
        pipelineName: pipeline,
        pipelineExecutionId: execution,
        executionType: rollbackOf === "" ? "STANDARD" : "ROLLBACK",
        ...(rollbackOf !== "" && { rollbackMetadata: { rollbackTargetPipelineExecutionId: rollbackOf } }),
        artifactRevisions: [{ name: "source", revisionId: "f00d", revisionUrl: "https://example.com/f00d" }],
    });
    const made = Object.entries(artifacts).map(([name, content]) => {
        const key = `${pipeline}/${name}/${execution.slice(0, 8)}`;
        aws.bucket.put(key, content);
        return { name, key };
    });
    aws.actions.push(
        { pipelineExecutionId: execution, stageName: "Build", actionName: "seal", status: "InProgress" },
        {
            pipelineExecutionId: execution,
            stageName: "Build",
            actionName: "build",
            status: "Succeeded",
            output: {
                outputArtifacts: made.map(({ name, key }) => ({ name, s3location: { bucket: settings.bucket, key } })),
            },
        },
    );
    return made;
}

/** A ZIP archive of `files`. */
export async function zip(files: Readonly<Record<string, Buffer | string>>, compress = true): Promise<Buffer> {
    const archive = new ZipFile();
    for (const [name, content] of Object.entries(files)) {
        if (name.endsWith("/")) {
            archive.addEmptyDirectory(name);
        } else {
            archive.addBuffer(Buffer.from(content), name, { compress, mtime: new Date("2026-11-25T00:00:00Z") });
        }
    }
    archive.end();
    const chunks: Buffer[] = [];
    for await (const chunk of archive.outputStream) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
}
