import { spawnSync } from "node:child_process";
import { projectFolder } from "../../../../cli/options";

/** Runs the command as `npm start` does. */
export function start(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/run.js", "start", ...args], {
        cwd: projectFolder,
        encoding: "utf8",
        env: { ...process.env, FORCE_COLOR: "0", PULUMI_CONFIG: "{}" },
    });
    return { code: status, stdout, stderr };
}
