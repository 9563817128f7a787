import { spawnSync } from "node:child_process";
import type { Run } from "./versions";

/** Longest that a program may take which is asked, in milliseconds. */
export const patience = 20_000;

/** Most that a program may print, in bytes; a list of all quotas of EC2 is a tenth of it. */
const longest = 4 * 1024 * 1024;

/** Runs programs of this machine; one that takes too long, or prints too much, is ended. */
export function runWithin(milliseconds: number): Run {
    return (program, args) => {
        const { error, status, stdout, stderr } = spawnSync(program, args, {
            encoding: "utf8",
            timeout: milliseconds,
            // A program that waits for something does not always end when it is asked to.
            killSignal: "SIGKILL",
            maxBuffer: longest,
            // Neither looks for a newer version, shows pages, or asks whoever is not there.
            env: {
                ...process.env,
                PULUMI_SKIP_UPDATE_CHECK: "true",
                AWS_PAGER: "",
                AWS_CLI_AUTO_PROMPT: "off",
            },
        });
        if (error === undefined) {
            return { status, stdout, stderr };
        }
        const code = "code" in error ? error.code : undefined;
        // Of a program that never started there is no output.
        return code === "ENOENT"
            ? undefined
            : {
                  status: null,
                  stdout: "",
                  stderr: code === "ETIMEDOUT" ? `no answer within ${milliseconds / 1000} s` : error.message,
              };
    };
}
