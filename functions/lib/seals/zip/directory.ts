import { fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import { Unsound } from "../errors";
import { quoted, type Archive, type Entry } from "./archive";
import type { End } from "./end";
import { entryOf } from "./entry";
import { limits } from "./limits";
import { kept, refuseMixed } from "./name";

/** Lets yauzl read an archive; what goes wrong while it does is kept, as yauzl's own errors are of another sort. */
class Reader extends RandomAccessReader {
    failure: Error | undefined;

    constructor(private readonly archive: Archive) {
        super();
    }

    override read(
        buffer: Buffer,
        offset: number,
        length: number,
        position: number,
        callback: (error: Error | null) => void,
    ): void {
        if (position + length > this.archive.size) {
            callback(new Error("it is truncated"));
            return;
        }
        this.archive.read(position, position + length).then(
            bytes => {
                bytes.copy(buffer, offset);
                callback(null);
            },
            (error: unknown) => {
                this.failure = error as Error;
                callback(error as Error);
            },
        );
    }
}

/** Bytes of an entry in the directory, without its name, fields and comment. */
const fixedSize = 46;

/**
 * All files and folders of an archive, in the order in which they lie in it, if no two programs would unpack it in
 * different ways: one name is one file, and every byte belongs to one entry.
 *
 * Names that differ in large and small letters alone are let pass: they are different files where artifacts are built and
 * unpacked, and real repositories have them. Where they are one (Windows, macOS), the last one wins, which is as it was
 * built: the order is sealed as well.
 *
 * @throws Unsound
 */
export async function entriesOf(archive: Archive, end: End): Promise<readonly Entry[]> {
    const entries: Omit<Entry, "next">[] = [];
    let length = 0;
    let names = 0;
    for await (const read of readEntries(archive, end)) {
        length += fixedSize + read.fileNameLength + read.extraFieldLength + read.fileCommentLength;
        names += read.fileNameLength;
        if (names > limits.names || length > end.end - end.start) {
            throw new Unsound("its directory is larger than its end record says, or its names are too long");
        }
        entries.push(entryOf(read));
    }
    if (length !== end.end - end.start) {
        throw new Unsound("something is in its directory that is no entry");
    }
    refuseMixed(entries);
    refuseDoubles(entries);
    refuseBombs(entries);
    return inPlace(entries, end.start);
}

async function* readEntries(archive: Archive, end: End) {
    const reader = new Reader(archive);
    try {
        const zip = await fromRandomAccessReaderPromise(reader, archive.size, {
            decodeStrings: false,
            validateEntrySizes: true,
            autoClose: true,
        });
        if (zip.entryCount !== end.entries) {
            throw new Error("its end records say different things");
        }
        yield* zip.eachEntry();
    } catch (error) {
        if (error instanceof Unsound) {
            throw error;
        }
        throw reader.failure ?? new Unsound((error as Error).message.slice(0, 200));
    }
}

function refuseDoubles(entries: readonly Pick<Entry, "folder" | "name">[]): void {
    const kinds = new Map<string, Pick<Entry, "folder" | "name">>();
    for (const entry of entries) {
        const key = kept(entry.name);
        const other = kinds.get(key);
        if (other !== undefined) {
            throw new Unsound(`the name ${quoted(entry.name)} ${sameAs(entry.name, other.name)}`);
        }
        kinds.set(key, entry);
    }
    const parents = new Set<string>();
    for (const key of kinds.keys()) {
        for (let slash = key.lastIndexOf("/"); slash > 0; slash = key.lastIndexOf("/", slash - 1)) {
            const parent = key.slice(0, slash);
            if (parents.has(parent)) {
                break;
            }
            if (kinds.get(parent)?.folder === false) {
                throw new Unsound(`${quoted(parent)} is a file, and the folder of ${quoted(key)}`);
            }
            parents.add(parent);
        }
    }
}

function sameAs(name: string, other: string): string {
    if (name === other) {
        return "is there twice";
    }
    const where = name.normalize("NFC") === other.normalize("NFC") ? "in Unicode" : "on Windows";
    return `is the same as ${quoted(other)} ${where}`;
}

function refuseBombs(entries: readonly Pick<Entry, "name" | "packed" | "size">[]): void {
    const unpacked = entries.reduce((sum, { size }) => sum + size, 0);
    const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
    if (unpacked > limits.unpacked) {
        throw new Unsound(`expected at most ${limits.unpacked} bytes unpacked, found ${unpacked}`);
    }
    if (unpacked > limits.harmless && unpacked > limits.ratio * packed) {
        throw new Unsound(
            `expected at most ${limits.ratio} times its size unpacked, found ${packed} bytes that become ${unpacked}`,
        );
    }
}

/** `entries` one behind the other, from the first byte to the directory. */
function inPlace(entries: readonly Omit<Entry, "next">[], directory: number): readonly Entry[] {
    const sorted = [...entries].sort((one, other) => one.start - other.start);
    if ((sorted.at(0)?.start ?? directory) !== 0) {
        throw new Unsound("something is before its first entry");
    }
    return sorted.map((entry, index) => {
        const next = sorted.at(index + 1)?.start ?? directory;
        if (next <= entry.start || next > directory) {
            throw new Unsound(`${quoted(entry.name)} overlaps another entry, or the directory`);
        }
        return { ...entry, next };
    });
}
