import { Unsound } from "../../../functions/lib/seals/errors";
import type { Archive } from "../../../functions/lib/seals/zip/archive";
import { sumOf } from "../../../functions/lib/seals/zip/content";
import { entriesOf } from "../../../functions/lib/seals/zip/directory";
import { endOf } from "../../../functions/lib/seals/zip/end";
import { refuseLinks } from "../../../functions/lib/seals/zip/links";

/** An archive in memory, that comes in small chunks. */
export const archiveOf = (bytes: Buffer): Archive => ({
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
    async *chunks(start, end) {
        for (let at = start; at < end; at += 1000) {
            yield await Promise.resolve(bytes.subarray(at, Math.min(end, at + 1000)));
        }
    },
});

/** Why an archive is not sound; of one that is, what is in it. */
export const wrongIn = async (bytes: Buffer): Promise<string> => {
    const contents = await contentsOf(bytes);
    return typeof contents === "string" ? contents : JSON.stringify(contents ?? "no archive");
};

/** What is in an archive: the sums of its files by their names, folders with a slash; or why it is not sound. */
export async function contentsOf(bytes: Buffer): Promise<Readonly<Record<string, string>> | string | undefined> {
    const archive = archiveOf(bytes);
    try {
        const end = await endOf(archive);
        if (end === undefined) {
            return undefined;
        }
        const contents: Record<string, string> = {};
        const entries = await entriesOf(archive, end);
        await refuseLinks(archive, entries);
        for (const entry of entries) {
            contents[entry.name + (entry.folder ? "/" : "")] = await sumOf(archive, entry);
        }
        return contents;
    } catch (error) {
        if (error instanceof Unsound) {
            return error.message;
        }
        throw error;
    }
}
