import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import type { Options } from "./options";
import { bench, root } from "./process";
import { shapes, shapeText } from "../shape";

/** What the figures are of, in lines: they are worth nothing without. */
export function circumstances({ shape, runs }: Pick<Options, "shape" | "runs">, date: Date): string[] {
    const [{ model }] = cpus();
    const machine = `${cpus().length} × ${model.trim()}, ${(totalmem() / 1e9).toFixed(1)} GB, ${type()} ${release()}`;
    const versions = [
        `Node.js ${process.version.slice(1)}`,
        ...["@pulumi/pulumi", "@pulumi/aws"].map(name => `${name} ${installed(root, name)}`),
        `Pulumi CLI ${said("pulumi", "version")?.replace(/^v/, "") ?? "none"}`,
        `aws-cdk-lib ${installed(bench, "aws-cdk-lib")}`,
    ];
    return [
        `Date: ${date.toISOString().slice(0, 10)}, at commit ${said("git", "describe", "--always", "--dirty") ?? "unknown"}`,
        `Machine: ${machine}`,
        `Versions: ${versions.join(", ")}`,
        `Fleet: ${shapeText(shapes[shape])}`,
        `Medians of ${runs} ${runs === 1 ? "run" : "runs"}`,
    ];
}

/** The page that keeps the latest table. */
export const page = (lines: readonly string[], table: string, notes: readonly string[]): string =>
    [
        "# Results of the bench",
        "Written by `npm run bench -- --write`; [README.md](README.md) tells how to read it.",
        listed(lines),
        table,
        listed(notes),
    ]
        .filter(text => text !== "")
        .join("\n\n") + "\n";

const listed = (lines: readonly string[]) => lines.map(line => `- ${line}`).join("\n");

function installed(folder: string, name: string): string {
    try {
        const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
        return (JSON.parse(text) as { readonly version: string }).version;
    } catch {
        return "none";
    }
}

/** What a command says; `undefined` where there is no such command, or it fails. */
function said(command: string, ...args: readonly string[]): string | undefined {
    try {
        return execFileSync(command, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
        return undefined;
    }
}
