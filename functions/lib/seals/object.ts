import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Clock } from "./clock";
import { asked, isAbsent, isDenied, Refusal, refusalOf, statusOf } from "./errors";

/** An object of S3 as it was found: all that is read of it afterwards is of this version, or nothing. */
export interface Pinned {
    readonly bucket: string;
    readonly key: string;
    /** Absent where the bucket keeps no versions: then the ETag alone says which bytes they are. */
    readonly version?: string;
    readonly etag: string;
    readonly size: number;
    /** When it was written; no part of what it is. */
    readonly modified?: Date;
}

export const urlOf = ({ bucket, key }: { readonly bucket: string; readonly key: string }): string =>
    `s3://${bucket}/${key}`;

export const isSame = (one: Pinned, other: Pinned): boolean =>
    one.bucket === other.bucket &&
    one.key === other.key &&
    one.version === other.version &&
    one.etag === other.etag &&
    one.size === other.size;

/** The current version of an object. */
export async function pinned(s3: S3Client, bucket: string, key: string): Promise<Pinned> {
    const at = urlOf({ bucket, key });
    const found = await asked(`look at ${at}`, `s3:GetObject on ${at}`, async () => {
        try {
            return await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        } catch (error) {
            throw isAbsent(error)
                ? new Refusal(`expected the artifact at ${at}, found nothing there. Release the change again`)
                : error;
        }
    });
    const { VersionId: version, ETag: etag, ContentLength: size, LastModified: modified } = found;
    if (etag === undefined || etag === "" || size === undefined) {
        throw new Refusal(`expected S3 to say the size and the ETag of ${at}, found neither. Retry the stage`);
    }
    return {
        bucket,
        key,
        ...(version !== undefined && { version }),
        etag,
        size,
        ...(modified !== undefined && { modified }),
    };
}

/** How often a read goes on where its connection has broken off. */
const tries = 4;

/**
 * The bytes of an object from `start` to before `end`, as they come: never more than a chunk is held here.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Range, VersionId, If-Match)
 */
export async function* bytesOf(
    s3: S3Client,
    object: Pinned,
    start: number,
    end: number,
    clock?: Clock,
): AsyncGenerator<Buffer> {
    let position = start;
    for (let round = 1; position < end; round++) {
        clock?.check();
        try {
            for await (const chunk of await opened(s3, object, position, end)) {
                clock?.check();
                position += chunk.length;
                if (position > end) {
                    throw new Refusal(`expected bytes ${start} to ${end} of ${urlOf(object)}, found more`);
                }
                yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
            }
        } catch (error) {
            if (!isBroken(error) || round === tries) {
                throw refused(error, object);
            }
        }
        if (round === tries && position < end) {
            throw new Refusal(`could not read ${urlOf(object)} to its end. Retry the stage`, "SystemUnavailable");
        }
    }
}

async function opened(s3: S3Client, object: Pinned, start: number, end: number): Promise<AsyncIterable<Uint8Array>> {
    const { Body } = await s3.send(
        new GetObjectCommand({
            Bucket: object.bucket,
            Key: object.key,
            VersionId: object.version,
            IfMatch: object.etag,
            Range: `bytes=${start}-${end - 1}`,
        }),
    );
    return Body as unknown as AsyncIterable<Uint8Array>;
}

/** Whether a connection has broken off: AWS has not said anything, so there is no status. */
const isBroken = (error: unknown): boolean =>
    error instanceof Error &&
    statusOf(error) === undefined &&
    ("code" in error || ["TimeoutError", "AbortError"].includes(error.name));

function refused(error: unknown, object: Pinned): unknown {
    // NoSuchVersion has the status of what is not there as well.
    if (statusOf(error) === 412 || isAbsent(error)) {
        return new Refusal(
            `${urlOf(object)} was replaced or deleted while it was read. Retry the stage, and find out who writes there`,
        );
    }
    const permission = object.version === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
    return refusalOf(error, `read ${urlOf(object)}`, `${permission} and kms:Decrypt`);
}

/**
 * The text of a small object, or nothing where there is none; S3 says of what is not there that it may not be read, when
 * the bucket may not be listed.
 *
 * @throws Refusal when it is longer than `longest` bytes
 */
export async function textAt(s3: S3Client, bucket: string, key: string, longest: number): Promise<string | undefined> {
    const at = urlOf({ bucket, key });
    return asked(`read ${at}`, `s3:GetObject on ${at} and kms:Decrypt`, async () => {
        const chunks: Uint8Array[] = [];
        let size = 0;
        try {
            const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
            const body = Body as unknown as AsyncIterable<Uint8Array>;
            if ((ContentLength ?? 0) > longest) {
                (Body as unknown as { destroy?: () => void }).destroy?.();
                throw tooLong(at, longest);
            }
            for await (const chunk of body) {
                size += chunk.length;
                if (size > longest) {
                    throw tooLong(at, longest);
                }
                chunks.push(chunk);
            }
        } catch (error) {
            if (isAbsent(error) || isDenied(error)) {
                return undefined;
            }
            throw error;
        }
        return Buffer.concat(chunks).toString("utf8");
    });
}

const tooLong = (at: string, longest: number) => new Refusal(`expected ${at} of at most ${longest} bytes, found more`);
