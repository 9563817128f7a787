import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mapOf } from "../lib/fields";
import type { Question } from "../lib/seals/job";
import type { Pinned } from "../lib/seals/object";

/** How far `verify` has come. */
export interface Progress {
    /** Index of the artifact that is next, and how many of its parts are right. */
    readonly artifact: number;
    readonly parts: number;
    readonly runs: number;
    /** Of each artifact that was looked at, in order: which version of it. */
    readonly marks: readonly string[];
}

export const beginning: Progress = { artifact: 0, parts: 0, runs: 0, marks: [] };

/**
 * A secret of this process, that nobody else has. A token says what need not be looked at again, so it is believed only
 * by the process that has written it. Lambda keeps that while an action goes on; in another one everything is read again,
 * which is slow, but never wrong.
 */
const secret = randomBytes(32);

/** What `pinned` is, in a few characters. */
export const markOf = ({ bucket, key, version, etag, size }: Pinned): string =>
    createHash("sha256")
        .update(JSON.stringify([bucket, key, version ?? null, etag, size]))
        .digest("base64url");

const macOf = ({ asking, artifacts }: Question, payload: string, key: Buffer): Buffer => {
    const { pipeline, execution, stage, action } = asking;
    const places = artifacts.map(artifact => [artifact.name, artifact.bucket, artifact.key]);
    return createHmac("sha256", key)
        .update(JSON.stringify([pipeline, execution, stage, action, places, payload]))
        .digest();
};

/** `progress` as a token of `question`, of at most 2,048 characters. */
export function tokenOf(question: Question, progress: Progress, key = secret): string {
    const payload = Buffer.from(JSON.stringify(progress)).toString("base64url");
    return `${payload}.${macOf(question, payload, key).toString("base64url")}`;
}

/** What the token of `question` says, if this process has written it for the same question; else the beginning. */
export function progressOf(question: Question, key = secret): Progress {
    const [payload, mac, ...rest] = (question.token ?? "").split(".");
    if (mac === undefined || rest.length > 0) {
        return beginning;
    }
    const found = Buffer.from(mac, "base64url");
    const wanted = macOf(question, payload, key);
    if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) {
        return beginning;
    }
    return mapOf(JSON.parse(Buffer.from(payload, "base64url").toString("utf8"))) as unknown as Progress;
}
