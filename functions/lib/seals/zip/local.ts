import { parseExtraFields, type ExtraField } from "yauzl";
import { Unsound } from "../errors";
import { flag, quoted, zip64, type Archive, type Entry } from "./archive";
import { isDeceptive } from "./entry";
import { nameOf } from "./name";

const signature = { local: 0x04034b50, descriptor: 0x08074b50 } as const;

const headerSize = 30;
const full = 0xffffffff;

/**
 * Where the data of `entry` begin and end. Its own header has to say what the directory says, and nothing may lie between
 * its data and the next entry but the descriptor that its flags announce: programs that read from the front find the same.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.7, 4.3.9
 * @throws Unsound
 */
export async function dataOf(
    archive: Archive,
    entry: Entry,
): Promise<{ readonly start: number; readonly end: number }> {
    const refuse = (why: string) => new Unsound(`${quoted(entry.name)} ${why}`);
    if (entry.start + headerSize > entry.next) {
        throw refuse("overlaps another entry");
    }
    const header = await archive.read(entry.start, entry.start + headerSize);
    if (header.readUInt32LE(0) !== signature.local) {
        throw refuse("is not where the directory says");
    }
    const nameEnd = entry.start + headerSize + header.readUInt16LE(26);
    const start = nameEnd + header.readUInt16LE(28);
    const end = start + entry.packed;
    if (end > entry.next) {
        throw refuse("overlaps another entry");
    }
    const rest = await archive.read(entry.start + headerSize, start);
    const rawName = rest.subarray(0, nameEnd - entry.start - headerSize);
    const flags = header.readUInt16LE(6);
    if (!rawName.equals(entry.rawName)) {
        throw refuse("has another name in its own header than in the directory");
    }
    // How well it was deflated is not said by all.
    if (((flags ^ entry.flags) & ~flag.effort) !== 0 || header.readUInt16LE(8) !== entry.method) {
        throw refuse("has other flags, or another method, in its own header than in the directory");
    }
    const fields = fieldsOf(rest.subarray(rawName.length), refuse);
    nameOf(rawName, flags, fields);
    if (isDeceptive(fields)) {
        throw refuse("has a field in its own header that may make a link of it, or give it another name");
    }
    if (!agrees(header, fields, entry)) {
        throw refuse("has other sizes, or another sum, in its own header than in the directory");
    }
    const behind = await archive.read(end, Math.min(entry.next, end + 25));
    if (entry.next - end > 24 || !isFilled(behind, entry)) {
        throw refuse("is followed by something that is no entry");
    }
    return { start, end };
}

function fieldsOf(bytes: Buffer, refuse: (why: string) => Unsound): readonly ExtraField[] {
    try {
        return parseExtraFields(bytes);
    } catch {
        throw refuse("has malformed fields in its own header");
    }
}

/** Whether the local header says of sum and sizes what the directory says, or nothing where a descriptor follows. */
function agrees(header: Buffer, fields: readonly ExtraField[], entry: Entry): boolean {
    const crc = header.readUInt32LE(14);
    const [packed, size] = [header.readUInt32LE(18), header.readUInt32LE(22)];
    const large = fields.filter(({ id }) => id === zip64);
    if (large.length > 1) {
        return false;
    }
    const longer = large.at(0)?.data ?? Buffer.alloc(0);
    let at = 0;
    const whole = (short: number): number => {
        if (short !== full || at + 8 > longer.length) {
            return short;
        }
        at += 8;
        return Number(longer.readBigUInt64LE(at - 8));
    };
    // In this order they stand in the field.
    const [wholeSize, wholePacked] = [whole(size), whole(packed)];
    const late = (entry.flags & flag.descriptor) !== 0;
    const fits = (found: number, said: number) => found === said || (late && (found === 0 || found === full));
    return fits(crc, entry.crc) && fits(wholePacked, entry.packed) && fits(wholeSize, entry.size);
}

/** Whether `behind`, what follows the data, is the announced descriptor and nothing else: short or long, marked or not. */
function isFilled(behind: Buffer, { flags, crc, packed, size }: Entry): boolean {
    if ((flags & flag.descriptor) === 0) {
        return behind.length === 0;
    }
    const marked = behind.length === 16 || behind.length === 24;
    const long = behind.length >= 20;
    if (!marked && behind.length !== 12 && behind.length !== 20) {
        return false;
    }
    const sums = marked ? behind.subarray(4) : behind;
    const number = (at: number) => (long ? Number(sums.readBigUInt64LE(at)) : sums.readUInt32LE(at));
    return (
        (!marked || behind.readUInt32LE(0) === signature.descriptor) &&
        sums.readUInt32LE(0) === crc &&
        number(4) === packed &&
        number(long ? 12 : 8) === size
    );
}
