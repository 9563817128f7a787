import { createHash } from "node:crypto";
import { Blocks } from "../lib/seals/blocks";
import { envelopeOf } from "../lib/seals/envelope";
import { Pause, Refusal, Unsound } from "../lib/seals/errors";
import { sealKey, workKey, type Place } from "../lib/seals/names";
import { pinned, urlOf, type Pinned } from "../lib/seals/object";
import { partCount, partSize, partSum } from "../lib/seals/parts";
import { signed } from "../lib/seals/signing";
import { statementOf, type Revision, type SealedFile } from "../lib/seals/statement";
import type { Tools } from "../lib/seals/tools";
import type { Archive, Entry } from "../lib/seals/zip/archive";
import { sumOf } from "../lib/seals/zip/content";
import { entriesOf } from "../lib/seals/zip/directory";
import { endOf } from "../lib/seals/zip/end";
import { limits } from "../lib/seals/zip/limits";
import { refuseLinks } from "../lib/seals/zip/links";
import { refuseTags } from "./images";
import { keep, workOf, write, type Work } from "./work";

/** What is sealed. */
export interface ToSeal extends Place {
    readonly key: string;
    readonly revisions: readonly Revision[];
    /** Files of it that name images. */
    readonly images: readonly string[];
    /** When the action that has made it was over, where CodePipeline says so. */
    readonly made?: Date | undefined;
    /** Whether a run before has left work. */
    readonly goesOn: boolean;
}

/**
 * Seals an artifact as it is now, and says in words what it has sealed.
 *
 * @throws Pause when the time is over: what there is has been kept
 */
export async function sealed(what: ToSeal, tools: Tools): Promise<string> {
    const { s3, settings, clock } = tools;
    const { bucket, folder } = settings;
    const object = await pinned(s3, bucket, what.key);
    if (object.size > limits.object) {
        throw new Refusal(`expected at most ${limits.object} bytes, found ${object.size}. Build a smaller artifact`);
    }
    refuseLater(object, what.made);
    const kept = workKey(folder, what);
    const work: Work = what.goesOn ? await workOf(s3, kept, object) : { object, parts: [], files: [] };
    const before = work.parts.length + work.files.length;
    try {
        clock.check();
        const archive = new Blocks(s3, object, clock);
        const entries = await contents(archive);
        await refuseNamedTags(archive, entries, what.images);
        await sumParts(work, tools);
        const files = entries === undefined ? undefined : await sumFiles(archive, entries, work);
        const payload = statementOf({
            ...what,
            object,
            ...(work.sha256 !== undefined && { sha256: work.sha256 }),
            partSize,
            parts: work.parts,
            ...(files !== undefined && { files }),
            sealedAt: new Date().toISOString(),
        });
        const envelope = envelopeOf(await signed(tools.kms, settings.signingKey, payload), settings.signingKey);
        await write(s3, bucket, sealKey(folder, what), envelope);
        return files === undefined ? `${what.artifact} (one file)` : `${what.artifact} (${files.length} files)`;
    } catch (error) {
        if (error instanceof Pause) {
            if (what.goesOn && work.parts.length + work.files.length === before) {
                throw new Refusal("nothing could be read in the time of one run: a file in it may be too large");
            }
            await keep(s3, kept, work);
        }
        throw error instanceof Unsound ? refused(error, urlOf(object)) : error;
    }
}

/** Milliseconds in which clocks of AWS may differ. */
const skew = 5 * 60_000;

/** What was written after the action that has made it was over, somebody else has written. */
function refuseLater(object: Pinned, made: Date | undefined): void {
    if (made !== undefined && object.modified !== undefined && object.modified.getTime() > made.getTime() + skew) {
        throw new Refusal(
            `expected ${urlOf(object)} as it was when the action that has made it was over (${made.toISOString()}), found that it was written later ` +
                `(${object.modified.toISOString()}). Find out who writes there, and release the change again`,
        );
    }
}

const refused = (error: Unsound, at: string) =>
    new Refusal(`cannot be sealed: ${error.message}. Build it without, and release again (${at})`);

/** All that is in an archive, or nothing where it is none. */
async function contents(archive: Archive): Promise<readonly Entry[] | undefined> {
    const end = await endOf(archive);
    if (end === undefined) {
        return undefined;
    }
    const entries = await entriesOf(archive, end);
    await refuseLinks(archive, entries);
    return entries;
}

async function refuseNamedTags(
    archive: Archive,
    entries: readonly Entry[] | undefined,
    images: readonly string[],
): Promise<void> {
    if (images.length === 0) {
        return;
    }
    if (entries === undefined) {
        throw new Refusal(`expected a ZIP archive with ${images.join(", ")}, found another file`);
    }
    await refuseTags(archive, entries, images);
}

/** The sums of the parts that have none yet. One over all is made only where all are read in one run. */
async function sumParts(work: Work, { s3, clock }: Tools): Promise<void> {
    const count = partCount(work.object.size, partSize);
    if (work.parts.length === count && count > 0) {
        return;
    }
    const whole = work.parts.length === 0 ? createHash("sha256") : undefined;
    while (work.parts.length < count) {
        clock.check();
        const index = work.parts.length;
        work.parts.push(
            await partSum(s3, work.object, { index, size: partSize, clock }, chunk => whole?.update(chunk)),
        );
    }
    if (whole !== undefined) {
        work.sha256 = whole.digest("hex");
    }
}

async function sumFiles(archive: Archive, entries: readonly Entry[], work: Work): Promise<readonly SealedFile[]> {
    for (const entry of entries.slice(work.files.length)) {
        work.files.push(await sumOf(archive, entry));
    }
    return entries.flatMap(({ name, size, folder }, index) =>
        folder ? [] : [{ name, size, sha256: work.files[index] }],
    );
}
