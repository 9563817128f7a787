import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import { Unsound } from "../errors";
import { method, quoted, type Archive, type Entry } from "./archive";
import { dataOf } from "./local";

/**
 * A small file of an archive, unpacked: whoever asks has looked at its size.
 *
 * @throws Unsound where it is not what the archive says of it
 */
export async function contentOf(archive: Archive, entry: Entry): Promise<Buffer> {
    const chunks: Buffer[] = [];
    await sumOf(archive, entry, chunk => chunks.push(Buffer.from(chunk)));
    return Buffer.concat(chunks);
}

/**
 * The SHA-256 sum of a file of an archive, unpacked. `also` sees its bytes. Nothing is unpacked beyond the size that the
 * directory says.
 *
 * @throws Unsound where it is not what the archive says of it
 */
export async function sumOf(archive: Archive, entry: Entry, also?: (chunk: Buffer) => unknown): Promise<string> {
    const data = await dataOf(archive, entry);
    const hash = createHash("sha256");
    let size = 0;
    let crc = 0;
    for await (const chunk of unpacked(archive, entry, data)) {
        size += chunk.length;
        if (size > entry.size) {
            break;
        }
        crc = crc32(chunk, crc);
        hash.update(chunk);
        also?.(chunk);
    }
    if (size !== entry.size) {
        const found = size > entry.size ? "more" : String(size);
        throw new Unsound(`${quoted(entry.name)} was to be ${entry.size} bytes unpacked, and is ${found}`);
    }
    if (crc !== entry.crc) {
        throw new Unsound(`${quoted(entry.name)} has another CRC-32 sum than the archive says`);
    }
    return hash.digest("hex");
}

async function* unpacked(
    archive: Archive,
    entry: Entry,
    { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<Buffer> {
    if (entry.method === method.stored) {
        yield* archive.chunks(start, end);
        return;
    }
    const inflate = createInflateRaw();
    const feeding = pipeline(Readable.from(archive.chunks(start, end)), inflate);
    // What goes wrong comes out of the other end.
    feeding.catch(() => undefined);
    try {
        for await (const chunk of inflate) {
            yield chunk as Buffer;
        }
    } catch (error) {
        throw isOfZlib(error) ? new Unsound(`${quoted(entry.name)} cannot be unpacked: ${error.message}`) : error;
    }
    if (inflate.bytesWritten !== entry.packed) {
        throw new Unsound(`${quoted(entry.name)} has something behind its packed data`);
    }
}

const isOfZlib = (error: unknown): error is Error =>
    error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
