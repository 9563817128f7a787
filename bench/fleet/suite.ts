import { execFile } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { measured } from "../engine/measured";
import { numbered, progress, type Asked, type Outcome } from "./part";
import { root, run, type Run } from "./process";
import { figures, medians, wholeProcess, type Column, type Row, type Runs } from "./rows";

/** Says how long the program takes to load, in the process that loads it. */
const requiring = `
const { performance } = require("node:perf_hooks");
const started = performance.now();
require("./index.ts");
console.log(performance.now() - started);`;

/** What who works on the program waits for before its tests: its installation, its loading. */
export async function install(asked: Asked): Promise<Outcome> {
    const required: Run[] = [];
    const installs: (Run & { readonly bytes: number })[] = [];
    for (const number of numbered(asked.runs)) {
        required.push(await run({ args: ["-r", "ts-node/register", "-e", requiring] }));
        installs.push(await installed(join(asked.folder, `install-${number}`)));
        progress(`require and install, run ${number}`);
    }
    return {
        rows: [
            ...anySize(required, runs => [
                medians("require of index.ts: wall", "s", runs, ({ output }) => Number(output) / 1000),
                medians("require of index.ts: memory of the process", "MB", runs, figures.memory.of),
            ]),
            ...anySize(installs, runs => [
                medians("npm ci: wall", "s", runs, figures.wall.of),
                medians("size of node_modules", "MB", runs, ({ bytes }) => bytes / 1e6),
            ]),
        ],
        notes: ["npm ci: packages come from npm's cache where they are there, else from the registry"],
    };
}

/** Rows of what does not depend on a size. */
const anySize = <T>(runs: readonly T[], rows: (runs: Runs<T>) => readonly Row[]) =>
    rows(new Map<Column, readonly T[]>([["any", runs]]));

/** Installs the program in a folder of its own, and says how large it becomes. */
async function installed(folder: string): Promise<Run & { readonly bytes: number }> {
    mkdirSync(folder);
    for (const file of ["package.json", "package-lock.json", ".npmrc"]) {
        cpSync(join(root, file), join(folder, file));
    }
    const args = ["ci", "--no-audit", "--no-fund", "--prefix", folder];
    const one = await run({ program: "npm", args, folder });
    const bytes = size(join(folder, "node_modules"));
    rmSync(folder, { recursive: true });
    return { ...one, bytes };
}

/** Bytes of all files in a folder; a link is as large as its text. */
function size(folder: string): number {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map(entry => lstatSync(join(folder, entry)))
        .reduce((sum, entry) => sum + (entry.isDirectory() ? 0 : entry.size), 0);
}

/** The whole test suite, once: it takes minutes, and what it starts are many processes. */
export async function tests(): Promise<Outcome> {
    progress("the test suite");
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== "NODE_OPTIONS"));
    const mocha = [join(root, "node_modules/mocha/bin/mocha.js"), "--reporter", "dot"];
    const options = { cwd: root, env: environment, maxBuffer: 2 ** 28 };
    const whole = await measured(async () => {
        await promisify(execFile)(process.execPath, mocha, options).catch((error: unknown) => {
            const { stdout } = error as { readonly stdout?: string };
            throw new Error(`the test suite fails:\n${stdout?.slice(-2000) ?? String(error)}`);
        });
    });
    return { rows: anySize([whole], runs => wholeProcess("test suite (one run)", runs)), notes: [] };
}
