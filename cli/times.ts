import { writeFileSync } from "node:fs";
import { phases, spend, spentOn } from "../catalog/phases";

/** Names the file that times are written to. */
export const timesVariable = "SERVICE_PIPELINES_TIMES";

/**
 * Where the environment names a file for it, writes to it when the process ends how many milliseconds each phase of the command took,
 * the whole from the start of the process, and its peak of memory in megabytes of 1,048,576 bytes.
 */
export function writeTimes(file = process.env[timesVariable]): void {
    // What Node.js and the command itself took until now to be there.
    spend("load", performance.now());
    if (file !== undefined && file !== "") {
        process.on("exit", () => writeFileSync(file, `${JSON.stringify(times(), undefined, 2)}\n`));
    }
}

const times = () => ({
    ...Object.fromEntries(phases.map(phase => [phase, { milliseconds: rounded(spentOn(phase)) }])),
    total: {
        milliseconds: rounded(performance.now()),
        peakMegabytes: rounded(process.resourceUsage().maxRSS / 1024),
    },
});

const rounded = (value: number) => Math.round(value * 10) / 10;
