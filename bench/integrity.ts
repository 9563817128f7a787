import { Aws } from "../tests/functions/support/aws";
import { deployed } from "../tests/functions/support/deployed";
import { built, eventOf } from "../tests/functions/support/seals";
import { virtual, virtualZip } from "../tests/functions/support/virtual";
import type { Content } from "../tests/functions/support/bucket";

const mebi = 2 ** 20;

/** What is sealed and verified. */
const artifacts: readonly (readonly [string, () => Content])[] = [
    ["10 MiB, 1,000 files", () => virtualZip(1000, 10 * 1024)],
    ["10 MiB, 10,000 files", () => virtualZip(10_000, 1024)],
    ["1 GiB, 10 files", () => virtualZip(10, 102 * mebi)],
    ["5 GiB, no archive", () => virtual(5 * 1024 * mebi)],
];

/**
 * Measures the functions that seal and verify, and prints the figures: `npm run bench:integrity`.
 *
 * The bundles run as they are deployed, each in a process of its own, with AWS's own clients against an AWS on this
 * machine, which makes the bytes of artifacts as they are asked for. Times are those of this machine: S3 is slower.
 */
async function main(): Promise<void> {
    console.log(
        `${"artifact".padEnd(22)}${"function".padEnd(10)}${"seconds".padStart(8)}${"MiB/s".padStart(8)}${"peak MiB".padStart(10)}`,
    );
    for (const [title, make] of artifacts) {
        const aws = new Aws();
        const content = make();
        const inputs = built(aws, { artifact: content });
        for (const which of ["seal", "verify"] as const) {
            const { milliseconds, peakMiB, printed } = await deployed(
                aws,
                which,
                eventOf(which, { artifacts: inputs }),
            );
            if (!printed.includes('"verdict":"yes"')) {
                throw new Error(printed);
            }
            const seconds = milliseconds / 1000;
            const figures = [seconds.toFixed(1), (content.size / mebi / seconds).toFixed(0), peakMiB.toFixed(0)];
            console.log(
                title.padEnd(22) +
                    which.padEnd(10) +
                    figures.map((text, index) => text.padStart([8, 8, 10][index])).join(""),
            );
        }
    }
}

void main();
