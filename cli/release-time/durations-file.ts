import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Measured, MeasuredDurations } from "../../blueprint/release-time/durations";
import type { PipelinePlan } from "../../blueprint/plan";
import { isFile } from "../files";
import { UsageError } from "../options";

const minutes = z.number().min(0);

/** What was measured of one action: of the executions that succeeded at the first attempt. */
const action = z.strictObject({
    medianMinutes: minutes,
    p90Minutes: minutes,
    count: z.int().min(1),
});

const stages = z.record(z.string(), z.record(z.string(), action));

/** What `npm run durations` writes, and `npm start -- --release-time --durations FILE` reads. */
export const durationsFile = z.strictObject({
    version: z.literal(1),
    stack: z.string(),
    account: z.string(),
    region: z.string(),
    /** When AWS was asked. */
    at: z.iso.datetime(),
    /** Most executions of each pipeline that were looked at. */
    executions: z.int().min(1),
    pipelines: z.record(
        z.string(),
        z.strictObject({
            service: z.string(),
            /** How many executions were measured. */
            executions: z.int().min(0),
            stages,
            /** What people took to answer. */
            approvals: stages,
        }),
    ),
});

export type DurationsFile = z.output<typeof durationsFile>;

/** A file of measured durations, and what in it the stack does not have any more. */
export interface ReadDurations {
    readonly measured: MeasuredDurations;
    readonly at: string;
    /** In words. */
    readonly stale: readonly string[];
}

/**
 * Reads what was measured of `pipelines`.
 *
 * @throws UsageError when there is no such file; Error, with all that is wrong in one message, when it is no such file, or of
 * another stack
 */
export function readDurations(file: string, pipelines: readonly PipelinePlan[]): ReadDurations {
    if (!isFile(file)) {
        throw new UsageError(`--durations: no file ${JSON.stringify(file)}; \`npm run durations\` makes one`);
    }
    const read = parsed(file);
    const names = Object.keys(read.pipelines);
    if (names.length > 0 && !names.some(name => pipelines.some(pipeline => pipeline.name === name))) {
        throw new Error(`${file}: none of its pipelines is in this stack: it was measured on the stack ${read.stack}`);
    }
    return {
        at: read.at,
        stale: staleIn(read, pipelines),
        measured: {
            minutes(pipeline, stage, name): Measured | undefined {
                const found = entry(entry(entry(read.pipelines, pipeline)?.stages, stage), name);
                return found && { minutes: found.medianMinutes, count: found.count };
            },
        },
    };
}

const entry = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
    map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;

function parsed(file: string): DurationsFile {
    let value: unknown;
    try {
        value = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw new Error(`${file}: expected JSON, as \`npm run durations\` writes it: ${(error as Error).message}`);
    }
    const version = (value as { readonly version?: unknown } | null)?.version;
    if (typeof version === "number" && version !== 1) {
        throw new Error(
            `${file}: expected version 1 of the file, found ${version}: write it anew with \`npm run durations\``,
        );
    }
    const { success, data, error } = durationsFile.safeParse(value);
    if (!success) {
        const [first, ...others] = error.issues;
        const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
        throw new Error(
            `${file}: no durations, as \`npm run durations\` writes them: ${first.path.map(String).join(".") || "the file"}: ${first.message}${more}`,
        );
    }
    return data;
}

/** What was measured and is not planned: of the whole pipeline in one line. */
function staleIn({ pipelines: measured }: DurationsFile, pipelines: readonly PipelinePlan[]): string[] {
    const planned = new Map(pipelines.map(pipeline => [pipeline.name, pipeline]));
    return Object.entries(measured).flatMap(([name, { stages: known }]) => {
        const pipeline = planned.get(name);
        if (pipeline === undefined) {
            return [`pipeline ${name} is not in the stack`];
        }
        const actions = new Set(
            pipeline.stages.flatMap(stage => stage.actions.map(one => `${stage.name}/${one.name}`)),
        );
        const gone = Object.entries(known).flatMap(([stage, all]) =>
            Object.keys(all)
                .map(one => `${stage}/${one}`)
                .filter(one => !actions.has(one)),
        );
        return gone.length === 0 ? [] : [`pipeline ${name} has no ${gone.join(", ")}`];
    });
}
