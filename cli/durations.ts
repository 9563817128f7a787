import { PipelineNotFoundException, type CodePipelineClient } from "@aws-sdk/client-codepipeline";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { PipelinePlan } from "../blueprint/plan";
import { durationsOptions, durationsUsage } from "./durations-options";
import { checkAccount } from "./freezes";
import { projectFolder } from "./options";
import { plural } from "./plural";
import { progress } from "./progress";
import { atOnce, clients, soundPlan } from "./reading";
import { releasesOf } from "./releases";
import type { DurationsFile } from "./release-time/durations-file";
import { measured } from "./release-time/measure";
import { History } from "./status/history";
import { inTurn } from "./status/in-turn";
import { reasonOf } from "./status/service";
import { asCommand } from "./command";

/** What the command says, and where it asks AWS. */
export interface Surroundings {
    readonly folder: string;
    readonly ssm: (region: string) => SSMClient;
    readonly codepipeline: (region: string) => CodePipelineClient;
    /** The file. */
    readonly print: (text: string) => void;
    /** What whoever started it should know, beside the file. */
    readonly tell: (text: string) => void;
    readonly now: () => Date;
}

const real: Surroundings = {
    folder: projectFolder,
    ...clients,
    print: text => process.stdout.write(`${text}\n`),
    tell: text => process.stderr.write(`${text}\n`),
    now: () => new Date(),
};

/** What came of one pipeline. */
type Measures = DurationsFile["pipelines"][string] | { readonly unread: string } | "absent";

/**
 * Measures how long actions take.
 *
 * @returns whether all pipelines could be read; one that does not exist yet has nothing to be read
 * @throws UsageError for what the stack file does not have; Error when nothing could be read
 */
export async function runDurations(args: readonly string[], surroundings: Surroundings): Promise<boolean> {
    const { folder, print, tell, now } = surroundings;
    const options = durationsOptions(args, folder);
    if (options.help) {
        print(durationsUsage);
        return true;
    }
    const plan = soundPlan(options);
    const { home, stack } = plan;
    const pipelines = releasesOf(plan, options.service);
    await checkAccount(home.account, surroundings.ssm(home.region));
    const client = surroundings.codepipeline(home.region);
    const bar = progress("measuring", pipelines.length);
    const all = await inTurn(pipelines, atOnce, async pipeline => {
        const measures = await measuresOf(pipeline, options.executions, client);
        bar.step();
        return [pipeline.name, measures] as const;
    });
    bar.clear();
    const read = all.flatMap(([name, measures]) =>
        measures === "absent" || "unread" in measures ? [] : [[name, measures] as const],
    );
    const file: DurationsFile = {
        version: 1,
        stack,
        ...home,
        at: now().toISOString(),
        executions: options.executions,
        pipelines: Object.fromEntries(read),
    };
    print(JSON.stringify(file, undefined, 2));
    const idle = all.filter(([, one]) => one === "absent" || ("executions" in one && one.executions === 0));
    if (idle.length > 0) {
        tell(`nothing to measure in ${plural(idle.length, "pipeline")}: ${idle.map(([name]) => name).join(", ")}`);
    }
    const unread = all.flatMap(([name, one]) =>
        one !== "absent" && "unread" in one ? [`${name}: ${one.unread}`] : [],
    );
    unread.forEach(line => tell(`could not read ${line}`));
    return unread.length === 0;
}

/** What cannot be read says why, and harms no other pipeline. */
async function measuresOf(pipeline: PipelinePlan, executions: number, client: CodePipelineClient): Promise<Measures> {
    try {
        return await measured(pipeline, executions, new History(pipeline.name, client));
    } catch (error) {
        return error instanceof PipelineNotFoundException ? "absent" : { unread: reasonOf(error) };
    }
}

if (require.main === module) {
    asCommand(async () => ((await runDurations(process.argv.slice(2), real)) ? 0 : 1));
}
