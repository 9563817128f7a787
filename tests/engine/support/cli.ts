import { execFile, spawnSync } from "node:child_process";
import * as path from "node:path";
import { cloudVariable } from "./provider/cloud";

/** How a command ended. */
export interface Finished {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** The folders of one sandbox. */
export interface Folders {
    /** The Pulumi project. */
    readonly project: string;
    /** The executables of the stand-in providers. */
    readonly providers: string;
    readonly cloud: string;
    readonly backend: string;
    /** What would be `~/.pulumi`. */
    readonly home: string;
}

/** Longer than any run takes; one that hangs is ended, and its test fails with what was printed. */
const timeout = 240_000;

/** What the caller's shell may have set and a test must not see: accounts, logins, and options for Node.js. */
const dropped = /^(AWS_|PULUMI_|TS_NODE_|NODE_OPTIONS$|.*_proxy$)/i;

function environment(folders: Folders): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !dropped.test(name));
    const nowhere = "http://127.0.0.1:9";
    return {
        ...Object.fromEntries(inherited),
        PATH: [folders.providers, process.env.PATH].join(path.delimiter),
        PULUMI_HOME: folders.home,
        PULUMI_BACKEND_URL: `file://${folders.backend}`,
        PULUMI_CONFIG_PASSPHRASE: "for tests only",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        // The state is written once, at the end, instead of after every step.
        PULUMI_EXPERIMENTAL: "true",
        PULUMI_SKIP_CHECKPOINTS: "true",
        // Offers `--event-log`, which the Automation API relies on too.
        PULUMI_DEBUG_COMMANDS: "true",
        // Whatever still asks the network gets its refusal from this machine.
        HTTP_PROXY: nowhere,
        HTTPS_PROXY: nowhere,
        NO_PROXY: "127.0.0.1,localhost",
        [cloudVariable]: folders.cloud,
    };
}

/** Why the engine cannot be used here; `undefined` when it can. */
export function unavailable(): string | undefined {
    if (process.platform === "win32") {
        return "the stand-in providers are scripts, which Windows does not start";
    }
    const { status } = spawnSync("pulumi", ["version"], { stdio: "ignore", timeout: 60_000 });
    return status === 0 ? undefined : "there is no `pulumi` on PATH";
}

/** Runs one command of the Pulumi CLI to its end, whatever that is. */
export function pulumi(folders: Folders, args: readonly string[]): Promise<Finished> {
    return finish(folders, "pulumi", [...args, "--non-interactive", "--color", "never"]);
}

/** Runs the project's own offline preview, as `npm start` does. */
export function offline(folders: Folders, args: readonly string[]): Promise<Finished> {
    return finish(folders, process.execPath, ["-r", "ts-node/register", "cli/start.ts", ...args]);
}

function finish(folders: Folders, command: string, args: readonly string[]): Promise<Finished> {
    const options = { cwd: folders.project, env: environment(folders), maxBuffer: 256 * 1024 * 1024, timeout };
    return new Promise(resolve => {
        execFile(command, args, options, (error, stdout, stderr) => {
            const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
            const notRun = typeof error?.code === "string" ? error.message : "";
            const ended = error?.killed ? `ended after ${timeout} ms` : "";
            resolve({ code, stdout, stderr: [stderr, notRun, ended].filter(text => text !== "").join("\n") });
        });
    });
}
