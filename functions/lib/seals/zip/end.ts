import { Unsound } from "../errors";
import type { Archive } from "./archive";
import { limits } from "./limits";

/** What the end of an archive says of its directory. */
export interface End {
    readonly entries: number;
    /** Where the directory begins, and where it is over. */
    readonly start: number;
    readonly end: number;
}

/** An end, and where the first of its records begins: there the directory has to be over. */
interface Located extends End {
    readonly stop: number;
}

const signature = { end: Buffer.from("PK\x05\x06", "latin1"), end64: 0x06064b50, locator: 0x07064b50 } as const;

/** Sizes of the records without a comment. */
const endSize = 22;
const locatorSize = 20;
const end64Size = 56;

/** Signatures of all records begin with these. */
const mark = Buffer.from("PK");

/**
 * What the end of an archive says, or nothing where it is no ZIP archive at all. Programs look for the end in different
 * ways: backwards for its signature, or where the comment fits. So there may be only one that it can be.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.14 to 4.3.16
 * @throws Unsound
 */
export async function endOf(archive: Archive): Promise<End | undefined> {
    const { size } = archive;
    const from = Math.max(0, size - endSize - 0xffff);
    const tail = await archive.read(from, size);
    const looksLikeZip = await beginsLikeZip(archive);
    if (!tail.includes(signature.end)) {
        if (looksLikeZip) {
            throw new Unsound("it begins as a ZIP archive and has no end: it is truncated, or something is behind it");
        }
        return undefined;
    }
    if (!looksLikeZip) {
        throw new Unsound("something is before its first entry, or it is another file with an archive inside");
    }
    const at = lastEnd(tail);
    const comment = tail.subarray(at + endSize);
    if (tail.readUInt16LE(at + 20) !== comment.length) {
        throw new Unsound("its comment is not as long as it says: it is truncated, or something is behind it");
    }
    const position = from + at;
    return checked(await directoryAt(archive, tail.subarray(at), position));
}

async function beginsLikeZip(archive: Archive): Promise<boolean> {
    if (archive.size < 4) {
        return false;
    }
    const start = await archive.read(0, 4);
    return (
        start.subarray(0, 2).equals(mark) &&
        [0x0403, 0x0605, 0x0201, 0x0606, 0x0807, 0x3030].includes(start.readUInt16LE(2))
    );
}

/** Where the end record begins: the only one of which nothing else can be an end. */
function lastEnd(tail: Buffer): number {
    const ends: number[] = [];
    for (let at = tail.indexOf(signature.end); at !== -1; at = tail.indexOf(signature.end, at + 1)) {
        ends.push(at);
    }
    // A file that lies near the end may hold an archive, stored as it is: it has no end that reaches the end of this one.
    const whole = ends.filter(at => at + endSize <= tail.length);
    const reaching = whole.filter(at => at + endSize + tail.readUInt16LE(at + 20) === tail.length);
    const last = whole.at(-1);
    if (last === undefined || ends.at(-1) !== last || reaching.length > 1) {
        throw new Unsound("more than one place can be its end: programs would find different files in it");
    }
    return last;
}

async function directoryAt(archive: Archive, record: Buffer, position: number): Promise<Located> {
    const disks = [record.readUInt16LE(4), record.readUInt16LE(6)];
    const [here, entries] = [record.readUInt16LE(8), record.readUInt16LE(10)];
    const [length, start] = [record.readUInt32LE(12), record.readUInt32LE(16)];
    const before = position - locatorSize;
    const locator = before >= 0 ? await archive.read(before, position) : undefined;
    if (locator?.readUInt32LE(0) !== signature.locator) {
        if (disks.some(disk => disk !== 0) || here !== entries) {
            throw new Unsound("it is one of several parts");
        }
        return { entries, start, end: start + length, stop: position };
    }
    const large = await end64At(archive, locator, before);
    const said: readonly [number, number, number][] = [
        [entries, large.entries, 0xffff],
        [length, large.end - large.start, 0xffffffff],
        [start, large.start, 0xffffffff],
    ];
    if (
        said.some(([short, long, full]) => short !== full && short !== long) ||
        disks.some(disk => ![0, 0xffff].includes(disk))
    ) {
        throw new Unsound("its two end records say different things");
    }
    return large;
}

async function end64At(archive: Archive, locator: Buffer, stop: number): Promise<Located> {
    const at = numberAt(locator, 8);
    // Further data may follow in it that nothing reads: honest tools write none.
    if (at !== stop - end64Size) {
        throw new Unsound("its ZIP64 end record is not where it says");
    }
    const record = await archive.read(at, stop);
    const [here, entries] = [numberAt(record, 24), numberAt(record, 32)];
    const whole =
        record.readUInt32LE(0) === signature.end64 &&
        numberAt(record, 4) === end64Size - 12 &&
        record.readUInt32LE(16) === 0 &&
        record.readUInt32LE(20) === 0 &&
        locator.readUInt32LE(4) === 0 &&
        locator.readUInt32LE(16) <= 1;
    if (!whole || here !== entries) {
        throw new Unsound("its ZIP64 end record is malformed, or it is one of several parts");
    }
    const start = numberAt(record, 48);
    return { entries, start, end: start + numberAt(record, 40), stop: at };
}

/** Larger than what is safe it is wrong anyhow. */
const numberAt = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

function checked({ entries, start, end, stop }: Located): End {
    if (end !== stop || start > end) {
        throw new Unsound("its directory does not end where its end record begins");
    }
    if (entries > limits.entries || end - start > limits.directory) {
        throw new Unsound(
            `expected at most ${limits.entries} files and folders, found ${entries} in a directory of ${end - start} bytes`,
        );
    }
    return { entries, start, end };
}
