import { createHash } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Clock } from "./clock";
import { bytesOf, type Pinned } from "./object";

/** Bytes of a part of which a seal has a sum: where a long read can go on. */
export const partSize = 64 * 1024 * 1024;

/** How many parts of `size` an object has; an empty one has none. */
export const partCount = (objectSize: number, size: number): number => Math.ceil(objectSize / size);

/** The SHA-256 sum of the `index`th part of an object. `also` sees its bytes. */
export async function partSum(
    s3: S3Client,
    object: Pinned,
    { index, size, clock }: { readonly index: number; readonly size: number; readonly clock: Clock },
    also?: (chunk: Buffer) => unknown,
): Promise<string> {
    const hash = createHash("sha256");
    const start = index * size;
    for await (const chunk of bytesOf(s3, object, start, Math.min(start + size, object.size), clock)) {
        hash.update(chunk);
        also?.(chunk);
    }
    return hash.digest("hex");
}

/** One sum over the sums of all parts. */
export const sumOfParts = (parts: readonly string[]): string =>
    createHash("sha256")
        .update(Buffer.from(parts.join(""), "hex"))
        .digest("hex");
