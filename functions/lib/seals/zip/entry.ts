import { parseExtraFields, type Entry as Read, type ExtraField } from "yauzl";
import { Unsound } from "../errors";
import { flag, method, quoted, zip64, type Entry } from "./archive";
import { nameOf } from "./name";

/** Flags that an entry may have; the others mean encryption, patches, or nothing yet. */
const known = flag.effort | flag.descriptor | flag.utf8;

/**
 * Extra fields from which some programs take a link (PKWARE Unix, ASi Unix, and Info-ZIP's of a local header, from which
 * libarchive takes the mode), or another name or encoding (PKWARE's language, ZipIt's two for Macintosh).
 */
const deceptive = [0x000d, 0x756e, 0x6c78, 0x0008, 0x2605, 0x2705];

/** Whether a header, of the directory or the entry's own, has a field by which the entry could be something else. */
export const isDeceptive = (fields: readonly ExtraField[]): boolean => fields.some(({ id }) => deceptive.includes(id));

const kinds = { mask: 0o170000, file: 0o100000, folder: 0o040000, link: 0o120000 } as const;

/** MS-DOS's attribute of a folder. */
const dosFolder = 0x10;

/**
 * An entry of the directory, with nothing in it that programs take in different ways.
 *
 * @param next - not known yet: see `entriesOf`
 * @throws Unsound
 */
export function entryOf(read: Read): Omit<Entry, "next"> {
    const { fileNameRaw: rawName, generalPurposeBitFlag: flags, compressionMethod, uncompressedSize: size } = read;
    const fields = parseExtraFields(read.extraFieldRaw);
    const full = nameOf(rawName, flags, fields);
    const folder = full.endsWith("/");
    const name = folder ? full.slice(0, -1) : full;
    const refuse = (why: string) => new Unsound(`${quoted(full)} ${why}`);
    if ((flags & flag.encrypted) !== 0) {
        throw refuse("is encrypted");
    }
    if ((flags & ~known) !== 0) {
        throw refuse(`has flags that are not known: 0x${(flags & ~known).toString(16)}`);
    }
    if (compressionMethod !== method.stored && compressionMethod !== method.deflated) {
        throw refuse(`is packed by a method other than "stored" and "deflated": ${compressionMethod}`);
    }
    const kind = (read.externalFileAttributes >>> 16) & kinds.mask;
    const link = kind === kinds.link;
    if (kind !== 0 && kind !== kinds.file && kind !== kinds.folder && !link) {
        throw refuse("is a special file (a device, a pipe, or a socket)");
    }
    if (link && folder) {
        throw refuse("is a symbolic link that is called like a folder");
    }
    const saysFolder = kind === kinds.folder || (read.externalFileAttributes & dosFolder) !== 0;
    if (folder ? kind === kinds.file : saysFolder) {
        throw refuse("is a file by its name and a folder by its attributes, or the other way round");
    }
    if (folder && size !== 0) {
        throw refuse("is a folder with data in it");
    }
    if (isDeceptive(fields)) {
        throw refuse("has a field that may make a link of it, or give it another name");
    }
    if (fields.filter(({ id }) => id === zip64).length > 1) {
        throw refuse("has its sizes twice");
    }
    return {
        name,
        folder,
        link,
        rawName,
        flags,
        method: compressionMethod,
        crc: read.crc32,
        packed: read.compressedSize,
        size,
        start: read.relativeOffsetOfLocalHeader,
    };
}
