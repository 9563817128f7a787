import { crc32 } from "node:zlib";
import { contentOf, type Content } from "./bucket";
import { forge } from "./forge";

const step = 64 * 1024;

/** What is repeated over and over: no two steps of a part are the same place of it. */
const pattern = Buffer.from(Array.from({ length: step }, (_, index) => (index * 2654435761) >>> 24));

/** `size` bytes that are nowhere: each chunk is made, or is the same one, when it is asked for. */
export const virtual = (size: number): Content => ({
    size,
    *chunks(start, end) {
        for (let at = start; at < end;) {
            const from = at % step;
            const chunk = pattern.subarray(from, Math.min(step, from + end - at));
            yield chunk;
            at += chunk.length;
        }
    },
});

/** Contents one behind the other. */
function joined(contents: readonly Content[]): Content {
    const size = contents.reduce((sum, content) => sum + content.size, 0);
    return {
        size,
        *chunks(start, end) {
            let before = 0;
            for (const content of contents) {
                const [from, to] = [Math.max(0, start - before), Math.min(content.size, end - before)];
                if (from < to) {
                    yield* content.chunks(from, to);
                }
                before += content.size;
            }
        },
    };
}

/** A ZIP archive with `count` stored files of `size` bytes each (below 4 GiB together), of which only the headers are there. */
export function virtualZip(count: number, size: number): Content {
    const content = virtual(size);
    let crc = 0;
    for (const chunk of content.chunks(0, size)) {
        crc = crc32(chunk, crc);
    }
    const names = Array.from({ length: count }, (_, index) => `file-${String(index).padStart(6, "0")}`);
    const about = (name: string, index: number) => {
        const header = 30 + name.length;
        return { name, crc, size, packedSize: size, packed: Buffer.alloc(0), offset: index * (header + size) };
    };
    const empty = forge(names.map(about), { directoryStart: count * (30 + names[0].length + size) });
    const header = 30 + names[0].length;
    const parts = names.flatMap((_, index) => [
        contentOf(empty.subarray(index * header, (index + 1) * header)),
        content,
    ]);
    return joined([...parts, contentOf(empty.subarray(count * header))]);
}
