import { crc32, deflateRawSync } from "node:zlib";

/** A file as a forger writes it: what is not given is right. */
export interface Forged {
    readonly name?: string | Buffer;
    /** In its own header, if it is another one there. */
    readonly localName?: string | Buffer;
    readonly data?: Buffer | string;
    readonly method?: number;
    readonly localMethod?: number;
    readonly flags?: number;
    readonly localFlags?: number;
    readonly crc?: number;
    readonly localCrc?: number;
    readonly size?: number;
    readonly localSize?: number;
    readonly packedSize?: number;
    readonly localPackedSize?: number;
    /** Instead of the packed data. */
    readonly packed?: Buffer;
    /** Unix mode, and attributes of MS-DOS. */
    readonly mode?: number;
    readonly attributes?: number;
    readonly extra?: Buffer;
    readonly localExtra?: Buffer;
    /** What lies behind the data: a descriptor, or something else. */
    readonly behind?: Buffer;
    /** Where the directory says that it begins. */
    readonly offset?: number;
    readonly comment?: Buffer;
}

/** What is forged around the files. */
export interface Around {
    readonly before?: Buffer;
    readonly beforeDirectory?: Buffer;
    readonly behindDirectory?: Buffer;
    readonly comment?: Buffer;
    readonly commentLength?: number;
    readonly entries?: number;
    readonly entriesHere?: number;
    readonly directorySize?: number;
    readonly directoryStart?: number;
    readonly disk?: number;
    readonly behind?: Buffer;
}

const u16 = (value: number) => Buffer.of(value & 0xff, (value >> 8) & 0xff);

const u32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return bytes;
};

export const u64 = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
};

/** A descriptor as most tools write it. */
export const descriptor = (crc: number, packed: number, size: number, { marked = true, long = false } = {}) =>
    Buffer.concat([
        ...(marked ? [u32(0x08074b50)] : []),
        u32(crc),
        ...(long ? [u64(packed), u64(size)] : [u32(packed), u32(size)]),
    ]);

/** An extra field. */
export const field = (id: number, data: Buffer) => Buffer.concat([u16(id), u16(data.length), data]);

/** A ZIP archive, byte by byte, as wrong as one likes. */
export function forge(files: readonly Forged[], around: Around = {}): Buffer {
    const parts: Buffer[] = [around.before ?? Buffer.alloc(0)];
    const directory: Buffer[] = [];
    let position = parts[0].length;
    for (const file of files) {
        const name = Buffer.from(file.name ?? "a.txt");
        const data = Buffer.from(file.data ?? "data");
        const { method = 0, flags = 0, extra = Buffer.alloc(0), comment = Buffer.alloc(0) } = file;
        const packed = file.packed ?? (method === 8 ? deflateRawSync(data) : data);
        const [crc, size, packedSize] = [
            file.crc ?? crc32(data),
            file.size ?? data.length,
            file.packedSize ?? packed.length,
        ];
        const localName = Buffer.from(file.localName ?? name);
        const localExtra = file.localExtra ?? Buffer.alloc(0);
        const local = Buffer.concat([
            u32(0x04034b50),
            u16(20),
            u16(file.localFlags ?? flags),
            u16(file.localMethod ?? method),
            u32(0),
            u32(file.localCrc ?? crc),
            u32(file.localPackedSize ?? packedSize),
            u32(file.localSize ?? size),
            u16(localName.length),
            u16(localExtra.length),
            localName,
            localExtra,
            packed,
            file.behind ?? Buffer.alloc(0),
        ]);
        directory.push(
            Buffer.concat([
                u32(0x02014b50),
                u16((3 << 8) | 20),
                u16(20),
                u16(flags),
                u16(method),
                u32(0),
                u32(crc),
                u32(packedSize),
                u32(size),
                u16(name.length),
                u16(extra.length),
                u16(comment.length),
                u16(0),
                u16(0),
                u32((file.mode ?? 0) * 0x10000 + (file.attributes ?? 0)),
                u32(file.offset ?? position),
                name,
                extra,
                comment,
            ]),
        );
        parts.push(local);
        position += local.length;
    }
    const between = around.beforeDirectory ?? Buffer.alloc(0);
    const whole = Buffer.concat(directory);
    const comment = around.comment ?? Buffer.alloc(0);
    return Buffer.concat([
        ...parts,
        between,
        whole,
        around.behindDirectory ?? Buffer.alloc(0),
        u32(0x06054b50),
        u16(around.disk ?? 0),
        u16(around.disk ?? 0),
        u16(around.entriesHere ?? around.entries ?? files.length),
        u16(around.entries ?? files.length),
        u32(around.directorySize ?? whole.length),
        u32(around.directoryStart ?? position + between.length),
        u16(around.commentLength ?? comment.length),
        comment,
        around.behind ?? Buffer.alloc(0),
    ]);
}

/** The end records of ZIP64 that belong between directory and end. */
export const end64 = (
    entries: number,
    size: number,
    start: number,
    { at = start + size, length = 44, disk = 0 } = {},
) =>
    Buffer.concat([
        u32(0x06064b50),
        u64(length),
        u16(45),
        u16(45),
        u32(disk),
        u32(disk),
        u64(entries),
        u64(entries),
        u64(size),
        u64(start),
        u32(0x07064b50),
        u32(0),
        u64(at),
        u32(1),
    ]);
