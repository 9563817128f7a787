import type { S3Client } from "@aws-sdk/client-s3";
import type { Clock } from "./clock";
import { bytesOf, type Pinned } from "./object";
import type { Archive } from "./zip/archive";

/** Bytes that are fetched at once: few requests for many small files, and little memory. */
export const blockSize = 4 * 1024 * 1024;

/**
 * An object of S3 that is read here and there. It holds three blocks at most, one of them ahead of who reads: small files
 * that lie side by side cost no request each.
 */
export class Blocks implements Archive {
    private readonly held = new Map<number, Promise<Buffer>>();

    constructor(
        private readonly s3: S3Client,
        private readonly object: Pinned,
        private readonly clock: Clock,
    ) {}

    get size(): number {
        return this.object.size;
    }

    async *chunks(start: number, end: number): AsyncGenerator<Buffer> {
        for (let position = start; position < end;) {
            this.clock.check();
            const index = Math.floor(position / blockSize);
            const block = await this.block(index, end);
            const from = position - index * blockSize;
            const chunk = block.subarray(from, Math.min(block.length, from + end - position));
            yield chunk;
            position += chunk.length;
        }
    }

    async read(start: number, end: number): Promise<Buffer> {
        const parts: Buffer[] = [];
        for await (const chunk of this.chunks(start, end)) {
            parts.push(chunk);
        }
        return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    }

    private block(index: number, end: number): Promise<Buffer> {
        const block = this.fetched(index);
        const next = index + 1;
        // Only what is going to be read: a look at the end of the archive fetches nothing else.
        if (next * blockSize < end) {
            void this.fetched(next);
        }
        return block;
    }

    private fetched(index: number): Promise<Buffer> {
        const block = this.held.get(index) ?? this.fetch(index);
        // The one that was used last is the last to go.
        this.held.delete(index);
        this.held.set(index, block);
        for (const old of [...this.held.keys()].slice(0, -3)) {
            this.held.delete(old);
        }
        return block;
    }

    private fetch(index: number): Promise<Buffer> {
        const start = index * blockSize;
        const end = Math.min(start + blockSize, this.size);
        const block = filled(bytesOf(this.s3, this.object, start, end), end - start);
        // Whoever waits for it gets the error; one that was fetched ahead and is not needed must not end the process.
        block.catch(() => this.held.delete(index));
        return block;
    }
}

async function filled(chunks: AsyncIterable<Buffer>, size: number): Promise<Buffer> {
    const block = Buffer.allocUnsafe(size);
    let position = 0;
    for await (const chunk of chunks) {
        position += chunk.copy(block, position);
    }
    return block;
}
