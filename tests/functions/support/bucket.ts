import { createHash } from "node:crypto";

/** Bytes of an object: in memory, or made as they are asked for. */
export interface Content {
    readonly size: number;
    chunks(start: number, end: number): Iterable<Buffer>;
}

export const contentOf = (bytes: Buffer): Content => ({
    size: bytes.length,
    *chunks(start, end) {
        for (let at = start; at < end; at += 64 * 1024) {
            yield bytes.subarray(at, Math.min(end, at + 64 * 1024));
        }
    },
});

interface Version {
    readonly id?: string;
    readonly etag: string;
    readonly content: Content;
}

/** An error as the SDK throws it. */
export const failure = (name: string, status: number) =>
    Object.assign(new Error(`${name} of the test`), { name, $metadata: { httpStatusCode: status } });

interface Asked {
    readonly Bucket: string;
    readonly Key: string;
    readonly VersionId?: string;
    readonly IfMatch?: string;
    readonly Range?: string;
    readonly Body?: string;
}

/** A bucket of S3 in memory, with versions or without, that answers commands as S3 does. */
export class Bucket {
    private readonly objects = new Map<string, Version[]>();
    private count = 0;

    /** Bytes of the longest range that was asked for. */
    longestRange = 0;

    /** When objects were written, as S3 says; nothing where it says nothing. */
    modified: Date | undefined;

    /** Called before an object is read. */
    beforeRead: (key: string) => void = () => undefined;

    /** Chunks of a body after which its connection breaks off, once for each number. */
    readonly breaks: number[] = [];

    constructor(
        readonly name: string,
        readonly versioned = true,
    ) {}

    put(key: string, content: Buffer | Content | string): void {
        const made = typeof content === "string" ? Buffer.from(content) : content;
        const bytes = Buffer.isBuffer(made) ? contentOf(made) : made;
        const etag = Buffer.isBuffer(made) ? createHash("md5").update(made).digest("hex") : `virtual-${++this.count}`;
        const version = { ...(this.versioned && { id: `v${++this.count}` }), etag: `"${etag}"`, content: bytes };
        this.objects.set(key, this.versioned ? [...(this.objects.get(key) ?? []), version] : [version]);
    }

    delete(key: string): void {
        this.objects.delete(key);
    }

    get keys(): readonly string[] {
        return [...this.objects.keys()];
    }

    read(key: string): Buffer {
        const content = this.objects.get(key)?.at(-1)?.content;
        if (content === undefined) {
            throw new Error(`expected an object at ${key}`);
        }
        return Buffer.concat([...content.chunks(0, content.size)]);
    }

    answer(operation: string, asked: Asked): object {
        if (asked.Bucket !== this.name) {
            throw failure("AccessDenied", 403);
        }
        if (operation === "PutObjectCommand") {
            this.put(asked.Key, asked.Body ?? "");
            return {};
        }
        this.beforeRead(asked.Key);
        const versions = this.objects.get(asked.Key) ?? [];
        const version =
            asked.VersionId === undefined ? versions.at(-1) : versions.find(({ id }) => id === asked.VersionId);
        if (version === undefined) {
            throw failure(operation === "HeadObjectCommand" ? "NotFound" : "NoSuchKey", 404);
        }
        const { content, etag, id } = version;
        if (asked.IfMatch !== undefined && asked.IfMatch !== etag) {
            throw failure("PreconditionFailed", 412);
        }
        const about = { ...(id !== undefined && { VersionId: id }), ETag: etag };
        if (operation === "HeadObjectCommand") {
            const written = this.modified !== undefined && { LastModified: this.modified };
            return { ...about, ContentLength: content.size, ...written };
        }
        const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(asked.Range ?? `bytes=0-${content.size - 1}`) ?? [];
        const [start, end] = [Number(first), Math.min(Number(last) + 1, content.size)];
        if (asked.Range !== undefined) {
            this.longestRange = Math.max(this.longestRange, end - start);
        }
        return { ...about, ContentLength: end - start, Body: this.body(content, start, end) };
    }

    private async *body(content: Content, start: number, end: number) {
        const limit = this.breaks.shift();
        let sent = 0;
        for (const chunk of content.chunks(start, Math.max(start, end))) {
            if (sent++ === limit) {
                throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
            }
            yield chunk;
            await Promise.resolve();
        }
    }
}
