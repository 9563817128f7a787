import { mapOf, type Fields } from "../fields";
import type { Place } from "./names";
import { urlOf, type Pinned } from "./object";
import { partCount, sumOfParts } from "./parts";

/** What kind of statement a seal is. It is a name, not a page: no host is called so. */
export const predicateType = "https://service-pipelines/seal/v1";

const statementType = "https://in-toto.io/Statement/v1";

/** Where a source came from. */
export interface Revision {
    readonly name: string;
    readonly id: string;
    readonly url?: string;
}

/** A file of a sealed archive. */
export interface SealedFile {
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
}

/** What a seal says, as far as it is compared. */
export interface Seal extends Place {
    readonly object: Pinned;
    readonly partSize: number;
    readonly parts: readonly string[];
    /** Absent where the artifact is no ZIP archive. */
    readonly files?: readonly SealedFile[];
}

/** All that a seal says. */
export interface Statement extends Seal {
    /** Of the whole object; absent where it took more than one run to read. */
    readonly sha256?: string;
    readonly revisions: readonly Revision[];
    readonly sealedAt: string;
}

/**
 * A seal as a statement of in-toto, in bytes.
 *
 * @see https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function statementOf(seal: Statement): Buffer {
    const { pipeline, execution, artifact, object, sha256, partSize, parts, files, revisions, sealedAt } = seal;
    const { bucket, key, version, etag, size } = object;
    return Buffer.from(
        JSON.stringify({
            _type: statementType,
            subject: [
                {
                    name: urlOf(object),
                    digest: sha256 === undefined ? { "sha256-of-parts": sumOfParts(parts) } : { sha256 },
                },
                ...(files ?? []).map(file => ({
                    name: file.name,
                    digest: { sha256: file.sha256 },
                    annotations: { size: file.size },
                })),
            ],
            predicateType,
            predicate: {
                pipeline,
                execution,
                artifact,
                archive: files !== undefined,
                bucket,
                key,
                ...(version !== undefined && { version }),
                etag,
                size,
                partSize,
                parts,
                revisions,
                sealedAt,
            },
        }),
    );
}

const isSum = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The seal that `payload` states, or nothing where it states something else. Its signature was looked at before. */
export function sealOf(payload: Buffer): Seal | undefined {
    let statement;
    try {
        statement = mapOf(JSON.parse(payload.toString("utf8")));
    } catch {
        return undefined;
    }
    const predicate = mapOf(statement?.predicate);
    if (statement?._type !== statementType || statement.predicateType !== predicateType || predicate === undefined) {
        return undefined;
    }
    const subjects: readonly unknown[] = Array.isArray(statement.subject) ? statement.subject : [];
    const files = subjects.slice(1).map(fileOf);
    return isPredicate(predicate) && files.every(file => file !== undefined) ? sealFrom(predicate, files) : undefined;
}

interface Predicate extends Place, Pinned {
    readonly archive: boolean;
    readonly partSize: number;
    readonly parts: readonly string[];
}

function sealFrom(predicate: Predicate, files: readonly SealedFile[]): Seal {
    const { pipeline, execution, artifact, bucket, key, version, etag, size, partSize, parts } = predicate;
    return {
        pipeline,
        execution,
        artifact,
        object: { bucket, key, ...(version !== undefined && { version }), etag, size },
        partSize,
        parts,
        ...(predicate.archive && { files }),
    };
}

function isPredicate(value: Fields): value is Fields & Predicate {
    const { pipeline, execution, artifact, archive, bucket, key, version, etag, size, partSize, parts, sealedAt } =
        value;
    return (
        [pipeline, execution, artifact, bucket, key, etag, sealedAt].every(isText) &&
        (version === undefined || isText(version)) &&
        typeof archive === "boolean" &&
        isSize(size) &&
        isSize(partSize) &&
        partSize > 0 &&
        Array.isArray(parts) &&
        parts.every(isSum) &&
        parts.length === partCount(size, partSize)
    );
}

function fileOf(value: unknown): SealedFile | undefined {
    const subject = mapOf(value);
    const { sha256 } = mapOf(subject?.digest) ?? {};
    const { size } = mapOf(subject?.annotations) ?? {};
    return isText(subject?.name) && isSum(sha256) && isSize(size) ? { name: subject.name, size, sha256 } : undefined;
}
