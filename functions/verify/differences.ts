import { Blocks } from "../lib/seals/blocks";
import { Pause, Refusal, Unsound } from "../lib/seals/errors";
import type { Pinned } from "../lib/seals/object";
import type { Seal, SealedFile } from "../lib/seals/statement";
import type { Tools } from "../lib/seals/tools";
import { quoted, type Archive, type Entry } from "../lib/seals/zip/archive";
import { sumOf } from "../lib/seals/zip/content";
import { entriesOf } from "../lib/seals/zip/directory";
import { endOf } from "../lib/seals/zip/end";

/** Most files that are named of a sort. */
const mostNames = 5;

/**
 * What is different in an artifact, in words. The answer is no already: what cannot be found out changes nothing in it. No
 * file is unpacked that says another size than the sealed one.
 */
export async function differences(object: Pinned, seal: Seal, { s3, clock }: Tools): Promise<string> {
    const size =
        object.size === seal.object.size ? "" : `${seal.object.size} bytes were sealed, found ${object.size}; `;
    if (seal.files === undefined) {
        return `${size}the file has changed`;
    }
    try {
        return size + (await inArchive(new Blocks(s3, object, clock), seal.files));
    } catch (error) {
        if (error instanceof Unsound) {
            return `${size}it can no longer be opened: ${error.message}`;
        }
        if (error instanceof Pause || error instanceof Refusal) {
            return `${size}which files have changed could not be found out: ${error.message}`;
        }
        throw error;
    }
}

async function inArchive(archive: Archive, sealed: readonly SealedFile[]): Promise<string> {
    const end = await endOf(archive);
    if (end === undefined) {
        return "it is no ZIP archive any more";
    }
    const found = new Map((await entriesOf(archive, end)).filter(({ folder }) => !folder).map(e => [e.name, e]));
    const known = new Set(sealed.map(({ name }) => name));
    const added = [...found.keys()].filter(name => !known.has(name));
    const removed = sealed.map(({ name }) => name).filter(name => !found.has(name));
    const { changed, all } = await changedIn(archive, sealed, found);
    const words = [listed("changed", changed), listed("added", added), listed("removed", removed)].filter(
        text => text !== undefined,
    );
    if (!all) {
        words.push("not all files could be looked at in time");
    }
    return words.length > 0
        ? words.join("; ")
        : "no file has changed, but what is around the files has (headers, folders, comments, or their order)";
}

async function changedIn(archive: Archive, sealed: readonly SealedFile[], found: ReadonlyMap<string, Entry>) {
    const changed: string[] = [];
    try {
        for (const { name, size, sha256 } of sealed) {
            const entry = found.get(name);
            if (entry !== undefined && (entry.size !== size || (await otherwise(archive, entry)) !== sha256)) {
                changed.push(name);
            }
        }
    } catch (error) {
        if (!(error instanceof Pause)) {
            throw error;
        }
        return { changed, all: false };
    }
    return { changed, all: true };
}

/** The sum of a file; one that cannot be unpacked has none. */
async function otherwise(archive: Archive, entry: Entry): Promise<string | undefined> {
    try {
        return await sumOf(archive, entry);
    } catch (error) {
        if (error instanceof Unsound) {
            return undefined;
        }
        throw error;
    }
}

function listed(what: string, names: readonly string[]): string | undefined {
    const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
    return names.length === 0 ? undefined : `${what}: ${names.slice(0, mostNames).map(quoted).join(", ")}${more}`;
}
