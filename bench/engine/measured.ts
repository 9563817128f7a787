import { readdirSync, readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** What a command cost, with all processes that it started. */
export interface Measured {
    readonly wallSeconds: number;
    /** Time of all processors, user and system. */
    readonly cpuSeconds: number;
    /** The most that all processes held at one time. Pages that they share count for each. */
    readonly peakBytes: number;
}

/** Between two looks; what a process does after the last one before its end is lost. */
const interval = 20;

/** Ticks of the clock in which Linux counts processor time, on every architecture that Node.js runs on. */
const ticksPerSecond = 100;

const pageBytes = 4096;

/**
 * Measures what all descendants of this process that begin during `work` use. Linux only: it reads `/proc`.
 *
 * @throws what `work` throws
 */
export async function measured(work: () => Promise<unknown>): Promise<Measured> {
    const before = new Set(descendants().map(({ pid }) => pid));
    const ticks = new Map<number, number>();
    let peakBytes = 0;
    const look = () => {
        const now = descendants().filter(({ pid }) => !before.has(pid));
        now.forEach(({ pid, cpu }) => ticks.set(pid, cpu));
        peakBytes = Math.max(
            peakBytes,
            now.reduce((sum, { bytes }) => sum + bytes, 0),
        );
    };
    const timer = setInterval(look, interval);
    const start = performance.now();
    try {
        await work();
    } finally {
        clearInterval(timer);
    }
    const wallSeconds = (performance.now() - start) / 1000;
    return {
        wallSeconds,
        cpuSeconds: [...ticks.values()].reduce((sum, cpu) => sum + cpu, 0) / ticksPerSecond,
        peakBytes,
    };
}

interface Process {
    readonly pid: number;
    readonly parent: number;
    readonly cpu: number;
    readonly bytes: number;
}

/** A process that went away while it was read is none. */
function read(pid: string): readonly Process[] {
    try {
        // The name, in brackets, may hold anything; what follows is fixed.
        const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
            .replace(/^.*\) /s, "")
            .split(" ")
            .map(Number);
        return [{ pid: Number(pid), parent: fields[1], cpu: fields[11] + fields[12], bytes: fields[21] * pageBytes }];
    } catch {
        return [];
    }
}

/** All that this process has started, directly or not. */
function descendants(): readonly Process[] {
    const all = readdirSync("/proc")
        .filter(name => /^\d+$/.test(name))
        .flatMap(read);
    const below = (pid: number): Process[] =>
        all.filter(({ parent }) => parent === pid).flatMap(child => [child, ...below(child.pid)]);
    return below(process.pid);
}
