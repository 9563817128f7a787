import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Aws } from "./aws";

/** What an operation is answered with by HTTP, bytes in Base64. */
const written = (answer: object) =>
    JSON.stringify(answer, (_, value: unknown) => {
        const bytes = value as { readonly type?: string; readonly data?: number[] } | null;
        return bytes?.type === "Buffer" ? Buffer.from(bytes.data ?? []).toString("base64") : value;
    });

/** `aws` behind a server on this machine, as AWS's own clients talk to it. */
export function served(aws: Aws): Server {
    return createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on("data", (chunk: Buffer) => chunks.push(chunk));
        request.on("end", () => {
            const body = Buffer.concat(chunks).toString();
            if (request.headers["x-amz-target"] === undefined) {
                ofS3(aws, request, response, body);
            } else {
                ofJson(aws, request, response, body);
            }
        });
    });
}

function ofJson(aws: Aws, request: IncomingMessage, response: ServerResponse, body: string): void {
    const operation = `${String(request.headers["x-amz-target"]).split(".")[1]}Command`;
    const bytes = new Set(["Message", "Signature"]);
    const input = JSON.parse(body, (key, value: unknown) =>
        bytes.has(key) && typeof value === "string" ? Buffer.from(value, "base64") : value,
    ) as object;
    response.setHeader("content-type", "application/x-amz-json-1.1");
    try {
        response.end(written(aws.answer(operation, input)));
    } catch (error) {
        response.statusCode = 400;
        response.end(JSON.stringify({ __type: (error as Error).name, message: (error as Error).message }));
    }
}

function ofS3(aws: Aws, request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = new URL(request.url ?? "", "http://localhost");
    const [, Bucket, ...key] = decodeURIComponent(url.pathname).split("/");
    const operation = { GET: "GetObjectCommand", HEAD: "HeadObjectCommand", PUT: "PutObjectCommand" }[
        request.method ?? ""
    ];
    try {
        const { Body, ContentLength, ETag, VersionId } = aws.answer(operation ?? "", {
            Bucket,
            Key: key.join("/"),
            Body: body,
            Range: request.headers.range,
            IfMatch: request.headers["if-match"],
            VersionId: url.searchParams.get("versionId") ?? undefined,
        }) as { Body?: AsyncIterable<Buffer>; ContentLength?: number; ETag?: string; VersionId?: string };
        response.statusCode = request.headers.range === undefined ? 200 : 206;
        Object.entries({ "content-length": ContentLength, etag: ETag, "x-amz-version-id": VersionId }).forEach(
            ([name, value]) => value !== undefined && response.setHeader(name, value),
        );
        if (Body === undefined) {
            response.end();
        } else {
            Readable.from(Body, { objectMode: false })
                .on("error", () => response.destroy())
                .pipe(response);
        }
    } catch (error) {
        const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
        response.statusCode = $metadata?.httpStatusCode ?? 500;
        response.end(request.method === "HEAD" ? "" : `<Error><Code>${name}</Code><Message>${name}</Message></Error>`);
    }
}
