import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { mapOf } from "../lib/fields";
import { asked } from "../lib/seals/errors";
import { isSame, textAt, urlOf, type Pinned } from "../lib/seals/object";

/** What `seal` has so far of an object, in the order in which it reads: sums of parts, then sums of files. */
export interface Work {
    readonly object: Pinned;
    readonly parts: string[];
    /** Of the whole object; absent until its last part, and for ever where a run ended before. */
    sha256?: string;
    /** Sums of files, in the order of the archive. */
    readonly files: string[];
}

/** Bytes of work that are read: sums of all parts and files that an archive may have. */
const longest = 16 * 2 ** 20;

/** What there is of `object`, or nothing yet. Of another version nothing is taken over. */
export async function workOf(s3: S3Client, key: string, object: Pinned): Promise<Work> {
    const text = await textAt(s3, object.bucket, key, longest);
    const work = text === undefined ? undefined : readWork(text);
    return work !== undefined && isSame(work.object, object) ? work : { object, parts: [], files: [] };
}

function readWork(text: string): Work | undefined {
    try {
        const work = mapOf(JSON.parse(text));
        // Only this function writes there, and only so.
        return work !== undefined && Array.isArray(work.parts) && Array.isArray(work.files)
            ? (work as unknown as Work)
            : undefined;
    } catch {
        return undefined;
    }
}

export const keep = (s3: S3Client, key: string, work: Work): Promise<void> =>
    write(s3, work.object.bucket, key, JSON.stringify(work));

/** Writes a text below the folder of seals. */
export async function write(s3: S3Client, bucket: string, key: string, text: string): Promise<void> {
    const at = urlOf({ bucket, key });
    await asked(`write ${at}`, `s3:PutObject on ${at} and kms:GenerateDataKey`, () =>
        s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: "application/json" })),
    );
}
