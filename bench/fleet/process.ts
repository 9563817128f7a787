import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import type { Measured } from "../engine/measured";

/** Folder of the program that is measured. */
export const root = resolve(__dirname, "../..");

/** Folder of the bench. */
export const bench = join(root, "bench");

/** What `npm start` starts, by `node` and without npm. */
export function startCommand(): string[] {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        readonly scripts: { readonly start: string };
    };
    const [program, ...args] = scripts.start.split(" ");
    if (program !== "node") {
        throw new Error(`expected npm start to be a command of node, found ${scripts.start}`);
    }
    return args;
}

/** One run of one command. */
export interface Run extends Measured {
    /** What it wrote to standard output and standard error. */
    readonly output: string;
}

export interface Command {
    /** `process.execPath`, unless said. */
    readonly program?: string;
    readonly args: readonly string[];
    /** Default: {@link root}. */
    readonly folder?: string;
    /** Beside those of this process. */
    readonly environment?: Readonly<Record<string, string>>;
    /** How it is to end; default 0. */
    readonly code?: number;
    /** File that standard output goes to, so that nobody has to read it meanwhile. Default: {@link Run.output} */
    readonly outputFile?: string;
}

/**
 * Runs a command of Node.js to its end. Wall time is from before its start until it is gone. CPU time and peak memory are
 * those that the operating system counts for it and for what it starts; the peaks of its processes of Node.js are added.
 *
 * @throws Error with what it wrote, where it ends otherwise than it is to
 */
export async function run(command: Command): Promise<Run> {
    const folder = mkdtempSync(join(tmpdir(), "bench-run-"));
    const [usage, output] = [join(folder, "usage"), join(folder, "output")];
    writeFileSync(usage, "");
    const streams = [openSync(command.outputFile ?? output, "w"), openSync(output, "a")];
    try {
        const started = performance.now();
        const code = await new Promise<number | null>((done, failed) => {
            spawn(command.program ?? process.execPath, command.args, {
                cwd: command.folder ?? root,
                env: {
                    ...process.env,
                    ...command.environment,
                    NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "usage.js"))}`,
                    BENCH_USAGE: usage,
                },
                stdio: ["ignore", ...streams],
            })
                .once("error", failed)
                .once("exit", done);
        });
        const wallSeconds = (performance.now() - started) / 1000;
        const written = readFileSync(output, "utf8");
        if (code !== (command.code ?? 0)) {
            throw new Error(`${command.args.join(" ")}: ended with ${code}\n${written.slice(-2000)}`);
        }
        return { wallSeconds, ...used(usages(usage), process.pid), output: written };
    } finally {
        streams.forEach(closeSync);
        rmSync(folder, { recursive: true, force: true });
    }
}

/** A line of `usage.js`. */
export interface Usage {
    readonly parent: number;
    readonly microseconds: number;
    readonly ofChildren?: number;
    readonly peakKilobytes: number;
}

/**
 * What the lines of `usage.js` come to. Where the system tells the time of children, that of the process which this one
 * started holds all others.
 *
 * @param self - the process that measures
 */
export function used(lines: readonly Usage[], self: number): Omit<Measured, "wallSeconds"> {
    const first = lines.find(({ parent }) => parent === self);
    if (first === undefined) {
        throw new Error("expected the process to say what it used, found nothing: was it killed?");
    }
    const sum = (of: (each: Usage) => number) => lines.reduce((total, each) => total + of(each), 0);
    const microseconds =
        first.ofChildren === undefined ? sum(each => each.microseconds) : first.microseconds + first.ofChildren;
    return { cpuSeconds: microseconds / 1e6, peakBytes: sum(each => each.peakKilobytes) * 1024 };
}

const usages = (file: string) =>
    readFileSync(file, "utf8")
        .split("\n")
        .filter(line => line !== "")
        .map(line => JSON.parse(line) as Usage);
