"use strict";
// Loaded into each measured process before its program (`NODE_OPTIONS=--require`): at its end it adds a line to the file
// of BENCH_USAGE with what the operating system has counted for it.
const { appendFileSync, readFileSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

const file = process.env.BENCH_USAGE;

/**
 * Microseconds of all processors that children have taken which are gone, and theirs. Only Linux tells them, in ticks of
 * 10 ms: the fields `cutime` and `cstime` of proc_pid_stat(5), behind the name in brackets.
 */
function ofChildren() {
    try {
        const fields = readFileSync("/proc/self/stat", "utf8")
            .replace(/^.*\) /s, "")
            .split(" ");
        return (Number(fields[13]) + Number(fields[14])) * 10_000;
    } catch {
        return undefined;
    }
}

// A worker is counted with its process.
if (isMainThread && file !== undefined) {
    process.once("exit", () => {
        const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
        const line = {
            parent: process.ppid,
            microseconds: userCPUTime + systemCPUTime,
            ofChildren: ofChildren(),
            peakKilobytes: maxRSS,
        };
        appendFileSync(file, `${JSON.stringify(line)}\n`);
    });
}
