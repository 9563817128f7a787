import { mapOf, shown } from "../lib/fields";
import { Refusal } from "../lib/seals/errors";
import type { Archive, Entry } from "../lib/seals/zip/archive";
import { contentOf } from "../lib/seals/zip/content";

/**
 * Longest file that names images; ECS takes no longer one.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/file-reference.html
 */
const longest = 100 * 1024;

const byDigest = /^[^\s@]+@sha256:[0-9a-f]{64}$/;

/**
 * Makes sure that the files `names` of an archive name images by their digests: behind a tag the image could change after
 * it was sealed. A file that is not there, or a link, is refused as well, as the deploy that reads it would fail.
 *
 * @throws Refusal
 */
export async function refuseTags(archive: Archive, entries: readonly Entry[], names: readonly string[]): Promise<void> {
    for (const name of names) {
        const entry = entries.find(candidate => candidate.name === name && !candidate.folder && !candidate.link);
        if (entry === undefined) {
            throw new Refusal(`expected the file ${name}, which the deploy reads, found none. Let the build write it`);
        }
        if (entry.size > longest) {
            throw new Refusal(`expected ${name} of at most ${longest} bytes, found ${entry.size}`);
        }
        const content = await contentOf(archive, entry);
        for (const image of imagesOf(name, content.toString("utf8"))) {
            if (!byDigest.test(image)) {
                throw new Refusal(
                    `expected ${name} to name images by their digests (repository@sha256:…), found ${shown(image)}, ` +
                        "behind which another image could come. Let the build write the digest of what it has pushed, or set mutableImages with a reason",
                );
            }
        }
    }
}

/**
 * The images that a file names: `imagedefinitions.json` is a list of `{ name, imageUri }`, `imageDetail.json` one
 * `{ ImageURI }`.
 */
function imagesOf(name: string, text: string): readonly string[] {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        throw new Refusal(`expected ${name} in JSON, found something else. Let the build write it so`);
    }
    const images = Array.isArray(value) ? value.map(item => mapOf(item)?.imageUri) : [mapOf(value)?.ImageURI];
    if (images.length === 0 || !images.every(image => typeof image === "string")) {
        throw new Refusal(
            `expected ${name} to be a list of { "name", "imageUri" } or one { "ImageURI" }, found ${shown(value)}`,
        );
    }
    return images;
}
