import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { phases, type Phase } from "../../catalog/phases";
import { timesVariable } from "../../cli/times";
import { shapes } from "../shape";
import { numbered, progress, push, shapeOf, type Asked, type Outcome } from "./part";
import { bench, run, startCommand, type Run } from "./process";
import { against, medians, wholeProcess, type Column, type Row } from "./rows";
import { stackFile } from "./stack-file";
import { targets } from "./targets";

/** A run of the offline preview; its phases in seconds, as it times them itself. */
interface Preview extends Run {
    readonly phases: Readonly<Record<Phase, number>>;
}

/**
 * The offline preview of a fleet with all its resources, `--json` into a file; and the same fleet as an app of the CDK, run
 * as `cdk synth` runs it. One after the other in each run, so that both see the same machine.
 */
export async function synth(asked: Asked, who: { readonly ours: boolean; readonly cdk: boolean }): Promise<Outcome> {
    const notes: string[] = [];
    const lacking = who.cdk ? await lackingCdk() : undefined;
    if (lacking !== undefined) {
        notes.push(`cdk synth: skipped, ${lacking}`);
    }
    const withCdk = who.cdk && lacking === undefined;
    const ours = new Map<Column, Preview[]>();
    const theirs = new Map<Column, Run[]>();
    for (const size of asked.sizes) {
        // The first run of all fills caches of the system, and of the program.
        const warm = size === asked.sizes[0] ? [0] : [];
        for (const number of [...warm, ...numbered(asked.runs)]) {
            const counts = number > 0;
            if (who.ours) {
                const one = await preview(asked, size, number <= 1);
                progress(`offline, ${size} services, run ${number}: ${one.wallSeconds.toFixed(2)} s`);
                if (counts) {
                    push(ours, size, one);
                }
            }
            if (withCdk) {
                const one = await cdkSynth(asked, size);
                progress(`cdk synth, ${size} services, run ${number}: ${one.wallSeconds.toFixed(2)} s`);
                if (counts) {
                    push(theirs, size, one);
                }
            }
        }
    }
    return { rows: rows(ours, theirs), notes };
}

function rows(ours: ReadonlyMap<Column, Preview[]>, theirs: ReadonlyMap<Column, Run[]>): Row[] {
    const previews = wholeProcess("offline preview", ours, {
        wall: { growth: targets.growth },
        memory: { target: targets.previewMemory },
    });
    const both = (["wall", "CPU", "memory"] as const).map(figure =>
        against("preview ÷ cdk synth", figure, ours, theirs, figure === "wall" ? { target: targets.synth } : {}),
    );
    return [
        ...(ours.size > 0 ? [...previews, ...phaseRows(ours)] : []),
        ...(theirs.size > 0 ? wholeProcess("cdk synth", theirs) : []),
        ...(ours.size > 0 && theirs.size > 0 ? both : []),
    ];
}

function phaseRows(ours: ReadonlyMap<Column, Preview[]>): Row[] {
    return [
        ...phases.map(phase => medians(`– of it ${phase}`, "s", ours, run => run.phases[phase])),
        medians("– config + blueprint + rules", "s", ours, planning, { target: targets.planning }),
    ];
}

const planning = ({ phases: { config, blueprint, rules } }: Preview) => config + blueprint + rules;

/** One preview; `checked`, what it wrote is read too. */
async function preview(asked: Asked, size: number, checked: boolean): Promise<Preview> {
    const [file, times, json] = ["Pulumi.bench.yaml", "times.json", "out.json"].map(name => join(asked.folder, name));
    writeFileSync(file, stackFile(shapeOf(asked, size)));
    rmSync(times, { force: true });
    const one = await run({
        args: [...startCommand(), "--config", file, "--json"],
        environment: { [timesVariable]: times },
        outputFile: json,
    });
    if (checked) {
        checkPreview(json, size);
    }
    return { ...one, phases: phasesOf(times) };
}

function phasesOf(file: string): Record<Phase, number> {
    const times = JSON.parse(readFileSync(file, "utf8")) as Record<Phase, { readonly milliseconds: number }>;
    return Object.fromEntries(phases.map(phase => [phase, times[phase].milliseconds / 1000])) as Record<Phase, number>;
}

/** A service registers at least so many resources; the reference service no more. */
const registrationsOfService = 12;

/** A preview of less than the fleet would be fast, and worth nothing. */
function checkPreview(json: string, size: number): void {
    const { problems, pipelines, resources } = JSON.parse(readFileSync(json, "utf8")) as Record<
        "problems" | "pipelines" | "resources",
        readonly unknown[]
    >;
    if (problems.length > 0 || pipelines.length !== size || resources.length < size * registrationsOfService) {
        throw new Error(
            `expected ${size} pipelines with their resources and no problem, found ${pipelines.length}, ` +
                `${resources.length} and ${problems.length}`,
        );
    }
}

/** Why there is no app of the CDK; it is compiled anew. */
async function lackingCdk(): Promise<string | undefined> {
    const compiler = join(bench, "node_modules/typescript/lib/tsc.js");
    if (!existsSync(compiler)) {
        return "the CDK is not installed: `npm ci` in bench/ does that";
    }
    progress("compiling the app of the CDK");
    await run({ args: [compiler, "-p", "cdk"], folder: bench });
    return undefined;
}

/**
 * One run of the app, as the CDK's command line starts it: `node`, and the folder to write to in `CDK_OUTDIR`. The context
 * is empty: with the feature flags of `cdk init` and the metadata that the command line asks for, the app takes longer.
 */
async function cdkSynth(asked: Asked, size: number): Promise<Run> {
    const out = join(asked.folder, "cdk.out");
    rmSync(out, { recursive: true, force: true });
    const { environments, suites, monorepo } = shapes[asked.shape];
    const shape = [size, environments, suites, monorepo].map(String);
    return run({ args: ["build/cdk/app.js", ...shape], folder: bench, environment: { CDK_OUTDIR: out } });
}
