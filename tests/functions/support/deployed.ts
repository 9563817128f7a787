import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundled } from "../../../components/bundle";
import { settings, type Aws } from "./aws";
import { served } from "./wire";

/** What a run of a deployed function took. */
export interface Run {
    readonly milliseconds: number;
    /** The most memory that the process had. */
    readonly peakMiB: number;
    readonly printed: string;
}

/** Runs the handler once, in a process of its own. */
const caller = `
    const { handler } = require("./index.js");
    const start = performance.now();
    handler(require("./event.json"), { getRemainingTimeInMillis: () => 900_000 }).then(() => {
        const milliseconds = performance.now() - start;
        process.stderr.write(JSON.stringify({ milliseconds, peakMiB: process.resourceUsage().maxRSS / 1024 }));
    });`;

/** Runs the bundle of a function as Lambda gets it, with the real SDK, against `aws` on this machine. */
export async function deployed(aws: Aws, which: "seal" | "verify", event: object): Promise<Run> {
    const folder = mkdtempSync(join(tmpdir(), "deployed-"));
    const server = served(aws);
    try {
        await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
        writeFileSync(join(folder, "index.js"), bundled(which));
        writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
        writeFileSync(join(folder, "event.json"), JSON.stringify(event));
        const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", caller], {
            cwd: folder,
            env: {
                // What it measures is the only thing that it may write as an error.
                NODE_NO_WARNINGS: "1",
                AWS_REGION: "eu-west-1",
                AWS_ACCESS_KEY_ID: "key",
                AWS_SECRET_ACCESS_KEY: "secret",
                AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
            },
        });
        return { ...(JSON.parse(stderr) as Omit<Run, "printed">), printed: stdout };
    } finally {
        server.closeAllConnections();
        server.close();
        rmSync(folder, { recursive: true });
    }
}
